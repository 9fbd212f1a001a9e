import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ObjectStore } from '#app/ports.ts';

export interface OpenObjectStore {
  readonly store: ObjectStore;
  close(): Promise<void>;
}

const TYPE = 'application/octet-stream';
const bytesOf = (text: string) => new TextEncoder().encode(text);

/** What every object store must do. One store serves the whole suite; every test has a prefix of its own. */
export function describeObjectStore(name: string, open: () => Promise<OpenObjectStore>): void {
  describe(`object store: ${name}`, () => {
    let opened: OpenObjectStore | undefined;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened?.close());
    const store = (): ObjectStore => {
      if (opened === undefined) throw new Error('the store is not open');
      return opened.store;
    };
    const prefix = () => `tests/${randomUUID()}/`;
    const listed = async (from: string, after?: string) => {
      const keys: string[] = [];
      for await (const key of store().list(from, after)) keys.push(key);
      return keys;
    };

    describe('written once', () => {
      it('reports whether this call wrote the object, and keeps the first', async () => {
        const key = `${prefix()}once`;
        expect(await store().putOnce(key, bytesOf('first'), TYPE)).toBe(true);
        expect(await store().putOnce(key, bytesOf('second'), TYPE)).toBe(false);
        expect(await store().putOnce(key, bytesOf('first'), TYPE)).toBe(false);
        expect(Buffer.from((await store().get(key)) ?? []).toString()).toBe('first');
      });

      it('lets exactly one of many writers at the same time write', async () => {
        const key = `${prefix()}race`;
        const writers = Array.from({ length: 12 }, (_, writer) => `writer ${writer} ${'x'.repeat(writer * 1_000)}`);
        const wrote = await Promise.all(writers.map((text) => store().putOnce(key, bytesOf(text), TYPE)));
        expect(wrote.filter(Boolean)).toHaveLength(1);
        const winner = writers[wrote.indexOf(true)];
        expect(Buffer.from((await store().get(key)) ?? []).toString()).toBe(winner);
      });

      it('has no object that was never written', async () => {
        expect(await store().get(`${prefix()}nothing`)).toBeNull();
        expect(await store().get(`${prefix()}no/such/folder`)).toBeNull();
      });

      it('has no object under a prefix of a key', async () => {
        const at = prefix();
        await store().putOnce(`${at}folder/object`, bytesOf('x'), TYPE);
        expect(await store().get(`${at}folder`)).toBeNull();
      });
    });

    describe('bytes', () => {
      it('returns any bytes exactly, also none and all 256 values', async () => {
        const at = prefix();
        await fc.assert(
          fc.asyncProperty(fc.uint8Array({ maxLength: 3_000 }), async (bytes) => {
            const key = `${at}${randomUUID()}`;
            await store().putOnce(key, bytes, TYPE);
            const stored = await store().get(key);
            expect(Buffer.compare(Buffer.from(stored ?? [1]), Buffer.from(bytes))).toBe(0);
          }),
          { numRuns: 30, examples: [[new Uint8Array()], [Uint8Array.from({ length: 256 }, (_, value) => value)]] },
        );
      });

      it('leaves gzip as gzip, with any content type', async () => {
        const key = `${prefix()}body.gz`;
        const zipped = gzipSync('plain text');
        await store().putOnce(key, zipped, 'application/gzip');
        expect(Buffer.compare(Buffer.from((await store().get(key)) ?? []), zipped)).toBe(0);
      });

      it('stores only the view of a larger buffer', async () => {
        const key = `${prefix()}view`;
        await store().putOnce(key, new Uint8Array(bytesOf('before-here-after').buffer, 7, 4), TYPE);
        expect(Buffer.from((await store().get(key)) ?? []).toString()).toBe('here');
      });

      it('keeps several megabytes', async () => {
        const key = `${prefix()}large`;
        const bytes = Uint8Array.from({ length: 5_000_000 }, (_, at) => (at * 31) & 255);
        await store().putOnce(key, bytes, TYPE);
        expect(Buffer.compare(Buffer.from((await store().get(key)) ?? []), Buffer.from(bytes))).toBe(0);
      });
    });

    describe('listing', () => {
      it('lists the keys below a prefix in the order of their bytes, and no others', async () => {
        const at = prefix();
        const keys = ['b', 'a/z', 'a.b', 'a', 'a-', 'A', 'a/b/c', '10', '9', 'é', 'z~', '文', '😀', 'a0'].filter(
          (key) => key !== 'a',
        );
        for (const key of keys) await store().putOnce(at + key, bytesOf(key), TYPE);
        await store().putOnce(`${at.slice(0, -1)}-next`, bytesOf('x'), TYPE);
        const expected = keys.map((key) => at + key).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
        expect(await listed(at)).toEqual(expected);
      });

      it('takes a prefix that ends within a name', async () => {
        const at = prefix();
        for (const key of ['2022-01', '2022-02', '2023-01']) await store().putOnce(at + key, bytesOf(key), TYPE);
        expect(await listed(`${at}2022-`)).toEqual([`${at}2022-01`, `${at}2022-02`]);
      });

      it('goes on behind `after`, whether that key exists or not', async () => {
        const at = prefix();
        for (const key of ['a', 'b', 'c', 'd/e']) await store().putOnce(at + key, bytesOf(key), TYPE);
        expect(await listed(at, `${at}b`)).toEqual([`${at}c`, `${at}d/e`]);
        expect(await listed(at, `${at}bb`)).toEqual([`${at}c`, `${at}d/e`]);
        expect(await listed(at, `${at}d/e`)).toEqual([]);
      });

      it('finds nothing below a prefix that holds nothing', async () => {
        expect(await listed(`${prefix()}nothing/`)).toEqual([]);
      });

      it('lists more keys than one answer of a bucket holds', async () => {
        const at = prefix();
        const keys = Array.from({ length: 1_100 }, (_, index) => `${at}${String(index).padStart(5, '0')}`);
        for (let from = 0; from < keys.length; from += 50) {
          await Promise.all(keys.slice(from, from + 50).map((key) => store().putOnce(key, bytesOf('x'), TYPE)));
        }
        expect(await listed(at)).toEqual(keys);
        expect(await listed(at, keys[1_049])).toEqual(keys.slice(1_050));
      });

      it('can be left before its end', async () => {
        const at = prefix();
        for (const key of ['a', 'b', 'c']) await store().putOnce(at + key, bytesOf(key), TYPE);
        for await (const key of store().list(at)) {
          expect(key).toBe(`${at}a`);
          break;
        }
      });
    });

    describe('hostile keys', () => {
      it('never lets a key or a prefix reach outside the store', async () => {
        const at = prefix();
        const hostile = ['../outside', 'a/../../outside', '/etc/daybook', 'a//b', './a', 'a/./b', ''];
        for (const key of hostile) {
          const written = await store()
            .putOnce(at + key, bytesOf('hostile'), TYPE)
            .catch((error: unknown) => error);
          // Taken literally or refused by name: both are safe. What was taken is found under its very key.
          if (written === true) expect(await listed(at + key)).toContain(at + key);
          else expect(written).toMatchObject({ code: 'bad-key', retryable: false });
        }
        for (const from of ['../', '../../', 'tests/../../']) {
          const found = await listed(from).catch((error: unknown) => error);
          if (Array.isArray(found)) expect(found.every((key: string) => key.startsWith(from))).toBe(true);
          else expect(found).toMatchObject({ code: 'bad-key' });
        }
      });

      it('lists every written key', async () => {
        const at = prefix();
        for (const name of ['.unfinished', '.hidden', 'con', '-rf', 'a b', "it's", '%2e%2e', '*', '~']) {
          const written = await store()
            .putOnce(at + name, bytesOf(name), TYPE)
            .catch((error: unknown) => error);
          if (written === true) expect(await listed(at)).toContain(at + name);
          else expect(written).toMatchObject({ code: 'bad-key' });
        }
      });
    });
  });
}
