import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { MemoryLevel } from 'memory-level';
import { describe, expect, it } from 'vitest';
import { auditTable } from '#adapters/aws/dynamodb/audit.ts';
import { type NewItem, type QueryOptions, Table } from '#adapters/aws/dynamodb/table.ts';
import { LevelCalls } from '#adapters/local/level-calls.ts';
import { entryKey } from '#adapters/local/level-keys.ts';
import { TABLE } from '#core/names.ts';
import { ItemTable } from '../../support/item-table.ts';

const NAME = 'daybook';
const ABSENT = { expression: 'attribute_not_exists(pk)' };

function open() {
  const database = new MemoryLevel<string, Uint8Array>({ keyEncoding: 'utf8', valueEncoding: 'view' });
  const calls = new LevelCalls(database);
  return { database, calls, table: new Table(calls, NAME) };
}

function item(sk: string, value: unknown = sk, attributes: NewItem['attributes'] = {}): NewItem {
  return { key: { pk: 'PAGE#p', sk }, value, attributes };
}

/** Every part of a listing, each from where the one before it ended. */
async function pages(table: Table, options: QueryOptions): Promise<unknown[][]> {
  const all: unknown[][] = [];
  for (let startKey = options.startKey; ; ) {
    const { values, lastKey } = await table.query({ ...options, ...(startKey === undefined ? {} : { startKey }) });
    all.push(values);
    if (lastKey === null) return all;
    startKey = lastKey;
  }
}

describe('listings of the embedded table', () => {
  // Letters that sort differently by number and by bytes, and the ends of what a key may contain.
  const letter = fc.constantFrom('\u{2}', '0', 'A', 'a', '~', 'é', '\u{ffff}', '😀');
  const word = fc.string({ unit: letter, minLength: 1, maxLength: 3 });
  const partition = fc.constantFrom('a', 'ab', 'b');
  const items = fc.array(
    fc.record({
      key: fc.record({ pk: partition, sk: word }),
      value: fc.nat(),
      attributes: fc.oneof(fc.constant({}), fc.record({ gpk: partition, gsk: word })),
    }),
    { maxLength: 30 },
  );
  const query = fc
    .record({
      inIndex: fc.boolean(),
      value: partition,
      bounds: fc.option(fc.tuple(word, word)),
      newestFirst: fc.boolean(),
      limit: fc.constantFrom(1, 2, 3, 100),
    })
    .map(({ inIndex, value, bounds, newestFirst, limit }): QueryOptions => {
      const [from = '', to = ''] = [...(bounds ?? [])].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      return {
        ...(inIndex ? { index: TABLE.acrossIndex } : {}),
        partition: [inIndex ? TABLE.acrossPartitionKey : TABLE.partitionKey, value],
        ...(bounds === null ? {} : { sort: [inIndex ? TABLE.acrossSortKey : TABLE.sortKey, from, to] }),
        newestFirst,
        limit,
      };
    });

  it('have the items and the order of a plain map, from either end, in parts of any size', async () => {
    await fc.assert(
      fc.asyncProperty(items, fc.array(query, { minLength: 1, maxLength: 8 }), async (written, queries) => {
        const map = new Table(new ItemTable().client(), NAME);
        const { table } = open();
        for (const one of written) for (const store of [map, table]) await store.putAll([one]);
        for (const options of queries) expect(await pages(table, options)).toEqual(await pages(map, options));
      }),
    );
  });

  it('come in parts of 1 MB, however large they are', async () => {
    const { table } = open();
    const text = 'x'.repeat(50_000);
    await table.putAll(Array.from({ length: 60 }, (_, number) => item(`CHG#${number + 10}`, text + number)));
    const parts = await pages(table, { partition: ['pk', 'PAGE#p'] });
    expect(parts.map((part) => part.length)).toEqual([21, 21, 18]);
    expect(parts.flat()).toEqual(Array.from({ length: 60 }, (_, number) => text + number));
  });

  it('never begin outside of what they list, whatever cursor comes in', async () => {
    const { table } = open();
    await table.putAll([item('CHG#1'), { key: { pk: 'PAGE#q', sk: 'CHG#1' }, value: 'of another page' }]);
    for (const startKey of [{ pk: 'PAGE#q', sk: 'CHG#0' }, { pk: 'PAGE#p', sk: 'HEAD' }, { pk: 'PAGE#p' }, {}]) {
      const listed = table.query({ partition: ['pk', 'PAGE#p'], sort: ['sk', 'CHG#', 'CHG$'], startKey });
      await expect(listed).rejects.toMatchObject({ code: 'refused', retryable: false });
    }
  });
});

