import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chroniclePage, inFolder, run, VALLEY } from '../support/cli.ts';
import { serve } from '../support/loopback.ts';

const withFile = <T>(content: string | Uint8Array, work: (path: string) => Promise<T>) =>
  inFolder(async (folder) => {
    const path = join(folder, 'page.htm');
    await writeFile(path, content);
    return work(path);
  });

describe('extract', () => {
  it('prints one object: title, period, charset, paragraphs with mentions and dates', async () => {
    await withFile(chroniclePage(VALLEY), async (path) => {
      const { code, out, err } = await run(
        'extract',
        path,
        '--url',
        'https://example.org/alder-2023-05.htm',
        '--at',
        '2023-06-01T00:00:00Z',
        '--json',
      );
      expect({ code, err }).toEqual({ code: 0, err: '' });
      const seen = JSON.parse(out);
      expect(Object.keys(seen)).toEqual(['title', 'period', 'charset', 'paragraphs']);
      expect(seen).toMatchObject({ title: 'The Alder Valley Dispute - May 2023', period: '2023-05', charset: 'utf-8' });
      expect(seen.paragraphs.map((one: { text: string }) => one.text)).toEqual([
        'The Alder Valley Dispute - May 2023',
        ...VALLEY,
      ]);
      expect(seen.paragraphs.map((one: { kind: string }) => one.kind)).toEqual([
        'heading',
        'paragraph',
        'paragraph',
        'paragraph',
      ]);
      expect(seen.paragraphs.map((one: { date: string }) => one.date)).toEqual([
        '2023-05',
        '2023-05-03',
        '2023-05-05',
        '2023-05-09',
      ]);
      const [mention] = seen.paragraphs[1].mentions;
      expect(mention).toMatchObject({
        text: '03 May 2023',
        granularity: 'day',
        literal: '2023-05-03',
        value: '2023-05-03',
        role: 'event',
        basis: 'explicit',
      });
      expect(VALLEY[0].slice(mention.start, mention.end)).toBe(mention.text);
    });
  });

  it('prints text without --json', async () => {
    await withFile(chroniclePage(VALLEY), async (path) => {
      const { out } = await run('extract', path);
      expect(out).toContain('The Alder Valley Dispute - May 2023\nperiod 2023-05, charset utf-8, 4 blocks');
      expect(out).toContain(`2023-05-05 explicit        paragraph   ${VALLEY[1]}`);
    });
  });

  it('fetches an address, and prints no terminal control characters', async () => {
    const site = await serve({
      '/a.htm': chroniclePage([
        ...VALLEY,
        'A visitor\u001b[2J came on 11 May 2023 and went away again without a word.',
      ]),
    });
    try {
      const { code, out } = await run('extract', site.url('/a.htm'));
      expect(code).toBe(0);
      expect(out).toContain('2023-05-11');
      expect(out).not.toContain('\u001b');
    } finally {
      await site.close();
    }
  });

  describe('bad input gives one line', () => {
    const oneLine = /^daybook: [^\n]+ \[[a-z0-9-]+\]\n$/;

    it.each([
      ['an empty file', '', 'empty'],
      [
        'a picture',
        Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...Array(200).fill(0)]),
        'not-html',
      ],
      ['more than a page can be', '<p>word</p>'.repeat(1_600_000), 'too-large'],
    ])('%s', async (_, content, code) => {
      await withFile(content, async (path) => {
        const ran = await run('extract', path);
        expect({ code: ran.code, out: ran.out }).toEqual({ code: 1, out: '' });
        expect(ran.err).toMatch(oneLine);
        expect(ran.err).toContain(`[${code}]`);
      });
    });

    it.each([
      ['a file that is not there', ['extract', 'no/such/file.htm'], 'no-file'],
      ['an address that is none', ['extract', 'http://'], 'bad-url'],
      ['an instant that is none', ['extract', 'package.json', '--at', 'yesterday'], 'usage'],
      ['a --url that is none', ['extract', 'package.json', '--url', 'example.org'], 'usage'],
    ])('%s is wrong usage', async (_, argv, code) => {
      const ran = await run(...argv);
      expect({ code: ran.code, out: ran.out }).toEqual({ code: 2, out: '' });
      expect(ran.err).toMatch(oneLine);
      expect(ran.err).toContain(`[${code}]`);
    });

    it('a folder', async () => {
      await inFolder(async (folder) => {
        await mkdir(join(folder, 'pages'));
        const ran = await run('extract', join(folder, 'pages'));
        expect(ran.code).toBe(2);
        expect(ran.err).toMatch(/is a folder; name one file, or use "replay" for a folder \[no-file\]/);
      });
    });

    it.each([
      ['a page that is not there', '/none.htm', 'HTTP 404', 'http-status'],
      ['a circle of redirects', '/loop', 'circle', 'redirect-loop'],
      ['a way off to another host', '/away', 'elsewhere.invalid', 'redirect-off-list'],
    ])('%s', async (_, path, words, code) => {
      const site = await serve({
        '/loop': { status: 302, headers: { location: '/loop' } },
        '/away': { status: 302, headers: { location: 'http://elsewhere.invalid/' } },
      });
      try {
        const ran = await run('extract', site.url(path));
        expect({ code: ran.code, out: ran.out }).toEqual({ code: 1, out: '' });
        expect(ran.err).toMatch(oneLine);
        expect(ran.err).toContain(words);
        expect(ran.err).toContain(`[${code}]`);
      } finally {
        await site.close();
      }
    });

    it('an address that does not answer', async () => {
      const site = await serve({});
      const { origin } = site;
      await site.close();
      const ran = await run('extract', `${origin}/page.htm`);
      expect(ran.code).toBe(1);
      expect(ran.err).toMatch(/\[connect\]\n$/);
    });
  });
});
