import { BatchGetCommand, BatchWriteCommand, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { INDEXES, projected } from '../../src/adapters/aws/dynamodb/schema.ts';
import { TABLE } from '../../src/core/names.ts';
import type { Command, ItemTable } from '../../test/support/item-table.ts';

/** The capacity that DynamoDB charges, in units: writes of the table and of its indexes, and reads. */
export interface Units {
  readonly writes: number;
  readonly indexWrites: number;
  readonly reads: number;
}

type Item = Readonly<Record<string, unknown>>;

const WRITE_UNIT = 1_024;
const READ_UNIT = 4_096;
export const NO_UNITS: Units = { writes: 0, indexWrites: 0, reads: 0 };

export function add(a: Units, b: Units): Units {
  return { writes: a.writes + b.writes, indexWrites: a.indexWrites + b.indexWrites, reads: a.reads + b.reads };
}

/** The size of an item as DynamoDB counts it, bytes: names and values of its attributes. */
export function sizeOf(item: Item): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + sizeOfValue(value), 0);
}

function sizeOfValue(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (value instanceof Uint8Array) return value.byteLength;
  if (typeof value === 'number') return Math.ceil(String(Math.abs(value)).replace(/\D/g, '').length / 2) + 1;
  if (value === null || typeof value === 'boolean') return 1;
  const list = Array.isArray(value) ? value.map((one): [string, unknown] => ['', one]) : Object.entries(Object(value));
  return list.reduce((sum, [name, one]) => sum + 1 + Buffer.byteLength(name) + sizeOfValue(one), 3);
}

/** Writing `after` over `before` (undefined: nothing there): the larger of both counts. */
export function writeUnits(before: Item | undefined, after: Item): Pick<Units, 'writes' | 'indexWrites'> {
  const larger = (...items: readonly Item[]) => Math.ceil(Math.max(...items.map(sizeOf)) / WRITE_UNIT);
  let indexWrites = 0;
  for (const index of INDEXES.keys()) {
    const [old, next] = [entryOf(index, before), entryOf(index, after)];
    if (old !== null && next !== null && keyOf(index, old) === keyOf(index, next)) {
      if (JSON.stringify(old) !== JSON.stringify(next)) indexWrites += larger(old, next);
      continue;
    }
    // An entry under another key is one that is deleted and one that is put.
    for (const entry of [old, next]) if (entry !== null) indexWrites += larger(entry);
  }
  return { writes: larger(after, ...(before === undefined ? [] : [before])), indexWrites };
}

function entryOf(index: string, item: Item | undefined): Item | null {
  const keys = INDEXES.get(index) ?? [];
  return item !== undefined && keys.every((key) => item[key] !== undefined) ? projected(item, index) : null;
}

const keyOf = (index: string, item: Item) => (INDEXES.get(index) ?? []).map((key) => String(item[key])).join('\n');

/** Reading one item: 4 KB a unit, half where it need not be consistent. An item that is not there counts as a small one. */
export function readUnits(bytes: number, isConsistent: boolean): number {
  return Math.max(1, Math.ceil(bytes / READ_UNIT)) * (isConsistent ? 1 : 0.5);
}

/** Counts what each call to a table costs. */
export class Meter {
  #total = NO_UNITS;

  constructor(private readonly table: Pick<ItemTable, 'send'>) {}

  /** What was used since this was last called. */
  take(): Units {
    const total = this.#total;
    this.#total = NO_UNITS;
    return total;
  }

  async send(command: Command): Promise<unknown> {
    for (const item of writtenBy(command)) {
      const key = { [TABLE.partitionKey]: item[TABLE.partitionKey], [TABLE.sortKey]: item[TABLE.sortKey] };
      const { Item } = (await this.table.send(new GetCommand({ TableName: '', Key: key }))) as { Item?: Item };
      this.#total = add(this.#total, { ...writeUnits(Item, item), reads: 0 });
    }
    const answer = await this.table.send(command);
    this.#total = add(this.#total, { ...NO_UNITS, reads: readBy(command, answer) });
    return answer;
  }
}

function writtenBy(command: Command): Item[] {
  if (command instanceof PutCommand) return [command.input.Item ?? {}];
  if (!(command instanceof BatchWriteCommand)) return [];
  const requests = Object.values(command.input.RequestItems ?? {}).flat();
  return requests.flatMap(({ PutRequest }) => PutRequest?.Item ?? []);
}

function readBy(command: Command, answer: unknown): number {
  const { Item, Items = [], Responses = {} } = answer as Partial<Answer>;
  if (command instanceof GetCommand)
    return readUnits(Item === undefined ? 0 : sizeOf(Item), command.input.ConsistentRead === true);
  if (command instanceof QueryCommand) {
    const bytes = Items.reduce((sum, item) => sum + sizeOf(item), 0);
    return readUnits(bytes, command.input.ConsistentRead === true);
  }
  if (!(command instanceof BatchGetCommand)) return 0;
  // Each item is rounded up by itself.
  const requests = Object.entries(command.input.RequestItems ?? {});
  return requests.reduce((sum, [name, { Keys = [], ConsistentRead }]) => {
    const found = Responses[name] ?? [];
    const each = [...found.map(sizeOf), ...Array.from({ length: Keys.length - found.length }, () => 0)];
    return sum + each.reduce((units, bytes) => units + readUnits(bytes, ConsistentRead === true), 0);
  }, 0);
}

interface Answer {
  readonly Item: Item;
  readonly Items: readonly Item[];
  readonly Responses: Readonly<Record<string, readonly Item[]>>;
}
