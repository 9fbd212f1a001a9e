import type { Context, MiddlewareHandler } from 'hono';
import { accepts } from 'hono/accepts';
import { COMPRESSIBLE_CONTENT_TYPE_REGEX } from 'hono/utils/compress';

/** Shorter answers are not worth it, bytes. */
const SHORTEST = 1_024;

/**
 * Sends answers as gzip to those who accept it. Hono's own middleware makes streams of all answers; ours are in memory, and
 * their length decides. The ETag becomes a weak one: the same content in other bytes.
 */
export function compressed(): MiddlewareHandler {
  return async (c, next) => {
    await next();
    const { res } = c;
    if (res.body === null || !COMPRESSIBLE_CONTENT_TYPE_REGEX.test(res.headers.get('Content-Type') ?? '')) return;
    const { status, headers } = res;
    const whole = await res.arrayBuffer();
    const isPacked = whole.byteLength >= SHORTEST && takesGzip(c);
    const answer = new Response(isPacked ? await gzip(whole) : whole, { status, headers });
    answer.headers.append('Vary', 'Accept-Encoding');
    if (isPacked) {
      answer.headers.set('Content-Encoding', 'gzip');
      const etag = headers.get('ETag');
      if (etag?.startsWith('"') === true) answer.headers.set('ETag', `W/${etag}`);
    }
    // Without it Hono would put the headers of the old answer over those of the new one.
    c.res = undefined;
    c.res = answer;
  };
}

function takesGzip(c: Context): boolean {
  return accepts(c, { header: 'Accept-Encoding', supports: ['gzip'], default: 'identity' }) === 'gzip';
}

function gzip(bytes: ArrayBuffer): Promise<ArrayBuffer> {
  return new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer();
}
