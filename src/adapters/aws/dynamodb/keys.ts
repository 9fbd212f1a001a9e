import { type ChunkAddress, shortId } from '#core/history/lineage.ts';
import { TABLE } from '#core/names.ts';

/**
 * The keys of the one table. A page's own items share its partition; its timeline has one of its own, so
 * that a long chronicle does not slow the page down. Numbers are padded so that they sort.
 */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

const pad = (value: number, width: number) => String(value).padStart(width, '0');
const revisionPart = (number: number, revisionId: string) => `${pad(number, 8)}#${shortId(revisionId)}`;

export const pagePartition = (pageId: string) => `PAGE#${pageId}`;
export const timePartition = (pageId: string) => `TIME#${pageId}`;

/** The partitions that belong to one page each. */
export const OF_PAGE = [pagePartition, timePartition];

/** Sort keys of a page's single items. */
export const SORT = { head: 'HEAD', health: 'HEALTH', check: 'CHECK', bulletin: 'BULLETIN' } as const;
export const PREFIX = {
  revision: 'REV#',
  change: 'CHG#',
  state: 'PAR#',
  past: 'PAST#',
  mark: 'TEXT#',
  place: 'RID#',
  chunk: 'LIN#',
  quarantine: 'QUA#',
  looks: 'LOOKS#',
  cursor: 'CURSOR#',
  alert: 'ALERT#',
} as const;

export const pageKey = (pageId: string, sk: string): Key => ({ pk: pagePartition(pageId), sk });

export const looksKey = (pageId: string, day: string): Key => pageKey(pageId, PREFIX.looks + day);

/** In place of the name of a channel: every channel. */
export const EVERY_CHANNEL = '*';

export const cursorKey = (pageId: string, channel: string | null): Key =>
  pageKey(pageId, PREFIX.cursor + (channel ?? EVERY_CHANNEL));

export const alertKey = (pageId: string, channel: string | null, key: string): Key =>
  pageKey(pageId, `${PREFIX.alert}${channel ?? EVERY_CHANNEL}#${key}`);

export const revisionKey = (pageId: string, number: number, revisionId: string): Key =>
  pageKey(pageId, PREFIX.revision + revisionPart(number, revisionId));

/** What the keys of all records of a revision's number begin with. */
export const revisionNumber = (number: number) => `${PREFIX.revision}${pad(number, 8)}#`;

/** A page's changes are sorted by the time at which they were observed, then by revision. */
export const changePrefix = (observedAt: string, number: number, revisionId: string) =>
  `${PREFIX.change}${observedAt}#${revisionPart(number, revisionId)}#`;

export const changeKey = (change: {
  pageId: string;
  observedAt: string;
  revision: number;
  revisionId: string;
  seq: number;
}): Key =>
  pageKey(change.pageId, changePrefix(change.observedAt, change.revision, change.revisionId) + pad(change.seq, 6));

export const statePrefix = (paragraphId: string) => `${PREFIX.state}${paragraphId}#`;

export const stateKey = (state: { pageId: string; paragraphId: string; revision: number; revisionId: string }): Key =>
  pageKey(state.pageId, statePrefix(state.paragraphId) + revisionPart(state.revision, state.revisionId));

/** Sorts behind the states of a paragraph up to a revision. */
export const stateEnd = (paragraphId: string, revision: number) =>
  `${statePrefix(paragraphId)}${pad(revision, 8)}#\u{ffff}`;

export const pastPrefix = (key: string) => `${PREFIX.past}${key}#`;

/** Several paragraphs may have left with one text: `seq` tells them apart, and a text has several keys. */
export const pastKey = (past: {
  pageId: string;
  key: string;
  revision: number;
  revisionId: string;
  seq: number;
}): Key =>
  pageKey(past.pageId, `${pastPrefix(past.key)}${revisionPart(past.revision, past.revisionId)}#${pad(past.seq, 6)}`);

export const markPrefix = (fingerprint: string) => `${PREFIX.mark}${fingerprint}#`;

export const markKey = (mark: { pageId: string; fingerprint: string; revision: number; revisionId: string }): Key =>
  pageKey(mark.pageId, markPrefix(mark.fingerprint) + revisionPart(mark.revision, mark.revisionId));

/** The whole id, so that any beginning of it is found by one query. */
export const placeKey = ({ pageId, revisionId }: { pageId: string; revisionId: string }): Key =>
  pageKey(pageId, PREFIX.place + revisionId);

export const chunkKey = (pageId: string, { level, index, name }: ChunkAddress): Key =>
  pageKey(pageId, `${PREFIX.chunk}${level}#${pad(index, 8)}#${name}`);

/** Undated paragraphs sort behind every date; those of all pages are a partition of the index. */
export const UNDATED = '~';

export const timelineKey = (
  pageId: string,
  entry: { date: string | null; paragraphId: string; revision: number; revisionId: string; present: boolean },
): Key => ({
  pk: timePartition(pageId),
  // A paragraph that leaves a day and comes back to it in one revision cannot be: the last letter only keeps keys apart.
  sk: `${entry.date ?? UNDATED}#${entry.paragraphId}#${revisionPart(entry.revision, entry.revisionId)}#${entry.present ? 's' : 'n'}`,
});

/** The one item that describes the whole store. */
export const FORMAT_KEY: Key = { pk: 'STORE', sk: 'FORMAT' };

/** Added series have a partition of their own: one query reads them all, by id. */
export const SERIES = 'SERIES';

/** Partitions of the index across pages, a year each and `UNDATED`; `YEARS` lists the years that exist. */
export const YEARS = 'YEARS';
export type AcrossKind = 'TIME' | 'CHG';
export const acrossPartition = (kind: AcrossKind, year: string) => `${kind}#${year}`;

export const acrossTimeline = (entry: {
  date: string | null;
  pageId: string;
  paragraphId: string;
  revision: number;
  revisionId: string;
}) => {
  const { date } = entry;
  const place = `${entry.pageId}#${entry.paragraphId}#${revisionPart(entry.revision, entry.revisionId)}`;
  return {
    [TABLE.acrossPartitionKey]: date === null ? UNDATED : acrossPartition('TIME', date.slice(0, 4)),
    [TABLE.acrossSortKey]: date === null ? place : `${date}#${place}`,
  };
};

export const acrossChange = (change: {
  observedAt: string;
  pageId: string;
  revision: number;
  revisionId: string;
  seq: number;
}) => ({
  [TABLE.acrossPartitionKey]: acrossPartition('CHG', change.observedAt.slice(0, 4)),
  [TABLE.acrossSortKey]: `${change.observedAt}#${change.pageId}#${revisionPart(change.revision, change.revisionId)}#${pad(change.seq, 6)}`,
});

/** The one partition of the index of pages. */
export const PAGES = 'PAGES';

/** Partitions of the index by next check: pages that are checked, and those that are not, retired or paused. */
export const DUE = { watched: 'DUE', resting: 'RETIRED' } as const;
export const dueSort = (at: string, pageId: string) => `${at}#${pageId}`;
