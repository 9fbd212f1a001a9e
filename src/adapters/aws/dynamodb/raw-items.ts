import type { AlertItem, Rank, RawItem, RawItems } from '#app/restore/ports.ts';
import { EVERY_CHANNEL, FORMAT_KEY, type Key, PREFIX, pagePartition, SERIES, SORT } from './keys.ts';
import { SUM, sumFault, sumOf } from './sum.ts';
import type { StoredItem, Table } from './table.ts';

/** An item with its attributes as DynamoDB gave them. */
export interface DynamoItem extends RawItem {
  readonly stored: StoredItem;
}

const PAGE = pagePartition('');
const FLIPS: ReadonlySet<string> = new Set([SORT.head, SORT.health, SORT.bulletin]);
const FLIP_PREFIXES = [PREFIX.cursor, PREFIX.looks];

/** The items of a table, copied attribute by attribute. */
export function createRawItems(table: Table): RawItems<DynamoItem> {
  return {
    name: table.name,
    async *scan() {
      for await (const stored of table.scan()) yield rawItem(stored);
    },
    async find(items) {
      const found = await table.rawMany(items.map(({ stored }) => stored));
      return new Map(found.map((stored) => [whereOf(stored), rawItem(stored)]));
    },
    isSame: (one, other) => one.stored[SUM] === other.stored[SUM] && sumOf(one.stored) === sumOf(other.stored),
    put: (items) => table.putRaw(items.map(({ stored }) => stored)),
    remove: (items) => table.remove(items.map(({ stored }) => stored)),
  };
}

function rawItem(stored: StoredItem): DynamoItem {
  return {
    where: whereOf(stored),
    rank: rankOf(stored),
    alertItem: alertItemOf(stored),
    fault: sumFault(stored),
    stored,
  };
}

function rankOf({ pk, sk }: Key): Rank {
  if (pk === FORMAT_KEY.pk) return 'format';
  if (pk === SERIES) return 'flip';
  if (!pk.startsWith(PAGE)) return 'content';
  if (sk === SORT.check) return 'check';
  return FLIPS.has(sk) || FLIP_PREFIXES.some((prefix) => sk.startsWith(prefix)) ? 'flip' : 'content';
}

function alertItemOf({ pk, sk }: Key): AlertItem | null {
  if (!pk.startsWith(PAGE)) return null;
  const pageId = pk.slice(PAGE.length);
  if (sk.startsWith(PREFIX.cursor))
    return { kind: 'cursor', pageId, channel: channelOf(sk.slice(PREFIX.cursor.length)) };
  if (!sk.startsWith(PREFIX.alert)) return null;
  // Names of channels have no "#".
  const [, channel, key] = /^([^#]*)#(.*)$/s.exec(sk.slice(PREFIX.alert.length)) ?? [];
  return channel === undefined || key === undefined
    ? null
    : { kind: 'alert', pageId, channel: channelOf(channel), key };
}

const channelOf = (name: string) => (name === EVERY_CHANNEL ? null : name);

const whereOf = ({ pk, sk }: Key) => `${pk} ${sk}`;
