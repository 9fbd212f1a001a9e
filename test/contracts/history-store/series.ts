import { describe, expect, it } from 'vitest';
import { ConflictError } from '#app/errors.ts';
import { type AddedSeries, newRecord } from '#app/series/record.ts';
import type { Bench } from '../history-store.ts';
import { freshPage } from '../samples.ts';

const recordOf = (id: string, more: Partial<AddedSeries> = {}): AddedSeries => ({
  ...newRecord({ id, pattern: `https://${id}.example/{yyyy}-{MM}.htm`, from: '2022-01' }, null),
  ...more,
});

export function declareSeries(bench: Bench): void {
  /** The stored series among `ids`, in the order of the store. */
  const among = async (ids: readonly string[]) => (await bench.store().series()).filter(({ id }) => ids.includes(id));

  describe('added series', () => {
    it('gives each record as it was written, with its version, and removed ones too', async () => {
      const store = bench.store();
      const id = freshPage();
      const first = recordOf(id, { name: 'Months', paused: true });
      await store.putSeries(first, null);
      expect(await among([id])).toEqual([{ id, record: { ...first, version: 1 }, fault: null, version: 1 }]);
      const whole = { ...first.series, until: '2022-12', hub: 'hub' };
      const next = { ...first, series: whole, name: null, removed: true, paused: false };
      await store.putSeries(next, { version: 1 });
      expect(await among([id])).toEqual([{ id, record: { ...next, version: 2 }, fault: null, version: 2 }]);
    });

    it('shows a write to the next reader, without a pause for an index', async () => {
      const store = bench.store();
      const id = freshPage();
      for (let version = 0; version < 20; version += 1) {
        await store.putSeries(recordOf(id, { paused: version % 2 === 0 }), version === 0 ? null : { version });
        expect(await among([id])).toMatchObject([{ record: { paused: version % 2 === 0, version: version + 1 } }]);
      }
    });

    it('refuses a write of another version, and a second creation', async () => {
      const store = bench.store();
      const id = freshPage();
      await store.putSeries(recordOf(id), null);
      await expect(store.putSeries(recordOf(id, { removed: true }), null)).rejects.toThrow(ConflictError);
      await store.putSeries(recordOf(id, { paused: true }), { version: 1 });
      await expect(store.putSeries(recordOf(id, { removed: true }), { version: 1 })).rejects.toThrow(ConflictError);
      expect(await among([id])).toMatchObject([{ record: { removed: false, paused: true, version: 2 } }]);
    });

    it('lets one of several writers win', async () => {
      const store = bench.store();
      const id = freshPage();
      const written = await Promise.allSettled(
        ['a', 'b', 'c'].map((name) => store.putSeries(recordOf(id, { name }), null)),
      );
      expect(written.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await among([id])).toHaveLength(1);
    });

    it('lists all by id, more than one answer of a table holds', async () => {
      const store = bench.store();
      // A megabyte of records: patterns may be long.
      const count = bench.scale.runs >= 40 ? 700 : 20;
      const prefix = freshPage('many');
      const ids = Array.from({ length: count }, (_, at) => `${prefix}-${String(at).padStart(4, '0')}`);
      for (const id of [...ids].reverse()) {
        const { series, ...rest } = recordOf(id);
        await store.putSeries(
          { ...rest, series: { ...series, pattern: `${series.pattern}?${'x'.repeat(1_900)}` } },
          null,
        );
      }
      expect((await among(ids)).map(({ id }) => id)).toEqual(ids);
    });

    const wrong = (id: string) => ({ id, pattern: 'https://a.example/', from: '2022-01' });
    it.each<[string, (id: string) => object, object]>([
      ['a record of a newer version', () => ({ form: 2 }), { isNewer: true, fault: expect.stringContaining('form 2') }],
      ['half a series', (id) => ({ series: { id } }), { isNewer: false }],
      ['a pattern without a month', (id) => ({ series: wrong(id) }), { fault: expect.stringContaining('{yyyy}') }],
      ['a word in place of a decision', () => ({ paused: 'yes' }), { isNewer: false }],
    ])('says what is wrong with %s, and gives the others', async (_, change, expected) => {
      const store = bench.store();
      const [bad, good] = [freshPage('bad'), freshPage('good')];
      await store.putSeries({ ...recordOf(bad), ...change(bad) } as AddedSeries, null);
      await store.putSeries(recordOf(good), null);
      expect(await among([bad])).toMatchObject([{ id: bad, record: null, version: 1, ...expected }]);
      expect(await among([good])).toMatchObject([{ id: good, fault: null }]);
      // It is replaced under the version that it has.
      await store.putSeries(recordOf(bad), { version: 1 });
      expect(await among([bad])).toMatchObject([{ fault: null, record: { version: 2 } }]);
    });
  });
}
