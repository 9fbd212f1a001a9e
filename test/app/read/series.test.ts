import { describe, expect, it } from 'vitest';
import { createReader } from '#app/read/reader.ts';
import { type AddedSeries, newRecord } from '#app/series/record.ts';
import { listing } from '#read/api/schemas.ts';
import { listedSeriesSchema } from '#read/api/series-schema.ts';
import { appOf, follow } from '../../read/sample.ts';
import { Chronicle } from '../../support/chronicle.ts';
import { timeOf, whole } from './history.ts';

const readerOf = ({ history, objects }: Pick<Chronicle, 'history' | 'objects'>) =>
  createReader({ history, objects, now: () => timeOf(100) });
const recordOf = (id: string, more: Partial<AddedSeries> = {}): AddedSeries => ({
  ...newRecord({ id, pattern: `https://${id}.example/{yyyy}-{MM}.htm`, from: '2022-01' }, null),
  ...more,
});

async function withSeries(): Promise<Chronicle> {
  const chronicle = new Chronicle();
  const { history } = chronicle;
  await history.putSeries(
    recordOf('a', { name: 'A', series: { ...recordOf('a').series, until: '2022-12', hub: 'hub' } }),
    null,
  );
  await history.putSeries(recordOf('b', { paused: true }), null);
  await history.putSeries(recordOf('c', { removed: true }), null);
  await history.putSeries(recordOf('d', { form: 2 }), null);
  return chronicle;
}

describe('the list of added series', () => {
  it('shows each with its state, removed and unreadable ones too', async () => {
    const { items, next } = await readerOf(await withSeries()).series({ limit: 9 });
    expect(next).toBeNull();
    expect(items).toEqual([
      {
        id: 'a',
        state: 'tracked',
        fault: null,
        pattern: 'https://a.example/{yyyy}-{MM}.htm',
        name: 'A',
        from: '2022-01',
        until: '2022-12',
        hub: 'hub',
      },
      expect.objectContaining({ id: 'b', state: 'paused', until: null, hub: null }),
      expect.objectContaining({ id: 'c', state: 'removed' }),
      expect.objectContaining({
        id: 'd',
        state: 'unreadable',
        pattern: null,
        fault: expect.stringContaining('form 2'),
      }),
    ]);
  });

  it.each([1, 2, 3, 4, 5])('is the same in parts of %i', async (limit) => {
    const reader = readerOf(await withSeries());
    const parts = await whole(limit, (after) => reader.series({ limit, ...after }));
    expect(parts.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('refuses a cursor of another listing', async () => {
    const chronicle = await withSeries();
    for (const id of ['p', 'q']) await chronicle.track(id);
    const reader = readerOf(chronicle);
    const { next } = await reader.pages({ limit: 1 });
    await expect(reader.series({ limit: 1, after: next ?? '' })).rejects.toMatchObject({ code: 'bad-cursor' });
  });

  it('is answered by the API as it is described', async () => {
    const response = await follow(appOf(await withSeries()), '/api/series?limit=3');
    const answer: unknown = await response.json();
    expect(listing(listedSeriesSchema).safeParse(answer).error).toBeUndefined();
    expect(answer).toMatchObject({ items: [{ id: 'a' }, { id: 'b' }, { id: 'c' }], next: expect.any(String) });
  });
});

describe('the source of a page', () => {
  it('is a command for the members of an added series, as long as it is not removed', async () => {
    const chronicle = await withSeries();
    for (const series of ['a', 'b', 'c', 'd', 'months']) await chronicle.track(`${series}-2022-01`, { series });
    const reader = readerOf(chronicle);
    const sources = (await reader.pages({ limit: 9 })).items.map(({ source }) => source);
    expect(sources).toEqual(['added', 'added', 'config', 'added', 'config']);
    for (const [id, source] of [
      ['a-2022-01', 'added'],
      ['months-2022-01', 'config'],
    ] as const)
      expect(await reader.page(id)).toMatchObject({ source });
  });

  it('shows a member that rests with its series as paused', async () => {
    const chronicle = new Chronicle();
    await chronicle.track('b-2022-01', { series: 'b' }, { paused: 'series' });
    expect((await readerOf(chronicle).pages({ limit: 9 })).items).toMatchObject([
      { paused: true, health: { nextCheckAt: null, overdue: false } },
    ]);
  });

  it('costs no reading of series where no page has one', async () => {
    const chronicle = new Chronicle();
    await chronicle.track('a');
    await chronicle.track('b', { series: 'months' }, { retired: true });
    const series = async () => Promise.reject(new Error('asked for series'));
    const reader = readerOf({ history: { ...chronicle.history, series }, objects: chronicle.objects });
    expect((await reader.pages({ limit: 9 })).items).toHaveLength(2);
    expect(await reader.page('a')).toMatchObject({ source: 'config' });
  });
});
