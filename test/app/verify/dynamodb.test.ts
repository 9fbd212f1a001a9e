import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHistoryStore } from '#adapters/aws/dynamodb/history-store.ts';
import { PREFIX, SORT, timePartition } from '#adapters/aws/dynamodb/keys.ts';
import { Table } from '#adapters/aws/dynamodb/table.ts';
import type { HistoryStore, ObjectStore } from '#app/ports.ts';
import { type Finding, type Tally, verify } from '#app/verify/verify.ts';
import { type DynamoTable, openDynamoTable } from '../../support/dynamo-table.ts';
import { Random } from '../../support/flips.ts';
import { clientOf, refused } from '../../support/item-table.ts';
import { eventfulCaptures, PAGE, Watched } from '../../support/watched.ts';

type Item = Record<string, unknown>;

/** The same store as elsewhere, in a database that speaks DynamoDB's protocol and refuses what DynamoDB refuses. */
let database: DynamoTable;
let history: HistoryStore;
let objects: ObjectStore;
let items: Item[] = [];

beforeAll(async () => {
  const watched = await new Watched().seeAll(eventfulCaptures(3));
  database = await openDynamoTable();
  history = createHistoryStore(new Table(database.client, database.name));
  objects = watched.objects;
  items = watched.table.items();
  for (const item of items) await put(item);
});
afterAll(() => database.close());

const put = (Item: Item) => database.client.send(new PutCommand({ TableName: database.name, Item }));
const remove = ({ pk, sk }: Item) =>
  database.client.send(new DeleteCommand({ TableName: database.name, Key: { pk, sk } }));

async function outcome(from: Pick<HistoryStore, 'audit'> = history) {
  const findings: Finding[] = [];
  let tally: Tally | null = null;
  for await (const event of verify({
    history: { ...history, audit: () => from.audit() },
    objects,
    parser: '1',
    expires: false,
  })) {
    if (event.type === 'finding') findings.push(event.finding);
    if (event.type === 'done') tally = event.tally as Tally;
  }
  if (tally === null) throw new Error('verify ended without a tally');
  return { findings, tally };
}

/** Of the history over a client that does something before or instead of a call. */
function over(before: (command: { readonly input: Item }) => Promise<void>): HistoryStore {
  const client = clientOf(async (command) => {
    await before(command as unknown as { readonly input: Item });
    return database.client.send(command as PutCommand);
  });
  return createHistoryStore(new Table(client, database.name));
}

describe('damage in a database that refuses whole items as keys', () => {
  it('is found and reported to the end, in items that are in an index and in all others', async () => {
    const random = new Random(5);
    const kinds = [
      (item: Item) => String(item.pk).startsWith(timePartition('')) && item.gpk !== undefined,
      (item: Item) => String(item.sk).startsWith(PREFIX.change),
      (item: Item) => String(item.sk).startsWith(PREFIX.state),
      (item: Item) => item.sk === SORT.check,
      () => true,
    ];
    for (let count = 0; count < 48; count += 1) {
      const of = items.filter(kinds[count % kinds.length] ?? (() => true));
      const item = of[random.below(of.length)] ?? {};
      // Keys cannot be damaged in place; a number or an attribute of an index may be refused, as on a real disk it would not.
      const names = Object.keys(item).filter(
        (name) => typeof item[name] === 'string' && name !== 'pk' && name !== 'sk',
      );
      const name = names[random.below(names.length)] ?? 'sum';
      const bytes = Buffer.from(String(item[name]));
      const at = random.below(bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(7));
      await put({ ...item, [name]: bytes.toString('utf8') });
      const { findings, tally } = await outcome();
      expect(findings.length, `${item.pk} ${item.sk}: ${name}`).toBeGreaterThan(0);
      expect(tally).toMatchObject({ pages: 1, captures: eventfulCaptures(3).length, findings: findings.length });
      await put(item);
    }
    expect((await outcome()).findings).toEqual([]);
  });
});

describe('a store that is written to while it is verified', () => {
  it('is sound when a check moves between the scans of the table and its index', async () => {
    let isMoved = false;
    const moving = over(async ({ input }) => {
      if (input.IndexName !== 'due' || isMoved || input.KeyConditionExpression !== undefined) return;
      isMoved = true;
      const check = await history.check(PAGE.id);
      if (check !== null) await history.putCheck({ ...check, dueAt: '2031-05-01T00:00:00.000Z' }, check);
    });
    expect((await outcome(moving)).findings).toEqual([]);
    expect(isMoved).toBe(true);
    expect((await history.check(PAGE.id))?.dueAt).toBe('2031-05-01T00:00:00.000Z');
  });
});

describe('a read that is refused', () => {
  it('is a finding of its place, and the rest is verified', async () => {
    const change = items.find((item) => String(item.sk).startsWith(PREFIX.change)) ?? {};
    await remove(change);
    await put({ ...change, sum: 'another' });
    const refusing = over(async ({ input }) => {
      if (input.IndexName === 'due' && input.KeyConditionExpression === undefined) throw refused('ValidationException');
    });
    const { findings, tally } = await outcome(refusing);
    await put(change);
    expect(findings).toContainEqual({
      pageId: null,
      where: 'item index due',
      problem: expect.stringContaining('it cannot be read'),
    });
    expect(findings.map(({ where }) => where)).toContain(`item ${change.pk} ${change.sk}`);
    expect(tally.revisions).toBe((await history.head(PAGE.id))?.revision);
  });

  it('ends the verification when the database is not available, without a finding', async () => {
    const away = over(async ({ input }) => {
      if (input.IndexName === 'due') throw refused('ServiceUnavailable', 503);
    });
    await expect(outcome(away)).rejects.toMatchObject({ code: 'unavailable', retryable: true });
  });
});
