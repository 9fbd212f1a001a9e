import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockFolder } from '#adapters/local/lock.ts';
import { claim, release } from '#adapters/local/owner.ts';
import { jsonLines, run as runOnce } from '../support/cli.ts';
import { listen } from '../support/loopback.ts';
import { chroniclePage, REPORTS } from '../support/sample-pages.ts';

const URL_OF_PAGE = 'https://chronicle.example/harbour-2022-01.htm';
let folder = '';
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evidence-'));
  const source = at('captures');
  await writeFolder(source, 4);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function writeFolder(path: string, count: number): Promise<void> {
  const { mkdir } = await import('node:fs/promises');
  await mkdir(path, { recursive: true });
  const captures = [];
  for (let index = 0; index < count; index += 1) {
    const file = `${index}.html`;
    await writeFile(join(path, file), chroniclePage(REPORTS.slice(0, 4 + index)));
    captures.push({ file, fetchedAt: `2022-01-${String(14 + index).padStart(2, '0')}T10:00:00Z` });
  }
  await writeFile(join(path, 'meta.json'), JSON.stringify({ url: URL_OF_PAGE, captures }));
}

async function run(...argv: string[]) {
  const ran = await runOnce(...argv);
  return { ...ran, lines: () => jsonLines(ran.out) };
}

