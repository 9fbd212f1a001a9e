import { createHash } from 'node:crypto';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { timeInName } from '#cli/import/file-times.ts';
import { chroniclePage, inFolder, jsonLines, run, VALLEY } from '../support/cli.ts';

const URL_OF_PAGE = 'https://example.org/index.html';
const TWO = chroniclePage(VALLEY.slice(0, 2));
const THREE = chroniclePage(VALLEY);
const OTHER = chroniclePage(
  [1, 2, 3, 4].map(
    (day) => `On 0${day} June 2021 the orchard society met for the ${day}th time and counted its apples.`,
  ),
  'Orchards',
);

async function folderOf(path: string, url: string, captures: readonly (readonly [at: string, html: string])[]) {
  await mkdir(path, { recursive: true });
  const named = [];
  for (const [index, [fetchedAt, html]] of captures.entries()) {
    const file = `${index}.html`;
    await writeFile(join(path, file), html);
    named.push({ file, fetchedAt });
  }
  await writeFile(join(path, 'meta.json'), JSON.stringify({ url, captures: named }));
  return path;
}

let serial = 0;

function record(type: string, at: string, fields: Readonly<Record<string, string>>, block: string): string {
  serial += 1;
  const all = {
    'WARC-Type': type,
    'WARC-Record-ID': `<urn:uuid:00000000-0000-4000-8000-${String(serial).padStart(12, '0')}>`,
    'WARC-Date': at,
    'WARC-Target-URI': URL_OF_PAGE,
    'Content-Type': 'application/http; msgtype=response',
    ...fields,
    'Content-Length': String(Buffer.byteLength(block)),
  };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `WARC/1.0\r\n${head.join('')}\r\n${block}\r\n\r\n`;
}

const answer = (html: string, more = '') =>
  `HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n${more}\r\n${html}`;
const sha1 = (html: string) => `sha1:${createHash('sha1').update(html).digest('hex')}`;

