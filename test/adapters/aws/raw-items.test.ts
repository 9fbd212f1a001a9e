import { BatchWriteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRawItems, type DynamoItem } from '#adapters/aws/dynamodb/raw-items.ts';
import { Table } from '#adapters/aws/dynamodb/table.ts';
import { WholeTables } from '#adapters/aws/dynamodb/whole-tables.ts';
import { incompressible } from '../../contracts/samples.ts';
import { type DynamoTable, openDynamoTable } from '../../support/dynamo-table.ts';
import { clientOf, ItemTable } from '../../support/item-table.ts';
import { eventfulCaptures, PAGE, Watched } from '../../support/watched.ts';

/** The same contract over the tables of the tests: the one in memory, and one that speaks DynamoDB's protocol. */
let database: DynamoTable;
let history: Watched;

beforeAll(async () => {
  database = await openDynamoTable();
  history = await new Watched().seeAll(eventfulCaptures(3));
  for (const Item of history.table.items())
    await database.client.send(new PutCommand({ TableName: database.name, Item }));
});
afterAll(() => database.close());

const tables: readonly [string, () => Table][] = [
  ['in memory', () => new Table(history.table.clone().client(), 'daybook')],
  ["of DynamoDB's protocol", () => new Table(database.client, database.name)],
];

async function all(table: Table): Promise<DynamoItem[]> {
  const found: DynamoItem[] = [];
  for await (const item of createRawItems(table).scan()) found.push(item);
  return found;
}

describe.each(tables)('the raw items of a table %s', (_, open) => {
  it('are all there once, as they are stored, and sound', async () => {
    const items = await all(open());
    expect(new Set(items.map(({ where }) => where)).size).toBe(items.length);
    expect(items.map(({ stored }) => stored)).toHaveLength(history.table.items().length);
    expect(items.filter(({ fault }) => fault !== null)).toEqual([]);
  });

  it('are found by their places, those that exist, more than one call at a time', async () => {
    const table = open();
    const items = await all(table);
    expect(items.length).toBeGreaterThan(100);
    const absent = items.slice(0, 1).map((item) => ({ ...item, stored: { ...item.stored, sk: 'NOTHING' } }));
    const found = await createRawItems(table).find([...items, ...absent]);
    expect([...found.keys()].sort()).toEqual(items.map(({ where }) => where).sort());
  });

  it('go and come back the same', async () => {
    const table = open();
    const raw = createRawItems(table);
    const items = await all(table);
    const some = items.slice(3, 90);
    await raw.remove(some);
    expect((await raw.find(some)).size).toBe(0);
    expect(await all(table)).toHaveLength(items.length - some.length);
    await raw.remove(some);
    await raw.put(some);
    const found = await raw.find(some);
    for (const item of some) {
      const there = found.get(item.where);
      expect(there !== undefined && raw.isSame(item, there), item.where).toBe(true);
    }
    await raw.put([]);
    await raw.remove([]);
  });

  it('keep bytes as they are, also those of many large ones', async () => {
    const table = open();
    const raw = createRawItems(table);
    const large = Array.from({ length: 16 }, (_unused, index) => ({
      where: `PART#x h#${index}`,
      rank: 'content' as const,
      alertItem: null,
      fault: null,
      stored: { pk: 'PART#x', sk: `h#${index}`, packed: Buffer.from(incompressible(100_000)) },
    }));
    await raw.put(large);
    const found = await raw.find(large);
    for (const { where, stored } of large) {
      expect(Buffer.compare(found.get(where)?.stored.packed ?? Buffer.alloc(0), stored.packed), where).toBe(0);
    }
    await raw.remove(large);
  });
});

