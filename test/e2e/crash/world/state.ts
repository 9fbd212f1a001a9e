import { bulletinOf } from '#app/bulletins/record.ts';
import { Visibility } from '#app/history/visibility.ts';
import type { HistoryStore, ObjectStore } from '#app/ports.ts';
import type { Alert } from '#core/alerts/types.ts';
import { addTo } from '#core/groups.ts';
import { sha256 } from '#core/history/canonical.ts';
import { lifeOf } from '#core/history/life.ts';
import type { Chunk } from '#core/history/lineage.ts';
import type { ParagraphState, PastText, RevisionPlace, TextMark } from '#core/history/types.ts';
import { OBJECT_PREFIX } from '#core/names.ts';
import { ALL_DAYS } from '#core/schedule/looks.ts';
import { PAGE } from './machine.ts';

/** An alert, and the channel by which it went out. */
export type Delivery = Alert & { readonly channel: string };

/** An item of a revision. */
interface Owned {
  readonly pageId: string;
  readonly revision: number;
  readonly revisionId: string;
}

export type State = Readonly<Record<string, unknown>>;

/**
 * Everything that anybody can see, read back through the store, as one value that two runs can be compared by: what readers
 * see, what `verify` reads, and what a later check judges by. Left out: counters of writes, the times at which alerts were
 * sent, and how often each was. Leftovers, which no head names, are left out as well.
 */
export async function stateOf(history: HistoryStore, objects: ObjectStore, sent: readonly Delivery[]): Promise<State> {
  const checks = await history.checks();
  const visibility = new Visibility(history);
  const heads = await history.heads(checks.map((check) => check.page.id));
  const seen = async <T extends Owned>(items: readonly T[]) => {
    const pages = new Map<string, T[]>();
    for (const item of items) addTo(pages, item.pageId, item);
    return (await Promise.all([...pages].map(([id, of]) => visibility.filter(heads.get(id), of)))).flat();
  };
  const { past, marks, places, chunks, faults } = await auditOf(history);
  const alerts = new Map(sent.map((alert) => [`${alert.channel} ${alert.key}`, alert]));
  const others = checks.filter((check) => check.page.id !== PAGE.id);
  return {
    ...(await stateOfPage(history, PAGE.id)),
    others: await Promise.all(others.map((check) => stateOfPage(history, check.page.id))),
    tracked: checks.map((check) => without(check, 'version')),
    bulletins: await Promise.all(
      [...new Set(checks.map((check) => bulletinOf(check.page.url)))].map(async (id) =>
        without(await history.bulletin(id), 'version'),
      ),
    ),
    series: (await history.series()).map(({ record }) => without(record, 'version')),
    listed: (await history.pages({ limit: 1_000 })).items,
    changes: await seen((await history.changes({ limit: 10_000 })).items),
    timelineAcross: await seen((await history.timeline({ limit: 10_000 })).items),
    past: sorted(await seen(past)),
    marks: sorted(await seen(marks)),
    places: sorted(await seen(places)),
    chunks: sorted(chunks),
    faults,
    alerts: [...alerts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, alert]) => alert),
    captures: await contents(objects, OBJECT_PREFIX.captures),
    bodies: await contents(objects, OBJECT_PREFIX.bodies),
    evidence: await contents(objects, OBJECT_PREFIX.evidence),
    documentObjects: await contents(objects, OBJECT_PREFIX.revisions),
  };
}

/** What is stored of one page and asked for by its id. */
async function stateOfPage(history: HistoryStore, pageId: string): Promise<State> {
  const head = await history.head(pageId);
  const visible = <T extends Owned>(items: readonly T[]) => new Visibility(history).filter(head, items);
  const states = await visible((await history.states(pageId, { limit: 10_000 })).items);
  const paragraphs = new Map<string, ParagraphState[]>();
  for (const state of states) addTo(paragraphs, state.paragraphId, state);
  return {
    head,
    health: without(await history.health(pageId), 'version'),
    check: without(await history.check(pageId), 'version'),
    cursors: sorted((await history.cursors(pageId)).map((cursor) => without(cursor, 'version'))),
    revisions: await history.revisions(pageId),
    newestChanges: await history.changesOf(pageId, head?.revision ?? 0),
    states,
    lives: [...paragraphs].map(([id, of]) => ({ id, life: lifeOf(of) })),
    timeline: await visible((await history.timeline({ pageId, limit: 10_000 })).items),
    looks: (await history.looks(pageId, ...ALL_DAYS)).map((day) => without(day, 'version')),
    quarantined: await history.quarantined(pageId, 1_000),
    alertRecords: (await history.alerts(pageId)).map((record) => without(record, 'at')),
  };
}

/** What is found by keys that nothing lists, and what is wrong with the form of any item. */
async function auditOf(history: HistoryStore) {
  const past: PastText[] = [];
  const marks: TextMark[] = [];
  const places: RevisionPlace[] = [];
  const chunks: Chunk[] = [];
  const faults: string[] = [];
  for await (const item of history.audit()) {
    faults.push(...item.faults.map((fault) => `${item.where}: ${fault}`));
    if (item.record?.kind === 'past') past.push(item.record.value);
    if (item.record?.kind === 'mark') marks.push(item.record.value);
    if (item.record?.kind === 'place') places.push(item.record.value);
    if (item.record?.kind === 'chunk') chunks.push(item.record.value);
  }
  return { past, marks, places, chunks, faults };
}

/** By content: an audit gives items in no order. */
function sorted<T>(items: readonly T[]): T[] {
  const keyed = items.map((item): [string, T] => [JSON.stringify(item), item]);
  return keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, item]) => item);
}

async function contents(objects: ObjectStore, prefix: string): Promise<string[]> {
  const all: string[] = [];
  for await (const key of objects.list(prefix)) {
    const bytes = await objects.get(key);
    all.push(`${key} ${bytes === null ? 'missing' : hashOf(bytes)}`);
  }
  return all;
}

const hashes = new WeakMap<Uint8Array, string>();

/** Objects never change, and thousands of runs share most of theirs. */
function hashOf(bytes: Uint8Array): string {
  const known = hashes.get(bytes) ?? sha256(bytes);
  hashes.set(bytes, known);
  return known;
}

function without<T extends object>(value: T | null, key: keyof T): object | null {
  if (value === null) return null;
  const { [key]: _, ...rest } = value;
  return rest;
}
