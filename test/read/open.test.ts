import { describe, expect, it } from 'vitest';
import { UnavailableError } from '#app/errors.ts';
import type { Reader } from '#app/read/reader.ts';
import { createReadApp } from '#read/app.ts';
import { appOf, sample } from './sample.ts';

const closed = { tokens: async () => ['secret'] };

describe('what needs no token', () => {
  it('/healthz: the store answers', async () => {
    const answer = await appOf(await sample(), closed).request('/healthz');
    expect([answer.status, await answer.text()]).toEqual([200, '{"status":"ok"}']);
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
  });

  it('/healthz: the store does not answer; the reason is logged and not sent', async () => {
    const logged: unknown[] = [];
    const broken = { pages: async () => Promise.reject(new UnavailableError('table secret-name is busy')) };
    const app = createReadApp(broken as unknown as Reader, { log: { warn: (...line) => logged.push(line) } });
    const answer = await app.request('/healthz');
    expect([answer.status, await answer.text()]).toEqual([503, '{"status":"unavailable"}']);
    expect(JSON.stringify(logged)).toContain('secret-name');
  });

  it('/robots.txt: search engines stay away', async () => {
    const answer = await appOf(await sample(), closed).request('/robots.txt');
    expect([answer.status, await answer.text()]).toEqual([200, 'User-agent: *\nDisallow: /\n']);
  });

  it('answers only under the names of the reader, and only to reading', async () => {
    const app = appOf(await sample(), { ...closed, hosts: ['daybook.example'] });
    expect((await app.request('/healthz', { headers: { Host: 'evil.example' } })).status).toBe(421);
    const posted = await app.request('/healthz', { method: 'POST', headers: { Host: 'daybook.example' } });
    expect(posted.status).toBe(405);
  });
});
