import { serve } from '@hono/node-server';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ReadAppOptions } from '#read/app.ts';
import { appOf, sample } from '../sample.ts';

const TOKEN = 'q0uE-7_tokenOfTheReader~1.2+3/4=';
const basic = (user: string, password: string) =>
  `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;

async function closed(options: ReadAppOptions = {}) {
  return appOf(await sample(), { tokens: async () => [TOKEN], ...options });
}

const EVERY_KIND = ['/', '/pages/pass', '/timeline', '/changes', '/none', '/style.css', '/api/pages', '/openapi.json'];

describe('a reader with a token', () => {
  it.each(EVERY_KIND)('keeps %s from requests without it, and shows browsers how to give it', async (path) => {
    const app = await closed();
    for (const method of ['GET', 'HEAD']) {
      const answer = await app.request(path, { method });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('WWW-Authenticate')).toBe('Basic realm="Daybook", charset="UTF-8"');
      expect(answer.headers.get('Cache-Control')).toBe('no-store');
      const body = await answer.text();
      expect(body).not.toMatch(/The pass|rail\.|lane/);
      if (method === 'GET') expect(body).toMatch(/Bearer TOKEN.*token as password.*--token or DAYBOOK_TOKEN/);
    }
  });

  it('answers a person in text and a machine with a problem', async () => {
    const app = await closed();
    const page = await app.request('/timeline');
    expect(page.headers.get('Content-Type')).toMatch(/^text\/plain/);
    const api = await app.request('/api/timeline');
    expect(api.headers.get('Content-Type')).toBe('application/problem+json');
    expect(await api.json()).toMatchObject({ status: 401, code: 'unauthorized', title: 'Not allowed' });
  });

  it.each([
    ['Bearer', `Bearer ${TOKEN}`],
    ['Bearer in another case', `bearer  ${TOKEN} `],
    ['Basic with any user name', basic('reader', TOKEN)],
    ['Basic without a user name', basic('', TOKEN)],
    ['Basic with a user name of other letters', basic('Lésé', TOKEN)],
  ])('opens by %s', async (_, authorization) => {
    const app = await closed();
    for (const path of EVERY_KIND.filter((path) => path !== '/none')) {
      expect((await app.request(path, { headers: { authorization } })).status).toBe(200);
    }
  });

  it.each([
    ['nothing after the scheme', 'Bearer'],
    ['the bare token', TOKEN],
    ['another scheme', `Digest ${TOKEN}`],
    ['the token as user name', basic(TOKEN, '')],
    ['a part of it', `Bearer ${TOKEN.slice(0, -1)}`],
    ['more than it', `Bearer ${TOKEN}x`],
    ['another case', `Bearer ${TOKEN.toUpperCase()}`],
    ['Basic that is not base64', 'Basic %%%'],
    ['Basic without a colon', `Basic ${Buffer.from(TOKEN).toString('base64')}`],
  ])('stays closed for %s', async (_, authorization) => {
    const app = await closed();
    const answer = await app.request('/api/pages', { headers: { authorization } });
    expect([answer.status, await answer.text()]).toEqual([401, expect.not.stringContaining(TOKEN)]);
  });

  it('takes no token from an address', async () => {
    const app = await closed();
    for (const query of [`token=${TOKEN}`, `access_token=${TOKEN}`]) {
      expect((await app.request(`/api/pages?${encodeURI(query)}`)).status).toBe(401);
    }
  });

  it('opens for the token alone, whatever else is given', async () => {
    const app = await closed();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme-ascii' }), fc.boolean(), async (given, isBearer) => {
        fc.pre(given !== TOKEN && given.trim() !== TOKEN);
        const authorization = isBearer ? `Bearer ${given}` : basic('user', given);
        expect((await app.request('/api/pages', { headers: { authorization } })).status).toBe(401);
      }),
      { numRuns: 60 },
    );
  });

  it('says that the token is wrong where one was given', async () => {
    const answer = await (await closed()).request('/', { headers: { authorization: 'Bearer other' } });
    expect(await answer.text()).toMatch(/^This is not the token of this reader/);
  });
});

describe('several tokens, and none', () => {
  it('each opens the reader', async () => {
    const app = await closed({ tokens: async () => ['first', 'second', 'third'] });
    for (const token of ['first', 'second', 'third']) {
      expect((await app.request('/', { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
    }
    expect((await app.request('/', { headers: { authorization: 'Bearer fourth' } })).status).toBe(401);
  });

  it('without one nobody reads, and the answer names the command that makes it', async () => {
    const app = await closed({ tokens: async () => [] });
    const answer = await app.request('/api/pages', { headers: { authorization: 'Bearer ' } });
    expect([answer.status, await answer.text()]).toEqual([401, expect.stringContaining('\\"daybook token\\"')]);
  });

  it('an empty one opens nothing', async () => {
    const app = await closed({ tokens: async () => [''] });
    for (const authorization of ['Bearer ', basic('user', '')]) {
      expect((await app.request('/', { headers: { authorization } })).status).toBe(401);
    }
  });

  it('are asked for at each request: a new one works, the old one no longer', async () => {
    let token = 'old';
    const app = await closed({ tokens: async () => [token] });
    const statusWith = async (given: string) =>
      (await app.request('/', { headers: { authorization: `Bearer ${given}` } })).status;
    expect([await statusWith('old'), await statusWith('new')]).toEqual([200, 401]);
    token = 'new';
    expect([await statusWith('old'), await statusWith('new')]).toEqual([401, 200]);
  });

  it('that cannot be read keep the reader closed, with an error of ours in the log and no token', async () => {
    const logged: unknown[] = [];
    const app = await closed({
      tokens: async () => Promise.reject(new Error('no answer')),
      log: { warn: (...line) => logged.push(line) },
    });
    const answer = await app.request('/api/pages', { headers: { authorization: `Bearer ${TOKEN}` } });
    expect([answer.status, await answer.text()]).toEqual([500, expect.not.stringContaining('pass')]);
    expect(JSON.stringify(logged)).toContain('no answer');
    expect(JSON.stringify(logged)).not.toContain(TOKEN);
  });
});

it('a reader without tokens is open to everybody', async () => {
  const app = appOf(await sample());
  for (const path of ['/', '/api/pages']) expect((await app.request(path)).status).toBe(200);
});

it('a listening reader asks a browser for the token, and answers with it', async () => {
  const app = await closed();
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
  onTestFinished(() => new Promise<void>((done) => server.close(() => done())));
  if (!server.listening) await new Promise((done) => server.once('listening', done));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`;
  const refused = await fetch(url);
  expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, expect.stringMatching(/^Basic /)]);
  await refused.text();
  const page = await fetch(url, { headers: { authorization: basic('me', TOKEN) } });
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('The pass')]);
  expect((await fetch(`${url}healthz`)).status).toBe(200);
});
