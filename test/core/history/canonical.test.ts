import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, sha256 } from '#core/history/canonical.ts';
import { captureId, captureTime, revisionId, sealRevision } from '#core/history/revision.ts';
import { sampleRevision } from '../../contracts/samples.ts';

describe('canonical JSON', () => {
  it('is blind to the order in which an object was built, and to members that are undefined', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(reversed)).toBe(canonicalJson(value));
        expect(canonicalJson({ ...value, absent: undefined })).toBe(canonicalJson(value));
      }),
    );
  });

  it('gives back the value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('keeps the order of lists, and keys that look like numbers or prototypes apart', () => {
    expect(canonicalJson([2, 1])).toBe('[2,1]');
    expect(canonicalJson({ b: 1, a: { d: 1, c: 2 } })).toBe('{"a":{"c":2,"d":1},"b":1}');
    expect(canonicalJson(JSON.parse('{"__proto__":{"x":1}}'))).toBe('{"__proto__":{"x":1}}');
  });

  it('is hashed by SHA-256', () => {
    expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(sha256(new TextEncoder().encode('abc'))).toBe(sha256('abc'));
  });
});

describe('the chain', () => {
  it('has an id that can be computed again and differs after any change', () => {
    const record = sampleRevision('p', 2);
    expect(revisionId(record)).toBe(record.id);
    for (const [key, value] of Object.entries(record)) {
      if (key === 'id') continue;
      const other = typeof value === 'number' ? value + 1 : typeof value === 'boolean' ? !value : `${value ?? ''}x`;
      expect(revisionId({ ...record, [key]: other }), key).not.toBe(record.id);
    }
  });

  it('does not depend on the order of fields', () => {
    const { id, ...record } = sampleRevision('p', 2);
    const reversed = Object.fromEntries(Object.entries(record).reverse()) as typeof record;
    expect(sealRevision(reversed).id).toBe(id);
  });
});

describe('names of captures', () => {
  it('sort as their times do', () => {
    const instant = fc.date({ min: new Date('1000-01-01'), max: new Date('9999-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(instant, instant, (a, b) => {
        const [x, y] = [captureId(a.toISOString()), captureId(b.toISOString())];
        expect(x < y).toBe(a < b);
        expect(x === y).toBe(a.getTime() === b.getTime());
        expect(x).toMatch(/^\d{8}T\d{9}Z$/);
      }),
    );
  });

  it('give their times back, and no time where a name has another form', () => {
    const instant = fc.date({ min: new Date('1000-01-01'), max: new Date('9999-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(instant, (at) => {
        expect(captureTime(captureId(at.toISOString()))).toBe(at.toISOString());
      }),
    );
    expect(['', '20220101', '20220101T100000000Z.json', 'x20220101T100000000Z'].map(captureTime)).toEqual(
      Array(4).fill(null),
    );
  });
});
