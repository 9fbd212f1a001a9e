import type { Bulletin } from '#app/bulletins/record.ts';
import { Visibility } from '#app/history/visibility.ts';
import type { HistoryStore, ListedCheck } from '#app/ports.ts';
import type { AlertRecord, NotifyCursor } from '#core/alerts/record.ts';
import type { QuarantineRecord } from '#core/health/quarantine.ts';
import type { HealthRecord } from '#core/health/record.ts';
import type { Chunk } from '#core/history/lineage.ts';
import type {
  ChangeRecord,
  Head,
  ParagraphState,
  PastText,
  RevisionPlace,
  RevisionRecord,
  TextMark,
} from '#core/history/types.ts';
import { TABLE } from '#core/names.ts';
import type { CheckState } from '#core/schedule/check.ts';
import type { LookDay } from '#core/schedule/looks.ts';
import type { StoreFormat } from '#core/store-format.ts';
import { listChanges, listPartition, listTimeline, listUndated } from './across.ts';
import { auditTable } from './audit.ts';
import {
  alertItem,
  bulletinItem,
  changeItem,
  checkItem,
  chunkItem,
  cursorItem,
  formatItem,
  headItem,
  healthItem,
  looksItem,
  markItem,
  pastItem,
  placeItem,
  quarantineItem,
  revisionItem,
  seriesItem,
  stateItem,
  timelineItem,
  yearItem,
} from './items.ts';
import {
  alertKey,
  changePrefix,
  chunkKey,
  DUE,
  dueSort,
  FORMAT_KEY,
  looksKey,
  markPrefix,
  PAGES,
  PREFIX,
  pageKey,
  pagePartition,
  pastPrefix,
  revisionKey,
  revisionNumber,
  SORT,
  stateEnd,
  statePrefix,
  UNDATED,
} from './keys.ts';
import { listSeries } from './series.ts';
import type { Condition, QueryOptions, Table } from './table.ts';

