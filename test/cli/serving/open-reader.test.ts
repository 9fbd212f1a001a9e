import { readFile, stat, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { openAccess } from '#cli/serving/access.ts';
import { exposureOf } from '#cli/serving/exposure.ts';
import { serveReader } from '#cli/serving/serve.ts';
import { sample } from '../../read/sample.ts';
import { chroniclePage, inFolder, jsonLines, run, VALLEY } from '../../support/cli.ts';
import { type LoopbackServer, listen } from '../../support/loopback.ts';
import { startUp } from '../../support/running-up.ts';

const GIVEN = 'a-token-that-was-given';
const PUBLIC = ['--host', '0.0.0.0', '--public-url', 'https://daybook.example.org'];

let site: LoopbackServer;
beforeAll(async () => {
  site = await listen('127.0.0.1', (_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(chroniclePage(VALLEY));
  });
});
afterAll(() => site.close());
beforeEach(() => void vi.stubEnv('DAYBOOK_TOKEN', undefined));
afterEach(() => void vi.unstubAllEnvs());

/** Asks 127.0.0.1 under a name of its own. */
function ask(port: number, path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((done, failed) => {
    get({ host: '127.0.0.1', port, path, headers }, (response) => {
      response.resume();
      done(response.statusCode ?? 0);
    }).on('error', failed);
  });
}

const upOnce = (folder: string, ...more: string[]) =>
  run('up', site.url('/alder.htm'), '--once', '--port', '0', '--data', folder, '--json', ...more);

describe('a reader beyond this machine', () => {
  it('answers under its public name and to its token alone', async () => {
    await inFolder(async (folder) => {
      const exposure = exposureOf({ host: '0.0.0.0', publicUrl: 'https://daybook.example.org' });
      const { serving } = await openAccess(folder, GIVEN, 'secret');
      const served = await serveReader(await sample(), 0, { exposure, ...serving });
      onTestFinished(() => served.close());
      expect(served.url).toBe('https://daybook.example.org/');
      const host = 'daybook.example.org';
      const authorization = `Bearer ${GIVEN}`;
      expect(await ask(served.port, '/', { host })).toBe(401);
      expect(await ask(served.port, '/', { host, authorization })).toBe(200);
      expect(await ask(served.port, '/healthz', { host })).toBe(200);
      for (const other of ['evil.example', `daybook.example.org:${served.port}`]) {
        expect(await ask(served.port, '/', { host: other, authorization })).toBe(421);
        expect(await ask(served.port, '/healthz', { host: other })).toBe(421);
      }
    });
  });

  it('has its links and alerts begin with the public address', async () => {
    await inFolder(async (folder) => {
      const ran = await upOnce(folder, ...PUBLIC, '--token', GIVEN);
      expect([ran.code, jsonLines(ran.out)[0]]).toEqual([0, { reader: 'https://daybook.example.org/', data: folder }]);
    });
  });

  it('is asked by commands of who can read its folder, without the token', async () => {
    await inFolder(async (folder) => {
      const up = await startUp(site.url('/alder.htm'), folder, ...PUBLIC);
      onTestFinished(() => up.kill());
      const { port } = JSON.parse(await readFile(join(folder, 'owner.json'), 'utf8')) as { port: number };
      const mine = await run('pages', '--data', folder, '--json');
      expect([mine.code, JSON.parse(mine.out).items]).toMatchObject([0, [{ id: 'alder' }]]);
      const server = `http://127.0.0.1:${port}`;
      expect((await run('pages', '--server', server)).code).toBe(1);
      const token = (await readFile(join(folder, 'token'), 'utf8')).trim();
      expect((await run('pages', '--server', server, '--token', token)).code).toBe(0);
      expect((await run('pages', 'pause', 'alder', '--data', folder)).code).toBe(0);
    });
  });
});

describe('the token of a data folder', () => {
  it('is made once, shown once, and kept where only its user can read it', async () => {
    await inFolder(async (folder) => {
      const [first] = jsonLines((await upOnce(folder, ...PUBLIC)).out);
      expect(first?.token).toMatch(/^[\w-]{43}$/);
      expect((await stat(join(folder, 'token'))).mode & 0o777).toBe(0o600);
      expect(await readFile(join(folder, 'token'), 'utf8')).toBe(`${first?.token}\n`);
      const [second] = jsonLines((await upOnce(folder, ...PUBLIC)).out);
      expect(second).toEqual({ reader: 'https://daybook.example.org/', data: folder });
    });
  });

  it('is not made where one is given, or where the reader serves this machine alone', async () => {
    await inFolder(async (folder) => {
      vi.stubEnv('DAYBOOK_TOKEN', GIVEN);
      expect((await upOnce(folder, ...PUBLIC)).code).toBe(0);
      vi.unstubAllEnvs();
      expect(jsonLines((await upOnce(folder)).out)[0]).not.toHaveProperty('token');
      await expect(stat(join(folder, 'token'))).rejects.toThrow('ENOENT');
    });
  });

  it('is read at each request: another one works at once', async () => {
    await inFolder(async (folder) => {
      const { serving, made } = await openAccess(folder, undefined, 'secret');
      expect(await serving.tokens?.()).toEqual([made?.token, 'secret']);
      await writeFile(join(folder, 'token'), 'another\n');
      expect(await serving.tokens?.()).toEqual(['another', 'secret']);
      await writeFile(join(folder, 'token'), '\n');
      expect(await serving.tokens?.()).toEqual(['secret']);
    });
  });

  it.each(['short', 'with a space in it somewhere', 'ünsendable-in-a-header'])(
    'that is easy to guess or cannot be sent is refused: %s',
    async (token) => {
      await inFolder(async (folder) => {
        const ran = await upOnce(folder, ...PUBLIC, '--token', token);
        expect([ran.code, ran.err]).toEqual([2, expect.stringContaining('--token: give 16 to 200 letters')]);
        expect(ran.err).not.toContain(token);
      });
    },
  );

  it('is not needed where the configuration says that everybody may read', async () => {
    await inFolder(async (folder) => {
      const config = join(folder, 'public.json');
      await writeFile(
        config,
        JSON.stringify({
          pages: [{ id: 'alder', url: site.url('/alder.htm') }],
          reader: { access: 'public' },
          fetch: { ports: [site.port], allowLoopback: true },
        }),
      );
      const data = join(folder, 'data');
      const argv = ['up', '--config', config, '--once', '--port', '0', '--data', data, '--json'];
      const ran = await run(...argv, ...PUBLIC);
      expect([ran.code, jsonLines(ran.out)[0]]).toEqual([0, { reader: 'https://daybook.example.org/', data }]);
      await expect(stat(join(data, 'token'))).rejects.toThrow('ENOENT');
    });
  });
});
