import {
  BatchGetCommand,
  BatchWriteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';
import { ConflictError, StoredDataError, UnavailableError } from '#app/errors.ts';
import { awsFailure } from '../failure.ts';
import { BATCH_WRITE, bySize, chunks, inParallel } from './batches.ts';
import type { ItemCalls } from './calls.ts';
import type { Key } from './keys.ts';
import { type Packed, pack, partKey, unpack } from './packing.ts';
import { SUM, sumFault, summed } from './sum.ts';

type Attributes = Record<string, unknown>;
type Write = { PutRequest: { Item: Attributes } } | { DeleteRequest: { Key: Attributes } };
export type StoredItem = Key & Packed & Attributes;

/** An item to write: its key, its value, and attributes that indexes and conditions need. */
export interface NewItem {
  readonly key: Key;
  readonly value: unknown;
  readonly attributes?: Attributes;
}

export interface Condition {
  readonly expression: string;
  readonly names?: Record<string, string>;
  readonly values?: Attributes;
}

export interface QueryOptions {
  readonly index?: string;
  readonly partition: readonly [name: string, value: string];
  readonly sort?: readonly [name: string, from: string, to: string];
  readonly newestFirst?: boolean;
  readonly limit?: number;
  readonly startKey?: Attributes;
}

const BATCH_GET = 100;
const PARALLEL = 4;
const TRIES = 8;

/** The table's calls that the store is made of: packing, batching, retries of what was not processed, named errors. */
export class Table {
  constructor(
    private readonly client: ItemCalls,
    readonly name: string,
    /** Waits between tries of a batch, milliseconds. */
    private readonly wait: (milliseconds: number) => Promise<void> = (ms) =>
      new Promise((done) => setTimeout(done, ms)),
  ) {}

  async get<T>(key: Key): Promise<T | null> {
    const item = await this.raw(key);
    return item === null ? null : this.value<T>(item);
  }

  /** Values of those items that exist, in no order. No key may be given twice. */
  async getMany<T>(keys: readonly Key[]): Promise<T[]> {
    const found: T[] = [];
    for (const item of await this.rawMany(keys)) found.push(await this.value<T>(item));
    return found;
  }

  /** Those of the raw items that exist, in no order. No key may be given twice. */
  async rawMany(keys: readonly Key[]): Promise<StoredItem[]> {
    const found: StoredItem[] = [];
    for (const batch of chunks(keys, BATCH_GET)) {
      let wanted: Key[] = batch.map(({ pk, sk }) => ({ pk, sk }));
      for (let attempt = 1; wanted.length > 0; attempt += 1) {
        const response = await named(
          this.client.send(
            new BatchGetCommand({ RequestItems: { [this.name]: { Keys: wanted, ConsistentRead: true } } }),
          ),
        );
        found.push(...((response.Responses?.[this.name] ?? []) as StoredItem[]));
        wanted = (response.UnprocessedKeys?.[this.name]?.Keys ?? []) as Key[];
        if (wanted.length > 0) await this.pause(attempt);
      }
    }
    return found;
  }

  /** Writes one item under a condition. Throws ConflictError when the condition does not hold. */
  async put(item: NewItem, condition: Condition): Promise<void> {
    const { attributes, rest } = pack(item.value);
    await this.putParts(item.key, attributes.partsOf ?? '', rest);
    const command = new PutCommand({
      TableName: this.name,
      Item: summed({ ...item.key, ...item.attributes, ...attributes }),
      ConditionExpression: condition.expression,
      ...(condition.names === undefined ? {} : { ExpressionAttributeNames: condition.names }),
      ...(condition.values === undefined ? {} : { ExpressionAttributeValues: condition.values }),
    });
    await named(this.client.send(command), `${item.key.pk} ${item.key.sk}`);
  }

  /** Writes items that always have the same content, so that a repetition changes nothing. */
  async putAll(items: readonly NewItem[]): Promise<void> {
    const puts: Attributes[] = [];
    for (const item of items) {
      const { attributes, rest } = pack(item.value);
      await this.putParts(item.key, attributes.partsOf ?? '', rest);
      puts.push(summed({ ...item.key, ...item.attributes, ...attributes }));
    }
    await this.putRaw(puts);
  }

  /** Writes raw items as they are, in place of what is there. */
  async putRaw(items: readonly Attributes[]): Promise<void> {
    // Batches of large items would pass DynamoDB's 16 MB a call: the size of each is bounded as well as its count.
    await this.writeAll(bySize(items).map((batch) => batch.map((Item) => ({ PutRequest: { Item } }))));
  }

  async remove(keys: readonly Key[]): Promise<void> {
    const requests = keys.map(({ pk, sk }) => ({ DeleteRequest: { Key: { pk, sk } } }));
    await this.writeAll([...chunks(requests, BATCH_WRITE)]);
  }

  async query<T>(options: QueryOptions): Promise<{ values: T[]; lastKey: Attributes | null }> {
    const { items, lastKey } = await this.page(options);
    const values: T[] = [];
    for (const item of items) values.push(await this.value<T>(item));
    return { values, lastKey };
  }

  /** The raw items of a query; the first part of a long result. */
  async rawQuery(options: QueryOptions): Promise<StoredItem[]> {
    return (await this.page(options)).items;
  }

  /** All raw items of a query. */
  async rawAll(options: QueryOptions): Promise<StoredItem[]> {
    const all: StoredItem[] = [];
    let startKey: Attributes | undefined;
    do {
      const { items, lastKey } = await this.page({ ...options, ...(startKey === undefined ? {} : { startKey }) });
      all.push(...items);
      startKey = lastKey ?? undefined;
    } while (startKey !== undefined);
    return all;
  }

  private async page(options: QueryOptions): Promise<{ items: StoredItem[]; lastKey: Attributes | null }> {
    const [name, value] = options.partition;
    const { sort } = options;
    const response = await named(
      this.client.send(
        new QueryCommand({
          TableName: this.name,
          ...(options.index === undefined ? { ConsistentRead: true } : { IndexName: options.index }),
          KeyConditionExpression: sort === undefined ? '#p = :p' : '#p = :p AND #s BETWEEN :from AND :to',
          ExpressionAttributeNames: { '#p': name, ...(sort === undefined ? {} : { '#s': sort[0] }) },
          ExpressionAttributeValues: {
            ':p': value,
            ...(sort === undefined ? {} : { ':from': sort[1], ':to': sort[2] }),
          },
          ScanIndexForward: options.newestFirst !== true,
          ...(options.limit === undefined ? {} : { Limit: options.limit }),
          ...(options.startKey === undefined ? {} : { ExclusiveStartKey: options.startKey }),
        }),
      ),
    );
    return { items: (response.Items ?? []) as StoredItem[], lastKey: response.LastEvaluatedKey ?? null };
  }

  async queryAll<T>(options: QueryOptions): Promise<T[]> {
    return this.queryUpTo<T>(Number.POSITIVE_INFINITY, options);
  }

  /** The first `limit` items of a query, from as many answers of 1 MB as needed. */
  async queryUpTo<T>(limit: number, options: QueryOptions): Promise<T[]> {
    const all: T[] = [];
    let startKey: Attributes | undefined;
    do {
      const wanted = Number.isFinite(limit) ? { limit: limit - all.length } : {};
      const start = startKey === undefined ? {} : { startKey };
      const { values, lastKey } = await this.query<T>({ ...options, ...wanted, ...start });
      all.push(...values);
      startKey = lastKey ?? undefined;
    } while (startKey !== undefined && all.length < limit);
    return all;
  }

  /**
   * Every raw item, or every raw entry of an index. A scan reads and charges for the whole table: it
   * is for an audit, and no function has the permission.
   */
  async *scan(index?: string): AsyncGenerator<StoredItem> {
    let startKey: Attributes | undefined;
    do {
      const response = await named(
        this.client.send(
          new ScanCommand({
            TableName: this.name,
            ...(index === undefined ? { ConsistentRead: true } : { IndexName: index }),
            ...(startKey === undefined ? {} : { ExclusiveStartKey: startKey }),
          }),
        ),
      );
      yield* (response.Items ?? []) as StoredItem[];
      startKey = response.LastEvaluatedKey;
    } while (startKey !== undefined);
  }

  /** The raw item under a key, null when there is none. Whole items may be given for their keys. */
  async raw({ pk, sk }: Key): Promise<StoredItem | null> {
    // DynamoDB refuses a key that holds anything else.
    const { Item } = await named(
      this.client.send(new GetCommand({ TableName: this.name, Key: { pk, sk }, ConsistentRead: true })),
    );
    return (Item as StoredItem | undefined) ?? null;
  }

  /** The value of a stored item. @throws StoredDataError when it is not what was written. */
  async value<T>(item: StoredItem): Promise<T> {
    const fault = item[SUM] === undefined ? null : sumFault(item);
    if (fault !== null) throw new StoredDataError(`Item ${item.pk} ${item.sk} is damaged: ${fault}`);
    return unpack<T>(item, item, async (parts) => {
      const rest = Array.from({ length: parts }, async (_, index) => {
        const part = await this.raw(partKey(item, item.partsOf ?? '', index + 1));
        return part?.packed;
      });
      return Promise.all(rest);
    });
  }

  private async putParts(key: Key, partsOf: string, rest: readonly Uint8Array[]): Promise<void> {
    for (const [index, packed] of rest.entries()) {
      await named(
        this.client.send(
          new PutCommand({
            TableName: this.name,
            Item: summed({ ...partKey(key, partsOf, index + 1), packed }),
          }),
        ),
      );
    }
  }

  private async writeAll(batches: readonly (readonly Write[])[]): Promise<void> {
    await inParallel(batches, PARALLEL, (batch) => this.writeBatch(batch));
  }

  private async writeBatch(batch: readonly Write[]): Promise<void> {
    let requests = [...batch];
    for (let attempt = 1; requests.length > 0; attempt += 1) {
      const response = await named(
        this.client.send(new BatchWriteCommand({ RequestItems: { [this.name]: requests } })),
      );
      requests = (response.UnprocessedItems?.[this.name] ?? []) as typeof requests;
      if (requests.length > 0) await this.pause(attempt);
    }
  }

  private async pause(attempt: number): Promise<void> {
    if (attempt >= TRIES)
      throw new UnavailableError(`Table ${this.name} left items unprocessed ${TRIES} times; try again`);
    await this.wait(Math.min(50 * 2 ** attempt, 3_000));
  }
}

/** Turns the SDK's errors into Daybook's. */
async function named<T>(call: Promise<T>, what = 'the table'): Promise<T> {
  try {
    return await call;
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'ConditionalCheckFailedException')
      throw new ConflictError(`Another worker changed ${what} first`, cause);
    throw awsFailure(cause, 'DynamoDB');
  }
}
