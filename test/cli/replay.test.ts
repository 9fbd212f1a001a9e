import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyTexts } from '../../bench/diff/apply-texts.ts';
import { chroniclePage, inFolder, jsonLines, run, VALLEY } from '../support/cli.ts';

const LATE = 'It was told only now that a lorry had fallen into the river on 04 May 2023, a day before the protest.';
const HISTORY = [
  VALLEY.slice(0, 2),
  VALLEY,
  VALLEY,
  [VALLEY[0], LATE, VALLEY[1].replace('140', '410'), VALLEY[2]],
  [VALLEY[0], VALLEY[1].replace('140', '410'), VALLEY[2]],
];

interface Line {
  readonly file: string;
  readonly fetchedAt: string;
  readonly outcome: string;
  readonly reason?: string;
  readonly revision?: number;
  readonly alert: boolean;
  readonly changes: {
    kind: string;
    before: string[];
    after: string[];
    beforeAt: number[];
    afterAt: number[];
    date: string | null;
    late?: boolean;
    substance?: string;
  }[];
}

async function write(folder: string, pages: readonly string[], meta = true): Promise<string> {
  await mkdir(folder, { recursive: true });
  const captures = [];
  for (const [index, page] of pages.entries()) {
    const file = `${String(index + 1).padStart(4, '0')}.html`;
    await writeFile(join(folder, file), page);
    captures.push({
      file,
      fetchedAt: `2023-05-1${index}T08:00:00+02:00`,
      status: 200,
      headers: { 'Content-Type': 'text/html; charset=utf-8' },
    });
  }
  if (meta)
    await writeFile(
      join(folder, 'meta.json'),
      JSON.stringify({ url: 'https://example.org/alder-2023-05.htm', captures }),
    );
  return folder;
}

describe('replay', () => {
  it('prints one line for each capture, with changes that lead from each text to the next', async () => {
    await inFolder(async (folder) => {
      const { code, out, err } = await run(
        'replay',
        await write(
          folder,
          HISTORY.map((one) => chroniclePage(one)),
        ),
        '--json',
      );
      expect({ code, err }).toEqual({ code: 0, err: '' });
      const lines = jsonLines<Line>(out);
      expect(lines.map((line) => [line.file, line.outcome, line.revision ?? null, line.alert])).toEqual([
        ['0001.html', 'first', 1, false],
        ['0002.html', 'revision', 2, true],
        ['0003.html', 'unchanged', null, false],
        ['0004.html', 'revision', 3, true],
        ['0005.html', 'revision', 4, true],
      ]);
      let texts = ['The Alder Valley Dispute - May 2023', ...(HISTORY[0] ?? [])];
      for (const [index, line] of lines.entries()) {
        texts = applyTexts(texts, line.changes);
        expect(texts).toEqual(['The Alder Valley Dispute - May 2023', ...(HISTORY[index] ?? [])]);
      }
      expect(
        lines[3]?.changes.map((change) => [change.kind, change.date, change.late ?? false, change.substance]),
      ).toEqual([
        ['added', '2023-05-04', true, undefined],
        ['edited', '2023-05-05', false, 'facts'],
      ]);
      expect(lines[4]?.changes).toMatchObject([{ kind: 'removed', after: [], before: [LATE], afterAt: [] }]);
    });
  });

  it('gives the same bytes twice and leaves no files', async () => {
    await inFolder(async (folder) => {
      await write(
        folder,
        HISTORY.map((one) => chroniclePage(one)),
      );
      const mine = async () => (await readdir(tmpdir())).filter((name) => name.startsWith(`daybook-${process.pid}-`));
      const first = await run('replay', folder, '--json');
      expect(await run('replay', folder, '--json')).toEqual(first);
      expect(await mine()).toEqual([]);
    });
  });

  it('takes files without times in the order of their names', async () => {
    await inFolder(async (folder) => {
      await write(
        folder,
        HISTORY.slice(0, 2).map((one) => chroniclePage(one)),
        false,
      );
      const lines = jsonLines<Line>((await run('replay', folder, '--json')).out);
      expect(lines.map((line) => line.outcome)).toEqual(['first', 'revision']);
    });
  });

  it('keeps a block page out of the history and prints the reason', async () => {
    await inFolder(async (folder) => {
      const captcha =
        '<html><head><title>Are you a robot?</title></head><body><h1>Security check</h1><div class="h-captcha"></div><p>Please solve the captcha to go on.</p></body></html>';
      await write(folder, [chroniclePage(VALLEY), captcha, chroniclePage(VALLEY)]);
      const lines = jsonLines<Line>((await run('replay', folder, '--json')).out);
      expect(lines.map((line) => [line.outcome, line.reason ?? null, line.alert])).toEqual([
        ['first', null, false],
        ['quarantined', 'captcha', false],
        ['recovered', null, false],
      ]);
    });
  });

  it('prints text without --json', async () => {
    await inFolder(async (folder) => {
      const { out } = await run(
        'replay',
        await write(
          folder,
          HISTORY.map((one) => chroniclePage(one)),
        ),
      );
      expect(out).toContain('2023-05-13 06:00  0004.html  revision, revision 3: 1 added, 1 edited');
      expect(out).toContain('[-140-]{+410+}');
    });
  });

  it.each([
    ['no JSON', '{', /meta\.json is not JSON \[bad-meta\]/],
    ['no address', '{"captures":[]}', /meta\.json: url: must be an http or https address \[bad-meta\]/],
    [
      'a time that is none',
      '{"url":"https://example.org/","captures":[{"file":"a","fetchedAt":"today"}]}',
      /captures\.0\.fetchedAt: must be an ISO 8601 instant/,
    ],
    [
      'a file outside the folder',
      '{"url":"https://example.org/","captures":[{"file":"../a","fetchedAt":"2023-05-01T00:00:00Z"}]}',
      /must be a file inside the folder/,
    ],
  ])('refuses a meta.json with %s', async (_, meta, message) => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, 'meta.json'), meta);
      const ran = await run('replay', folder);
      expect({ code: ran.code, out: ran.out }).toEqual({ code: 2, out: '' });
      expect(ran.err).toMatch(message);
    });
  });

  it.each([
    ['a folder that is not there', 'no/such/folder', 2, /There is no file or folder no\/such\/folder \[no-file\]/],
    ['something else', 'package.json', 2, /neither a folder nor a \.warc or \.warc\.gz file/],
  ])('refuses %s', async (_, path, code, message) => {
    const ran = await run('replay', path);
    expect(ran.code).toBe(code);
    expect(ran.err).toMatch(message);
  });

  it('refuses an empty folder and a broken WARC', async () => {
    await inFolder(async (folder) => {
      expect((await run('replay', folder)).err).toMatch(/holds no captures \[no-captures\]/);
      await writeFile(join(folder, 'a.warc'), 'this is no WARC');
      const ran = await run('replay', join(folder, 'a.warc'));
      expect(ran.code).toBe(1);
      expect(ran.err).toMatch(/\[(bad-warc|no-captures)\]/);
    });
  });
});
