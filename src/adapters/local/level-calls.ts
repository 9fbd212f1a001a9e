import { deserialize, serialize } from 'node:v8';
import { ConditionalCheckFailedException, DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';
import type { MemoryLevel } from 'memory-level';
import { StoredDataError, UnavailableError } from '#app/errors.ts';
import type { ItemCalls } from '../aws/dynamodb/calls.ts';
import { projected } from '../aws/dynamodb/schema.ts';
import { type Attributes, attributesOf, entryKey, isWithin, placesOf, type Range, rangeOf } from './level-keys.ts';

/** LevelDB, on disk or in memory: what the two have in common. */
export type Database = MemoryLevel<string, Uint8Array>;
type Call = GetCommand | PutCommand | QueryCommand | ScanCommand | BatchGetCommand | BatchWriteCommand;
type Paging = Pick<QueryCommandInput, 'IndexName' | 'Limit' | 'ScanIndexForward' | 'ExclusiveStartKey'>;

/** A listing is given in parts of this size, as DynamoDB does: an audit of a large table stays small in memory. */
const PAGE_BYTES = 1024 * 1024;
/** Entries that are asked of the database at a time: a listing of one request comes at once. */
const ENTRIES = 500;
/** Bytes that LevelDB on disk reads ahead of what is asked for; the one in memory does not know the option. */
const BUFFER = { highWaterMarkBytes: PAGE_BYTES };
const NOT_THERE = 'The embedded table does not have this call';

/**
 * DynamoDB's calls over LevelDB, in this process: those that the store makes, and no others. An item and its entries
 * in the indexes are one write, which happens whole or not at all, also when the process is killed.
 */
export class LevelCalls implements ItemCalls {
  private writing: Promise<unknown> = Promise.resolve();

  constructor(private readonly database: Database) {}

  send: ItemCalls['send'] = async (command: Call): Promise<never> => {
    try {
      return (await this.answer(command)) as never;
    } catch (cause) {
      throw levelFailure(cause);
    }
  };

  private async answer(command: Call): Promise<object> {
    if (command instanceof GetCommand) return { Item: (await this.items([command.input.Key]))[0] };
    if (command instanceof PutCommand) return this.inTurn(() => this.put(command.input));
    if (command instanceof QueryCommand) return this.query(command.input);
    if (command instanceof ScanCommand) return this.page(rangeOf(command.input.IndexName), command.input);
    if (command instanceof BatchGetCommand) {
      const lists = Object.entries(command.input.RequestItems ?? {}).map(async ([table, { Keys }]) => {
        const items = await this.items(Keys ?? []);
        return [table, items.filter((item) => item !== undefined)];
      });
      return { Responses: Object.fromEntries(await Promise.all(lists)) };
    }
    if (command instanceof BatchWriteCommand) {
      const requests = Object.values(command.input.RequestItems ?? {}).flat();
      if (requests.some(({ PutRequest }) => PutRequest === undefined)) throw refused(NOT_THERE);
      await this.inTurn(() => this.write(requests.map(({ PutRequest }) => PutRequest?.Item ?? {})));
      return {};
    }
    throw refused(NOT_THERE);
  }

  private async items(keys: readonly (Attributes | undefined)[]): Promise<(Attributes | undefined)[]> {
    const places = keys.map((key) => placeOf(key ?? {}));
    const values = await this.database.getMany(places);
    return values.map((value, at) => (value === undefined ? undefined : decode(value, places[at] ?? '')));
  }

  private async put(input: PutCommand['input']): Promise<object> {
    const item = input.Item ?? {};
    const [before] = await this.items([item]);
    if (!holds(input, before)) {
      throw new ConditionalCheckFailedException({ message: 'The condition does not hold', $metadata: {} });
    }
    await this.write([item]);
    return {};
  }

  private async write(items: readonly Attributes[]): Promise<void> {
    const before = await this.items(items);
    if (new Set(items.map((item) => placeOf(item))).size < items.length) throw refused('Two items have one key');
    const left = before.flatMap((item) => (item === undefined ? [] : placesOf(item)));
    await this.database.batch([
      ...left.map((key) => ({ type: 'del' as const, key })),
      ...items.flatMap((item) => {
        const value = serialize(item);
        return placesOf(item).map((key) => ({ type: 'put' as const, key, value }));
      }),
    ]);
  }

  /** Runs writes one after another: what one has read is still so when it writes. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const run = this.writing.then(work);
    this.writing = run.catch(() => {
      // The caller has the error; the next write goes on.
    });
    return run;
  }

  private async query(input: QueryCommandInput): Promise<object> {
    const { ':p': partition, ':from': from, ':to': to } = input.ExpressionAttributeValues ?? {};
    const sort = from === undefined ? undefined : ([String(from), String(to)] as const);
    return this.page(rangeOf(input.IndexName, String(partition), sort), input);
  }

  /** The first part of a range, or the next one, and where to go on when there may be more. */
  private async page(range: Range, paging: Paging): Promise<object> {
    const { IndexName: index, ExclusiveStartKey: after, Limit: limit } = paging;
    const reverse = paging.ScanIndexForward === false;
    const start = after === undefined ? null : placeOf(after, index);
    if (start !== null && !isWithin(start, range)) throw refused('The start lies outside of what is listed');
    const bounds = start === null ? range : reverse ? { gte: range.gte, lt: start } : { gt: start, lt: range.lt };
    const Items: Attributes[] = [];
    let bytes = 0;
    const most = limit === undefined ? {} : { limit };
    const options = { ...bounds, ...most, reverse, ...BUFFER };
    const iterator = this.database.iterator(options);
    try {
      for (;;) {
        const entries = await iterator.nextv(ENTRIES);
        if (entries.length === 0) return { Items };
        for (const [key, value] of entries) {
          Items.push(projected(decode(value, key, index), index));
          bytes += value.byteLength;
          if (Items.length === limit || bytes >= PAGE_BYTES)
            return { Items, LastEvaluatedKey: attributesOf(key, index) };
        }
      }
    } finally {
      await iterator.close();
    }
  }
}

function placeOf(item: Attributes, index?: string): string {
  const place = entryKey(item, index);
  if (place === null) throw refused('A key is not complete');
  return place;
}

/** The item, or only its key where the bytes are damaged: readers then report an item without content. */
function decode(value: Uint8Array, key: string, index?: string): Attributes {
  try {
    return deserialize(value) as Attributes;
  } catch {
    return attributesOf(key, index);
  }
}

/** Conditions as the store writes them: the item does not exist, or attributes have given values. */
function holds(input: PutCommand['input'], before: Attributes | undefined): boolean {
  return (input.ConditionExpression ?? '').split(' AND ').every((term) => {
    if (term === '') return true;
    if (term === 'attribute_not_exists(pk)') return before === undefined;
    const [, name = '', value = ''] = /^(#\w+) = (:\w+)$/.exec(term) ?? [];
    const attribute = input.ExpressionAttributeNames?.[name];
    if (attribute === undefined) throw refused(`The embedded table does not have the condition ${term}`);
    return before !== undefined && before[attribute] === input.ExpressionAttributeValues?.[value];
  });
}

function refused(message: string): Error {
  return new DynamoDBServiceException({ name: 'ValidationException', message, $fault: 'client', $metadata: {} });
}

/** LevelDB's errors as Daybook's; all others as they are. */
function levelFailure(cause: unknown): unknown {
  const code = (cause as { code?: unknown } | null)?.code;
  if (code === 'LEVEL_CORRUPTION') return new StoredDataError('The embedded database is damaged', cause);
  if (typeof code !== 'string' || !code.startsWith('LEVEL_')) return cause;
  return new UnavailableError(
    `The embedded database did not answer (${code}): make room if its disk is full; else a file of it is damaged, so delete the folder "table" of the data folder, and make the history again with "daybook rebuild"`,
    cause,
  );
}
