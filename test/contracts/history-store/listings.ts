import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ChangesQuery, TimelineQuery } from '#app/ports.ts';
import { UsageError } from '#core/errors.ts';
import type { ChangeRecord, TimelineEntry } from '#core/history/types.ts';
import type { Bench } from '../history-store.ts';
import { freshPage, readAll, sampleChange, sampleEntry, sampleItems, sampleRevision } from '../samples.ts';

/** Event dates over years and page ends, of every granularity that an event date has. */
const DATES = [
  '2040-12-30',
  '2040-12-31',
  '2041-01',
  '2041-01-01',
  '2041-01-09',
  '2041-01-10',
  '2041-02-01',
  '2041-11-30',
  '2043',
  '2043-05-05',
];
const BOUNDS = [...DATES, '2040', '2041-01-05', '2041-1', '2042', '2042-07-07', '2044', '204', '2039-12-31'];
const OBSERVED = [
  '2050-12-31T23:59:59.999Z',
  '2051-01-01T00:00:00.000Z',
  '2051-06-01T08:00:00.000Z',
  '2051-06-01T08:00:00.001Z',
  '2053-03-03T03:00:00.000Z',
];
const INSTANTS = [...OBSERVED, '2051-03-01T00:00:00.000Z', '2052-01-01T00:00:00.000Z', '2060-01-01T00:00:00.000Z'];