describe('writes to the embedded table', () => {
  it('under one condition at the same time: exactly one is made', async () => {
    const { table } = open();
    const writes = Array.from({ length: 20 }, (_, number) => table.put(item('HEAD', number), ABSENT));
    const done = await Promise.allSettled(writes);
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await table.get(item('HEAD').key)).toBe(done.findIndex(({ status }) => status === 'fulfilled'));
    for (const one of done) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'conflict' });
  });

  it('leave an item in an index once, where it is now, and not at all when it has left', async () => {
    const { table } = open();
    const due = async () => {
      const found: unknown[] = [];
      for await (const entry of table.scan(TABLE.dueIndex)) found.push(entry.dsk);
      return found;
    };
    await table.putAll([item('CHECK', 1, { dpk: 'DUE', dsk: '1' })]);
    await table.putAll([item('CHECK', 2, { dpk: 'DUE', dsk: '2' })]);
    expect(await due()).toEqual(['2']);
    await table.putAll([item('CHECK', 3, { dpk: 'RETIRED', dsk: '2' })]);
    expect(await due()).toEqual(['2']);
    await table.putAll([item('CHECK', 4)]);
    expect(await due()).toEqual([]);
  });

  it('are made whole or not at all when the disk refuses one, and the next one is made', async () => {
    const { database, table } = open();
    await table.putAll([item('CHECK', 1, { dpk: 'DUE', dsk: '1' })]);
    const { batch } = database;
    const full = Object.assign(new Error('No space left on device'), { code: 'LEVEL_IO_ERROR' });
    database.batch = (() => Promise.reject(full)) as unknown as typeof batch;
    const refused = table.putAll([item('CHECK', 2, { dpk: 'DUE', dsk: '2' })]);
    await expect(refused).rejects.toMatchObject({ code: 'unavailable', retryable: true, cause: full });
    expect(await pages(table, { index: TABLE.dueIndex, partition: ['dpk', 'DUE'] })).toEqual([[1]]);
    database.batch = batch;
    await table.putAll([item('CHECK', 3, { dpk: 'DUE', dsk: '3' })]);
    expect(await pages(table, { index: TABLE.dueIndex, partition: ['dpk', 'DUE'] })).toEqual([[3]]);
  });

  it.each([
    ['a key that is not complete', { pk: 'PAGE#p' }],
    ['an empty key', { pk: 'PAGE#p', sk: '' }],
    ['a key that holds a separator', { pk: 'PAGE#p', sk: 'a\u{0}b' }],
  ])('are refused for %s', async (_, Item) => {
    const { calls, table } = open();
    await expect(calls.send(new PutCommand({ TableName: NAME, Item }))).rejects.toThrow('A key is not complete');
    for await (const one of table.scan()) throw new Error(`${one.pk} was written`);
  });

  it('are refused for two items of one key in one call, for another condition and for another call', async () => {
    const { calls, table } = open();
    await expect(table.putAll([item('A'), item('A')])).rejects.toMatchObject({ code: 'refused' });
    const other = table.put(item('A'), { expression: 'attribute_exists(pk)' });
    await expect(other).rejects.toMatchObject({ code: 'refused' });
    const removal = new DeleteCommand({ TableName: NAME, Key: item('A').key });
    await expect(calls.send(removal as unknown as PutCommand)).rejects.toThrow('does not have this call');
    await table.putAll([item('B')]);
    await expect(table.remove([item('B').key])).rejects.toMatchObject({ code: 'refused' });
    expect(await table.get(item('B').key)).not.toBeNull();
    expect(await table.get(item('A').key)).toBeNull();
  });
});

describe('a damaged or closed embedded table', () => {
  it('reports an item that cannot be read, and lists all others', async () => {
    const { database, table } = open();
    await table.putAll([item('A'), item('B'), item('C')]);
    await database.put(entryKey({ ...item('B').key }) ?? '', new Uint8Array([255, 15, 111, 34]));
    await expect(table.get(item('B').key)).rejects.toMatchObject({ code: 'stored-data' });
    expect(await table.get(item('C').key)).toBe('C');
    const faults: string[] = [];
    for await (const { where, faults: of } of auditTable(table)) faults.push(`${where}: ${of[0]}`);
    expect(faults).toEqual([
      'PAGE#p A: its key is none that Daybook writes',
      'PAGE#p B: it has no sum',
      'PAGE#p C: its key is none that Daybook writes',
    ]);
  });

  it('is reported as damaged where the database itself finds that it is', async () => {
    const { database, table } = open();
    const torn = Object.assign(new Error('checksum mismatch'), { code: 'LEVEL_CORRUPTION' });
    database.getMany = (() => Promise.reject(torn)) as unknown as typeof database.getMany;
    await expect(table.get(item('A').key)).rejects.toMatchObject({
      code: 'stored-data',
      retryable: false,
      cause: torn,
    });
  });

  it('is not available once it is closed', async () => {
    const { database, table } = open();
    await database.close();
    await expect(table.get(item('A').key)).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    await expect(table.putAll([item('A')])).rejects.toMatchObject({ code: 'unavailable', retryable: true });
  });
});
