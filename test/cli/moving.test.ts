import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../support/cli.ts';
import { issues, PAGE } from '../support/watched.ts';

let folder = '';
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moving-'));
  await mkdir(at('captures'));
  const captures = [];
  for (const [index, { at: fetchedAt, body }] of issues(4).entries()) {
    await writeFile(at(`captures/${index}.html`), body);
    captures.push({ file: `${index}.html`, fetchedAt });
  }
  await writeFile(at('captures/meta.json'), JSON.stringify({ url: PAGE.url, rolling: true, captures }));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const historyIn = async (data: string) => (await run('export', '--format', 'json', '--data', at(data))).out;
const revisionsIn = async (data: string) =>
  (await historyIn(data)).split('\n').filter((line) => line.includes('"type":"revision"')).length;

describe('a rolling page', () => {
  it('is declared by its folder, and stays the same through a WARC file, a second import and a rebuild', async () => {
    for (const args of [[], ['--url', PAGE.url, '--page', 'named']]) {
      const data = `of-folder-${args.length}`;
      expect(await run('import', at('captures'), ...args, '--data', at(data))).toMatchObject({ code: 0, err: '' });
      expect(await revisionsIn(data)).toBe(4);
    }
    const history = await historyIn('of-folder-0');
    const file = at('all.warc.gz');
    expect(await run('export', '--format', 'warc', '--data', at('of-folder-0'), '--out', file)).toMatchObject({
      code: 0,
    });
    for (const _ of [1, 2]) {
      expect(await run('import', file, '--data', at('of-warc'))).toMatchObject({ code: 0, err: '' });
      expect(await historyIn('of-warc')).toBe(history);
    }
    await rm(at('of-warc/table'), { recursive: true, force: true });
    expect(await run('rebuild', '--data', at('of-warc'), '--into', at('rebuilt'))).toMatchObject({ code: 0 });
    expect(await historyIn('rebuilt')).toBe(history);
  });
});

describe('a period of an export or of an archive', () => {
  it.each([
    ['export', '--format', 'json', '--from', '2022-02-30'],
    ['export', '--format', 'json', '--to', '2022-01-01T25:00:00Z'],
    ['export', '--format', 'json', '--from', '2022-02', '--to', '2022-01'],
    ['import', '--wayback', PAGE.url, '--from', '2022-13'],
    ['import', '--wayback', PAGE.url, '--from', '2022', '--to', '2021-12-31'],
  ])('that is invalid is wrong usage: %s %s %s %s %s %s', async (...argv) => {
    const { code, err } = await run(...argv.filter((one) => one !== undefined), '--data', at('none'));
    expect(code).toBe(2);
    expect(err).toMatch(/--(from|to): "/);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  it.each(['warc', 'json', 'csv', 'md'])(
    'without captures is reported as empty, and leaves no file (%s)',
    async (format) => {
      const file = at(`empty.${format}`);
      await run('import', at('captures'), '--data', at('full'));
      const empty = await run('export', '--format', format, '--to', '2019', '--data', at('full'), '--out', file);
      expect(empty.code).toBe(1);
      expect(empty.err).toContain('nothing to export');
      await expect(access(file)).rejects.toThrow();
      await expect(access(`${file}.part`)).rejects.toThrow();
    },
  );
});
