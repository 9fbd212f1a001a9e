import type { Bulletin } from '#app/bulletins/record.ts';
import { ConflictError } from '#app/errors.ts';
import type { HistoryStore } from '#app/ports.ts';
import { readRecord } from '#app/series/read-record.ts';
import type { AddedSeries } from '#app/series/record.ts';
import type { AlertRecord, NotifyCursor } from '#core/alerts/record.ts';
import type { QuarantineRecord } from '#core/health/quarantine.ts';
import type { HealthRecord } from '#core/health/record.ts';
import { canonicalJson } from '#core/history/canonical.ts';
import { type Chunk, chunkName, isVisible, shortId } from '#core/history/lineage.ts';
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
import { type CheckState, isWatched } from '#core/schedule/check.ts';
import type { LookDay } from '#core/schedule/looks.ts';
import type { StoreFormat } from '#core/store-format.ts';
import { audited } from './memory/audited.ts';
import { compare, copy, list } from './memory/listing.ts';

/**
 * A `HistoryStore` in memory, faithful to the port: appended items are immutable and stay whatever becomes of the
 * attempt that wrote them, flips conflict when the truth is not the expected one, listings page by an opaque cursor
 * and hold leftovers too. Values go in and out as copies.
 */
export function createMemoryHistory(): HistoryStore {
  let format: StoreFormat | null = null;
  const heads = new Map<string, Head>();
  const healths = new Map<string, HealthRecord>();
  const checks = new Map<string, CheckState>();
  const bulletins = new Map<string, Bulletin>();
  const cursors = new Map<string, NotifyCursor>();
  const revisions = new Map<string, RevisionRecord>();
  const changes = new Map<string, ChangeRecord>();
  const states = new Map<string, ParagraphState>();
  const timeline = new Map<string, TimelineEntry>();
  const past = new Map<string, PastText>();
  const marks = new Map<string, TextMark>();
  const places = new Map<string, RevisionPlace>();
  const chunks = new Map<string, Chunk>();
  const looks = new Map<string, LookDay>();
  const quarantines = new Map<string, QuarantineRecord>();
  const alerts = new Map<string, AlertRecord>();
  const series = new Map<string, AddedSeries>();

  const isPartOf = (pageId: string, item: { readonly revision: number; readonly revisionId: string }) => {
    const own = [...chunks.values()].filter((chunk) => chunk.pageId === pageId);
    return isVisible(heads.get(pageId), item, new Map(own.map((chunk) => [chunkName(chunk), chunk.entries])));
  };
  const visibleRevisions = (pageId: string) =>
    [...revisions.values()]
      .filter((record) => record.pageId === pageId)
      .filter((record) => isPartOf(pageId, { revision: record.number, revisionId: record.id }))
      .sort((a, b) => a.number - b.number);

  return {
    format: async () => copy(format),
    async markFormat(next) {
      if (format !== null) throw new ConflictError('The store has a format');
      format = copy(next);
    },

    head: async (pageId) => copy(heads.get(pageId) ?? null),
    heads: async (pageIds) => pick(heads, pageIds),
    async append(items) {
      const { revision } = items;
      keep(revisions, [revision.pageId, ...place(revision.number, revision.id)], revision);
      for (const change of items.changes) {
        keep(
          changes,
          [change.observedAt, change.pageId, ...place(change.revision, change.revisionId), pad(change.seq)],
          change,
        );
      }
      for (const state of items.states) {
        keep(states, [state.pageId, state.paragraphId, ...place(state.revision, state.revisionId)], state);
      }
      for (const entry of items.timeline) {
        const present = entry.present ? 's' : 'n';
        const key = [
          entry.date ?? UNDATED,
          entry.pageId,
          entry.paragraphId,
          ...place(entry.revision, entry.revisionId),
          present,
        ];
        keep(timeline, key, entry);
      }
      for (const text of items.past) {
        keep(past, [text.pageId, text.key, ...place(text.revision, text.revisionId), pad(text.seq)], text);
      }
      const { mark } = items;
      keep(marks, [mark.pageId, mark.fingerprint, ...place(mark.revision, mark.revisionId)], mark);
      keep(places, [items.place.pageId, items.place.revisionId], items.place);
      for (const chunk of items.chunks) keep(chunks, [chunk.pageId, chunkName(chunk)], chunk);
    },
    async flipHead(next, expected) {
      expectSame(`The head of ${next.pageId}`, heads.get(next.pageId), expected);
      heads.set(next.pageId, copy(next));
    },

    async chunks(pageId, addresses) {
      return copy(addresses.flatMap((address) => chunks.get(`${pageId}\n${chunkName(address)}`) ?? []));
    },
    states: async (pageId, { paragraphId, upTo, ...paging }) =>
      list(states, paging, (state) => {
        if (state.pageId !== pageId) return false;
        if (paragraphId === undefined) return true;
        return state.paragraphId === paragraphId && (upTo === undefined || state.revision <= upTo);
      }),
    pastTexts: async (pageId, key, paging) =>
      list(past, { ...paging, newestFirst: true }, (text) => text.pageId === pageId && text.key === key),
    textMarks: async (pageId, fingerprint, paging) =>
      list(
        marks,
        { ...paging, newestFirst: true },
        (mark) => mark.pageId === pageId && mark.fingerprint === fingerprint,
      ),
    async places(pageId, idPrefix, limit) {
      const found = [...places.values()].filter((one) => one.pageId === pageId && one.revisionId.startsWith(idPrefix));
      return copy(found.sort((a, b) => compare(a.revisionId, b.revisionId)).slice(0, limit));
    },

    health: async (pageId) => copy(healths.get(pageId) ?? null),
    async flipHealth(next, expected) {
      expectVersion(`The health of ${next.pageId}`, healths.get(next.pageId), expected);
      healths.set(next.pageId, copy(next));
    },

    check: async (pageId) => copy(checks.get(pageId) ?? null),
    checksOf: async (pageIds) => pick(checks, pageIds),
    async pages({ limit, after }) {
      const all = [...checks.values()].sort((a, b) => compare(a.page.id, b.page.id));
      const rest = all.filter(({ page }) => after === undefined || page.id > after);
      const items = rest.slice(0, limit).map(({ page, retired, dueAt, lastCheckedAt, summary, added, paused }) => {
        const decided = { ...(added === undefined ? {} : { added }), ...(paused === undefined ? {} : { paused }) };
        return { page, retired, dueAt, lastCheckedAt, summary, ...decided };
      });
      return { items: copy(items), next: rest.length > limit ? (items.at(-1)?.page.id ?? null) : null };
    },
    checks: async () => copy([...checks.values()].sort((a, b) => compare(a.page.id, b.page.id))),
    async due(now, limit) {
      const at = (check: CheckState) => check.leasedUntil ?? check.dueAt;
      const found = [...checks.values()].filter((check) => isWatched(check) && at(check) <= now);
      return copy(found.sort((a, b) => compare(at(a), at(b)) || compare(a.page.id, b.page.id)).slice(0, limit));
    },
    async putCheck(next, expected) {
      expectVersion(`The check of ${next.page.id}`, checks.get(next.page.id), expected);
      checks.set(next.page.id, copy({ ...next, version: (expected?.version ?? 0) + 1 }));
    },

    async series() {
      const all = [...series].sort(([a], [b]) => compare(a, b));
      return all.map(([id, value]) => readRecord(id, copy(value)));
    },
    async putSeries(next, expected) {
      const { id } = next.series;
      expectVersion(`The series ${id}`, series.get(id), expected);
      series.set(id, copy({ ...next, version: (expected?.version ?? 0) + 1 }));
    },

    async looks(pageId, fromDay, toDay) {
      const found = [...looks.values()].filter(
        (one) => one.pageId === pageId && one.day >= fromDay && one.day <= toDay,
      );
      return copy(found.sort((a, b) => compare(a.day, b.day)));
    },
    async putLooks(next, expected) {
      const key = `${next.pageId}\n${next.day}`;
      expectVersion(`The looks of ${key}`, looks.get(key), expected);
      looks.set(key, copy(next));
    },

    async quarantine(record) {
      quarantines.set(`${record.pageId}\n${record.captureId}`, copy(record));
    },
    async quarantined(pageId, limit, after = '~') {
      const found = [...quarantines.values()].filter((one) => one.pageId === pageId && one.captureId < after);
      return copy(found.sort((a, b) => compare(b.captureId, a.captureId)).slice(0, limit));
    },

    async revision(pageId, number) {
      return copy(visibleRevisions(pageId).find((record) => record.number === number) ?? null);
    },
    async revisions(pageId, range = { from: 1, to: Number.POSITIVE_INFINITY }) {
      const all = visibleRevisions(pageId);
      return copy(all.filter(({ number }) => number >= range.from && number <= range.to));
    },
    async changesOf(pageId, revision) {
      const found = [...changes.values()].filter((change) => change.pageId === pageId && change.revision === revision);
      return copy(found.filter((change) => isPartOf(pageId, change)).sort((a, b) => a.seq - b.seq));
    },
    async changes({ pageId, since, until, ...paging }) {
      return list(changes, paging, (change) => {
        if (pageId !== undefined && change.pageId !== pageId) return false;
        return (
          (since === undefined || change.observedAt >= since) && (until === undefined || change.observedAt < until)
        );
      });
    },
    async timeline({ pageId, from, to, ...paging }) {
      return list(timeline, paging, ({ date, ...entry }) => {
        if (pageId !== undefined && entry.pageId !== pageId) return false;
        if (date === null) return pageId !== undefined && from === undefined && to === undefined;
        return (from === undefined || date >= from) && (to === undefined || date <= to || date.startsWith(to));
      });
    },

    undated: async ({ pageId, fromPage, ...paging }) =>
      list(timeline, paging, (entry) => {
        if (entry.date !== null || (pageId !== undefined && entry.pageId !== pageId)) return false;
        return pageId !== undefined || fromPage === undefined || entry.pageId >= fromPage;
      }),

    bulletin: async (id) => copy(bulletins.get(id) ?? null),
    async putBulletin(next, expected) {
      expectVersion(`The bulletin ${next.pageId}`, bulletins.get(next.pageId), expected);
      bulletins.set(next.pageId, copy(next));
    },

    cursors: async (pageId) => copy([...cursors.values()].filter((cursor) => cursor.pageId === pageId)),
    async advanceCursor(next, expected) {
      const key = `${next.pageId}\n${next.channel ?? '*'}`;
      expectVersion(`The cursor ${key}`, cursors.get(key), expected);
      cursors.set(key, copy(next));
    },
    async recordAlert(record) {
      alerts.set(alertPlace(record.pageId, record.key, record.channel), copy(record));
    },
    async alert(pageId, key, channel) {
      return copy(alerts.get(alertPlace(pageId, key, channel)) ?? null);
    },
    async alerts(pageId, limit, after) {
      const start = after === undefined ? '' : alertPlace(pageId, after.key, after.channel);
      const found = [...alerts].filter(([place, record]) => record.pageId === pageId && place > start);
      const sorted = found.sort(([a], [b]) => compare(a, b)).map(([, record]) => record);
      return copy(sorted.slice(0, limit));
    },

    async *audit() {
      yield* audited('head', heads);
      yield* audited('revision', revisions);
      yield* audited('change', changes);
      yield* audited('state', states);
      yield* audited('entry', timeline);
      yield* audited('past', past);
      yield* audited('mark', marks);
      yield* audited('place', places);
      yield* audited('chunk', chunks);
      yield* audited('health', healths);
      yield* audited('check', checks, (check) => check.page.id);
      yield* audited('looks', looks);
      yield* audited('quarantine', quarantines);
      yield* audited('bulletin', bulletins);
      yield* audited('cursor', cursors);
      yield* audited('alert', alerts);
    },
  };
}

/** Sorts behind every date. */
const UNDATED = '~';

const pad = (number: number) => String(number).padStart(8, '0');
const alertPlace = (pageId: string, key: string, channel: string | null) => [pageId, channel ?? '*', key].join('\n');
const place = (number: number, revisionId: string) => [pad(number), shortId(revisionId)];

function keep<T>(items: Map<string, T>, key: readonly string[], value: T): void {
  const name = key.join('\n');
  if (!items.has(name)) items.set(name, copy(value));
}

function pick<T>(items: ReadonlyMap<string, T>, ids: readonly string[]): Map<string, T> {
  const found = new Map<string, T>();
  for (const id of ids) {
    const item = items.get(id);
    if (item !== undefined) found.set(id, copy(item));
  }
  return found;
}

function expectSame(what: string, stored: unknown, expected: unknown): void {
  if (canonicalJson(stored ?? null) !== canonicalJson(expected)) throw new ConflictError(`${what} was changed first`);
}

type Versioned = { readonly version: number };
function expectVersion(what: string, stored: Versioned | undefined, expected: Versioned | null): void {
  if ((stored?.version ?? null) !== (expected?.version ?? null)) throw new ConflictError(`${what} was changed first`);
}
