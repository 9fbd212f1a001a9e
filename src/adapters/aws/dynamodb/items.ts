import type { Bulletin } from '#app/bulletins/record.ts';
import type { AddedSeries } from '#app/series/record.ts';
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
  TimelineEntry,
} from '#core/history/types.ts';
import { TABLE } from '#core/names.ts';
import { type CheckState, isWatched } from '#core/schedule/check.ts';
import type { LookDay } from '#core/schedule/looks.ts';
import type { StoreFormat } from '#core/store-format.ts';
import {
  acrossChange,
  acrossTimeline,
  alertKey,
  changeKey,
  chunkKey,
  cursorKey,
  DUE,
  dueSort,
  FORMAT_KEY,
  looksKey,
  markKey,
  PAGES,
  PREFIX,
  pageKey,
  pastKey,
  placeKey,
  revisionKey,
  SERIES,
  SORT,
  stateKey,
  timelineKey,
  YEARS,
} from './keys.ts';
import { writeRow } from './rows.ts';
import type { NewItem } from './table.ts';

/** The item that each stored value becomes: what writes it, and what an audit holds it against. */
export const revisionItem = (value: RevisionRecord): NewItem => ({
  key: revisionKey(value.pageId, value.number, value.id),
  value,
});

export const changeItem = (value: ChangeRecord): NewItem => ({
  key: changeKey(value),
  value,
  attributes: acrossChange(value),
});

export const timelineItem = (value: TimelineEntry): NewItem => ({
  key: timelineKey(value.pageId, value),
  value,
  attributes: acrossTimeline(value),
});

export const stateItem = (value: ParagraphState): NewItem => ({ key: stateKey(value), value });
export const pastItem = (value: PastText): NewItem => ({ key: pastKey(value), value });
export const markItem = (value: TextMark): NewItem => ({ key: markKey(value), value });
export const placeItem = (value: RevisionPlace): NewItem => ({ key: placeKey(value), value });
export const chunkItem = (value: Chunk): NewItem => ({ key: chunkKey(value.pageId, value), value });

export const formatItem = (value: StoreFormat): NewItem => ({ key: FORMAT_KEY, value });

export const yearItem = (year: string): NewItem => ({ key: { pk: YEARS, sk: year }, value: year });

export function headItem(value: Head): NewItem {
  const { revision, revisionId, parser } = value;
  return { key: pageKey(value.pageId, SORT.head), value, attributes: { revision, revisionId, parser } };
}

export const healthItem = (value: HealthRecord): NewItem => ({
  key: pageKey(value.pageId, SORT.health),
  value,
  attributes: { version: value.version },
});

/** The part that lists show is in an attribute of its own, and nowhere else. */
export function checkItem(value: CheckState): NewItem {
  const { page, retired, added, paused, dueAt, lastCheckedAt, summary, ...rest } = value;
  const decided = { ...(added === undefined ? {} : { added }), ...(paused === undefined ? {} : { paused }) };
  return {
    key: pageKey(page.id, SORT.check),
    value: rest,
    attributes: {
      version: value.version,
      [TABLE.duePartitionKey]: isWatched(value) ? DUE.watched : DUE.resting,
      [TABLE.dueSortKey]: dueSort(value.leasedUntil ?? dueAt, page.id),
      [TABLE.pagesPartitionKey]: PAGES,
      [TABLE.pagesRow]: writeRow({ page, retired, dueAt, lastCheckedAt, summary, ...decided }),
    },
  };
}

export const seriesItem = (value: AddedSeries): NewItem => ({
  key: { pk: SERIES, sk: value.series.id },
  value,
  attributes: { version: value.version },
});

export const looksItem = (value: LookDay): NewItem => ({
  key: looksKey(value.pageId, value.day),
  value,
  attributes: { version: value.version },
});

export const cursorItem = (value: NotifyCursor): NewItem => ({
  key: cursorKey(value.pageId, value.channel),
  value,
  attributes: { version: value.version },
});

export const bulletinItem = (value: Bulletin): NewItem => ({
  key: pageKey(value.pageId, SORT.bulletin),
  value,
  attributes: { version: value.version },
});

export const quarantineItem = (value: QuarantineRecord): NewItem => ({
  key: pageKey(value.pageId, PREFIX.quarantine + value.captureId),
  value,
});

export const alertItem = (value: AlertRecord): NewItem => ({
  key: alertKey(value.pageId, value.channel, value.key),
  value,
});
