import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { chroniclePage, inFolder, jsonLines, run, VALLEY } from '../support/cli.ts';
import { type LoopbackServer, listen } from '../support/loopback.ts';
import { startUp } from '../support/running-up.ts';

let html = '';
let site: LoopbackServer;

beforeEach(async () => {
  html = chroniclePage(VALLEY);
  site = await listen('127.0.0.1', (request, response) => {
    const known = request.url === '/alder-2023-05.htm';
    response.writeHead(known ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' }).end(known ? html : 'no');
  });
});
afterEach(() => site.close());

const page = () => site.url('/alder-2023-05.htm');
const once1 = (folder: string, ...more: string[]) =>
  run('up', ...more, '--once', '--port', '0', '--data', folder, '--json');

describe('a folder that fails', () => {
  it('ends the command, and the reader that already answered, with the reason', async () => {
    await inFolder(async (folder) => {
      // In the place of the file that says which process has the folder.
      await mkdir(join(folder, `owner.json.${process.pid}`));
      const free = await listen('127.0.0.1', () => {});
      await free.close();
      const ran = await run('up', page(), '--once', '--port', String(free.port), '--data', folder);
      expect([ran.code, ran.err]).toEqual([1, expect.stringMatching(/cannot be used as a data folder .*\[folder\]/)]);
      await expect(fetch(`http://127.0.0.1:${free.port}/healthz`)).rejects.toThrow('fetch failed');
    });
  });

  it('makes --once end with 1 where a check could not be stored', async () => {
    await inFolder(async (folder) => {
      await mkdir(join(folder, 'objects'));
      await writeFile(join(folder, 'objects', 'bodies'), 'a file in the place of a folder');
      const { code, err } = await once1(folder, page());
      expect([code, err]).toEqual([1, expect.stringContaining('a check failed')]);
    });
  });
});

describe('up and the queries', () => {
  it('tracks a typed page, and every query answers from its folder afterwards', async () => {
    await inFolder(async (folder) => {
      const ran = await once1(folder, page());
      expect({ code: ran.code, err: ran.err }).toEqual({ code: 0, err: '' });
      expect(jsonLines(ran.out)).toMatchObject([
        { data: folder },
        { page: 'alder-2023-05', outcome: 'first', revision: 1, changes: [] },
      ]);
      const ask = async (...argv: string[]) => {
        const { code, out, err } = await run(...argv, '--data', folder, '--json');
        expect({ argv, code, err }).toEqual({ argv, code: 0, err: '' });
        return JSON.parse(out);
      };
      expect((await ask('pages')).items).toMatchObject([
        { id: 'alder-2023-05', revisions: 1, health: { state: 'ok' } },
      ]);
      expect((await ask('timeline', '--from', '2023-05-04')).items.map((item: { date: string }) => item.date)).toEqual([
        '2023-05-05',
        '2023-05-09',
      ]);
      expect((await ask('timeline', '--newest-first', '--limit', '1')).items).toMatchObject([{ text: VALLEY[2] }]);
      expect((await ask('changes')).items).toEqual([]);
      expect((await ask('revisions', 'alder-2023-05')).items).toMatchObject([{ number: 1, paragraphs: 4 }]);
      const shown = await ask('show', 'alder-2023-05');
      expect(shown.paragraphs.map((one: { text: string }) => one.text).slice(1)).toEqual([...VALLEY]);
      expect((await ask('diff', 'alder-2023-05', '1')).changes).toEqual([]);
    });
  });

  it('prints the same as text', async () => {
    await inFolder(async (folder) => {
      await once1(folder, page());
      const ask = async (...argv: string[]) => (await run(...argv, '--data', folder)).out;
      expect(await ask('pages')).toMatch(/alder-2023-05 │ ok/);
      expect(await ask('timeline')).toMatch(/2023-05-05 │ explicit/);
      expect(await ask('changes')).toBe('No change was seen.\n');
      expect(await ask('revisions', 'alder-2023-05')).toMatch(/│ 1 +│/);
      expect(await ask('show', 'alder-2023-05')).toContain(`2023-05-09 (explicit) ${VALLEY[2]}`);
      expect(await ask('diff', 'alder-2023-05', '1')).toContain('The two revisions have the same text.');
    });
  });

  it.each([
    [['show', 'nope'], 2, /No page with the id "nope"/],
    [['show', 'alder-2023-05', '7'], 2, /revision/i],
    [['timeline', '--from', '2023-13'], 2, /"from"/],
    [['changes', '--kind', 'vanished'], 2, /"kind"/],
  ])("%j is refused with the reader's message", async (argv, code, message) => {
    await inFolder(async (folder) => {
      await once1(folder, page());
      const ran = await run(...argv, '--data', folder);
      expect({ out: ran.out, code: ran.code }).toEqual({ out: '', code });
      expect(ran.err).toMatch(message);
    });
  });

  it('reports a missing history, and creates none', async () => {
    await inFolder(async (folder) => {
      const ran = await run('pages', '--data', join(folder, 'none'));
      expect(ran.code).toBe(2);
      expect(ran.err).toMatch(/There is no history in .* yet: "daybook up <url>" starts one/);
    });
  });

  it.each([
    ['not-an-address', /--server: "not-an-address" is not an http or https address/, 2],
    ['http://127.0.0.1:9', /No answer from http:\/\/127.0.0.1:9; is it running\?/, 1],
  ])('--server %s gives a message with what to do', async (server, message, code) => {
    const ran = await run('pages', '--server', server);
    expect(ran.code).toBe(code);
    expect(ran.err).toMatch(message);
  });

  it('prints one line for a missing page, and gives exit code 1', async () => {
    await inFolder(async (folder) => {
      const ran = await once1(folder, site.url('/gone.htm'));
      expect(ran.code).toBe(1);
      expect(jsonLines(ran.out)[1]).toMatchObject({
        page: 'gone',
        outcome: 'quarantined',
        reason: 'http-status',
        revision: null,
      });
    });
  });
});

describe('the welcome of a data folder', () => {
  it('is printed after the first round, once', async () => {
    await inFolder(async (folder) => {
      const outs: string[] = [];
      for (let round = 0; round < 3; round += 1)
        outs.push((await run('up', page(), '--once', '--port', '0', '--data', folder)).out);
      expect(outs.map((out) => out.includes('[Daybook] Watching 1 page: 1 read'))).toEqual([false, true, false]);
      expect(outs[1]).toMatch(/Read the history: http:/);
    });
  });
});

describe('while up runs', () => {
  it('queries ask the process that uses the folder, a second process is refused, and a signal ends the first with exit code 0', async () => {
    await inFolder(async (folder) => {
      const up = await startUp(page(), folder);
      onTestFinished(() => up.kill());
      const { reader } = up;
      const owner = JSON.parse(await readFile(join(folder, 'owner.json'), 'utf8')) as { port: number };
      expect(reader).toBe(`http://127.0.0.1:${owner.port}/`);
      const mine = await run('timeline', '--data', folder, '--json');
      const server = await run('timeline', '--server', reader, '--json');
      expect(JSON.parse(mine.out).items).toHaveLength(3);
      expect(server).toEqual(mine);
      const second = await run('up', page(), '--once', '--port', '0', '--data', folder);
      expect(second.code).toBe(1);
      expect(second.err).toMatch(/already tracks into .*\[owned\]/);

      up.process.kill('SIGINT');
      const [code] = await once(up.process, 'exit');
      expect(code).toBe(0);
      expect(await run('timeline', '--data', folder, '--json')).toEqual(mine);
    });
  });
});
