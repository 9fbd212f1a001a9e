import { describe, expect, it } from 'vitest';
import { appOf, sample } from '../sample.ts';

const VIEWS = [
  '/',
  '/pages/pass',
  '/timeline',
  '/changes',
  '/none',
  '/api/pages',
  '/api/none',
  '/style.css',
  '/openapi.json',
];

describe('every answer', () => {
  it.each(VIEWS)('%s forbids scripts, framing, sniffing and referrers', async (path) => {
    const { headers } = await appOf(await sample()).request(path);
    const policy = headers.get('Content-Security-Policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("base-uri 'none'");
    expect(policy).not.toMatch(/unsafe|script-src|\*|data:/);
    expect(headers.get('X-Frame-Options')).toBe('DENY');
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('Referrer-Policy')).toBe('no-referrer');
    expect(headers.get('Access-Control-Allow-Origin')).toBeNull();
  });

  it.each(VIEWS.filter((path) => !path.includes('none')))('%s is asked for again cheaply', async (path) => {
    const app = appOf(await sample());
    const first = await app.request(path);
    const etag = first.headers.get('ETag') ?? '';
    expect(etag).toMatch(/^"[0-9a-f]+"$/);
    expect(first.headers.get('Cache-Control')).toMatch(path === '/style.css' ? /immutable/ : /^no-cache$/);
    const again = await app.request(path, { headers: { 'If-None-Match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect(again.headers.get('Cache-Control')).toBe(first.headers.get('Cache-Control'));
  });

  it('changes its ETag with the history', async () => {
    const chronicle = await sample();
    const app = appOf(chronicle);
    const before = (await app.request('/api/timeline')).headers.get('ETag');
    await chronicle.revise('rail', '2024-03-19T00:00:00Z', [{ id: 'r2', text: 'A strike began.', date: '2024-03-18' }]);
    expect((await app.request('/api/timeline')).headers.get('ETag')).not.toBe(before);
  });

  it('that is an error is not cached', async () => {
    const { headers } = await appOf(await sample()).request('/api/none');
    expect(headers.get('Cache-Control')).toBe('no-store');
    expect(headers.get('ETag')).toBeNull();
  });
});

describe('the API is read-only', () => {
  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('%s is refused', async (method) => {
    const response = await appOf(await sample()).request('/api/pages', { method });
    expect([response.status, response.headers.get('Allow')]).toEqual([405, 'GET, HEAD']);
    expect(await response.json()).toMatchObject({ code: 'read-only' });
  });

  it('HEAD answers as GET does, without a body', async () => {
    const response = await appOf(await sample()).request('/api/pages', { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(response.headers.get('ETag')).toBeTruthy();
  });
});

describe('a reader with configured host names', () => {
  const hosts = ['127.0.0.1:4380', 'localhost:4380'];

  it.each(['127.0.0.1:4380', 'LOCALHOST:4380'])('answers under %s', async (host) => {
    const app = appOf(await sample(), { hosts });
    expect((await app.request('/', { headers: { Host: host } })).status).toBe(200);
  });

  it.each(['evil.example', '127.0.0.1:4380.evil.example', 'localhost', ''])(
    'does not answer under %j',
    async (host) => {
      const app = appOf(await sample(), { hosts });
      const response = await app.request('/api/pages', { headers: { Host: host } });
      expect([response.status, await response.text()]).toEqual([421, expect.not.stringContaining('pass')]);
    },
  );
});