describe('an imported history', () => {
  it('prints its plan, verifies, and gives the same history where its export is imported', async () => {
    const imported = await run('import', at('captures'), '--data', at('a'), '--json');
    expect(imported).toMatchObject({ code: 0, err: '' });
    expect(imported.lines().map((line) => line.type)).toEqual(['plan', 'page']);
    expect(imported.lines()[1]).toMatchObject({ page: 'harbour-2022-01', captures: 4, revisions: 4 });

    const verified = await run('verify', '--data', at('a'), '--json');
    expect(verified).toMatchObject({ code: 0 });
    expect(verified.lines().at(-1)).toMatchObject({ type: 'summary', ok: true, revisions: 4 });

    expect(await run('export', '--format', 'warc', '--data', at('a'), '--out', at('a.warc.gz'))).toMatchObject({
      code: 0,
    });
    expect(await run('import', at('a.warc.gz'), '--data', at('b'))).toMatchObject({ code: 0 });
    const [one, two] = [
      await run('export', '--format', 'json', '--data', at('a')),
      await run('export', '--format', 'json', '--data', at('b')),
    ];
    expect(one.out).toBe(two.out);
    expect(one.lines()[0]).toMatchObject({ type: 'page', revision: 4 });
    expect((await readdir(folder)).some((name) => name.endsWith('.part'))).toBe(false);
  });

  it('does not change when its captures are imported again', async () => {
    const before = await run('export', '--format', 'json', '--data', at('a'));
    for (const source of ['a.warc.gz', 'captures']) {
      const again = await run('import', at(source), '--data', at('a'));
      expect(again).toMatchObject({ code: 0, out: expect.stringContaining('no new captures') });
      expect(again.out).not.toContain('rebuilt');
    }
    expect((await run('export', '--format', 'json', '--data', at('a'))).out).toBe(before.out);
  });

  it.each(['cut', 'flipped', 'garbage', 'plain-cut', 'plain-flipped', 'plain-garbage'])(
    'is neither imported nor replayed from a WARC file that is %s',
    async (how) => {
      const { gunzipSync } = await import('node:zlib');
      const packed = await readFile(at('a.warc.gz'));
      const bytes = how.startsWith('plain') ? gunzipSync(packed) : packed;
      // A byte of a body, not of a header that no digest covers.
      const middle = how.startsWith('plain') ? bytes.indexOf('<p>') : bytes.byteLength >> 1;
      const flipped = Buffer.from(bytes);
      flipped[middle] = (flipped[middle] ?? 0) ^ 4;
      const damaged = how.endsWith('cut')
        ? bytes.subarray(0, bytes.byteLength - 60)
        : how.endsWith('garbage')
          ? Buffer.concat([bytes, Buffer.from('garbage')])
          : flipped;
      const path = at(how.startsWith('plain') ? `${how}.warc` : `${how}.warc.gz`);
      await writeFile(path, damaged);
      const imported = await run('import', path, '--data', at(`of-${how}`));
      const replayed = await run('replay', path);
      for (const { code, err } of [imported, replayed]) {
        expect({ code, lines: err.trim().split('\n').length }).toEqual({ code: 1, lines: 1 });
        expect(err).toMatch(/(?:damaged|ends early).* after \d+ readable records .*byte \d+.*\[bad-warc\]/);
      }
      expect((await run('export', '--format', 'json', '--data', at(`of-${how}`))).out).not.toContain('revision');
    },
  );

  it('is replayed from a folder whose meta.json begins with a byte order mark', async () => {
    await writeFolder(at('marked'), 2);
    const path = join(at('marked'), 'meta.json');
    await writeFile(path, `\uFEFF${await readFile(path, 'utf8')}`);
    expect(await run('replay', at('marked'))).toMatchObject({ code: 0, err: '' });
  });

  it('announces that older captures rebuild it', async () => {
    await writeFile(at('older.html'), '');
    const path = at('older');
    await writeFolder(path, 1);
    const meta = JSON.parse(await readFile(join(path, 'meta.json'), 'utf8')) as { captures: { fetchedAt: string }[] };
    meta.captures = meta.captures.map((capture) => ({ ...capture, fetchedAt: '2022-01-02T00:00:00Z' }));
    await writeFile(join(path, 'meta.json'), JSON.stringify(meta));
    await run('import', at('captures'), '--data', at('c'));
    const remade = await run('import', path, '--data', at('c'));
    expect(remade.out.split('\n')[0]).toContain('are rebuilt in order');
    expect(await run('verify', '--data', at('c'))).toMatchObject({ code: 0 });
  });

  it('is rebuilt into an empty folder, and never over another history', async () => {
    const rebuilt = await run('rebuild', '--data', at('a'), '--into', at('r'), '--json');
    expect(rebuilt).toMatchObject({ code: 0 });
    expect(rebuilt.lines()[0]).toMatchObject({ page: 'harbour-2022-01', revisions: 4 });
    const [one, two] = [
      await run('export', '--format', 'csv', '--data', at('a')),
      await run('export', '--format', 'csv', '--data', at('r')),
    ];
    expect(one.out).toBe(two.out);
    expect(await run('rebuild', '--data', at('a'), '--into', at('r'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('[not-empty]'),
    });
    expect(await run('rebuild', '--data', at('a'), '--into', at('r'), '--continue')).toMatchObject({ code: 0 });
    expect(await run('rebuild', '--data', at('a'), '--into', at('a'))).toMatchObject({ code: 2 });
  });

  it('is not read again by the same parser', async () => {
    const { code, out } = await run('reparse', '--data', at('a'));
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('0 technical revisions') });
  });

  it('explains dates with the rule, the text and the proof', async () => {
    const { code, lines } = await run('explain', 'harbour-2022-01', '2022-01-10', '--data', at('a'), '--json');
    expect(code).toBe(0);
    const [first] = lines();
    expect(first).toMatchObject({ date: '2022-01-10', dateBasis: 'explicit', firstSeen: { revision: 2 } });
    expect(JSON.stringify(first)).toContain('10 January 2022');
    const person = await run('explain', 'harbour-2022-01', 'Orion', '--data', at('a'));
    expect(person.out).toMatch(/rule[\s\S]*text[\s\S]*SHA-256 [0-9a-f]{64}/);
  });

  it.each([
    ['explain', 'harbour-2022-01', 'nothing of it'],
    ['explain', 'nobody'],
    ['reparse', 'nobody'],
    ['verify', 'nobody'],
    ['export', '--format', 'csv', '--page', 'nobody'],
  ])('has no such page or paragraph, which is wrong usage: %s %s %s', async (...argv) => {
    const { code, err } = await run(...argv.filter((one) => typeof one === 'string'), '--data', at('a'));
    expect({ code, lines: err.trim().split('\n').length }).toEqual({ code: 2, lines: 1 });
    expect(err).toMatch(/"(nobody|nothing of it)".*: (name|ask|give) .*\[not-found\]/);
  });

  it('is reported as damaged, with place, fault and exit code 1', async () => {
    await run('import', at('captures'), '--data', at('d'));
    const bodies = join(at('d'), 'objects', 'evidence');
    const [shard = ''] = await readdir(bodies);
    const [name = ''] = await readdir(join(bodies, shard));
    const path = join(bodies, shard, name);
    const bytes = await readFile(path);
    bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 4;
    await writeFile(path, bytes);
    const { code, out } = await run('verify', '--data', at('d'));
    expect(code).toBe(1);
    expect(out).toContain(name);
    expect(await run('verify', 'harbour-2022-01', '--data', at('d'))).toMatchObject({ code: 1 });
    expect(await run('verify', 'no-such-page', '--data', at('d'))).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('no-such-page'),
    });
  });
});

