import { BatchGetCommand, BatchWriteCommand, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TABLE } from '#core/names.ts';
import { Meter, readUnits, sizeOf, writeUnits } from '../../bench/history/capacity.ts';
import { ItemTable } from '../support/item-table.ts';

const KEY = { pk: 'a', sk: 'b' };
const item = (bytes: number, more: Record<string, unknown> = {}) => ({ ...KEY, data: 'x'.repeat(bytes), ...more });
const due = (at: string) => ({ [TABLE.duePartitionKey]: 'DUE', [TABLE.dueSortKey]: at });

describe('the units of a write', () => {
  it('are one for each KB that was begun, names of attributes included', () => {
    // pk, a, sk, b: 6 bytes; the name data: 4.
    expect(sizeOf(item(1_014))).toBe(1_024);
    expect(writeUnits(undefined, item(1_014))).toEqual({ writes: 1, indexWrites: 0 });
    expect(writeUnits(undefined, item(1_015))).toEqual({ writes: 2, indexWrites: 0 });
    expect(sizeOf({ a: 'é', b: null, c: true, d: new Uint8Array(9), e: 12_345 })).toBe(3 + 2 + 2 + 10 + 5);
  });

  it('are those of the larger item where one takes the place of another', () => {
    expect(writeUnits(item(3_000), item(10)).writes).toBe(3);
    expect(writeUnits(item(10), item(3_000)).writes).toBe(3);
  });

  it('are one in an index for a new entry, two where its key changes, none where it is the same', () => {
    expect(writeUnits(undefined, item(10, due('1'))).indexWrites).toBe(1);
    expect(writeUnits(item(10, due('1')), item(10, due('2'))).indexWrites).toBe(2);
    expect(writeUnits(item(10, due('1')), item(11, due('1'))).indexWrites).toBe(1);
    expect(writeUnits(item(10, due('1')), item(10, due('1'))).indexWrites).toBe(0);
    expect(writeUnits(item(10, due('1')), item(10)).indexWrites).toBe(1);
  });

  it('leave an index alone that does not hold what changed', () => {
    const listed = { [TABLE.pagesPartitionKey]: 'PAGES', [TABLE.pagesRow]: ['a'] };
    expect(writeUnits(item(10, listed), item(500, listed)).indexWrites).toBe(0);
    expect(writeUnits(item(10, listed), item(10, { ...listed, [TABLE.pagesRow]: ['b'] })).indexWrites).toBe(1);
  });

  it('are never fewer for a larger item, and the same in both directions', () => {
    const sizes = fc.nat(5_000);
    fc.assert(
      fc.property(sizes, sizes, sizes, (before, after, more) => {
        const units = writeUnits(item(before), item(after)).writes;
        expect(writeUnits(item(before), item(after + more)).writes).toBeGreaterThanOrEqual(units);
        expect(writeUnits(item(after), item(before)).writes).toBe(units);
      }),
    );
  });
});

describe('a meter', () => {
  const put = (more: object) => new PutCommand({ TableName: 't', Item: { ...item(10), ...more } });
  const query = (more: object) =>
    new QueryCommand({
      TableName: 't',
      KeyConditionExpression: '#p = :p',
      ExpressionAttributeNames: { '#p': 'pk' },
      ExpressionAttributeValues: { ':p': 'a' },
      ...more,
    });

  it('counts the calls of a table as they are made, and begins again when it was read', async () => {
    const meter = new Meter(new ItemTable());
    await meter.send(put(due('1')));
    await meter.send(put(due('2')));
    expect(meter.take()).toEqual({ writes: 2, indexWrites: 3, reads: 0 });
    expect(meter.take()).toEqual({ writes: 0, indexWrites: 0, reads: 0 });
    const requests = ['1', '2', '3'].map((sk) => ({ PutRequest: { Item: item(3_000, { sk }) } }));
    await meter.send(new BatchWriteCommand({ RequestItems: { t: requests } }));
    expect(meter.take()).toEqual({ writes: 9, indexWrites: 0, reads: 0 });
  });

  it('rounds a query up as a whole and items that are asked for by keys each by itself', async () => {
    const meter = new Meter(new ItemTable());
    const keys = ['1', '2', '3'].map((sk) => ({ pk: 'a', sk }));
    for (const key of keys) await meter.send(put({ ...key, data: 'x'.repeat(2_000) }));
    meter.take();
    await meter.send(query({ ConsistentRead: true }));
    expect(meter.take().reads).toBe(2);
    await meter.send(query({}));
    expect(meter.take().reads).toBe(1);
    const wanted = [...keys, { pk: 'a', sk: 'missing' }];
    await meter.send(new BatchGetCommand({ RequestItems: { t: { Keys: wanted, ConsistentRead: true } } }));
    expect(meter.take().reads).toBe(4);
    await meter.send(new GetCommand({ TableName: 't', Key: { pk: 'a', sk: 'missing' }, ConsistentRead: true }));
    expect(meter.take().reads).toBe(1);
  });

  it('reads 4 KB a unit, and half as much where an answer may be a moment old', () => {
    expect([0, 4_096, 4_097].map((bytes) => readUnits(bytes, true))).toEqual([1, 1, 2]);
    expect([0, 4_096, 4_097].map((bytes) => readUnits(bytes, false))).toEqual([0.5, 0.5, 1]);
  });
});
