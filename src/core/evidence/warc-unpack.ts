import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** The bytes of a file, unpacked where it is gzip. */
export async function* unpacked(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const chunks = source[Symbol.asyncIterator]();
  let begin: Uint8Array = new Uint8Array(0);
  while (begin.byteLength < 2) {
    const { done, value } = await chunks.next();
    if (done === true) break;
    begin = Buffer.concat([begin, value]);
  }
  const whole = resumed(begin, chunks);
  if (begin[0] !== 0x1f || begin[1] !== 0x8b) {
    yield* whole;
    return;
  }
  const from = Readable.from(whole, { objectMode: false });
  const gunzip = createGunzip();
  from.on('error', (error) => gunzip.destroy(error));
  try {
    yield* from.pipe(gunzip) as AsyncIterable<Uint8Array>;
  } finally {
    from.destroy();
    gunzip.destroy();
  }
}

async function* resumed(begin: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (begin.byteLength > 0) yield begin;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
