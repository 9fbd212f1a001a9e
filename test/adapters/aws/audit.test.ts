import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { createHistoryStore } from '#adapters/aws/dynamodb/history-store.ts';
import { Table } from '#adapters/aws/dynamodb/table.ts';
import { openEmbeddedTable } from '#adapters/local/embedded-table.ts';
import type { AuditItem, HistoryStore } from '#app/ports.ts';
import {
  freshPage,
  incompressible,
  sampleAlert,
  sampleChange,
  sampleCheck,
  sampleChunk,
  sampleEntry,
  sampleHead,
  sampleHealth,
  sampleItems,
  sampleLooks,
  samplePast,
  sampleQuarantine,
  sampleRevision,
  sampleState,
} from '../../contracts/samples.ts';
import { ItemTable } from '../../support/item-table.ts';
import { createMemoryHistory } from '../../support/memory-history.ts';

/** One value of each kind, a change of several parts among them. */
async function fill(store: HistoryStore, page = freshPage()): Promise<string> {
  const revision = sampleRevision(page, 1);
  const long = { after: [{ id: 'long', at: 0, text: incompressible(400_000) }] };
  await store.append(
    sampleItems({
      revision,
      changes: [sampleChange(revision, 0), sampleChange(revision, 1, long)],
      states: [sampleState(revision, 'p')],
      timeline: [sampleEntry(revision, 'p', '2022-01-05'), sampleEntry(revision, 'q', null)],
      past: [samplePast(revision, 'k')],
      chunks: [sampleChunk(page, 0)],
    }),
  );
  await store.flipHead(sampleHead(revision), null);
  await store.flipHealth(sampleHealth(page, 1), null);
  await store.putCheck(sampleCheck(page, '2022-01-06T00:00:00.000Z'), null);
  await store.putLooks(sampleLooks(page, '2022-01-05'), null);
  await store.quarantine(sampleQuarantine(page, 'c1'));
  await store.advanceCursor({ pageId: page, channel: 'sns', revision: 1, healthSeq: 0, version: 1 }, null);
  await store.recordAlert(sampleAlert(page, `${page}/revision/1`));
  return page;
}

async function audited(store: HistoryStore): Promise<AuditItem[]> {
  const all: AuditItem[] = [];
  for await (const item of store.audit()) all.push(item);
  return all;
}

const faultsOf = (items: readonly AuditItem[]) =>
  items.flatMap(({ where, faults }) => faults.map((fault) => `${where}: ${fault}`));
const KINDS = [
  'alert',
  'change',
  'change',
  'check',
  'chunk',
  'cursor',
  'entry',
  'entry',
  'head',
  'health',
  'looks',
  'mark',
  'past',
  'place',
  'quarantine',
  'revision',
  'state',
];

