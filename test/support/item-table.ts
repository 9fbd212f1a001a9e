import {
  BatchGetCommand,
  BatchWriteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';
import { INDEXES, projected } from '#adapters/aws/dynamodb/schema.ts';
import { TABLE } from '#core/names.ts';

type Item = Record<string, unknown>;

export type Command = GetCommand | PutCommand | QueryCommand | BatchGetCommand | BatchWriteCommand;
export type Send = (command: Command) => Promise<unknown>;

/** A document client for the store, which uses `send` and nothing else of it. */
export function clientOf(send: Send): DynamoDBDocumentClient {
  return { send } as unknown as DynamoDBDocumentClient;
}

/**
 * The few DynamoDB calls that the history store makes, over a map in memory: the store's own item layout, packing and
 * conditions run as they are, without a server, fast enough for thousands of whole histories. Values are copied in and
 * out. What it does not know it refuses, so that a new kind of call is noticed.
 */
export class ItemTable {
  readonly #items: Map<string, Item>;

  constructor(items: ReadonlyMap<string, Item> = new Map()) {
    this.#items = new Map(items);
  }

  /** A table with the same items, independent of this one. Stored items are never changed in place. */
  clone(): ItemTable {
    return new ItemTable(this.#items);
  }

  client(): DynamoDBDocumentClient {
    return clientOf((command) => this.send(command));
  }

  /** Every stored item, in no order. */
  items(): Item[] {
    return [...this.#items.values()].map((item) => structuredClone(item));
  }

  /** Puts an item in another's place, as a damaged disk would. */
  damage(item: Item, by: Item): void {
    this.#items.delete(keyOf(item));
    this.store(by);
  }

  /** Takes an item away. */
  lose(item: Item): void {
    this.#items.delete(keyOf(item));
  }

  async send(command: Command): Promise<unknown> {
    if (command instanceof GetCommand) return { Item: this.get(command.input.Key) };
    if (command instanceof PutCommand) return this.put(command.input);
    if (command instanceof QueryCommand) return this.query(command.input);
    if (command instanceof ScanCommand) return this.scan(command.input.IndexName);
    if (command instanceof BatchGetCommand) {
      const Responses: Record<string, Item[]> = {};
      for (const [name, { Keys = [] }] of Object.entries(command.input.RequestItems ?? {})) {
        Responses[name] = Keys.map((key) => this.get(key)).filter((item) => item !== undefined);
      }
      return { Responses };
    }
    if (command instanceof BatchWriteCommand) {
      for (const requests of Object.values(command.input.RequestItems ?? {})) {
        const keys = requests.map(({ PutRequest, DeleteRequest }) =>
          keyOf(PutRequest?.Item ?? DeleteRequest?.Key ?? {}),
        );
        if (new Set(keys).size < keys.length || keys.length > 25) throw refused('ValidationException');
        for (const { PutRequest, DeleteRequest } of requests) {
          if (DeleteRequest !== undefined) this.lose(DeleteRequest.Key ?? {});
          else this.store(PutRequest?.Item ?? {});
        }
      }
      return { UnprocessedItems: {} };
    }
    throw refused(`UnknownCall ${Object(command).constructor.name}`);
  }

  /** As DynamoDB, which takes a key and nothing else. */
  private get(key: Item | undefined): Item | undefined {
    const names = Object.keys(key ?? {}).sort();
    if (names.join() !== [TABLE.partitionKey, TABLE.sortKey].sort().join()) throw refused('ValidationException');
    const item = this.#items.get(keyOf(key ?? {}));
    return item === undefined ? undefined : structuredClone(item);
  }

  private store(item: Item): void {
    this.#items.set(keyOf(item), structuredClone(item));
  }

  private put(input: PutCommand['input']): object {
    const item = input.Item ?? {};
    const stored = this.#items.get(keyOf(item));
    const holds = (input.ConditionExpression ?? '').split(' AND ').every((term) => {
      if (term === '') return true;
      if (term === 'attribute_not_exists(pk)') return stored === undefined;
      const [, name, value] = /^(#\w+) = (:\w+)$/.exec(term) ?? [];
      if (name === undefined || value === undefined) throw refused(`UnknownCondition ${term}`);
      const attribute = input.ExpressionAttributeNames?.[name] ?? '';
      return stored !== undefined && stored[attribute] === input.ExpressionAttributeValues?.[value];
    });
    if (!holds) throw refused('ConditionalCheckFailedException');
    this.store(item);
    return {};
  }

  private scan(index: string | undefined): object {
    const keys = index === undefined ? [] : (INDEXES.get(index) ?? []);
    const found = this.items().filter((item) => keys.every((key) => item[key] !== undefined));
    return { Items: found.map((item) => projected(item, index)) };
  }

  private query(input: QueryCommand['input']): object {
    const names = input.ExpressionAttributeNames ?? {};
    const values = input.ExpressionAttributeValues ?? {};
    const [partition, sort] = INDEXES.get(input.IndexName ?? '') ?? [TABLE.partitionKey, TABLE.sortKey];
    if (names['#p'] !== partition) throw refused('ValidationException');
    const { ':from': from, ':to': to } = values;
    if (from !== undefined && bytes(from, to) > 0) throw refused('ValidationException');
    const order = (a: Item, b: Item) => bytes(a[sort], b[sort]) || bytes(keyOf(a), keyOf(b));
    const direction = input.ScanIndexForward === false ? -1 : 1;
    const found = [...this.#items.values()]
      .filter((item) => item[partition] === values[':p'])
      .filter((item) => from === undefined || (bytes(item[sort], from) >= 0 && bytes(item[sort], to) <= 0))
      .sort((a, b) => direction * order(a, b));
    const start = input.ExclusiveStartKey;
    const rest = start === undefined ? found : found.filter((item) => direction * order(item, start) > 0);
    const page = rest.slice(0, input.Limit ?? 1_000);
    const last = page.at(-1);
    const keys = [TABLE.partitionKey, TABLE.sortKey, partition, sort];
    return {
      Items: page.map((item) => projected(structuredClone(item), input.IndexName)),
      // DynamoDB gives a position whenever the limit was reached, even where nothing follows.
      ...(last !== undefined && page.length === (input.Limit ?? 1_000)
        ? { LastEvaluatedKey: Object.fromEntries(keys.map((key) => [key, last[key]])) }
        : {}),
    };
  }
}

const keyOf = (item: Item): string => `${String(item[TABLE.partitionKey])}\n${String(item[TABLE.sortKey])}`;
const bytes = (a: unknown, b: unknown): number => Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));

/** An error as the SDK throws it. */
export function refused(name: string, status = 400): Error {
  return Object.assign(new Error(name), { name, $metadata: { httpStatusCode: status } });
}