describe('import', () => {
  it('separates two pages of one id with different addresses', async () => {
    await inFolder(async (folder) => {
      const [mine, theirs, warc] = ['mine', 'theirs', 'theirs.warc.gz'].map((name) => join(folder, name)) as [
        string,
        string,
        string,
      ];
      const captured = await folderOf(join(folder, 'a'), URL_OF_PAGE, [['2023-05-10T08:00:00Z', TWO]]);
      await run('import', captured, '--data', mine);
      const elsewhere = 'https://other.example.net/index.html';
      const foreign = await folderOf(join(folder, 'b'), elsewhere, [['2023-05-11T08:00:00Z', OTHER]]);
      await run('import', foreign, '--data', theirs);
      await run('export', '--format', 'warc', '--data', theirs, '--out', warc);
      const before = await run('show', 'index', '--data', mine);
      for (const what of ['a new history', 'no new captures']) {
        const { code, out } = await run('import', warc, '--data', mine);
        expect(code).toBe(0);
        expect(out).toMatch(/"index" is another page here .* is kept as index-[0-9a-f]{8}/);
        expect(out).toContain(what);
      }
      expect(await run('show', 'index', '--data', mine)).toEqual(before);
      expect(before.out).toContain('Alder');
      // Its own page, over another scheme, is still found by its id.
      const own = join(folder, 'own.warc.gz');
      await run('export', '--format', 'warc', '--page', 'index', '--data', mine, '--out', own);
      expect((await run('import', own, '--data', mine)).out).toContain('index: no new captures');
    });
  });

  it('leaves ids their meaning: show and diff say what an import of older captures did to ids and numbers', async () => {
    await inFolder(async (folder) => {
      const data = join(folder, 'data');
      const ask = (...argv: string[]) => run(...argv, '--data', data);
      const captured = await folderOf(join(folder, 'a'), URL_OF_PAGE, [['2023-05-10T08:00:00Z', THREE]]);
      await ask('import', captured);
      const id = String(jsonLines((await ask('show', 'index', '1', '--json')).out)[0]?.id);
      const text = (await ask('show', 'index', id)).out;
      expect(text).toContain(`revision 1 of 1 (${id.slice(0, 12)}), seen`);
      for (const name of [id.slice(0, 8), '1', 'latest', '2023-05-10'])
        expect((await ask('show', 'index', name)).out).toBe(text);

      await ask('import', await folderOf(join(folder, 'b'), URL_OF_PAGE, [['2023-05-09T08:00:00Z', TWO]]));
      const replaced = await ask('show', 'index', id);
      expect([replaced.code, replaced.out]).toEqual([2, '']);
      expect(replaced.err).toMatch(/no longer part of the history of "index".* is revision [0-9a-f]{64} now/);
      const note = 'An import of older captures renumbered this page';
      expect((await ask('show', 'index', '1')).out).toContain(note);
      expect((await ask('show', 'index', '2')).out).not.toContain(note);
      expect((await ask('diff', 'index', '1', '2')).out).toContain(note);
      expect((await ask('diff', 'index', '2023-05-09', 'latest')).out).not.toContain(note);
    });
  });

  it('gives a revisit record its bytes, and reports those without', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'a.warc');
      const refers = { 'WARC-Refers-To-Target-URI': URL_OF_PAGE, 'WARC-Refers-To-Date': '2023-05-10T08:00:00Z' };
      await writeFile(
        path,
        [
          record('revisit', '2023-05-12T08:00:00Z', refers, 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n'),
          record('response', '2023-05-10T08:00:00Z', {}, answer(TWO)),
          record('response', '2023-05-11T08:00:00Z', {}, answer(THREE)),
          record('revisit', '2023-05-13T08:00:00Z', { 'WARC-Payload-Digest': sha1(THREE) }, ''),
          record('revisit', '2023-05-14T08:00:00Z', { 'WARC-Payload-Digest': sha1('lost') }, ''),
        ].join(''),
      );
      const { out } = await run('import', path, '--data', join(folder, 'data'), '--json');
      const remarks = jsonLines(out).filter(({ type }) => type === 'remark');
      expect(remarks).toEqual([{ type: 'remark', text: expect.stringContaining('2023-05-14T08:00:00.000Z') }]);
      expect(jsonLines(out).at(-1)).toMatchObject({ captures: 4, revisions: 4 });
      const replayed = await run('replay', path, '--json');
      expect(jsonLines(replayed.out).map(({ outcome, revertedTo }) => [outcome, revertedTo ?? null])).toEqual([
        ['first', null],
        ['revision', null],
        ['revision', 1],
        ['revision', 2],
      ]);
      expect(replayed.err).toMatch(/^left out: .*2023-05-14.*\n$/);
    });
  });

  it('finds the bytes of a revisit among what an earlier import stored', async () => {
    await inFolder(async (folder) => {
      const [first, second, data] = ['1.warc', '2.warc', 'data'].map((name) => join(folder, name)) as [
        string,
        string,
        string,
      ];
      await writeFile(first, record('response', '2023-05-10T08:00:00Z', {}, answer(TWO)));
      const digest = `sha256:${createHash('sha256').update(TWO).digest('hex')}`;
      await writeFile(
        second,
        record('response', '2023-05-11T08:00:00Z', {}, answer(THREE)) +
          record('revisit', '2023-05-12T08:00:00Z', { 'WARC-Payload-Digest': digest }, ''),
      );
      await run('import', first, '--data', data);
      expect(jsonLines((await run('import', second, '--data', data, '--json')).out).at(-1)).toMatchObject({
        captures: 2,
        revision: 3,
      });
    });
  });

  it('leaves out captures dated in the future, and reports each once although it reads the file twice', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'a.warc');
      await writeFile(
        path,
        record('response', '2023-05-10T08:00:00Z', {}, answer(TWO)) +
          record('response', '2999-05-10T08:00:00Z', {}, answer(THREE)) +
          record('response', 'yesterday', {}, answer(THREE)),
      );
      const { code, out } = await run('import', path, '--data', join(folder, 'data'));
      expect(code).toBe(0);
      expect(out.match(/is dated in the future/g)).toHaveLength(1);
      expect(out.match(/is not a time/g)).toHaveLength(1);
      expect(out).toContain('a new history of 1 captures');
    });
  });

  it('refuses files without capture times, so that no invented time is sealed', async () => {
    await inFolder(async (folder) => {
      const [plain, named, data] = ['plain', 'named', 'data'].map((name) => join(folder, name)) as [
        string,
        string,
        string,
      ];
      for (const [path, files] of [
        [plain, ['1.html', '2.html']],
        [named, ['20230510080000.html', 'page-2023-05-11T08-00.html']],
      ] as const) {
        await mkdir(path);
        for (const [index, file] of files.entries()) {
          await writeFile(join(path, file), [TWO, THREE][index] ?? '');
          await utimes(join(path, file), 0, Date.UTC(2023, 4, 20 + index) / 1_000);
        }
      }
      const of = ['--url', URL_OF_PAGE, '--json'];
      const refused = await run('import', plain, ...of, '--data', data);
      expect(refused).toMatchObject({ code: 2, err: expect.stringMatching(/meta\.json.*--file-times.*\[no-times\]/) });
      const plan = async (...argv: string[]) => jsonLines((await run('import', ...argv, ...of)).out)[0];
      expect(await plan(named, '--data', join(folder, 'n'))).toMatchObject({
        from: '2023-05-10T08:00:00.000Z',
        to: '2023-05-11T08:00:00.000Z',
      });
      expect(await plan(plain, '--file-times', '--data', data)).toMatchObject({
        from: '2023-05-20T00:00:00.000Z',
        to: '2023-05-21T00:00:00.000Z',
      });
      const replayed = await run('replay', plain, '--json');
      expect({ lines: jsonLines(replayed.out).length, err: replayed.err }).toEqual({
        lines: 2,
        err: expect.stringContaining('has no capture times'),
      });
      expect((await run('replay', named, '--json')).err).toBe('');
    });
  });
});

describe('a time in the name of a file', () => {
  it.each([
    ['20220105101500.html', '2022-01-05T10:15:00.000Z'],
    ['20220109T101500123Z.html', '2022-01-09T10:15:00.123Z'],
    ['page_2022-01-05T10-15.htm', '2022-01-05T10:15:00.000Z'],
    ['2022-01-05 10:15:30 page', '2022-01-05T10:15:30.000Z'],
    ['2022-01-05.html', null],
    ['20220230101500.html', null],
    ['0001.html', null],
    ['page-120220105101500.html', null],
  ])('%s is %s', (name, time) => {
    expect(timeInName(name)).toBe(time);
  });
});