export function declareListings(bench: Bench): void {
  const pages = [freshPage('one'), freshPage('two'), freshPage('three')];
  const entries: TimelineEntry[] = [];
  const changes: ChangeRecord[] = [];

  describe('listings', () => {
    beforeAll(async () => {
      for (const [place, page] of pages.entries()) {
        for (const [index, observedAt] of OBSERVED.entries()) {
          const revision = sampleRevision(page, index + 1, { observedAt });
          const timeline = DATES.filter((_, at) => (at + index + place) % 3 !== 0).map((date, at) =>
            sampleEntry(revision, `p${at % 4}`, date, { present: at % 5 !== 0, at }),
          );
          if (index === 0) timeline.push(sampleEntry(revision, 'undated', null));
          const made = [0, 1, 2].map((seq) => sampleChange(revision, seq));
          await bench.store().append(sampleItems({ revision, changes: made, timeline }));
          entries.push(...timeline);
          changes.push(...made);
        }
      }
      await bench.recorded();
    });

    const timeline = async (query: Omit<TimelineQuery, 'after'>) => {
      const all = await readAll((after) => bench.store().timeline({ ...query, ...at(after) }));
      return all.filter((entry) => pages.includes(entry.pageId));
    };
    const changesOf = async (query: Omit<ChangesQuery, 'after'>) => {
      const all = await readAll((after) => bench.store().changes({ ...query, ...at(after) }));
      return all.filter((change) => pages.includes(change.pageId));
    };
    const runs = { numRuns: bench.scale.runs };

    it('gives the timeline of one page whole by event date, in any page size, bounds and direction', async () => {
      const query = fc.record({ page: fc.constantFrom(...pages), ...bounded(BOUNDS), newestFirst: fc.boolean() });
      await fc.assert(
        fc.asyncProperty(query, fc.integer({ min: 1, max: 40 }), async ({ page, low, high, newestFirst }, limit) => {
          const asked = { pageId: page, ...from(low), ...to(high), newestFirst, limit };
          const found = await timeline(asked);
          const expected = entries.filter((entry) => entry.pageId === page && within(entry.date, low, high));
          expect(sorted(found.map(nameOf))).toEqual(sorted(expected.map(nameOf)));
          expectOrder(
            found.map((entry) => entry.date ?? '~'),
            newestFirst,
          );
        }),
        runs,
      );
    });

    it('gives the timeline of all pages whole, over empty years', async () => {
      const query = fc.record({ ...bounded(BOUNDS), newestFirst: fc.boolean() });
      await fc.assert(
        fc.asyncProperty(query, fc.integer({ min: 1, max: 60 }), async ({ low, high, newestFirst }, limit) => {
          const found = await timeline({ ...from(low), ...to(high), newestFirst, limit });
          const dated = entries.filter((entry) => entry.date !== null && within(entry.date, low, high));
          expect(sorted(found.map(nameOf))).toEqual(sorted(dated.map(nameOf)));
          expectOrder(
            found.map((entry) => entry.date ?? '~'),
            newestFirst,
          );
        }),
        runs,
      );
    });

    it('gives the changes of one page whole by observed time, since inclusive and until exclusive', async () => {
      const query = fc.record({ page: fc.constantFrom(...pages), ...bounded(INSTANTS), newestFirst: fc.boolean() });
      await fc.assert(
        fc.asyncProperty(query, fc.integer({ min: 1, max: 20 }), async ({ page, low, high, newestFirst }, limit) => {
          const found = await changesOf({ pageId: page, ...since(low), ...until(high), newestFirst, limit });
          const expected = changes.filter((change) => change.pageId === page && observedIn(change, low, high));
          const order = newestFirst ? expected.reverse() : expected;
          expect(found.map(addressOf)).toEqual(order.map(addressOf));
        }),
        runs,
      );
    });

    it('begins the changes of one page at the asked-for time: the first part holds them, however many came before', async () => {
      const [pageId = ''] = pages;
      const own = changes.filter((change) => change.pageId === pageId);
      for (const low of OBSERVED) {
        const { items } = await bench.store().changes({ pageId, since: low, limit: 2 });
        expect(items).toEqual(own.filter(({ observedAt }) => observedAt >= low).slice(0, 2));
        const newest = await bench.store().changes({ pageId, until: low, newestFirst: true, limit: 2 });
        expect(newest.items).toEqual(
          own
            .filter(({ observedAt }) => observedAt < low)
            .slice(-2)
            .reverse(),
        );
      }
    });

    it('gives the changes of all pages whole by observed time, over the ends of years', async () => {
      const query = fc.record({ ...bounded(INSTANTS), newestFirst: fc.boolean() });
      await fc.assert(
        fc.asyncProperty(query, fc.integer({ min: 1, max: 30 }), async ({ low, high, newestFirst }, limit) => {
          const found = await changesOf({ ...since(low), ...until(high), newestFirst, limit });
          const expected = changes.filter((change) => observedIn(change, low, high));
          expect(sorted(found.map(addressOf))).toEqual(sorted(expected.map(addressOf)));
          expectOrder(
            found.map((change) => change.observedAt),
            newestFirst,
          );
        }),
        runs,
      );
    });

    it('never returns more than the limit', async () => {
      for (const limit of [1, 2, 7]) {
        expect((await bench.store().timeline({ limit })).items.length).toBeLessThanOrEqual(limit);
        expect((await bench.store().changes({ limit })).items.length).toBeLessThanOrEqual(limit);
      }
    });

    it('reverses exactly: newest first is oldest first backwards', async () => {
      for (const pageId of pages) {
        const forwards = await timeline({ pageId, limit: 7 });
        expect(await timeline({ pageId, limit: 11, newestFirst: true })).toEqual(forwards.reverse());
      }
      const forwards = await timeline({ from: '2040', to: '2043', limit: 9 });
      expect(await timeline({ from: '2040', to: '2043', limit: 13, newestFirst: true })).toEqual(forwards.reverse());
    });

    it('takes a prefix as both bounds', async () => {
      const january = await timeline({ from: '2041-01', to: '2041-01', limit: 100 });
      expect(new Set(january.map((entry) => entry.date))).toEqual(
        new Set(['2041-01', '2041-01-01', '2041-01-09', '2041-01-10']),
      );
    });

    it('lists paragraphs without a date after all others of their page, and never within date bounds', async () => {
      const [page = ''] = pages;
      const all = await timeline({ pageId: page, limit: 100 });
      expect(all.at(-1)?.paragraphId).toBe('undated');
      expect((await timeline({ pageId: page, from: '2040', limit: 100 })).every((entry) => entry.date !== null)).toBe(
        true,
      );
      expect((await timeline({ from: '2040', to: '2043', limit: 100 })).every((entry) => entry.date !== null)).toBe(
        true,
      );
    });

    it('lists entries without a date by page id, of all pages from one on, of one page, in any part size', async () => {
      const ids = [...pages].sort();
      for (const limit of [1, 2, 50]) {
        for (const [index, fromPage] of ids.entries()) {
          const all = await readAll((after) => bench.store().undated({ fromPage, limit, ...at(after) }));
          const found = all.filter(({ pageId }) => pages.includes(pageId));
          expect(found.map(({ pageId, paragraphId }) => [pageId, paragraphId])).toEqual(
            ids.slice(index).map((pageId) => [pageId, 'undated']),
          );
          const own = await readAll((after) => bench.store().undated({ pageId: fromPage, limit, ...at(after) }));
          expect(own).toEqual(entries.filter(({ pageId, date }) => pageId === fromPage && date === null));
        }
      }
    });

    it('finds nothing, without an error, when the upper bound is below the lower', async () => {
      const [pageId = ''] = pages;
      for (const scope of [{}, { pageId }]) {
        expect(await timeline({ ...scope, from: '2043', to: '2041', limit: 10 })).toEqual([]);
        expect(
          await changesOf({ ...scope, since: '2053-01-01T00:00:00Z', until: '2051-01-01T00:00:00Z', limit: 10 }),
        ).toEqual([]);
      }
    });

    it('keeps every field of an entry and of a change', async () => {
      const [pageId = ''] = pages;
      const [entry] = (await timeline({ pageId, limit: 1 })).filter((one) => one.date === '2040-12-30');
      expect(entries).toContainEqual(entry);
      const [change] = await changesOf({ pageId, limit: 1 });
      expect(changes).toContainEqual(change);
    });

    it('refuses a foreign cursor, by name', async () => {
      const hostile = [
        'nonsense',
        '',
        Buffer.from('[]').toString('base64url'),
        Buffer.from('{"pk":1}').toString('base64url'),
      ];
      for (const after of hostile) {
        await expect(bench.store().timeline({ limit: 5, after })).rejects.toThrow(UsageError);
        await expect(bench.store().changes({ limit: 5, after })).rejects.toThrow(UsageError);
      }
    });
  });
}

