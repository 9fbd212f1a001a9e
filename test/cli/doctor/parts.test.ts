import { writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { claim } from '#adapters/local/owner.ts';
import { writeToken } from '#adapters/local/reader-token.ts';
import { survey } from '#app/doctor/survey.ts';
import { createReader } from '#app/read/reader.ts';
import { openAsk } from '#cli/ask.ts';
import { load } from '#cli/doctor/load.ts';
import { circumstances, secretsOf } from '#cli/doctor/report-file.ts';
import { sourceOfAsk, sourceOfReader } from '#cli/doctor/source.ts';
import { visitor } from '#cli/doctor/visit.ts';
import { parseConfig } from '#core/config.ts';
import { VERSION } from '#core/names.ts';
import { createReadApp } from '#read/app.ts';
import { inFolder } from '../../support/cli.ts';
import { listen, serve } from '../../support/loopback.ts';
import { blockPage, chroniclePage } from '../../support/sample-pages.ts';
import { PAGE, reports, Watched } from '../../support/watched.ts';

describe('the pages of a store', () => {
  it('are the same whether this process reads them or asks a reader', async () => {
    const now = () => '2022-01-10T12:00:00.000Z';
    const store = new Watched();
    await store.see({ at: '2022-01-09T08:15:00Z', body: chroniclePage(reports(4)) });
    await store.see({ at: '2022-01-10T08:15:00Z', body: blockPage(), status: 403 });
    const gone = { at: '2022-01-10T09:00:00Z', body: new TextEncoder().encode('no'), status: 404 };
    await store.see(gone, { ...PAGE, id: 'harbour-2022-02', series: 'harbour' });
    const reader = createReader({ ...store, history: store.history, objects: store.objects, now });
    const app = createReadApp(reader);
    const server = await listen('127.0.0.1', async (request, response) => {
      const answer = await app.request(request.url ?? '/');
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
    });
    onTestFinished(() => server.close());
    const ask = await openAsk({ server: server.origin, data: 'none' });
    const inProcess = await survey(sourceOfReader(reader));
    expect(inProcess).toMatchObject([
      { id: PAGE.id, state: 'suspect', status: 403, lastBelievedAt: '2022-01-09T08:15:00.000Z' },
      { id: 'harbour-2022-02', isUnpublished: true },
    ]);
    expect(await survey(sourceOfAsk(ask))).toEqual(inProcess);
    await ask.close();
  });
});

describe('a visit', () => {
  it('gives the status as it is, and follows no redirect', async () => {
    const site = await serve({
      '/healthz': { status: 200, body: 'ok' },
      '/api/pages': { status: 302, headers: { location: '/healthz' } },
    });
    onTestFinished(() => site.close());
    const visit = visitor(`${site.origin}/`);
    expect([await visit('/healthz'), await visit('/api/pages'), await visit('/none')]).toEqual([200, 302, 404]);
    expect(site.paths()).toEqual(['/healthz', '/api/pages', '/none']);
  });

  it('sends no token, also where one is set', async () => {
    vi.stubEnv('DAYBOOK_TOKEN', 'a-token-that-was-typed');
    onTestFinished(() => void vi.unstubAllEnvs());
    const site = await serve({ '/healthz': 'ok' });
    onTestFinished(() => site.close());
    await visitor(site.origin)('/healthz');
    expect(JSON.stringify(site.requests)).not.toContain('a-token-that-was-typed');
  });

  it('fails where there is no answer, which may come later', async () => {
    const site = await serve({});
    await site.close();
    await expect(visitor(site.origin)('/healthz')).rejects.toMatchObject({ code: 'unavailable', retryable: true });
  });
});

describe('a configuration that is loaded', () => {
  const input = JSON.stringify({ pages: [{ id: 'a', url: 'https://chronicle.example/' }] });

  it('is called by its path from here, and one from elsewhere by its whole path', async () => {
    expect(await load({ urls: [], config: join(process.cwd(), 'daybook.config.ts') })).toMatchObject({
      name: 'daybook.config.ts',
      config: {},
    });
    await inFolder(async (folder) => {
      const file = join(folder, 'config.json');
      await writeFile(file, input);
      expect(await load({ urls: [], config: file })).toMatchObject({ name: file, config: { pages: [{ id: 'a' }] } });
    });
  });

  it('may be made of typed addresses', async () => {
    const loaded = await load({ urls: ['https://chronicle.example/a.htm'], config: null });
    expect(loaded).toMatchObject({ name: 'The list of addresses', config: { pages: [{ id: 'a' }] } });
  });

  it.each([
    ['none.json', null, 'no-file'],
    ['broken.json', '{', 'bad-config'],
    ['empty.json', '{}', 'bad-config'],
    ['odd.yaml', '', 'bad-config'],
  ])('is an error in place of a configuration: %s', async (name, text, code) => {
    await inFolder(async (folder) => {
      const file = join(folder, name);
      if (text !== null) await writeFile(file, text);
      expect(await load({ urls: [], config: file })).toMatchObject({ error: { code } });
    });
  });
});

describe('what must not be in a report', () => {
  it('is every address and token that this machine knows, and the home folder', async () => {
    vi.stubEnv('DAYBOOK_TOKEN', 'a-token-that-was-typed');
    vi.stubEnv('AWS_SESSION_TOKEN', 'a-session-of-aws');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    onTestFinished(() => void vi.unstubAllEnvs());
    const config = parseConfig({
      pages: [{ id: 'a', url: 'https://chronicle.example/' }],
      alerts: { emails: ['a@example.org', 'b@example.org'] },
      fetch: { contact: 'https://example.org/about-us' },
    });
    await inFolder(async (folder) => {
      await writeToken(folder, 'a-token-in-a-file-16');
      // Of a process that has ended: nobody takes its secret any more.
      await claim(folder, { pid: 2 ** 22 + 1, port: 1, secret: 'a-secret-of-an-owner' });
      expect(await secretsOf({ config, name: 'c' }, folder)).toEqual({
        [homedir()]: '~',
        'a@example.org': '[address]',
        'b@example.org': '[address]',
        'https://example.org/about-us': '[address]',
        'a-token-that-was-typed': '[secret]',
        'a-session-of-aws': '[secret]',
        'a-token-in-a-file-16': '[secret]',
      });
    });
  });

  it('is known too where there is no configuration, no folder and no token', async () => {
    for (const name of ['DAYBOOK_TOKEN', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']) {
      vi.stubEnv(name, undefined);
    }
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await secretsOf(null, null)).toEqual({ [homedir()]: '~' });
    expect(await secretsOf(null, '/nowhere')).toEqual({ [homedir()]: '~' });
  });
});

describe('the circumstances of a report', () => {
  it('have the versions of Daybook, Node and aws-cdk-lib', async () => {
    const now = new Date('2026-11-26T12:00:00Z');
    const there = await circumstances(null, now);
    expect(there).toMatchObject({ version: VERSION, node: process.versions.node, aws: null, at: now.toISOString() });
    expect(there.cdk).toMatch(/^\d+\.\d+\.\d+$/);
  });
});
