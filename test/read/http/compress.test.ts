import { randomBytes } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { API_BYTES } from '#read/http/fit.ts';
import { appOf, sample } from '../sample.ts';

describe('compressed answers', () => {
  const ask = async (compress: boolean, headers: Record<string, string>, path = '/openapi.json') =>
    appOf(await sample(), { compress }).request(path, { headers });
  const GZIP = { 'Accept-Encoding': 'gzip, br' };

  it('have the same content, and a weak ETag by which they are asked for again cheaply', async () => {
    const plain = await ask(true, {});
    expect([plain.headers.get('Content-Encoding'), plain.headers.get('Vary')]).toEqual([null, 'Accept-Encoding']);
    const packed = await ask(true, GZIP);
    expect(packed.headers.get('Content-Encoding')).toBe('gzip');
    const bytes = Buffer.from(await packed.arrayBuffer());
    const whole = await plain.text();
    expect(bytes.length).toBeLessThan(whole.length / 3);
    expect(gunzipSync(bytes).toString()).toBe(whole);
    const etag = packed.headers.get('ETag') ?? '';
    expect(etag).toBe(`W/${plain.headers.get('ETag')}`);
    const again = await ask(true, { ...GZIP, 'If-None-Match': etag });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it('are not made of short ones, nor where compression is off', async () => {
    expect((await ask(true, GZIP, '/icon.svg')).headers.get('Content-Encoding')).toBeNull();
    expect((await ask(false, GZIP)).headers.get('Content-Encoding')).toBeNull();
  });

  it.each(['br', 'identity', 'gzip;q=0'])('are not sent to who accepts %s alone', async (encoding) => {
    expect((await ask(true, { 'Accept-Encoding': encoding })).headers.get('Content-Encoding')).toBeNull();
  });

  it('to HEAD and of an error have no body that is lost', async () => {
    const app = appOf(await sample(), { compress: true });
    const head = await app.request('/api/pages', { method: 'HEAD', headers: GZIP });
    expect([head.status, await head.text()]).toEqual([200, '']);
    const error = await app.request('/api/none', { headers: GZIP });
    expect([error.status, await error.json()]).toEqual([404, expect.objectContaining({ code: 'not-found' })]);
    expect(error.headers.get('Content-Type')).toBe('application/problem+json');
  });

  // API Gateway takes them as base64, and no more than 6 MB of it.
  it('of the largest text fit into what a function may answer', () => {
    const texts = [
      randomBytes(3_700_000).toString('base64'),
      Array.from(new Uint16Array(randomBytes(3_200_000).buffer.slice(0, 3_200_000)), (code) =>
        String.fromCharCode(0x4e00 + (code % 0x5000)),
      ).join(''),
    ];
    for (const text of texts) {
      const body = Buffer.from(text).subarray(0, API_BYTES);
      expect(body.length).toBeGreaterThan(4_500_000);
      expect(gzipSync(body).toString('base64').length).toBeLessThan(5_500_000);
    }
  });
});
