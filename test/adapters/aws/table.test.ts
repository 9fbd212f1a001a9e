import { BatchGetCommand, BatchWriteCommand, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { createHistoryStore } from '#adapters/aws/dynamodb/history-store.ts';
import { Table } from '#adapters/aws/dynamodb/table.ts';
import { ConflictError } from '#app/errors.ts';
import {
  freshPage,
  incompressible,
  sampleChange,
  sampleHead,
  sampleItems,
  sampleQuarantine,
  sampleRevision,
} from '../../contracts/samples.ts';
import { type Command, clientOf, ItemTable, refused } from '../../support/item-table.ts';

/** A table that answers by `answer` where that gives something, and as it should otherwise. */
function tableThat(answer: (command: Command, table: ItemTable) => unknown) {
  const items = new ItemTable();
  const waits: number[] = [];
  const commands: Command[] = [];
  const client = clientOf(async (command) => {
    commands.push(command);
    return (await answer(command, items)) ?? items.send(command);
  });
  const wait = async (ms: number) => void waits.push(ms);
  return { items, waits, commands, store: createHistoryStore(new Table(client, 'daybook', wait)) };
}

const put = (pageId: string) => sampleQuarantine(pageId, '20220105T100000000Z');

describe('what a batch leaves unprocessed', () => {
  it('is written again, with growing pauses, until all of it is there', async () => {
    let rounds = 0;
    const { items, waits, store } = tableThat(async (command, table) => {
      if (!(command instanceof BatchWriteCommand)) return undefined;
      rounds += 1;
      const requests = command.input.RequestItems?.daybook ?? [];
      if (rounds > 4) return undefined;
      const kept = requests.slice(0, 1);
      await table.send(new BatchWriteCommand({ RequestItems: { daybook: kept } }));
      return { UnprocessedItems: { daybook: requests.slice(1) } };
    });
    const page = freshPage();
    const revision = sampleRevision(page, 1);
    await store.append(
      sampleItems({
        revision,
        changes: [0, 1, 2, 3, 4, 5].map((seq) => sampleChange(revision, seq)),
        timeline: [],
      }),
    );
    await store.flipHead(sampleHead(revision), null);
    expect(await store.changesOf(page, 1)).toHaveLength(6);
    expect(waits.length).toBeGreaterThan(0);
    expect([...waits].sort((a, b) => a - b)).toEqual(waits);
    expect(items.items().length).toBeGreaterThan(7);
  });

  it("is an error with the item's name when it stays unprocessed", async () => {
    const { waits, store } = tableThat((command) =>
      command instanceof BatchWriteCommand ? { UnprocessedItems: command.input.RequestItems } : undefined,
    );
    await expect(store.quarantine(put('p'))).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    expect(waits.length).toBeLessThan(10);
    expect(Math.max(...waits)).toBeLessThanOrEqual(3_000);
  });

  it('is asked for again when reading', async () => {
    let first = true;
    const { store } = tableThat((command) => {
      if (!(command instanceof BatchGetCommand) || !first) return undefined;
      first = false;
      return { Responses: { daybook: [] }, UnprocessedKeys: command.input.RequestItems };
    });
    const revision = sampleRevision('p', 1);
    await store.flipHead(sampleHead(revision), null);
    expect([...(await store.heads(['p'])).keys()]).toEqual(['p']);
  });
});

describe('batches', () => {
  it('hold at most 25 items and a bounded number of bytes', async () => {
    const { commands, store } = tableThat(() => undefined);
    const revision = sampleRevision('p', 1);
    const text = incompressible(100_000);
    const changes = Array.from({ length: 60 }, (_, seq) =>
      sampleChange(revision, seq, seq < 30 ? { after: [{ id: 'p', at: 0, text }] } : {}),
    );
    await store.append(sampleItems({ revision, changes, timeline: [] }));
    for (const command of commands) {
      if (!(command instanceof BatchWriteCommand)) continue;
      const requests = command.input.RequestItems?.daybook ?? [];
      expect(requests.length).toBeLessThanOrEqual(25);
      const bytes = requests.map(
        ({ PutRequest }) => (PutRequest?.Item?.packed as Uint8Array | undefined)?.byteLength ?? 0,
      );
      expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(16 * 1024 * 1024);
    }
  });

  it('read at most 100 keys at a time', async () => {
    const { commands, store } = tableThat(() => undefined);
    await store.heads(Array.from({ length: 230 }, (_, index) => `page-${index}`));
    const sizes = commands
      .filter((command) => command instanceof BatchGetCommand)
      .map((command) => command.input.RequestItems?.daybook?.Keys?.length);
    expect(sizes).toEqual([100, 100, 30]);
  });
});

describe('errors', () => {
  it('has a name for everything that DynamoDB may answer', async () => {
    const answers: readonly (readonly [name: string, status: number, code: string])[] = [
      ['ThrottlingException', 400, 'unavailable'],
      ['ProvisionedThroughputExceededException', 400, 'unavailable'],
      ['RequestLimitExceeded', 400, 'unavailable'],
      ['InternalServerError', 500, 'unavailable'],
      ['TimeoutError', 0, 'unavailable'],
      ['AccessDeniedException', 400, 'refused'],
      ['ValidationException', 400, 'refused'],
      ['ResourceNotFoundException', 400, 'refused'],
    ];
    for (const [name, status, code] of answers) {
      const error = refused(name, status);
      const { store } = tableThat(() => Promise.reject(error));
      const calls: readonly (() => Promise<unknown>)[] = [
        () => store.head('p'),
        () => store.heads(['p']),
        () => store.quarantine(put('p')),
        () => store.flipHead(sampleHead(sampleRevision('p', 1)), null),
        () => store.changesOf('p', 1),
        () => store.timeline({ limit: 1 }),
      ];
      for (const call of calls) {
        await expect(call(), name).rejects.toMatchObject({ code, retryable: code === 'unavailable', cause: error });
      }
    }
  });

  it('reports a failed condition as a conflict, and names the item', async () => {
    const { store } = tableThat(() => undefined);
    const head = sampleHead(sampleRevision('p', 1));
    await store.flipHead(head, null);
    await expect(store.flipHead(head, null)).rejects.toThrow(ConflictError);
    await expect(store.flipHead(head, null)).rejects.toThrow('PAGE#p HEAD');
  });
});

describe('consistent reads', () => {
  it('never reads flipped items from an index or an old copy', async () => {
    const { commands, store } = tableThat(() => undefined);
    await store.head('p');
    await store.health('p');
    await store.check('p');
    await store.cursors('p');
    await store.heads(['p']);
    await store.revisions('p');
    for (const command of commands) {
      if (command instanceof GetCommand || command instanceof QueryCommand)
        expect(command.input.ConsistentRead).toBe(true);
      if (command instanceof BatchGetCommand) expect(command.input.RequestItems?.daybook?.ConsistentRead).toBe(true);
    }
  });

  it('keeps the parts of a large head apart from those of an attempt that lost', async () => {
    const { items, store } = tableThat(() => undefined);
    const revision = sampleRevision('p', 1);
    const lineage = (seed: number) => Buffer.from(incompressible(250_000, seed), 'utf16le').toString('hex');
    const won = { ...sampleHead(revision), lineage: [lineage(1)] };
    await store.flipHead(won, null);
    expect(items.items().some((item) => String(item.pk).startsWith('PART#'))).toBe(true);
    await expect(store.flipHead({ ...won, lineage: [lineage(2)] }, null)).rejects.toThrow(ConflictError);
    expect((await store.head('p'))?.lineage[0] === won.lineage[0]).toBe(true);
  });

  it('names the item that lacks a part', async () => {
    const { store } = tableThat((command) =>
      command instanceof GetCommand && String(command.input.Key?.pk).startsWith('PART#') ? {} : undefined,
    );
    const revision = sampleRevision('p', 1);
    const change = sampleChange(revision, 0, { after: [{ id: 'x', at: 0, text: incompressible(350_000) }] });
    await store.append(sampleItems({ revision, changes: [change], timeline: [] }));
    await store.flipHead(sampleHead(revision), null);
    await expect(store.changesOf('p', 1)).rejects.toMatchObject({ code: 'stored-data' });
    await expect(store.changesOf('p', 1)).rejects.toThrow(/Part 1 of item PAGE#p CHG#\S+Z#00000001#/);
  });

  it('names the item that changed', async () => {
    const items = new ItemTable();
    const store = createHistoryStore(new Table(items.client(), 'daybook'));
    await items.send(new PutCommand({ TableName: 'daybook', Item: { pk: 'PAGE#p', sk: 'HEAD', data: '{"broken' } }));
    await expect(store.head('p')).rejects.toThrow('PAGE#p HEAD');
    await items.send(new PutCommand({ TableName: 'daybook', Item: { pk: 'PAGE#p', sk: 'HEAD' } }));
    await expect(store.head('p')).rejects.toMatchObject({ code: 'stored-data' });
  });
});