describe('an audit', () => {
  it.each([
    [
      'the table over a map',
      async () => ({
        store: createHistoryStore(new Table(new ItemTable().client(), 'daybook')),
        close: async () => {},
      }),
    ],
    [
      'the embedded table',
      async () => {
        const { table, close } = await openEmbeddedTable(null);
        return { store: createHistoryStore(table), close };
      },
    ],
    ['the memory history', async () => ({ store: createMemoryHistory(), close: async () => {} })],
  ])('finds every value once and nothing wrong: %s', async (_, open) => {
    const { store, close } = await open();
    const page = await fill(store);
    const items = await audited(store);
    expect(faultsOf(items)).toEqual([]);
    const records = items.filter((item) => item.record !== null);
    expect(records.map((item) => item.record?.kind).sort()).toEqual(KINDS);
    expect(records.every((item) => item.pageId === page)).toBe(true);
    const others = items.filter((item) => item.record === null && !item.where.startsWith('YEARS'));
    expect(others.every((item) => item.where.startsWith('PART#') && item.pageId === page)).toBe(true);
    const head = records.find((item) => item.record?.kind === 'head')?.record?.value;
    expect(head).toEqual(await store.head(page));
    await close();
  });

  const open = async () => {
    const items = new ItemTable();
    const store = createHistoryStore(new Table(items.client(), 'daybook'));
    const page = await fill(store);
    const find = (sk: string, pk = `PAGE#${page}`) =>
      items.items().find((item) => item.pk === pk && String(item.sk).startsWith(sk)) ?? {};
    return { items, store, page, find };
  };

  it('finds an item under another key, though its content is whole', async () => {
    const { items, store, find } = await open();
    const head = find('HEAD');
    items.damage(head, { ...head, pk: 'PAGE#somebody-else' });
    expect(faultsOf(await audited(store))).toEqual(['PAGE#somebody-else HEAD: it does not match its sum']);
  });

  it('knows the format of the store, and finds a damaged one', async () => {
    const { items, store, find } = await open();
    await store.markFormat({ format: 2, writtenBy: '0.1.0' });
    expect(faultsOf(await audited(store))).toEqual([]);
    const format = find('FORMAT', 'STORE');
    items.damage(format, { ...format, data: String(format.data).replace('2', '3') });
    expect(faultsOf(await audited(store))).toEqual(['STORE FORMAT: it does not match its sum']);
  });

  it('finds a lost part of a large value, a lost year, and an unknown key', async () => {
    const { items, store } = await open();
    const part = items.items().find((item) => String(item.pk).startsWith('PART#')) ?? {};
    items.damage(part, { pk: 'NOBODY', sk: 'x', data: '1' });
    const year = items.items().find((item) => item.pk === 'YEARS' && item.sk === 'TIME#2022') ?? {};
    items.damage(year, { pk: 'NOBODY', sk: 'y', data: '1' });
    const faults = faultsOf(await audited(store));
    expect(faults).toContainEqual(expect.stringMatching(/CHG#.*: Part \d+ of item .* is missing/));
    expect(faults).toContainEqual('YEARS TIME#2022: it is missing: listings skip that year');
    expect(faults).toContainEqual('NOBODY x: it has no sum');
  });

  it('finds an index that differs from its table', async () => {
    const { items, store, page } = await open();
    const real = items.send.bind(items);
    let mode = '';
    items.send = async (command) => {
      const answer = (await real(command)) as { Items?: Record<string, unknown>[] };
      const input = (command as { input: { IndexName?: string } }).input;
      if (input.IndexName !== 'due' || answer.Items === undefined) return answer;
      if (mode === 'missing') return { ...answer, Items: [] };
      return { ...answer, Items: answer.Items.map((item) => ({ ...item, dsk: 'another time' })) };
    };
    mode = 'missing';
    expect(faultsOf(await audited(store))).toEqual([`PAGE#${page} CHECK (index due): it is missing in the index`]);
    mode = 'other';
    expect(faultsOf(await audited(store))).toEqual([
      `PAGE#${page} CHECK (index due): its entry in the index does not match its sum`,
    ]);
  });

  it('reports no fault for items written during the scan: a year, a moved entry met twice', async () => {
    const { items, store, page } = await open();
    const real = items.send.bind(items);
    let due: Record<string, unknown>[] = [];
    items.send = async (command) => {
      const answer = (await real(command)) as { Items?: Record<string, unknown>[] };
      if (!(command instanceof ScanCommand) || answer.Items === undefined) return answer;
      const { IndexName } = command.input;
      if (IndexName === undefined) return { Items: answer.Items.filter((item) => item.pk !== 'YEARS') };
      if (IndexName !== 'due') return answer;
      // As the page of entries was read, its check moved behind it: the next page holds it again.
      due = [...due, ...answer.Items];
      const check = await store.check(page);
      if (due.length === 1 && check !== null)
        await store.putCheck({ ...check, dueAt: '2031-01-01T00:00:00.000Z' }, check);
      const again = (await real(command)) as { Items: Record<string, unknown>[] };
      return { Items: [...due, ...again.Items] };
    };
    expect(faultsOf(await audited(store))).toEqual([]);
    expect(due).toHaveLength(1);
  });

  it('finds an entry that is in its index twice in one state', async () => {
    const { items, store, page } = await open();
    const real = items.send.bind(items);
    items.send = async (command) => {
      const answer = (await real(command)) as { Items?: Record<string, unknown>[] };
      const isDue = command instanceof ScanCommand && command.input.IndexName === 'due';
      return isDue ? { Items: [...(answer.Items ?? []), ...(answer.Items ?? [])] } : answer;
    };
    expect(faultsOf(await audited(store))).toEqual([`PAGE#${page} CHECK (index due): it is in the index twice`]);
  });

  it('reports a damaged item to readers instead of showing it', async () => {
    const { items, store, page, find } = await open();
    const head = find('HEAD');
    items.damage(head, { ...head, data: String(head.data).replace('chronicle', 'chronicles') });
    await expect(store.head(page)).rejects.toMatchObject({
      code: 'stored-data',
      message: expect.stringContaining('sum'),
    });
  });
});
