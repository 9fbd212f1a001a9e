import { describe, expect, it } from 'vitest';
import { createReader } from '#app/read/reader.ts';
import { chroniclePage } from '../../support/sample-pages.ts';
import { Watched } from '../../support/watched.ts';

describe('the days that a paragraph mentions', () => {
  it('keep a paragraph whose event date moved away from them while it still mentions them', async () => {
    const page = (report: string) =>
      chroniclePage(['10 January: The council met in Alder.', report, '20 January: Trains ran to Belgrin again.']);
    const store = new Watched();
    await store.see({ at: '2022-01-21T10:00:00Z', body: page('11 January: Troops entered Alder from the north.') });
    await store.see({
      at: '2022-01-22T10:00:00Z',
      body: page('12 January: Troops entered Alder from the north. Earlier reports gave 11 January.'),
    });
    const reader = createReader({
      history: store.history,
      objects: store.objects,
      now: () => '2022-02-01T00:00:00.000Z',
    });
    const on = async (day: string, asOf = '2022-02-01T00:00:00.000Z') =>
      (await reader.timeline({ from: day, to: day, asOf, limit: 9 })).items.map(({ eventDate, main }) => [
        eventDate,
        main,
      ]);
    expect((await reader.changes({ limit: 9 })).items).toMatchObject([{ kind: 'redated', date: '2022-01-12' }]);
    expect(await on('2022-01-11')).toEqual([['2022-01-12', false]]);
    expect(await on('2022-01-12')).toEqual([['2022-01-12', true]]);
    expect(await on('2022-01-11', '2022-01-21T12:00:00.000Z')).toEqual([['2022-01-11', true]]);
  });
});
