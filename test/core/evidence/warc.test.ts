import { brotliCompressSync, gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WARCParser } from 'warcio';
import { sealed } from '#core/evidence/seal.ts';
import { warcInfo, warcMetadata, warcResponse } from '#core/evidence/warc.ts';
import { readWarc, type WarcCapture, type WarcSkipped } from '#core/evidence/warc-read.ts';
import { sha256 } from '#core/history/canonical.ts';
import type { Capture } from '#core/history/types.ts';
import { sampleRevision } from '../../contracts/samples.ts';

const BODY = Buffer.from('<html><p>On 5 January 2022 the council voted.</p></html>');

function captureOf(over: Partial<Capture> = {}, body: Uint8Array = BODY): Capture {
  const { seal: _, ...rest } = over;
  return sealed({
    id: '20220105T100000000Z',
    pageId: 'harbour',
    url: 'https://chronicle.example/2022-01.htm',
    finalUrl: 'https://www.chronicle.example/2022-01.htm',
    fetchedAt: '2022-01-05T10:00:00.123Z',
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-encoding': 'gzip',
      'content-length': '321',
      etag: '"a"',
    },
    sha256: sha256(body),
    bytes: body.byteLength,
    ...rest,
  });
}

const streamOf = async function* (...parts: Uint8Array[]) {
  // In small chunks, as from a disk or a socket.
  const all = Buffer.concat(parts);
  for (let at = 0; at < all.byteLength; at += 97) yield new Uint8Array(all.subarray(at, at + 97));
};

async function readBack(...parts: Uint8Array[]) {
  const found: (WarcCapture | WarcSkipped)[] = [];
  for await (const record of readWarc(streamOf(...parts))) found.push(record);
  return found;
}

const whole = (capture: Capture, body: Uint8Array = BODY) => [
  warcInfo('harbour', capture, capture, 'daybook'),
  warcResponse(capture, body),
  warcMetadata(capture, { kind: 'unchanged' }),
];

describe('a WARC file that is damaged', () => {
  const packed = Buffer.concat(whole(captureOf()));
  const plain = gunzipSync(packed);
  const badWarc = { code: 'bad-warc' };

  const ends: number[] = [];
  for (const part of whole(captureOf())) ends.push((ends.at(-1) ?? 0) + part.byteLength);

  it('is reported wherever it is cut inside a record', async () => {
    const last = plain.lastIndexOf('daybook-capture');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: packed.byteLength - 1 }), async (at) => {
        if (!ends.includes(at)) await expect(readBack(packed.subarray(0, at))).rejects.toMatchObject(badWarc);
      }),
      { numRuns: 60 },
    );
    await expect(readBack(plain.subarray(0, last))).rejects.toMatchObject(badWarc);
    await expect(readBack(plain.subarray(0, last))).rejects.toThrow('after 2 readable records');
  });

  it('is reported when a body does not match its digest', async () => {
    const bytes = Buffer.from(plain);
    bytes.write('6', bytes.indexOf('5 January'));
    await expect(readBack(bytes)).rejects.toThrow(/WARC-Block-Digest.*after 1 readable records/);
  });

  it('is reported when other bytes follow the last record, except line ends', async () => {
    await expect(readBack(plain, Buffer.from('garbage\n'))).rejects.toMatchObject(badWarc);
    await expect(readBack(packed, Buffer.from('garbage\n'))).rejects.toMatchObject(badWarc);
    expect(await readBack(plain, Buffer.from('\r\n\r\n'))).toHaveLength(1);
  });

  it('checks block digests in base 32 and in hexadecimal', async () => {
    const record = (digest: string) =>
      Buffer.from(
        `WARC/1.0\r\nWARC-Type: resource\r\nWARC-Block-Digest: ${digest}\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n`,
      );
    // The SHA-1 of "abc" (FIPS 180-4, example).
    expect(await readBack(record('sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5'))).toEqual([]);
    expect(await readBack(record('sha1:a9993e364706816aba3e25717850c26c9cd0d89d'))).toEqual([]);
    await expect(readBack(record('sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE6'))).rejects.toMatchObject(badWarc);
  });
});

