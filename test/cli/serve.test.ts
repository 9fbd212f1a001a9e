import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { chroniclePage, inFolder, run, VALLEY } from '../support/cli.ts';
import { type LoopbackServer, listen } from '../support/loopback.ts';
import { start } from '../support/running-up.ts';

let site: LoopbackServer;
beforeAll(async () => {
  site = await listen('127.0.0.1', (_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(chroniclePage(VALLEY));
  });
});
afterAll(() => site.close());
beforeEach(() => void vi.stubEnv('DAYBOOK_TOKEN', undefined));
afterEach(() => void vi.unstubAllEnvs());

/** A folder with a history, and a process that serves it. */
async function served(folder: string, ...more: string[]) {
  await run('up', site.url('/alder.htm'), '--once', '--port', '0', '--data', folder, '--json');
  const serving = await start('serve', '--port', '0', '--data', folder, '--json', ...more);
  onTestFinished(() => serving.kill());
  return serving;
}

describe('daybook serve', () => {
  it('serves a history and tracks nothing; queries ask it, edits are refused, a signal ends it', async () => {
    await inFolder(async (folder) => {
      const serving = await served(folder);
      const asked = site.requests.length;
      expect((await fetch(serving.reader)).status).toBe(200);
      expect(JSON.parse((await run('pages', '--data', folder, '--json')).out).items).toMatchObject([{ id: 'alder' }]);
      const edit = await run('pages', 'pause', 'alder', '--data', folder);
      expect([edit.code, edit.err]).toEqual([1, expect.stringMatching(/takes no edits: end it first/)]);
      const second = await run('serve', '--data', folder, '--port', '0');
      expect([second.code, second.err]).toEqual([
        1,
        expect.stringMatching(/already serves .*: end it first \[owned\]/),
      ]);
      serving.process.kill('SIGTERM');
      expect((await once(serving.process, 'exit'))[0]).toBe(0);
      expect(site.requests).toHaveLength(asked);
      expect((await run('pages', '--data', folder, '--json')).code).toBe(0);
    });
  });

  it('needs a token beyond this machine; commands of who can read the folder find it there', async () => {
    await inFolder(async (folder) => {
      const serving = await served(folder, '--host', '0.0.0.0', '--public-url', 'https://daybook.example.org');
      expect(serving.reader).toBe('https://daybook.example.org/');
      const { port } = JSON.parse(await readFile(join(folder, 'owner.json'), 'utf8')) as { port: number };
      const address = `http://127.0.0.1:${port}/`;
      expect((await fetch(address)).status).toBe(401);
      expect((await run('pages', '--data', folder)).code).toBe(0);

      const before = (await readFile(join(folder, 'token'), 'utf8')).trim();
      const after = (await run('token', '--rotate', '--data', folder)).out.split('\n')[0] ?? '';
      const statusWith = async (token: string) =>
        (await fetch(address, { headers: { authorization: `Bearer ${token}` } })).status;
      expect([await statusWith(before), await statusWith(after)]).toEqual([401, 200]);
    });
  });

  it('needs a history, and says how one starts', async () => {
    await inFolder(async (folder) => {
      const ran = await run('serve', '--data', join(folder, 'none'), '--port', '0');
      expect([ran.code, ran.err]).toEqual([2, expect.stringMatching(/no history .*"daybook up <url>" starts one/)]);
    });
  });
});