const at = (after: string | undefined) => (after === undefined ? {} : { after });
const from = (low: string | null) => (low === null ? {} : { from: low });
const to = (high: string | null) => (high === null ? {} : { to: high });
const since = (low: string | null) => (low === null ? {} : { since: low });
const until = (high: string | null) => (high === null ? {} : { until: high });

const bounded = (values: readonly string[]) => ({
  low: fc.option(fc.constantFrom(...values)),
  high: fc.option(fc.constantFrom(...values)),
});

function within(date: string | null, low: string | null, high: string | null): boolean {
  if (date === null) return low === null && high === null;
  return (low === null || date >= low) && (high === null || date < high || date.startsWith(high));
}

function observedIn(change: ChangeRecord, low: string | null, high: string | null): boolean {
  return (low === null || change.observedAt >= low) && (high === null || change.observedAt < high);
}

const nameOf = (entry: TimelineEntry) =>
  `${entry.date} ${entry.pageId} ${entry.paragraphId} ${entry.revision} ${entry.present} ${entry.at}`;
const addressOf = (change: ChangeRecord) => `${change.pageId} ${change.revision} ${change.seq}`;
const sorted = (names: readonly string[]) => [...names].sort();

function expectOrder(keys: readonly string[], newestFirst: boolean): void {
  const ordered = [...keys].sort();
  expect(keys).toEqual(newestFirst ? ordered.reverse() : ordered);
}