describe('what an item is', () => {
  const ranked = async (rank: string) =>
    (await all(new Table(history.table.client(), 'daybook'))).filter((item) => item.rank === rank);

  it('decides when it is written: what names content after it, the check behind', async () => {
    const kinds = (await ranked('flip')).map(({ stored }) => stored.sk.replace(/[#].*/, '#'));
    expect(new Set(kinds)).toEqual(new Set(['HEAD', 'HEALTH', 'LOOKS#']));
    expect((await ranked('check')).map(({ stored }) => stored.sk)).toEqual(['CHECK']);
    const content = new Set((await ranked('content')).map(({ stored }) => stored.sk.replace(/#.*/, '')));
    for (const kind of ['REV', 'CHG', 'PAR', 'PAST', 'TEXT', 'RID', 'QUA']) expect(content).toContain(kind);
  });

  it.each([
    [{ pk: 'STORE', sk: 'FORMAT' }, 'format', null],
    [{ pk: 'SERIES', sk: 'harbour' }, 'flip', null],
    [{ pk: 'PAGE#@chronicle.example', sk: 'BULLETIN' }, 'flip', null],
    [{ pk: `PAGE#${PAGE.id}`, sk: 'CURSOR#sns' }, 'flip', { kind: 'cursor', pageId: PAGE.id, channel: 'sns' }],
    [{ pk: `PAGE#${PAGE.id}`, sk: 'CURSOR#*' }, 'flip', { kind: 'cursor', pageId: PAGE.id, channel: null }],
    [
      { pk: `PAGE#${PAGE.id}`, sk: `ALERT#*#${PAGE.id}/revision/3/0123abcd` },
      'content',
      { kind: 'alert', pageId: PAGE.id, channel: null, key: `${PAGE.id}/revision/3/0123abcd` },
    ],
    [
      { pk: `PAGE#${PAGE.id}`, sk: `ALERT#sns#${PAGE.id}/health/3` },
      'content',
      { kind: 'alert', pageId: PAGE.id, channel: 'sns', key: `${PAGE.id}/health/3` },
    ],
    [{ pk: 'YEARS', sk: 'CHG#2022' }, 'content', null],
    [{ pk: 'somebody', sk: 'else' }, 'content', null],
  ])('%j', async (stored, rank, alertItem) => {
    const table = new ItemTable();
    table.damage(stored, stored);
    expect(await all(new Table(table.client(), 'daybook'))).toMatchObject([
      { rank, alertItem, fault: 'it has no sum' },
    ]);
  });

  it('differs from another when one attribute does, also one that the sum alone does not show', async () => {
    const [item] = await ranked('check');
    if (item === undefined) throw new Error('no check');
    const { isSame } = createRawItems(new Table(history.table.client(), 'daybook'));
    expect(isSame(item, { ...item, stored: { ...item.stored } })).toBe(true);
    expect(isSame(item, { ...item, stored: { ...item.stored, version: 99 } })).toBe(false);
    expect(isSame(item, { ...item, stored: { ...item.stored, sum: 'x' } })).toBe(false);
  });
});

it('asks again for deletions that a batch left, until none is', async () => {
  const items = history.table.clone();
  let refused = 0;
  const client = clientOf(async (command) => {
    if (!(command instanceof BatchWriteCommand) || refused >= 3) return items.send(command);
    refused += 1;
    return { UnprocessedItems: { daybook: command.input.RequestItems?.daybook ?? [] } };
  });
  const table = new Table(client, 'daybook', async () => {});
  const some = (await all(table)).slice(0, 10);
  await createRawItems(table).remove(some);
  expect(refused).toBe(3);
  expect((await createRawItems(table).find(some)).size).toBe(0);
});

describe('whole tables', () => {
  it('are looked at and made with the keys of the deployed one', async () => {
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const whole = new WholeTables({ endpoint: database.endpoint, region: 'local', credentials });
    expect(await whole.look('new')).toBeNull();
    await whole.make('new');
    const [made, deployed] = [await whole.look('new'), await whole.look(database.name)];
    expect(made).toMatchObject({ status: 'ACTIVE', keys: ['pk', 'sk'] });
    expect(deployed?.keys).toEqual(made?.keys);
    expect(deployed?.arn).not.toBe(made?.arn);
    await expect(whole.make('new')).rejects.toMatchObject({ code: 'refused' });
    whole.close();
  });
});
