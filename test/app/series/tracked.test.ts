import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRecord } from '#app/series/read-record.ts';
import { newRecord, type StoredSeries } from '#app/series/record.ts';
import { trackedSeries } from '#app/series/tracked.ts';
import type { SeriesConfig } from '#core/config.ts';
import { canonicalPattern } from '#core/schedule/pattern.ts';

const NOBODY: ReadonlySet<string> = new Set();
const patternOf = (place: string) => `https://${place}.example/{yyyy}-{MM}.htm`;
const seriesOf = (id: string, place = id): SeriesConfig => ({ id, pattern: patternOf(place), from: '2022-01' });
const stored = (id: string, place = id, more: object = {}): StoredSeries =>
  readRecord(id, { ...newRecord(seriesOf(id, place), null), ...more });

describe('which added series are tracked', () => {
  it('all that are neither removed nor unreadable, paused ones too', () => {
    const all = [stored('a'), stored('b', 'b', { paused: true }), stored('c', 'c', { removed: true })];
    const tracked = trackedSeries([...all, readRecord('d', null)], { series: [], pages: NOBODY });
    expect(tracked.series.map(({ id }) => id)).toEqual(['a', 'b']);
    expect([...tracked.paused]).toEqual(['b']);
    expect(tracked.replaced).toEqual([]);
    expect(tracked.unreadable).toMatchObject([{ id: 'd' }]);
  });

  it.each([
    [
      'a configured series of this id',
      { series: [seriesOf('a', 'other')], pages: NOBODY },
      'series "a" of the configuration',
    ],
    ['a configured page of this id', { series: [], pages: new Set(['a']) }, 'page "a" of the configuration'],
    [
      'a configured series of this pattern',
      { series: [seriesOf('x', 'a')], pages: NOBODY },
      'series "x" of the configuration',
    ],
    [
      'the same addresses under another scheme',
      { series: [{ ...seriesOf('x'), pattern: 'http://www.a.example/{yyyy}-{MM}.htm' }], pages: NOBODY },
      'series "x" of the configuration',
    ],
  ])('not one that %s replaces', (_, configured, by) => {
    const tracked = trackedSeries([stored('a'), stored('b')], configured);
    expect(tracked.series.map(({ id }) => id)).toEqual(['b']);
    expect(tracked.replaced).toMatchObject([{ by, record: { series: { id: 'a' } } }]);
  });

  it('never two with one id or one pattern, and each is tracked, replaced, removed or unreadable', () => {
    const place = fc.constantFrom('p', 'q', 'r');
    const one = fc.record({ place, removed: fc.boolean(), paused: fc.boolean(), isDamaged: fc.boolean() });
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), one),
        fc.subarray([seriesOf('a', 'p'), seriesOf('x', 'q')]),
        fc.subarray(['b', 'y']),
        (added, series, pages) => {
          const all = Object.entries(added).map(([id, { place: at, isDamaged, ...decided }]) =>
            isDamaged ? readRecord(id, null) : stored(id, at, decided),
          );
          const tracked = trackedSeries(all, { series, pages: new Set(pages) });
          const together = [...series, ...tracked.series];
          expect(new Set(together.map(({ id }) => id)).size).toBe(together.length);
          expect(new Set(together.map(({ pattern }) => canonicalPattern(pattern))).size).toBe(together.length);
          expect(tracked.series.some(({ id }) => pages.includes(id))).toBe(false);
          const removed = Object.values(added).filter((value) => value.removed && !value.isDamaged);
          const { replaced, unreadable } = tracked;
          expect(tracked.series.length + replaced.length + unreadable.length + removed.length).toBe(all.length);
        },
      ),
    );
  });
});
