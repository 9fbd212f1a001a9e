import { Visibility } from '#app/history/visibility.ts';
import type { HistoryStore, ObjectStore } from '#app/ports.ts';
import type { Alert } from '#core/alerts/types.ts';
import { sha256 } from '#core/history/canonical.ts';
import { OBJECT_PREFIX } from '#core/names.ts';
import { PAGE } from './machine.ts';

/** An alert, and the channel by which it went out. */
export type Delivery = Alert & { readonly channel: string };

export type State = Readonly<Record<string, unknown>>;

/**
 * Everything that anybody can see of the page, read back through the store, as one value that two runs can be compared
 * by. Left out: counters of writes, the times at which alerts were sent, and how often each was.
 */
export async function stateOf(history: HistoryStore, objects: ObjectStore, sent: readonly Delivery[]): Promise<State> {
  const head = await history.head(PAGE.id);
  const health = await history.health(PAGE.id);
  const check = await history.check(PAGE.id);
  const cursors = await history.cursors(PAGE.id);
  const revisions = await history.revisions(PAGE.id);
  const visibility = new Visibility(history);
  const seen = <T extends { revision: number; revisionId: string }>(items: readonly T[]) =>
    visibility.filter(head, items);
  const alerts = new Map(sent.map((alert) => [`${alert.channel} ${alert.key}`, alert]));
  return {
    head,
    health: without(health, 'version'),
    check: without(check, 'version'),
    cursors: cursors.map((cursor) => without(cursor, 'version')),
    tracked: (await history.checks()).map((one) => one.page.id),
    revisions,
    newestChanges: await history.changesOf(PAGE.id, head?.revision ?? 0),
    changes: await seen((await history.changes({ limit: 10_000 })).items),
    states: await seen((await history.states(PAGE.id, { limit: 10_000 })).items),
    timeline: await seen((await history.timeline({ pageId: PAGE.id, limit: 10_000 })).items),
    timelineAcross: await seen((await history.timeline({ limit: 10_000 })).items),
    looks: (await history.looks(PAGE.id, '0000-01-01', '9999-12-31')).map((day) => without(day, 'version')),
    quarantined: await history.quarantined(PAGE.id, 1_000),
    alertRecords: (await history.alerts(PAGE.id)).map((record) => without(record, 'at')),
    alerts: [...alerts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, alert]) => alert),
    captures: await contents(objects, OBJECT_PREFIX.captures),
    bodies: await contents(objects, OBJECT_PREFIX.bodies),
    documentObjects: await contents(objects, OBJECT_PREFIX.revisions),
  };
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
