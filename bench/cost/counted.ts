import { writeAboutAll } from '#app/bulletins/all-pages.ts';
import { writeDueMessages } from '#app/bulletins/write-due.ts';
import { plan } from '#app/plan/plan.ts';
import type { ObjectStore } from '#app/ports.ts';
import { createHistoryStore } from '../../src/adapters/aws/dynamodb/history-store.ts';
import { Table } from '../../src/adapters/aws/dynamodb/table.ts';
import { Machine, PAGE, TABLE_NAME } from '../../test/e2e/crash/world/machine.ts';
import { ObjectMap } from '../../test/e2e/crash/world/object-map.ts';
import { SCENARIO } from '../../test/e2e/crash/world/scenario.ts';
import { clientOf, ItemTable } from '../../test/support/item-table.ts';
import { Meter } from '../history/capacity.ts';
import type { Calls, Counted } from './bill.ts';

/** The machine looks at the check after each step, which is no part of it. */
const OWN_LOOK = 1;
/** Pages of the two ticks between which the reads of a tick grow evenly. */
const SIZES = [100, 1_000] as const;
const SILENT = { info: () => {}, warn: () => {} };

/** Counts what checks of the crash matrix's page and ticks call, as DynamoDB and S3 charge it. */
export async function count(): Promise<Counted> {
  const table = new ItemTable();
  const meter = new Meter(table);
  const objects = countedObjects(new ObjectMap());
  const machine = new Machine({ send: (command) => meter.send(command), objects: objects.port });
  const calls = new Map<string, Calls>();
  for (const step of SCENARIO.slice(0, 4)) {
    meter.take();
    objects.take();
    await machine.step(step);
    const { writes, indexWrites, reads } = meter.take();
    calls.set(step.name, { tableWrites: writes + indexWrites, tableReads: reads - OWN_LOOK, ...objects.take() });
  }
  const check = await machine.reader().check(PAGE.id);
  const [unchanged, changed] = [calls.get('the known bytes'), calls.get('additions')];
  if (check === null || unchanged === undefined || changed === undefined) throw new Error('the page was not checked');
  const [small, large] = [await readsOfTick(SIZES[0]), await readsOfTick(SIZES[1])];
  const perPage = (large - small) / (SIZES[1] - SIZES[0]);
  const tickReads = (pages: number) => Math.max(2, small + (pages - SIZES[0]) * perPage);
  // The machine's ticks plan, and write no messages.
  const ofTick = await readsOfTick(1, false);
  const withoutTick = (one: Calls) => ({ ...one, tableReads: one.tableReads - ofTick });
  return { unchanged: withoutTick(unchanged), changed: withoutTick(changed), tickReads };

  /** Read units of a tick where so many pages are tracked and none is due. */
  async function readsOfTick(pages: number, writesMessages = true): Promise<number> {
    const tracked = new Meter(new ItemTable());
    const client = clientOf((command) => tracked.send(command));
    const history = createHistoryStore(new Table(client, TABLE_NAME));
    if (check === null) throw new Error('the page is not tracked');
    const specs = Array.from({ length: pages }, (_, at) => ({ ...PAGE, id: `harbour-${at}` }));
    for (const page of specs) await history.putCheck({ ...check, page }, null);
    // The welcome of the first tick.
    const first = { checks: await history.checks(), now: check.lastCheckedAt ?? '', signOfLife: 'never' } as const;
    await writeAboutAll({ history, log: SILENT }, first);
    tracked.take();
    const bounds = { checkAtMostEvery: 30, checkAtLeastEvery: 1_440, checkClosedAtLeastEvery: 10_080 };
    const input = { pages: specs, series: [], now: check.lastCheckedAt ?? '', limit: pages, leaseMinutes: 30, bounds };
    const { checks } = await plan({ history, fetchQueue: { send: async () => {} }, log: SILENT }, input);
    const due = { ...input, checks, daybook: { signOfLife: 'weekly' } } as const;
    if (writesMessages) await writeDueMessages({ history, log: SILENT }, due);
    const { reads, writes } = tracked.take();
    if (writes > 0) throw new Error('the tick was to write nothing');
    return reads;
  }
}

type Requests = Pick<Calls, 'objectWrites' | 'objectReads'>;

/** Counts the requests to a bucket. A listing is charged as a write. */
function countedObjects(objects: ObjectStore): { readonly port: ObjectStore; readonly take: () => Requests } {
  let [objectWrites, objectReads] = [0, 0];
  const port: ObjectStore = {
    putOnce: (key, bytes, contentType) => {
      objectWrites += 1;
      return objects.putOnce(key, bytes, contentType);
    },
    get: (key) => {
      objectReads += 1;
      return objects.get(key);
    },
    async *list(prefix, after) {
      objectWrites += 1;
      yield* objects.list(prefix, after);
    },
  };
  const take = () => {
    const taken = { objectWrites, objectReads };
    [objectWrites, objectReads] = [0, 0];
    return taken;
  };
  return { port, take };
}