describe('a web archive', () => {
  it('is imported through its CDX listing, and each capture is requested once', async () => {
    const replays: string[] = [];
    const server = await listen('127.0.0.1', (request, response) => {
      const url = request.url ?? '';
      if (url.startsWith('/cdx')) {
        const rows = ['20220114100000', '20220115100000'].map((time) => [time, URL_OF_PAGE, '200']);
        response.end(JSON.stringify([['timestamp', 'original', 'statuscode'], ...rows]));
      } else if (url.startsWith('/web/')) {
        replays.push(url);
        response
          .writeHead(200, { 'content-type': 'text/html' })
          .end(chroniclePage(REPORTS.slice(0, url.includes('20220114') ? 4 : 6)));
      } else response.writeHead(404).end();
    });
    const archive = ['--cdx-base', `${server.origin}/cdx`, '--replay-base', `${server.origin}/web`];
    try {
      for (const taken of [2, 0]) {
        const { code, lines } = await run('import', '--wayback', URL_OF_PAGE, ...archive, '--data', at('w'), '--json');
        expect(code).toBe(0);
        expect(lines()[0]).toMatchObject({ type: 'archive', listed: 2, taken, known: 2 - taken });
        expect(lines().at(-1)).toMatchObject({ revisions: taken, revision: 2 });
      }
      expect(replays).toHaveLength(2);
    } finally {
      await server.close();
    }
    expect(await run('verify', '--data', at('w'))).toMatchObject({ code: 0 });
  });
});

describe('wrong usage', () => {
  it.each([
    ['verify', '--data', '/nonexistent-daybook'],
    ['export', '--format', 'pdf'],
    ['export'],
    ['export', '--format', 'csv', '--from', 'yesterday'],
    ['import'],
    ['import', '/nonexistent.warc'],
    ['import', '/nonexistent.txt', '--from', '2022'],
    ['import', '--wayback', 'ftp://x'],
    ['import', '--wayback', 'https://x.example/', '--cdx-base', 'nonsense'],
  ])('%s %s %s gives exit code 2', async (...argv) => {
    const { code, err } = await run(...argv.filter((one): one is string => typeof one === 'string'));
    expect({ code, lines: err.trim().split('\n').length > 0 }).toEqual({ code: 2, lines: true });
  });

  it('reports that a running tracker uses the store', async () => {
    const lock = await lockFolder(at('a'), 0);
    try {
      await claim(at('a'), { pid: process.pid, port: 4_380 });
      for (const argv of [
        ['verify'],
        ['export', '--format', 'md'],
        ['rebuild'],
        ['reparse'],
        ['import', at('captures')],
      ]) {
        const { code, err } = await run(...argv, '--data', at('a'));
        expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining(String(process.pid)) });
      }
    } finally {
      await release(at('a'));
      await lock.release();
    }
  });
});
