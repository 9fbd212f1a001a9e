import { createHash, type Hash } from 'node:crypto';
import { PageError } from '../errors.ts';
import { parseContentType } from '../net/content-type.ts';
import { base32 } from '../text/base32.ts';
import { unpacked } from './warc-unpack.ts';

const HEADER_LIMIT = 1024 * 1024;
const LF = 10;
const CR = 13;

/**
 * The plain bytes of a WARC file, gzip or not, each checked before the end of the file is accepted: every gzip member
 * against its own sum, every record against its length and its digests. Common parsers end silently at damage; this
 * one passes bytes on as they come and throws at the first damage.
 * @throws PageError (`bad-warc`) that names the record and the byte.
 */
export async function* soundWarc(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const records = new Records();
  try {
    for await (const chunk of unpacked(source)) {
      records.take(chunk);
      yield chunk;
    }
  } catch (cause) {
    if (cause instanceof PageError) throw cause;
    const code = (cause as { code?: unknown }).code;
    if (typeof code !== 'string' || !code.startsWith('Z_')) throw cause;
    const what =
      code === 'Z_BUF_ERROR' ? 'ends early, inside a gzip member' : 'is damaged: its gzip cannot be unpacked';
    throw records.bad(what, cause);
  }
  records.end();
}

/** A digest that a record names, and the hash that must equal it. */
interface Digest {
  readonly name: string;
  readonly wanted: string;
  readonly hash: Hash;
}

/** Checks the records of plain WARC bytes (ISO 28500:2017, 4), in chunks of any size. */
class Records {
  #count = 0;
  /** Bytes before the present chunk, and where the present record begins. */
  #offset = 0;
  #begin = 0;
  #state: 'between' | 'head' | 'block' = 'between';
  #line: Uint8Array[] = [];
  #lines: string[] = [];
  #headSize = 0;
  #left = 0;
  #block: Digest | null = null;
  #payload: Digest | null = null;
  /** The HTTP header of a response whose payload has a digest; null after its end. */
  #http: Buffer | null = null;

  take(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.byteLength) {
      if (this.#state === 'block') {
        const part = chunk.subarray(at, at + this.#left);
        at += part.byteLength;
        this.#takeBlock(part);
      } else if (this.#state === 'between') {
        if (chunk[at] === CR || chunk[at] === LF) at += 1;
        else {
          this.#begin = this.#offset + at;
          this.#state = 'head';
        }
      } else at = this.#takeLine(chunk, at);
    }
    this.#offset += chunk.byteLength;
  }

  end(): void {
    if (this.#state === 'head') throw this.bad('ends early, inside the header of a record');
    if (this.#state === 'block') throw this.bad(`ends early, ${this.#left} bytes before the end of a record`);
  }

  bad(what: string, cause?: unknown): PageError {
    const at = this.#state === 'between' ? this.#offset : this.#begin;
    const unpacked = `byte ${at} of its unpacked content`;
    return new PageError(`the file ${what}, after ${this.#count} readable records (at ${unpacked})`, {
      code: 'bad-warc',
      cause,
    });
  }

  #takeLine(chunk: Uint8Array, from: number): number {
    const found = chunk.indexOf(LF, from);
    const end = found === -1 ? chunk.byteLength : found + 1;
    this.#headSize += end - from;
    if (this.#headSize > HEADER_LIMIT) throw this.bad('is damaged: the header of a record does not end');
    this.#line.push(Uint8Array.from(chunk.subarray(from, end)));
    if (found === -1) return end;
    const line = Buffer.concat(this.#line).toString('utf8').trimEnd();
    this.#line = [];
    if (this.#lines.length === 0 && !/^WARC\/\d/.test(line))
      throw this.bad('is damaged: a record does not begin where one should');
    if (line !== '') this.#lines.push(line);
    else this.#beginBlock();
    return end;
  }

  #beginBlock(): void {
    const fields = fieldsOf(this.#lines.slice(1));
    const length = fields.get('content-length') ?? '';
    if (!/^\d{1,15}$/.test(length)) throw this.bad('is damaged: a record has no length');
    this.#lines = [];
    this.#headSize = 0;
    this.#left = Number(length);
    const isWhole = !fields.has('warc-truncated');
    const isHttp = parseContentType(fields.get('content-type'))?.essence === 'application/http';
    const isResponse = fields.get('warc-type') === 'response' && isHttp;
    this.#block = isWhole ? digestOf('WARC-Block-Digest', fields) : null;
    this.#payload = isWhole && isResponse ? digestOf('WARC-Payload-Digest', fields) : null;
    this.#http = this.#payload === null ? null : Buffer.alloc(0);
    this.#state = 'block';
    if (this.#left === 0) this.#endBlock();
  }

  #takeBlock(part: Uint8Array): void {
    this.#left -= part.byteLength;
    this.#block?.hash.update(part);
    if (this.#http === null) this.#payload?.hash.update(part);
    else this.#takeHttp(part);
    if (this.#left === 0) this.#endBlock();
  }

  #takeHttp(part: Uint8Array): void {
    const before = this.#http ?? Buffer.alloc(0);
    const head = Buffer.concat([before, part]);
    const end = head.indexOf('\r\n\r\n', Math.max(0, before.byteLength - 3));
    this.#http = head;
    if (end === -1) {
      // The payload begins after the header, so a header without an end has none.
      if (head.byteLength > HEADER_LIMIT) this.#forgetPayload();
      return;
    }
    // Writers disagree on whether the digest covers the coded bytes: only the block digest of such records is checked.
    const isCoded = /^(?:transfer|content)-encoding:/im.test(head.toString('latin1', 0, end));
    this.#http = null;
    if (isCoded) this.#forgetPayload();
    else this.#payload?.hash.update(head.subarray(end + 4));
  }

  #forgetPayload(): void {
    this.#payload = null;
    this.#http = null;
  }

  #endBlock(): void {
    if (this.#http !== null) this.#forgetPayload();
    for (const digest of [this.#block, this.#payload]) {
      if (digest !== null && !isEqual(digest)) throw this.bad(`is damaged: a record does not match its ${digest.name}`);
    }
    this.#block = null;
    this.#payload = null;
    this.#count += 1;
    this.#state = 'between';
  }
}

function fieldsOf(lines: readonly string[]): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon > 0) fields.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return fields;
}

/** Null where the record has no digest, or one of an unsupported algorithm. */
function digestOf(name: string, fields: ReadonlyMap<string, string>): Digest | null {
  const [algorithm = '', wanted = ''] = (fields.get(name.toLowerCase()) ?? '').split(':');
  const hashName = algorithm.toLowerCase().replace('-', '');
  if (!['md5', 'sha1', 'sha256', 'sha512'].includes(hashName) || wanted === '') return null;
  return { name, wanted: wanted.replace(/=+$/, ''), hash: createHash(hashName) };
}

/** Archives write digests in hexadecimal or in base 32 (RFC 4648). */
function isEqual({ wanted, hash }: Digest): boolean {
  const sum = hash.digest();
  if (wanted.length === sum.byteLength * 2) return wanted.toLowerCase() === sum.toString('hex');
  return wanted.toUpperCase() === base32(sum);
}
