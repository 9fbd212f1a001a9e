import { beforeEach, describe, expect, it } from 'vitest';
import { createHistoryStore } from '#adapters/aws/dynamodb/history-store.ts';
import { SERIES } from '#adapters/aws/dynamodb/keys.ts';
import { Table } from '#adapters/aws/dynamodb/table.ts';
import { type AddedSeries, newRecord } from '#app/series/record.ts';
import type { DaybookConfigInput, SeriesConfig } from '#core/config.ts';
import { ItemTable } from '../../support/item-table.ts';
import { createMemoryObjects } from '../../support/memory-objects.ts';
import { chroniclePage, REPORTS } from '../../support/sample-pages.ts';
import { ConfiguredWorld, hubPage } from '../configured-world.ts';

const HUB = { id: 'hub', url: 'https://hub.example/' };
const CONFIG: DaybookConfigInput = { pages: [HUB], fetch: { hosts: ['months.example', 'days.example'] } };
const MONTHS: SeriesConfig = { id: 'months', pattern: 'https://months.example/{yyyy}-{MM}.htm', from: '2021-12' };
const DAYS: SeriesConfig = {
  id: 'days',
  pattern: 'https://days.example/{yyyy}-{MM}-{dd}.htm',
  from: '2022-01',
  hub: 'hub',
};
const dayAt = (day: string) => `https://days.example/2022-01-${day}.htm`;
let items: ItemTable;
let world: ConfiguredWorld;

beforeEach(() => {
  items = new ItemTable();
  const history = createHistoryStore(new Table(items.client(), 'daybook'));
  world = new ConfiguredWorld(CONFIG, { history, objects: createMemoryObjects(), close: async () => {} });
  world.serves(HUB.url, hubPage([]));
});

const recordOf = async (id: string) =>
  (await world.store.history.series()).find((one) => one.id === id)?.record ?? null;
const add = (series: SeriesConfig) => world.store.history.putSeries(newRecord(series, null), null);
async function decide(id: string, change: Partial<AddedSeries>): Promise<void> {
  const stored = await recordOf(id);
  if (stored === null) throw new Error(`no record of ${id}`);
  await world.store.history.putSeries({ ...stored, ...change }, stored);
}
const logged = () => JSON.stringify(world.log.lines);

/** Both worlds on the same days: what is tracked, and what is asked for when. */
async function life(configured: ConfiguredWorld, added: ConfiguredWorld): Promise<void> {
  for (const day of [
    '2022-01-12T08:00:00.000Z',
    '2022-01-26T08:00:00.000Z',
    '2022-01-28T09:00:00.000Z',
    '2022-02-03T08:00:00.000Z',
  ]) {
    const turns = [];
    for (const one of [configured, added]) {
      one.clock.set(day);
      turns.push((await one.turn()).results.map(({ pageId, outcome }) => ({ pageId, outcome })));
    }
    expect(turns[1]).toEqual(turns[0]);
    const checks = await Promise.all([configured, added].map((one) => one.store.history.checks()));
    const shown = checks.map((all) => all.map(({ version: _, searched: __, ...check }) => check));
    expect(shown[1]).toEqual(shown[0]);
  }
}

