import { beforeEach, describe, expect, it } from 'vitest';
import { carryOver } from '#app/pages/carry-over.ts';
import { editPage } from '#app/pages/edit-pages.ts';
import type { HistoryStore } from '#app/ports.ts';
import { type AddedSeries, newRecord } from '#app/series/record.ts';
import { parsePageEdit } from '#core/pages/edit.ts';
import { createMemoryHistory } from '../../support/memory-history.ts';
import { ConfiguredWorld, memoryStore } from '../configured-world.ts';

const CONFIG = { fetch: { hosts: ['free.example'] } };
const NOW = '2022-02-01T08:00:00.000Z';
let before: ConfiguredWorld;

beforeEach(async () => {
  before = new ConfiguredWorld(CONFIG);
  const edit = (input: object) =>
    editPage(
      { history: before.store.history, config: before.config, remedy: '', now: before.clock.now },
      parsePageEdit(input),
    );
  const add = (place: string) =>
    edit({
      action: 'add-series',
      pattern: `https://free.example/${place}-{yyyy}-{MM}.htm`,
      from: '2022-01',
      id: place,
    });
  for (const place of ['kept', 'rests', 'gone']) await add(place);
  await edit({ action: 'rename', id: 'kept', name: 'Kept' });
  await edit({ action: 'pause', id: 'rests' });
  await edit({ action: 'remove', id: 'gone' });
  await edit({ action: 'add', url: 'https://free.example/single.htm' });
  await before.plan();
});

const decided = async () => ({
  checks: await before.store.history.checks(),
  series: await before.store.history.series(),
});
const shown = async ({ history }: { readonly history: HistoryStore }) => ({
  series: (await history.series()).map(({ record }) => record && { ...record, version: 0 }),
  checks: (await history.checks()).map(({ page, retired, paused }) => ({ page, retired, paused })),
});

describe('a rebuilt store', () => {
  it('has the series that commands added, as they were: after a tick the same pages are tracked', async () => {
    const rebuilt = new ConfiguredWorld(CONFIG, memoryStore());
    await carryOver(rebuilt.store.history, await decided(), NOW);
    rebuilt.clock.set(before.clock.iso());
    await rebuilt.plan();
    expect(await shown(rebuilt.store)).toEqual(await shown(before.store));
    expect((await rebuilt.store.history.series()).map(({ record }) => record?.removed)).toEqual([true, false, false]);
  });

  it('gets each series once, and keeps what was decided in it since', async () => {
    const rebuilt = createMemoryHistory();
    const since = {
      ...newRecord({ id: 'kept', pattern: 'https://new.example/{yyyy}{MM}', from: '2020-01' }, null),
      paused: true,
    };
    await rebuilt.putSeries(since, null);
    await carryOver(rebuilt, await decided(), NOW);
    const once = [await rebuilt.series(), await rebuilt.checks()];
    await carryOver(rebuilt, await decided(), NOW);
    expect([await rebuilt.series(), await rebuilt.checks()]).toEqual(once);
    expect((await rebuilt.series()).find(({ id }) => id === 'kept')?.record).toEqual({ ...since, version: 1 });
  });

  it('is made without a series whose record cannot be read, and with the others', async () => {
    const { history } = before.store;
    const kept = (await history.series()).find(({ id }) => id === 'kept')?.record;
    if (!kept) throw new Error('not added');
    await history.putSeries({ ...kept, paused: 'no' } as unknown as AddedSeries, kept);
    const rebuilt = createMemoryHistory();
    await carryOver(rebuilt, await decided(), NOW);
    expect((await rebuilt.series()).map(({ id }) => id)).toEqual(['gone', 'rests']);
  });
});
