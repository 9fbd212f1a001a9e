import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createHistoryStore } from '#adapters/aws/dynamodb/history-store.ts';
import { Table } from '#adapters/aws/dynamodb/table.ts';
import type { IngestResult } from '#app/ingest/types.ts';
import { withFormat } from '#app/store-format.ts';
import { trackOnce } from '#app/track.ts';
import type { PageSpec } from '#core/history/types.ts';
import { STORE_FORMAT } from '#core/names.ts';
import { ItemTable } from '../../support/item-table.ts';
import { createMemoryObjects } from '../../support/memory-objects.ts';
import { chroniclePage } from '../../support/sample-pages.ts';
import { reports } from '../../support/watched.ts';
import { BOUNDS, PAGE, World } from '../world.ts';

type Item = Record<string, unknown>;

const OTHER: PageSpec = { ...PAGE, id: 'mill-2022-01', url: 'https://mill.example/2022-01.htm' };
/** So many revisions that the first ones are in a chunk of the lineage. */
const REVISIONS = 40;
const PLACE = { name: 'the store', remedy: 'run "daybook rebuild"' };

/** Two pages over one table and one folder of objects, as one machine tracks them. */
class Machine {
  readonly world: World;

  constructor(
    readonly items = new ItemTable(),
    readonly objects = createMemoryObjects(),
  ) {
    const history = withFormat(createHistoryStore(new Table(items.client(), 'daybook')), PLACE);
    this.world = new World({ history, objects, close: async () => {} });
  }

  shows(paragraphs: readonly string[]): void {
    for (const page of [PAGE, OTHER]) this.world.site.say(page.url, { body: chroniclePage(paragraphs) });
  }

  /** One round, a day and an hour later. */
  async round(): Promise<IngestResult[]> {
    const { world } = this;
    world.clock.advance({ hours: 25 });
    const seen: IngestResult[] = [];
    const report = (result: IngestResult) => void seen.push(result);
    const deps = { ...world.ingestDeps, ...world.notifyDeps, ...world.fetchDeps, report };
    await trackOnce(deps, { pages: [PAGE, OTHER], series: [], limit: 10, leaseMinutes: 30, bounds: BOUNDS });
    return seen;
  }

  find(start: string, page = PAGE): Item {
    const found = this.items.items().find(({ pk, sk }) => pk === `PAGE#${page.id}` && String(sk).startsWith(start));
    if (found === undefined) throw new Error(`there is no item ${start}`);
    return found;
  }
}

/** The text that leaves the page with the second revision. */
const [LOST = '', ...KEPT] = reports(REVISIONS + 3);
const whole = [LOST, ...KEPT.slice(0, REVISIONS + 2)];
let grown: ItemTable;
let captured: (readonly [string, Uint8Array])[];
let time: string;

beforeAll(async () => {
  const machine = new Machine();
  for (let number = 1; number <= REVISIONS; number += 1) {
    machine.shows(number === 1 ? [LOST, ...KEPT.slice(0, 3)] : KEPT.slice(0, 1 + number));
    await machine.round();
  }
  expect((await machine.world.store.history.head(PAGE.id))?.revision).toBe(REVISIONS);
  grown = machine.items;
  captured = [];
  for await (const key of machine.objects.list('')) {
    const bytes = await machine.objects.get(key);
    if (bytes !== null) captured.push([key, bytes]);
  }
  time = machine.world.clock.iso();
}, 60_000);

let machine: Machine;
beforeEach(async () => {
  machine = new Machine(grown.clone());
  for (const [key, bytes] of captured) await machine.objects.putOnce(key, bytes, 'application/octet-stream');
  machine.world.clock.set(time);
  machine.shows(whole);
});

const damaged = (item: Item): Item => ({
  ...item,
  data: String(item.data).replace(/\d/, (digit) => `${9 - Number(digit)}`),
});
const kinds = (result: IngestResult | undefined) => result?.changes.map(({ kind }) => kind).sort();

describe('an item that cannot be read', () => {
  it.each([
    ['a damaged chunk of the lineage', 'LIN#', false, /Item PAGE#harbour-2022-01 LIN#1#\S+ is damaged/],
    ['a lost chunk of the lineage', 'LIN#', true, /The lineage of harbour-2022-01 is incomplete: chunk \S+ is missing/],
    ['a damaged past text', 'PAST#', false, /Item PAGE#harbour-2022-01 PAST#\S+ is damaged/],
    ['a damaged head', 'HEAD', false, /Item PAGE#harbour-2022-01 HEAD is damaged/],
  ])(
    '%s is named; other pages are checked, and nothing is lost until it is repaired',
    async (_, start, lose, message) => {
      const item = machine.find(start);
      if (lose) machine.items.lose(item);
      else machine.items.damage(item, damaged(item));
      const before = machine.items.items().filter(({ pk, sk }) => pk === `PAGE#${PAGE.id}` && sk !== 'CHECK');

      const results = await machine.round();
      expect(results.map(({ pageId, outcome }) => [pageId, outcome])).toEqual([[OTHER.id, 'revision']]);
      expect(kinds(results[0])).toContain('restored');
      expect(JSON.stringify(machine.world.log).replaceAll('\\"', '"')).toMatch(message);
      const after = machine.items.items().filter(({ pk, sk }) => pk === `PAGE#${PAGE.id}` && sk !== 'CHECK');
      expect(after).toEqual(before);
      const sent = machine.world.mailbox.sent.length;

      machine.items.damage(damaged(item), item);
      const repaired = (await machine.round()).find(({ pageId }) => pageId === PAGE.id);
      expect(repaired).toMatchObject({ pageId: PAGE.id, outcome: 'revision', revision: { number: REVISIONS + 1 } });
      expect(kinds(repaired)).toEqual(kinds(results[0]));
      expect(machine.world.mailbox.sent.length).toBe(sent + 1);
    },
  );
});

describe('a store that a newer version has begun to write', () => {
  it('is not written by this one; what it shows meanwhile is judged by the version that can read it', async () => {
    const format = machine.items.items().find(({ pk }) => pk === 'STORE') ?? {};
    machine.items.lose(format);
    const raw = createHistoryStore(new Table(machine.items.client(), 'daybook'));
    await raw.markFormat({ format: STORE_FORMAT + 1, writtenBy: '9.9.9' });
    const before = machine.items.items();
    const late = new Machine(machine.items, machine.objects);
    late.world.clock.set(time);
    late.shows(whole);
    await expect(late.round()).rejects.toMatchObject({
      code: 'store-format',
      message: expect.stringContaining('9.9.9'),
    });
    expect(machine.items.items()).toEqual(before);
    machine.items.damage({ pk: 'STORE', sk: 'FORMAT' }, format);
    expect((await late.round()).map(({ outcome }) => outcome)).toEqual(['revision', 'revision']);
  });

  it('keeps fields of a check that this version does not know', async () => {
    const history = createHistoryStore(new Table(machine.items.client(), 'daybook'));
    const check = await history.check(PAGE.id);
    if (check === null) throw new Error('no check');
    await history.putCheck({ ...check, ...{ later: 'kept' } }, check);
    await machine.round();
    expect(await history.check(PAGE.id)).toMatchObject({ later: 'kept', lastCheckedAt: machine.world.clock.iso() });
  });
});
