import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { openAnyFormat } from '#adapters/local/compose.ts';
import { writeToken } from '#adapters/local/reader-token.ts';
import type { Finding } from '#app/doctor/finding.ts';
import { chroniclePage, inFolder, jsonLines, run, VALLEY } from '../../support/cli.ts';
import { type LoopbackServer, listen } from '../../support/loopback.ts';
import { startUp } from '../../support/running-up.ts';

let site: LoopbackServer;
let robots = 'User-agent: *\nAllow: /';
beforeEach(async () => {
  robots = 'User-agent: *\nAllow: /';
  site = await listen('127.0.0.1', (request, response) => {
    const { url = '' } = request;
    if (url === '/robots.txt') response.writeHead(200, { 'content-type': 'text/plain' }).end(robots);
    else if (url === '/wall.htm') response.writeHead(403).end('<title>Access denied</title>');
    else response.writeHead(200, { 'content-type': 'text/html' }).end(chroniclePage(VALLEY));
  });
});
afterEach(() => site.close());

interface Config {
  pages?: readonly string[];
  emails?: readonly string[];
}

/** A folder whose pages were checked once. */
async function checked(folder: string, { pages = ['alder'], emails = [] }: Config = {}): Promise<string> {
  const config = join(folder, 'config.json');
  const input = {
    pages: pages.map((id) => ({ id, url: site.url(`/${id}.htm`) })),
    health: { downAfter: 1 },
    alerts: { emails },
    fetch: { allowLoopback: true, ports: [site.port], minGapSeconds: 0 },
  };
  await writeFile(config, JSON.stringify(input));
  const data = join(folder, 'data');
  await run('up', '--once', '--config', config, '--data', data, '--port', '0');
  return data;
}

async function doctor(data: string, ...more: string[]) {
  const { code, out, err } = await run('doctor', '--data', data, '--json', ...more);
  expect(err).toBe('');
  const lines = jsonLines<Finding & { type: string }>(out);
  const findings = lines.filter(({ type }) => type === 'finding');
  return {
    code,
    findings,
    summary: lines.at(-1),
    of: (check: string) => findings.filter((one) => one.check === check),
  };
}