/** The history on one DynamoDB table (or an embedded one that speaks its protocol). Layout: docs/data-model.md. */
export function createHistoryStore(table: Table): HistoryStore {
  /** Years that this process has already registered. */
  const writtenYears = new Set<string>();

  const allPrefixed = <T>(pageId: string, prefix: string) => table.queryAll<T>(inPage(pageId, prefix));

  const head = (pageId: string) => table.get<Head>(pageKey(pageId, SORT.head));

  async function many<T extends { readonly pageId: string }>(pageIds: readonly string[], sk: string) {
    const values = await table.getMany<T>([...new Set(pageIds)].map((pageId) => pageKey(pageId, sk)));
    return new Map(values.map((value) => [value.pageId, value]));
  }

  const chunks: HistoryStore['chunks'] = (pageId, addresses) =>
    table.getMany<Chunk>(addresses.map((address) => chunkKey(pageId, address)));

  /** The short id of a revision of the present head; null where it has none of that number. */
  async function shortIdOf(pageId: string, number: number): Promise<string | null> {
    const now = await head(pageId);
    return now === null ? null : new Visibility({ chunks }).shortIdOf(now, number);
  }

  async function recordAt(pageId: string, number: number): Promise<RevisionRecord | null> {
    const id = await shortIdOf(pageId, number);
    return id === null ? null : table.get<RevisionRecord>(revisionKey(pageId, number, id));
  }

  async function registerYears(years: ReadonlySet<string>): Promise<void> {
    const fresh = [...years].filter((year) => !writtenYears.has(year));
    if (fresh.length === 0) return;
    await table.putAll(fresh.map(yearItem));
    for (const year of fresh) writtenYears.add(year);
  }

  return {
    format: () => table.get<StoreFormat>(FORMAT_KEY),
    async markFormat(format) {
      await table.put(formatItem(format), ABSENT);
    },

    head,
    heads: (pageIds) => many<Head>(pageIds, SORT.head),

    async append({ revision, changes, states, timeline, past, mark, place, chunks: full }) {
      const items = [
        revisionItem(revision),
        ...changes.map(changeItem),
        ...states.map(stateItem),
        ...timeline.map(timelineItem),
        ...past.map(pastItem),
        markItem(mark),
        placeItem(place),
        ...full.map(chunkItem),
      ];
      const years = items
        .map((item) => item.attributes?.[TABLE.acrossPartitionKey])
        .filter((year): year is string => typeof year === 'string' && year !== UNDATED);
      await registerYears(new Set(years));
      await table.putAll(items);
    },

    async flipHead(next, expected) {
      await table.put(
        headItem(next),
        expected === null
          ? ABSENT
          : {
              expression: '#r = :r AND #p = :p',
              names: { '#r': 'revisionId', '#p': 'parser' },
              values: { ':r': expected.revisionId, ':p': expected.parser },
            },
      );
    },

    chunks,
    states: (pageId, { paragraphId, upTo, ...paging }) => {
      const all = inPage(pageId, paragraphId === undefined ? PREFIX.state : statePrefix(paragraphId));
      if (paragraphId === undefined || upTo === undefined) return listPartition<ParagraphState>(table, paging, all);
      const sort = ['sk', statePrefix(paragraphId), stateEnd(paragraphId, upTo)] as const;
      return listPartition<ParagraphState>(table, paging, { ...all, sort });
    },
    pastTexts: (pageId, key, paging) =>
      listPartition<PastText>(table, { ...paging, newestFirst: true }, inPage(pageId, pastPrefix(key))),
    textMarks: (pageId, fingerprint, paging) =>
      listPartition<TextMark>(table, { ...paging, newestFirst: true }, inPage(pageId, markPrefix(fingerprint))),
    places: (pageId, idPrefix, limit) => table.queryUpTo<RevisionPlace>(limit, inPage(pageId, PREFIX.place + idPrefix)),

    health: (pageId) => table.get<HealthRecord>(pageKey(pageId, SORT.health)),
    async flipHealth(next, expected) {
      await table.put(healthItem(next), ifVersion(expected));
    },

    check: (pageId) => table.get<CheckState>(pageKey(pageId, SORT.check)),
    async checksOf(pageIds) {
      const keys = [...new Set(pageIds)].map((pageId) => pageKey(pageId, SORT.check));
      return new Map((await table.getMany<CheckState>(keys)).map((check) => [check.page.id, check]));
    },
    async pages({ limit, after }) {
      const key = after === undefined ? null : { [TABLE.pagesPartitionKey]: PAGES, ...pageKey(after, SORT.check) };
      const rows = await table.queryUpTo<ListedCheck>(limit + 1, {
        index: TABLE.pagesIndex,
        partition: [TABLE.pagesPartitionKey, PAGES],
        ...(key === null ? {} : { startKey: key }),
      });
      const items = rows.slice(0, limit);
      return { items, next: rows.length > limit ? (items.at(-1)?.page.id ?? null) : null };
    },
    async checks() {
      const partitions = [DUE.watched, DUE.resting].map((partition) =>
        table.queryAll<CheckState>({ index: TABLE.dueIndex, partition: [TABLE.duePartitionKey, partition] }),
      );
      const all = (await Promise.all(partitions)).flat();
      return all.sort((a, b) => (a.page.id < b.page.id ? -1 : 1));
    },
    async due(now, limit) {
      return table.queryUpTo<CheckState>(limit, {
        index: TABLE.dueIndex,
        partition: [TABLE.duePartitionKey, DUE.watched],
        sort: [TABLE.dueSortKey, FIRST, dueSort(now, LAST)],
      });
    },
    async putCheck(next, expected) {
      const version = (expected?.version ?? 0) + 1;
      await table.put(checkItem({ ...next, version }), ifVersion(expected));
    },

    series: () => listSeries(table),
    async putSeries(next, expected) {
      await table.put(seriesItem({ ...next, version: (expected?.version ?? 0) + 1 }), ifVersion(expected));
    },

    looks: (pageId, fromDay, toDay) =>
      fromDay > toDay
        ? Promise.resolve([])
        : table.queryAll<LookDay>({
            partition: ['pk', pagePartition(pageId)],
            sort: ['sk', looksKey(pageId, fromDay).sk, looksKey(pageId, toDay).sk],
          }),
    async putLooks(next, expected) {
      await table.put(looksItem(next), ifVersion(expected));
    },

    async quarantine(record) {
      await table.putAll([quarantineItem(record)]);
    },
    quarantined: (pageId, limit, after) =>
      table.queryUpTo<QuarantineRecord>(limit, {
        ...inPage(pageId, PREFIX.quarantine),
        newestFirst: true,
        ...(after === undefined ? {} : { startKey: { ...pageKey(pageId, PREFIX.quarantine + after) } }),
      }),

    revision: recordAt,
    async revisions(pageId, range) {
      const now = await head(pageId);
      const all = await table.queryAll<RevisionRecord>(
        range === undefined ? inPage(pageId, PREFIX.revision) : revisionsBetween(pageId, range.from, range.to),
      );
      const items = all.map((record) => ({ revision: record.number, revisionId: record.id, record }));
      return (await new Visibility({ chunks }).filter(now, items)).map(({ record }) => record);
    },
    async changesOf(pageId, number) {
      const record = await recordAt(pageId, number);
      return record === null
        ? []
        : allPrefixed<ChangeRecord>(pageId, changePrefix(record.observedAt, number, record.id));
    },
    changes: (query) => listChanges(table, query),
    timeline: (query) => listTimeline(table, query),
    undated: (query) => listUndated(table, query),

    bulletin: (id) => table.get<Bulletin>(pageKey(id, SORT.bulletin)),
    async putBulletin(next, expected) {
      await table.put(bulletinItem(next), ifVersion(expected));
    },

    cursors: (pageId) => allPrefixed<NotifyCursor>(pageId, PREFIX.cursor),
    async advanceCursor(next, expected) {
      await table.put(cursorItem(next), ifVersion(expected));
    },
    async recordAlert(record) {
      await table.putAll([alertItem(record)]);
    },
    alert: (pageId, key, channel) => table.get(alertKey(pageId, channel, key)),
    alerts: (pageId, limit = Number.POSITIVE_INFINITY, after) =>
      table.queryUpTo<AlertRecord>(limit, {
        ...inPage(pageId, PREFIX.alert),
        ...(after === undefined ? {} : { startKey: { ...alertKey(pageId, after.channel, after.key) } }),
      }),

    audit: () => auditTable(table),
  };
}

/** Sort before and behind every instant, also one of a year with a sign. */
const FIRST = '!';
const LAST = '\u{ffff}';

/** A page's items whose sort keys begin alike. */
function inPage(pageId: string, prefix: string): Pick<QueryOptions, 'partition' | 'sort'> {
  return { partition: ['pk', pagePartition(pageId)], sort: ['sk', prefix, `${prefix}\u{ffff}`] };
}

function revisionsBetween(pageId: string, from: number, to: number): Pick<QueryOptions, 'partition' | 'sort'> {
  const sort = ['sk', revisionNumber(from), `${revisionNumber(to)}\u{ffff}`] as const;
  return { partition: ['pk', pagePartition(pageId)], sort };
}

const ABSENT: Condition = { expression: 'attribute_not_exists(pk)' };

function ifVersion(expected: { readonly version: number } | null): Condition {
  if (expected === null) return ABSENT;
  return { expression: '#v = :v', names: { '#v': 'version' }, values: { ':v': expected.version } };
}
