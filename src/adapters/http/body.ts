import { once } from 'node:events';
import { type Readable, Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { cut } from '#core/text/cut.ts';
import { oneLine } from '#core/text/hostile.ts';
import { FetchProblem } from './failure.ts';

/** The content codings that are asked for and undone. */
export const ACCEPT_ENCODING = 'gzip, br, deflate';

const MAX_CODINGS = 3;
const CHUNK = 64 * 1024;
/** Where the rest of a body is ignored, its coded form may be this much longer than the part that is wanted. */
const CUT_STAGE_FACTOR = 20;

/** Most decoded bytes to read, and whether more is an error or ignored. */
export interface BodyLimit {
  readonly maxBytes: number;
  readonly cut: boolean;
}

/**
 * Reads a body to its end with its content codings undone. On any error the source is destroyed.
 *
 * Decoded chunks are counted as they come out, so a bomb costs a few chunks beyond the cap, never its full size; what
 * goes into each decoder is held to the same cap.
 *
 * @param contentEncoding the header as received, or undefined
 * @param limit most decoded bytes; one more ends the request with `too-large`, or, with `cut`, with what is there
 * @throws FetchProblem `too-large`, `encoding`; other errors of the source or zlib
 */
export async function readBody(
  source: Readable,
  contentEncoding: string | undefined,
  limit: BodyLimit,
  url: string,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const full = new Error('enough was read');
  try {
    const codings = codingsOf(contentEncoding, url);
    // A coded body of no bytes at all is what many servers send with an empty answer: nothing to undo.
    const first = codings.length === 0 ? null : await peek(source);
    const decoders =
      first === null ? [] : codings.reverse().map((coding, i) => decoderFor(coding, i === 0 ? first : null));
    const stageCap = limit.cut ? limit.maxBytes * CUT_STAGE_FACTOR : limit.maxBytes;
    const stages = decoders.flatMap((decoder) => [cap(stageCap, url), decoder]);
    let room = limit.maxBytes;
    const sink = new Writable({
      write(chunk: Uint8Array, _encoding, done) {
        chunks.push(chunk.length <= room ? chunk : chunk.subarray(0, room));
        room -= chunk.length;
        if (room >= 0) done();
        else done(limit.cut ? full : tooLarge(limit.maxBytes, url));
      },
    });
    await pipeline([source, ...stages, sink]);
    return join(chunks);
  } catch (error) {
    source.on('error', () => {}).destroy();
    if (error === full) return join(chunks);
    throw error;
  }
}

function codingsOf(header: string | undefined, url: string): string[] {
  const names = (header ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  if (names.length > MAX_CODINGS) {
    throw new FetchProblem(
      'encoding',
      `${url}: ${names.length} content codings on one body; at most ${MAX_CODINGS} are undone`,
    );
  }
  for (const name of names) {
    if (!['gzip', 'x-gzip', 'br', 'deflate'].includes(name)) {
      throw new FetchProblem(
        'encoding',
        `${url}: content coding "${cut(oneLine(name), 40)}" is not one that was asked for`,
      );
    }
  }
  return names;
}

/** The first bytes of a stream, left in it; null when it ends without any. */
async function peek(source: Readable): Promise<Uint8Array | null> {
  for (;;) {
    const chunk = source.read() as Uint8Array | null;
    if (chunk !== null && chunk.length > 0) {
      source.unshift(chunk);
      return chunk;
    }
    if (source.readableEnded) return null;
    const ended = new AbortController();
    const { signal } = ended;
    try {
      await Promise.race([once(source, 'readable', { signal }), once(source, 'end', { signal })]);
    } finally {
      ended.abort();
    }
  }
}

function decoderFor(coding: string, first: Uint8Array | null): Transform {
  const options = { chunkSize: CHUNK };
  if (coding === 'br') return createBrotliDecompress(options);
  if (coding !== 'deflate') return createGunzip(options);
  // "deflate" means zlib-wrapped, but some servers send it bare; the wrapper's method nibble shows which it is.
  const wrapped = first === null || ((first[0] ?? 0) & 0x0f) === 8;
  return wrapped ? createInflate(options) : createInflateRaw(options);
}

function cap(maxBytes: number, url: string): Transform {
  let total = 0;
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      total += chunk.length;
      if (total > maxBytes) done(tooLarge(maxBytes, url));
      else done(null, chunk);
    },
  });
}

function tooLarge(maxBytes: number, url: string): FetchProblem {
  return new FetchProblem('too-large', `${url}: the body is larger than the cap of ${maxBytes} bytes`);
}

function join(chunks: readonly Uint8Array[]): Uint8Array {
  const body = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}