describe('a WARC file that is written', () => {
  it('is read by warcio: types, order, correct digests, decoded bodies', async () => {
    const capture = captureOf();
    const revision = sampleRevision('harbour', 1);
    const parts = [
      warcInfo('harbour', capture, capture, 'daybook'),
      warcResponse(capture, BODY),
      warcMetadata(capture, { kind: 'revision', revision }),
    ];
    const types: string[] = [];
    for await (const record of new WARCParser(streamOf(...parts))) {
      types.push(record.warcType);
      expect(record.warcHeaders.protocol).toBe('WARC/1.1');
      const content = await record.readFully(true);
      if (record.warcType === 'response') {
        expect(Buffer.from(content)).toEqual(BODY);
        expect(record.warcPayloadDigest).toBe(`sha256:${sha256(content)}`);
        expect(record.httpHeaders?.statusline).toBe('HTTP/1.1 200 OK');
        expect(record.warcTargetURI).toBe(capture.finalUrl);
        expect(record.warcDate).toBe('2022-01-05T10:00:00.123Z');
      }
      if (record.warcType === 'metadata') {
        expect(Buffer.from(content).toString()).toContain(`daybook-revision-id: ${revision.id}\r\n`);
      }
    }
    expect(types).toEqual(['warcinfo', 'response', 'metadata']);
  });

  it('gives the length and hash of each record, byte for byte', () => {
    for (const member of whole(captureOf())) {
      const text = gunzipSync(member);
      const end = text.indexOf('\r\n\r\n');
      const head = text.subarray(0, end).toString();
      const block = text.subarray(end + 4, -4);
      expect(head).toContain(`Content-Length: ${block.byteLength}`);
      expect(head).toContain(`WARC-Block-Digest: sha256:${sha256(block)}`);
      expect(text.subarray(-4).toString()).toBe('\r\n\r\n');
      expect(head).toMatch(
        /WARC-Record-ID: <urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}>/,
      );
    }
  });

  it('keeps headers of the coded body under the names that archives use', () => {
    const text = gunzipSync(warcResponse(captureOf(), BODY)).toString();
    expect(text).toContain('x-archive-orig-content-encoding: gzip\r\n');
    expect(text).toContain('x-archive-orig-content-length: 321\r\n');
    expect(text).toContain(`\r\ncontent-length: ${BODY.byteLength}\r\n`);
    expect(text).not.toContain('\r\ncontent-encoding');
  });

  it('has the same bytes for the same captures, and other record ids for other content', () => {
    expect(Buffer.concat(whole(captureOf()))).toEqual(Buffer.concat(whole(captureOf())));
    const id = (member: Uint8Array) => /WARC-Record-ID: (\S+)/.exec(gunzipSync(member).toString())?.[1];
    const ids = [...whole(captureOf()), ...whole(captureOf({ fetchedAt: '2022-01-06T00:00:00.000Z' }))].map(id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('keeps a hostile header on one line', async () => {
    const capture = captureOf({
      headers: { 'x-evil': 'a\r\nWARC-Type: response\r\n\r\nbody', 'content-type': 'text/html' },
    });
    const [read] = await readBack(...whole(capture));
    expect(read).toMatchObject({ body: BODY });
    expect(gunzipSync(warcResponse(capture, BODY)).toString()).not.toContain('\r\nWARC-Type: response\r\n\r\nbody');
  });

  it('is read back unchanged, with any body and headers', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 2_000 }),
        fc.dictionary(fc.stringMatching(/^[a-z][a-z-]{0,12}$/), fc.string({ maxLength: 40 })),
        async (bytes, headers) => {
          const capture = captureOf({ headers: { ...headers } }, bytes);
          const read = await readBack(...whole(capture, bytes));
          expect(read).toHaveLength(1);
          const { body, origin, part: _, ...rest } = read[0] as WarcCapture;
          expect(Buffer.compare(Buffer.from(body), Buffer.from(bytes))).toBe(0);
          expect(origin).toEqual({ pageId: capture.pageId, id: capture.id });
          const { url, finalUrl, fetchedAt, status } = capture;
          expect(rest).toEqual({ url, finalUrl, fetchedAt, status, headers: capture.headers });
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** A record as somebody else's crawler writes it. */
function foreign(type: string, headers: string, block: Uint8Array | string, url = 'https://a.example/', gzip = true) {
  const bytes = Buffer.from(block as never);
  const head = `WARC/1.0\r\nWARC-Type: ${type}\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2020-02-03T04:05:06Z\r\nWARC-Target-URI: ${url}\r\n${headers}Content-Length: ${bytes.byteLength}\r\n\r\n`;
  const all = Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n\r\n')]);
  return gzip ? gzipSync(all) : all;
}

const http = (head: string, body: Uint8Array | string) =>
  Buffer.concat([Buffer.from(`HTTP/1.1 ${head}\r\n\r\n`), Buffer.from(body as never)]);

describe('a WARC file of another program', () => {
  it('gives its answers decoded', async () => {
    const gzipped = http('200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip', gzipSync('zipped'));
    const brotli = http('200 OK\r\nContent-Encoding: br', brotliCompressSync('brotli'));
    const chunked = http('404 Not Found\r\nTransfer-Encoding: chunked', '3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n');
    const read = await readBack(
      foreign('response', '', gzipped),
      foreign('request', '', 'GET / HTTP/1.1\r\n\r\n'),
      foreign('response', '', brotli),
      foreign('response', '', chunked),
      foreign('response', '', 'x', 'dns:a.example'),
    );
    expect(read.map((one) => ('body' in one ? Buffer.from(one.body).toString() : one))).toEqual([
      'zipped',
      'brotli',
      'abcde',
    ]);
    expect(read[0]).toMatchObject({ fetchedAt: '2020-02-03T04:05:06.000Z', status: 200, origin: null });
    expect(read[2]).toMatchObject({ status: 404 });
  });

  it('keeps every value of a repeated header, joined as the fetcher joins them', async () => {
    const repeated = 'Set-Cookie: a=1\r\nVary: Accept\r\nset-cookie: b=2\r\nVary: Cookie\r\nX-Archive-Orig-Link: <a>';
    const [read] = await readBack(foreign('response', '', http(`200 OK\r\n${repeated}`, 'x')));
    expect(read).toMatchObject({ headers: { 'set-cookie': 'a=1, b=2', vary: 'Accept, Cookie', link: '<a>' } });
  });

  it('passes revisit records to a caller that handles them, and reports them as left out to others', async () => {
    const block = 'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n';
    const refers = 'WARC-Refers-To-Date: 2020-02-01T00:00:00Z\r\nWARC-Payload-Digest: sha1:ABC\r\n';
    const bytes = foreign('revisit', refers, block);
    expect(await readBack(bytes)).toEqual([{ skipped: expect.stringContaining('another record') }]);
    const revisits: unknown[] = [];
    for await (const _ of readWarc(streamOf(bytes), (revisit) => revisits.push(revisit))) throw new Error('a capture');
    expect(revisits).toMatchObject([
      {
        url: 'https://a.example/',
        fetchedAt: '2020-02-03T04:05:06.000Z',
        status: 304,
        headers: { etag: '"a"' },
        refersTo: { url: null, at: '2020-02-01T00:00:00.000Z' },
        digest: 'sha1:ABC',
      },
    ]);
  });

  it('may be plain, without gzip', async () => {
    const read = await readBack(foreign('response', '', http('200 OK', 'plain'), 'https://a.example/', false));
    expect(read).toHaveLength(1);
  });

  it('is not restored from a sealed record when the body does not match that record', async () => {
    const capture = captureOf();
    const [read] = await readBack(
      warcResponse(capture, Buffer.from('other')),
      warcMetadata(capture, { kind: 'unchanged' }),
    );
    expect(read).toMatchObject({ origin: null, url: capture.finalUrl });
  });

  it('reports records without a time or a status as left out', async () => {
    const noTime = foreign('response', '', http('200 OK', 'x'));
    const broken = gzipSync(gunzipSync(noTime).toString().replace('2020-02-03T04:05:06Z', 'yesterday'));
    expect(await readBack(broken, foreign('response', '', 'no http at all\r\n\r\n'))).toEqual([
      { skipped: expect.stringContaining('is not a time') },
      { skipped: expect.stringContaining('HTTP status') },
    ]);
  });

  it('is refused with one line when it is not a WARC file', async () => {
    for (const bytes of ['<html>', '{"a":1}', '']) {
      const read = await readBack(Buffer.from(bytes)).catch((error: unknown) => error);
      if (Array.isArray(read)) expect(read).toEqual([]);
      else expect(read).toMatchObject({ code: 'bad-warc' });
    }
  });
});
