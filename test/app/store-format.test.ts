import { describe, expect, it } from 'vitest';
import { createHistoryStore } from '#adapters/aws/dynamodb/history-store.ts';
import { Table } from '#adapters/aws/dynamodb/table.ts';
import type { HistoryStore } from '#app/ports.ts';
import { expectFormat, THIS_FORMAT, tableState, withFormat } from '#app/store-format.ts';
import { STORE_FORMAT } from '#core/names.ts';
import { sampleAlert, sampleCheck, sampleHead, sampleLooks, sampleRevision } from '../contracts/samples.ts';
import { clientOf, ItemTable } from '../support/item-table.ts';
import { createMemoryHistory } from '../support/memory-history.ts';

const PLACE = { name: 'the store of this test', remedy: 'run "daybook rebuild"' };
const check = sampleCheck('p', '2022-01-01T00:00:00.000Z');
const head = sampleHead(sampleRevision('p', 1));
const NEWER = { format: STORE_FORMAT + 1, writtenBy: '9.9.9' };

/** A store over `items`, and the calls that it made to them. */
function counted(items = new ItemTable()) {
  const calls: string[] = [];
  const client = clientOf(async (command) => {
    calls.push(`${command.constructor.name} ${JSON.stringify(Object(command.input).Key ?? '')}`);
    return items.send(command);
  });
  return { calls, history: withFormat(createHistoryStore(new Table(client, 'daybook')), PLACE) };
}

describe('a new store', () => {
  it('gets its format before its first write, whichever write that is', async () => {
    const writes: Record<string, (store: HistoryStore) => Promise<unknown>> = {
      putCheck: (store) => store.putCheck(check, null),
      flipHead: (store) => store.flipHead(head, null),
      recordAlert: (store) => store.recordAlert(sampleAlert('p', 'p/1')),
      putLooks: (store) => store.putLooks(sampleLooks('p', '2022-01-26'), null),
      advanceCursor: (store) =>
        store.advanceCursor({ pageId: 'p', channel: 'c', revision: 1, healthSeq: 0, version: 1 }, null),
    };
    for (const [name, write] of Object.entries(writes)) {
      const items = new ItemTable();
      const { history, calls } = counted(items);
      await write(history);
      expect(await history.format(), name).toEqual(THIS_FORMAT);
      // The format's put is the first of all writes.
      expect(calls.findIndex((call) => !/^(Get|Query)/.test(call))).toBe(
        calls.findIndex((call) => call.startsWith('Put')),
      );
      expect(items.items()).toHaveLength(2);
    }
  });

  it('can be read before it is written, and stays empty', async () => {
    const items = new ItemTable();
    const { history } = counted(items);
    expect(await history.head('p')).toBeNull();
    expect(await history.checks()).toEqual([]);
    for await (const item of history.audit()) expect(item).toBeNull();
    expect(items.items()).toEqual([]);
  });

  it('is begun by two workers at once, and marked once', async () => {
    const items = new ItemTable();
    const [one, other] = [counted(items).history, counted(items).history];
    await Promise.all([
      one.putCheck(check, null),
      other.putCheck(sampleCheck('q', check.dueAt), null),
      other.heads(['p']),
    ]);
    expect((await one.checks()).map(({ page }) => page.id)).toEqual(['p', 'q']);
    expect(await other.format()).toEqual(THIS_FORMAT);
  });

  it('that another worker begins between two looks is not taken for an older one', async () => {
    const store = createMemoryHistory();
    let looks = 0;
    const raced: HistoryStore = {
      ...store,
      async format() {
        looks += 1;
        if (looks > 1) return store.format();
        await store.markFormat(THIS_FORMAT);
        await store.putCheck(check, null);
        return null;
      },
    };
    expect(await expectFormat(raced, PLACE)).toEqual(THIS_FORMAT);
  });

  it('that a newer version begins at the same moment is not written', async () => {
    const store = createMemoryHistory();
    const raced = withFormat(
      {
        ...store,
        async markFormat(format) {
          await store.markFormat(NEWER);
          await store.markFormat(format);
        },
      },
      PLACE,
    );
    await expect(raced.putCheck(check, null)).rejects.toMatchObject({ code: 'store-format' });
    expect(await store.checks()).toEqual([]);
  });
});

describe('a store of this format', () => {
  it('costs one read of its format, however long it is open', async () => {
    const items = new ItemTable();
    await counted(items).history.putCheck(check, null);
    const { history, calls } = counted(items);
    await Promise.all([history.head('p'), history.health('p'), history.check('p')]);
    await history.putCheck({ ...check, failures: 1 }, { ...check, version: 1 });
    await history.head('p');
    expect(calls.filter((call) => call.includes('STORE'))).toHaveLength(1);
    expect(calls).toHaveLength(6);
  });
});

describe('a store of another format', () => {
  const foreign: [string, (store: HistoryStore) => Promise<unknown>, RegExp][] = [
    ['from before formats had numbers', async () => {}, /has format 1 .* needs format \d+: run "daybook rebuild"/],
    ['older', (store) => store.markFormat({ format: 1, writtenBy: '0.0.1' }), /format 1 \(written by 0\.0\.1\)/],
    ['newer', (store) => store.markFormat(NEWER), /written by 9\.9\.9.*install a newer version/],
  ];

  it.each(foreign)('%s is neither read nor written, by any method', async (_, mark, message) => {
    const items = new ItemTable();
    const raw = createHistoryStore(new Table(items.client(), 'daybook'));
    await raw.putCheck(check, null);
    await mark(raw);
    const before = items.items();
    const history = withFormat(raw, PLACE);
    const methods = Object.entries(history).filter(([name]) => !['format', 'markFormat'].includes(name));
    expect(methods.length).toBeGreaterThan(20);
    for (const [name, method] of methods) {
      const call = async () => {
        const answer: unknown = await Reflect.apply(method, history, ['p', null, null]);
        if (name === 'audit') for await (const _item of answer as AsyncIterable<unknown>) throw new Error('was read');
      };
      await expect(call(), name).rejects.toMatchObject({ code: 'store-format', retryable: false });
      await expect(call(), name).rejects.toThrow(message);
    }
    expect(items.items()).toEqual(before);
  });
});

describe('the state of a table before a rebuild', () => {
  const open = () => {
    const items = new ItemTable();
    return { items, history: createHistoryStore(new Table(items.client(), 'daybook')) };
  };

  it('is empty, current or outdated; a format that cannot be read is outdated, and named by all else', async () => {
    const { items, history } = open();
    expect(await tableState(history, PLACE)).toBe('empty');
    await history.putCheck(check, null);
    expect(await tableState(history, PLACE)).toBe('outdated');
    await history.markFormat(THIS_FORMAT);
    expect(await tableState(history, PLACE)).toBe('current');
    const format = items.items().find(({ pk }) => pk === 'STORE') ?? {};
    items.damage(format, { ...format, data: '{"format":9}' });
    expect(await tableState(history, PLACE)).toBe('outdated');
    await expect(withFormat(history, PLACE).head('p')).rejects.toThrow(/Item STORE FORMAT is damaged/);
  });

  it('is refused when it is newer', async () => {
    const { history } = open();
    await history.markFormat(NEWER);
    await expect(tableState(history, PLACE)).rejects.toMatchObject({ code: 'store-format' });
  });
});
