import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packGzip, unpackGzip } from '#core/evidence/gzip.ts';
import { chained, factsOf, recordFault, sealed, sealOf } from '#core/evidence/seal.ts';
import { canonicalJson } from '#core/history/canonical.ts';

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text));

describe('gzip that proves itself', () => {
  it('is read by every gzip reader, with the same content', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5_000 }), (content) => {
        const packed = packGzip(content);
        expect(Buffer.compare(gunzipSync(packed), content)).toBe(0);
        expect(Buffer.compare(unpackGzip(packed), content)).toBe(0);
      }),
    );
  });

  it('has the same bytes for the same content, without a time or a system', () => {
    expect(packGzip(bytesOf('x'))).toEqual(packGzip(bytesOf('x')));
    expect([...packGzip(bytesOf('x')).subarray(4, 10)]).toEqual([0, 0, 0, 0, 0, 255]);
  });

  it('detects every flipped bit: header, digest, padding, trailer', () => {
    const packed = packGzip(bytesOf('On 5 January 2022 the council voted. '.repeat(4)));
    for (let bit = 0; bit < packed.byteLength * 8; bit += 1) {
      const damaged = Uint8Array.from(packed);
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => unpackGzip(damaged), `bit ${bit}`).toThrow(expect.objectContaining({ code: 'packed-data' }));
    }
  });

  it('detects bytes cut off or added, and gzip of other writers', () => {
    const packed = packGzip(bytesOf('text'));
    for (const other of [
      packed.subarray(0, -1),
      Buffer.concat([packed, Buffer.of(0)]),
      gzipSync('text'),
      Buffer.alloc(0),
    ]) {
      expect(() => unpackGzip(other)).toThrow(expect.objectContaining({ code: 'packed-data' }));
    }
  });

  it('refuses content over the limit', () => {
    expect(() => unpackGzip(packGzip(new Uint8Array(10_000_000)), 1_000)).toThrow(
      expect.objectContaining({ code: 'packed-data' }),
    );
  });
});

describe('a sealed record', () => {
  const stored = (value: object) => bytesOf(canonicalJson(value));

  it('is valid in canonical form, for members given in any order', () => {
    expect(recordFault(stored(sealed({ b: 1, a: { d: [1, null], c: 'é' } })))).toBeNull();
    expect(sealOf({ b: 1, a: 2 })).toBe(sealOf({ a: 2, b: 1, seal: 'anything' }));
  });

  it('shows a change of any byte', () => {
    const bytes = stored(sealed({ url: 'https://chronicle.example/', status: 200, headers: { etag: '"é"' } }));
    for (let bit = 0; bit < bytes.byteLength * 8; bit += 1) {
      const damaged = Uint8Array.from(bytes);
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(recordFault(damaged), `bit ${bit}`).not.toBeNull();
    }
  });

  it('is invalid without a seal, in another form, or when it is not a record', () => {
    const text = canonicalJson(sealed({ a: 1 }));
    for (const other of ['{"a":1}', `${text} `, text.replace(':', ': '), 'null', '[]', '"x"', '', '{']) {
      expect(recordFault(bytesOf(other)), other).not.toBeNull();
    }
  });
});

describe('a capture in the chain of its page', () => {
  const capture = sealed({
    id: '20220105T100000000Z',
    pageId: 'harbour',
    url: 'https://chronicle.example/2022-01.htm',
    finalUrl: 'https://chronicle.example/2022-01.htm',
    fetchedAt: '2022-01-05T10:00:00.000Z',
    status: 200,
    headers: {},
    sha256: 'a'.repeat(64),
    bytes: 9,
  });
  const places = fc.option(fc.record({ id: fc.string(), link: fc.string() }));

  it('has the seal of its facts, wherever its place is, and another link for each place', () => {
    fc.assert(
      fc.property(places, places, (one, other) => {
        const [a, b] = [chained(capture, one), chained(capture, other)];
        expect([sealOf(a), a.seal]).toEqual([capture.seal, b.seal]);
        expect(a.link === b.link).toBe(canonicalJson(one) === canonicalJson(other));
        expect(factsOf(a)).toEqual(capture);
        expect(recordFault(bytesOf(canonicalJson(a)))).toBeNull();
      }),
    );
  });

  it('shows a place that was changed, removed or left without its link', () => {
    const { link, previous, ...facts } = chained(capture, { id: '20220104T100000000Z', link: 'f'.repeat(64) });
    for (const other of [
      { ...facts, link, previous: null },
      { ...facts, link, previous: { ...previous, id: '20220103T100000000Z' } },
      { ...facts, link },
      { ...facts, previous },
    ]) {
      expect(recordFault(bytesOf(canonicalJson(other)))).toBe('it does not match its link');
    }
  });
});