describe('daybook doctor on a data folder', () => {
  it('finds a tracked folder healthy, and asks each host for its rules and one page', async () => {
    await inFolder(async (folder) => {
      const data = await checked(folder, { pages: ['alder', 'birch'] });
      const before = site.paths().length;
      const { code, findings, summary } = await doctor(data);
      expect([code, summary]).toEqual([0, { type: 'summary', healthy: true, faults: 0, warnings: 0 }]);
      expect(findings.filter(({ level }) => level === 'fault' || level === 'warning')).toEqual([]);
      expect(findings.map(({ check }) => check)).toEqual(
        expect.arrayContaining(['node', 'folder', 'disk', 'configuration', 'store', 'pages', 'checks', 'believed']),
      );
      expect(site.paths().slice(before)).toEqual(['/alder.htm']);
    });
  });

  it('reports a page that is down by host and reason, with exit code 1', async () => {
    await inFolder(async (folder) => {
      const data = await checked(folder, { pages: ['alder', 'wall'] });
      const { code, of, summary } = await doctor(data, '--offline');
      expect(code).toBe(1);
      expect(summary).toMatchObject({ healthy: false, faults: 1 });
      expect(of('hosts')).toMatchObject([{ level: 'fault', facts: { host: `127.0.0.1:${site.port}`, status: 403 } }]);
      expect(of('reach')).toMatchObject([{ level: 'note', what: 'No host was asked: --offline' }]);
    });
  });

  it('finds what robots.txt forbids', async () => {
    await inFolder(async (folder) => {
      const data = await checked(folder);
      robots = 'User-agent: *\nDisallow: /';
      expect((await doctor(data)).of('reach')).toMatchObject([{ level: 'fault', facts: { reason: 'robots' } }]);
    });
  });

  it('prints a line a check, what to do below, and a last line', async () => {
    await inFolder(async (folder) => {
      const data = await checked(folder, { pages: ['wall'] });
      const { out } = await run('doctor', '--data', data, '--offline');
      expect(out).toMatch(/^✓ node {10}Node \d/);
      expect(out).toMatch(/\n✗ hosts +127\.0\.0\.1:\d+: 1 page refused .*: wall\n +→ Open the address/);
      expect(out).toMatch(/\n\d faults?\n$/);
    });
  });

  it.each([
    ['an empty folder', async (data: string) => void (await mkdir(data)), /no history yet/],
    ['a wrong path', async () => {}, /There is no folder/],
    ['a file', (data: string) => writeFile(data, ''), /not a folder/],
  ])('says what to do about %s', async (_, make, what) => {
    await inFolder(async (folder) => {
      const data = join(folder, 'data');
      await make(data);
      const { code, of } = await doctor(data);
      expect(code).toBe(1);
      expect(of('folder')[0]?.what).toMatch(what);
      expect(of('folder')[0]?.todo).toMatch(/daybook up|--data/);
    });
  });

  it('names the field of a wrong configuration, and goes on', async () => {
    await inFolder(async (folder) => {
      const data = await checked(folder);
      const wrong = join(folder, 'wrong.json');
      await writeFile(
        wrong,
        JSON.stringify({ pages: [{ id: 'a', url: 'https://a.example/' }], fetch: { maxBytes: 1 } }),
      );
      const { code, of } = await doctor(data, '--config', wrong);
      expect(code).toBe(1);
      expect(of('configuration')[0]).toMatchObject({ level: 'fault' });
      expect(of('configuration')[0]?.what).toMatch(/ in fetch\.maxBytes$/);
      expect(of('checks')).toMatchObject([{ level: 'ok' }]);
      const missing = await doctor(data, '--config', join(folder, 'none.json'));
      expect(missing.of('configuration')[0]?.what).toMatch(/none\.json cannot be used \(no-file\)/);
    });
  });

  it.each([
    ['objects', ['captures', 'fault']],
    ['table', ['store', 'fault']],
  ])('does not find a folder healthy whose %s are gone', async (part, [check = '', level]) => {
    await inFolder(async (folder) => {
      const data = await checked(folder);
      await rm(join(data, part), { recursive: true });
      const { code, of } = await doctor(data, '--offline');
      expect(code).toBe(1);
      expect(of(check)[0]?.level).toBe(level);
    });
  });

  it('says nothing of captures and alerts that it could not count, and how to mend the table', async () => {
    await inFolder(async (folder) => {
      const data = await checked(folder);
      // Reading it writes what was in the log into a file of its own.
      await run('pages', '--data', data);
      const files = (await readdir(join(data, 'table'))).filter((name) => name.endsWith('.ldb'));
      expect(files).not.toEqual([]);
      for (const file of files) await writeFile(join(data, 'table', file), 'not a table');
      const { code, of } = await doctor(data, '--offline');
      expect([code, of('captures'), of('alerts')]).toEqual([1, [], []]);
      expect(of('store')[0]?.todo).toMatch(/daybook rebuild/);
    });
  });

  it('warns of alerts that were not sent', async () => {
    await inFolder(async (folder) => {
      const data = await checked(folder);
      const store = await openAnyFormat(data);
      const head = await store.history.head('alder');
      const [cursor] = await store.history.cursors('alder');
      if (head === null || cursor === undefined) throw new Error('the page was not read');
      const old = { ...head, observedAt: '2026-01-01T00:00:00.000Z' };
      await store.history.flipHead(old, head);
      await store.history.advanceCursor({ ...cursor, revision: 0, version: cursor.version + 1 }, cursor);
      await store.close();
      expect((await doctor(data, '--offline')).of('alerts')).toMatchObject([{ level: 'warning' }]);
    });
  });

  it('asks the process that has the folder, and gives its number', async () => {
    await inFolder(async (folder) => {
      const data = join(folder, 'data');
      const up = await startUp(site.url('/alder.htm'), data);
      onTestFinished(() => up.kill());
      const { code, of } = await doctor(data, '--offline');
      expect(code).toBe(0);
      expect(of('process')).toMatchObject([{ level: 'ok', facts: { pid: up.process.pid } }]);
      expect(of('checks')).toMatchObject([{ level: 'ok' }]);
      expect(of('store')).toEqual([]);
    });
  });

  it('finds a secret that others can read', async () => {
    await inFolder(async (folder) => {
      const data = await checked(folder);
      await writeToken(data, 'a-token-of-16-letters');
      await chmod(join(data, 'token'), 0o644);
      const { code, of } = await doctor(data, '--offline');
      expect(code).toBe(1);
      expect(of('secrets')[0]?.todo).toBe(`Run: chmod 600 ${data}/token`);
    });
  });

  it('refuses a stage without --aws as wrong usage', async () => {
    const { code, err } = await run('doctor', '--stage', 'dev');
    expect([code, err]).toEqual([2, expect.stringContaining('--stage goes with --aws')]);
  });
});

describe('the report', () => {
  const planted = ['somebody@example.org', 'a-token-that-was-typed', 'a-token-in-a-file-16', 'Alder', 'lorries'];

  it('has no address, no token and no word of a page, and leaves the findings where they were', async () => {
    vi.stubEnv('DAYBOOK_TOKEN', 'a-token-that-was-typed');
    onTestFinished(() => void vi.unstubAllEnvs());
    await inFolder(async (folder) => {
      const data = await checked(folder, { pages: ['p1', 'wall'], emails: ['somebody@example.org'] });
      await writeToken(data, 'a-token-in-a-file-16');
      const file = join(folder, 'report.txt');
      const { code, of } = await doctor(data, '--report', file);
      expect([code, of('hosts').length]).toEqual([1, 1]);
      const report = await readFile(file, 'utf8');
      expect(report).toMatch(/^Daybook doctor: report\nversion {2}\d/);
      expect(report).toMatch(/FAULT {4}hosts: 127\.0\.0\.1:\d+: 1 page refused/);
      for (const text of planted) expect(report).not.toContain(text);
    });
  });

  it('goes to standard output alone with -, and is refused where it cannot be written', async () => {
    await inFolder(async (folder) => {
      const data = await checked(folder);
      const { out, code } = await run('doctor', '--data', data, '--offline', '--report', '-');
      expect(code).toBe(0);
      expect(out).toMatch(/^Daybook doctor: report\n/);
      expect(out).not.toContain('✓');
      const refused = await run('doctor', '--data', data, '--offline', '--report', join(folder, 'none', 'r.txt'));
      expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('--report')]);
    });
  });
});