describe('an added series', () => {
  it('is tracked as a configured one is: the same pages are asked for at the same times, month by month', async () => {
    const configured = new ConfiguredWorld({ ...CONFIG, series: [MONTHS, DAYS] });
    await add(MONTHS);
    await add(DAYS);
    for (const one of [configured, world]) {
      one.serves(HUB.url, hubPage([dayAt('10'), dayAt('11')]));
      for (const month of ['2021-12', '2022-01', '2022-02'])
        one.serves(`https://months.example/${month}.htm`, chroniclePage(REPORTS.slice(0, 5)));
      for (const day of ['10', '11']) one.serves(dayAt(day), chroniclePage(REPORTS.slice(0, 4)));
    }
    await life(configured, world);
    expect(await world.tracked()).toEqual([
      'days-2022-01-10',
      'days-2022-01-11',
      'hub',
      'months-2021-12',
      'months-2022-01',
      'months-2022-02',
    ]);
  });

  it('has its hub read again when it is added later, also if that is an added page', async () => {
    world.configure({ pages: [], fetch: { hosts: ['hub.example', 'days.example'] } });
    world.serves(HUB.url, hubPage([dayAt('10')]));
    await world.plan();
    const { newCheck } = await import('#core/schedule/check.ts');
    const page = { ...HUB, name: null, rolling: false, series: null };
    await world.store.history.putCheck({ ...newCheck(page, world.clock.iso()), added: { every: null } }, null);
    await world.turn();
    await world.after(1);
    expect(await world.tracked()).toEqual(['hub']);
    await add(DAYS);
    await world.turn();
    expect(await world.tracked()).toEqual(['days-2022-01-10', 'hub']);
    const written = (await world.check('hub')).version;
    await world.plan();
    expect((await world.check('hub')).version).toBe(written);
    expect(logged()).not.toContain('lost its hub');
  });

  it('rests while it is paused, and a member that was paused by itself stays so', async () => {
    await add(MONTHS);
    await world.turn();
    const own = await world.check('months-2021-12');
    await world.store.history.putCheck({ ...own, paused: true }, own);
    await decide('months', { paused: true });
    expect((await world.tomorrow()).planned.planned).toEqual(['hub']);
    expect((await world.check('months-2022-01')).paused).toBe('series');
    await decide('months', { paused: false });
    expect((await world.turn()).planned.planned).toEqual(['months-2022-01']);
    expect((await world.check('months-2021-12')).paused).toBe(true);
    expect((await world.check('months-2022-01')).paused).toBeUndefined();
  });

  it('that is paused starts no request for a month that begins, nor for a day that its hub links to', async () => {
    await add(MONTHS);
    await add(DAYS);
    await decide('months', { paused: true });
    await decide('days', { paused: true });
    world.serves(HUB.url, hubPage([dayAt('10')]));
    await world.turn();
    expect((await world.turn()).planned.planned).toEqual([]);
    expect(await world.tracked()).toEqual(['days-2022-01-10', 'hub', 'months-2021-12', 'months-2022-01']);
    await decide('days', { paused: false });
    expect((await world.turn()).planned.planned).toEqual(['days-2022-01-10']);
  });

  it('that is removed retires its members, and continues their histories when it is added again', async () => {
    await add(MONTHS);
    world.serves('https://months.example/2022-01.htm', chroniclePage(REPORTS.slice(0, 5)));
    await world.turn();
    await decide('months', { removed: true });
    expect((await world.tomorrow()).planned).toMatchObject({ retired: 2, planned: ['hub'] });
    expect((await world.plan()).retired).toBe(0);
    expect((await world.store.history.head('months-2022-01'))?.revision).toBe(1);
    await decide('months', { removed: false });
    const { results } = await world.tomorrow();
    expect(results.find(({ pageId }) => pageId === 'months-2022-01')).toMatchObject({ outcome: 'unchanged' });
    expect((await world.store.history.head('months-2022-01'))?.revision).toBe(1);
  });

  it.each<[string, Partial<DaybookConfigInput>, RegExp]>([
    [
      'its id',
      { series: [{ ...MONTHS, pattern: 'https://months.example/new/{yyyy}-{MM}.htm' }] },
      /series \\"months\\"/,
    ],
    ['its pattern', { series: [{ ...MONTHS, id: 'mine' }] }, /series \\"mine\\"/],
    ['a page of its id', { pages: [HUB, { id: 'months', url: 'https://months.example/' }] }, /page \\"months\\"/],
  ])('is removed once the configuration names %s, and the log says so once', async (_, more, by) => {
    await add(MONTHS);
    await world.plan();
    world.configure({ ...CONFIG, ...more });
    await world.plan();
    expect(await recordOf('months')).toMatchObject({ removed: true });
    expect(logged()).toMatch(new RegExp(`added series months of https:.* is now ${by.source} of the configuration`));
    const lines = world.log.lines.filter((line) => JSON.stringify(line).includes('another series replaces'));
    await world.plan();
    expect(world.log.lines.filter((line) => JSON.stringify(line).includes('another series replaces'))).toEqual(lines);
  });

  it('that has lost its hub is named in the log, for nothing else would say that it finds no members', async () => {
    await add(DAYS);
    await world.plan();
    expect(logged()).not.toContain('lost its hub');
    world.configure({ ...CONFIG, pages: [] });
    await world.plan();
    expect(logged()).toMatch(/lost its hub.*page hub, on which the members of added series days are found/);
  });

  it('leaves a member to the configuration that names its address, and keeps the others', async () => {
    await add(MONTHS);
    await world.plan();
    world.configure({ ...CONFIG, pages: [HUB, { id: 'january', url: 'https://months.example/2022-01.htm' }] });
    await world.plan();
    expect(await world.tracked()).toEqual(['hub', 'january', 'months-2021-12']);
  });
});

describe('a record that cannot be read', () => {
  const damage = (id: string, change: (item: Record<string, unknown>) => object) => {
    const item = items.items().find(({ pk, sk }) => pk === SERIES && sk === id) ?? {};
    items.damage(item, { ...item, ...change(item) });
  };

  it('leaves the members as they are, stops nothing else, and is named in the log', async () => {
    await add(MONTHS);
    await add(DAYS);
    world.serves(HUB.url, hubPage([dayAt('10')]));
    await world.turn();
    const before = await world.tracked();
    damage('months', ({ data }) => ({ data: String(data).replace('2021-12', '2021-11') }));
    expect((await world.tomorrow()).planned).toMatchObject({
      started: 0,
      retired: 0,
      planned: expect.arrayContaining(before),
    });
    expect(await world.tracked()).toEqual(before);
    expect(logged()).toMatch(/the record of an added series cannot be read.*SERIES months is damaged/);
  });

  it('is found by an audit, and by nothing where it is sound', async () => {
    await add(MONTHS);
    await add(DAYS);
    const faults = async () => {
      const found = [];
      for await (const item of world.store.history.audit())
        found.push(...item.faults.map((fault) => `${item.where}: ${fault}`));
      return found;
    };
    expect(await faults()).toEqual([]);
    damage('days', () => ({ version: 7 }));
    expect(await faults()).toEqual([expect.stringMatching(/^SERIES days: it does not match its sum/)]);
    await world.store.history.putSeries({ ...newRecord(MONTHS, null), form: 2 }, { version: 1 });
    expect(await faults()).toContainEqual(expect.stringMatching(/^SERIES months: it has form 2/));
  });
});
