import type { HealthPolicy } from '#core/health/step.ts';
import { sha256 } from '#core/history/canonical.ts';
import { captureId } from '#core/history/revision.ts';
import type { Capture, Head, PageSpec } from '#core/history/types.ts';
import { findCapture, storeCapture } from './captures.ts';
import {
  byTime,
  type CaptureTime,
  capturesInOrder,
  captureTimes,
  type Derived,
  type DerivedStep,
  derive,
  NOTHING_DERIVED,
} from './derive.ts';
import { StoredDataError } from './errors.ts';
import { establish, withhold } from './establish.ts';
import { known } from './judging.ts';
import type { HistoryStore, ObjectStore } from './ports.ts';
import { reparseHead } from './reparse.ts';

export interface ImportDeps {
  readonly history: HistoryStore;
  readonly objects: ObjectStore;
  readonly parser: string;
  readonly policy: HealthPolicy;
  readonly now: () => Date;
}

/** Bytes that somebody else fetched, with what is known of it. */
export interface ForeignCapture {
  /** The name that it had in another Daybook, or null: named by its time then. */
  readonly id: string | null;
  readonly url: string;
  readonly finalUrl: string;
  readonly fetchedAt: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Most captures that one instant of an archive's clock may hold. */
const SAME_INSTANT = 1_000;

/**
 * Stores a capture of somebody else's under its own time. Archives count in seconds: captures of one instant are told
 * apart by a millisecond each. Returns its name and whether it was new; one that is there already is left.
 */
export async function takeIn(
  objects: ObjectStore,
  pageId: string,
  foreign: ForeignCapture,
): Promise<{ readonly id: string; readonly isNew: boolean }> {
  const hash = sha256(foreign.body);
  const { id: given, body, ...rest } = foreign;
  const taken = given === null ? null : await findCapture(objects, pageId, given);
  if (taken?.sha256 === hash) return { id: taken.id, isNew: false };
  for (let shift = 0; shift < SAME_INSTANT; shift += 1) {
    const fetchedAt = new Date(Date.parse(foreign.fetchedAt) + shift).toISOString();
    const id = given !== null && taken === null && shift === 0 ? given : captureId(fetchedAt);
    const stored = await findCapture(objects, pageId, id);
    if (stored?.sha256 === hash) return { id, isNew: false };
    if (stored !== null) continue;
    await storeCapture(objects, id, { ...rest, pageId, fetchedAt }, body);
    return { id, isNew: true };
  }
  throw new StoredDataError(`${pageId} has ${SAME_INSTANT} captures of ${foreign.fetchedAt} already`);
}

/** What has to be done with a page's captures, to be said before it is done. */
export interface ImportPlan {
  readonly pageId: string;
  /**
   * `first`: the page has no history yet. `append`: all that is new follows what is known. `remake`: some captures are
   * older than what was judged last, so the history is made anew, in order.
   */
  readonly mode: 'first' | 'append' | 'remake';
  /** How many captures will be judged. */
  readonly captures: number;
  readonly from: string | null;
  readonly to: string | null;
  /** Revisions that the page has now. */
  readonly revisions: number;
}

/**
 * Looks at what is stored of a page, judged or not.
 * @param imported names of the captures that were taken in, now or before.
 */
export async function planImport(
  deps: Pick<ImportDeps, 'history' | 'objects'>,
  pageId: string,
  imported: ReadonlySet<string>,
): Promise<ImportPlan> {
  const times = await captureTimes(deps.objects, pageId);
  const head = await deps.history.head(pageId);
  const last = await lastJudged(deps.history, times, pageId);
  const later = last === null ? times : times.filter((time) => byTime(time, last) > 0);
  const older =
    imported === null || last === null ? [] : times.filter((time) => imported.has(time.id) && byTime(time, last) <= 0);
  const mode = head === null ? 'first' : older.length > 0 ? 'remake' : 'append';
  const judged = mode === 'append' ? later : times;
  return {
    pageId,
    mode,
    captures: judged.length,
    from: judged[0]?.fetchedAt ?? null,
    to: judged.at(-1)?.fetchedAt ?? null,
    revisions: head?.revision ?? 0,
  };
}

/**
 * Whether the page's captures make the very history that stands already: then there is nothing to be made anew. They
 * are judged as `carryOut` would judge them, and nothing is written. An import that was ended early leaves captures
 * that are stored and not judged: that all are stored proves nothing.
 */
export async function isMade(deps: Omit<ImportDeps, 'now'>, page: PageSpec): Promise<boolean> {
  const { history, objects } = deps;
  const present = await history.head(page.id);
  const dry = {
    ...deps,
    history: { append: async () => {}, quarantine: async () => {} },
    objects: {
      putOnce: async () => true,
      get: (key: string) => objects.get(key),
      list: (prefix: string, after?: string) => objects.list(prefix, after),
    },
  };
  let made: Head | null = null;
  for await (const { after } of derive(dry, page, capturesInOrder(objects, page.id))) made = after.known?.head ?? null;
  return made !== null && made.lineage === present?.lineage;
}

/** How far the making has come. */
export interface ImportProgress {
  readonly done: number;
  readonly revisions: number;
  readonly changes: number;
  readonly quarantined: number;
  /** The history that stands afterwards; set with the last word. */
  readonly head: Head | null;
}

/**
 * Carries a plan out. What is made anew is made aside: until the one flip at the end readers see the history as it
 * was, and what a crash leaves is never seen. The revisions of before stay stored, as leftovers. Nobody is alerted:
 * every change is recorded as `imported`.
 */
export async function* carryOut(deps: ImportDeps, page: PageSpec, plan: ImportPlan): AsyncGenerator<ImportProgress> {
  const { history, objects } = deps;
  let present = await history.head(page.id);
  if (plan.mode === 'append' && present !== null && present.parser !== deps.parser) {
    await reparseHead(deps, present, page);
    present = await history.head(page.id);
  }
  const times = await captureTimes(objects, page.id);
  const last = plan.mode === 'append' ? await lastJudged(history, times, page.id) : null;
  const from = plan.mode === 'append' && present !== null ? await stateNow(deps, present) : NOTHING_DERIVED;
  const wanted = (capture: Capture) => last === null || byTime(capture, last) > 0;
  const now = deps.now().toISOString();
  let progress: ImportProgress = { done: 0, revisions: 0, changes: 0, quarantined: 0, head: null };
  let final: DerivedStep | undefined;
  for await (const step of derive(deps, page, capturesInOrder(objects, page.id, wanted), from)) {
    await withhold(history, present, step, 'imported', now);
    final = step;
    progress = {
      done: progress.done + 1,
      revisions: progress.revisions + (step.outcome === 'revision' ? 1 : 0),
      changes: progress.changes + step.changes.length,
      quarantined: progress.quarantined + (step.outcome === 'quarantined' ? 1 : 0),
      head: null,
    };
    yield progress;
  }
  if (final !== undefined) {
    const lastCaptureId =
      times
        .map((time) => time.id)
        .sort()
        .at(-1) ?? final.capture.id;
    const takeHealth = plan.mode !== 'remake';
    await establish(history, { page, present, last: final, lastCaptureId, takeHealth, now });
  }
  yield { ...progress, head: final?.after.known?.head ?? present };
}

async function stateNow(deps: ImportDeps, head: Head): Promise<Derived> {
  return { known: await known(deps.objects, head), health: await deps.history.health(head.pageId) };
}

/** The newest capture that the present history has judged. */
async function lastJudged(
  history: Pick<HistoryStore, 'check'>,
  times: readonly CaptureTime[],
  pageId: string,
): Promise<CaptureTime | null> {
  const id = (await history.check(pageId))?.lastCaptureId ?? null;
  if (id === null) return null;
  // Names sort by time: what lies behind the judged name was not judged, whatever its own clock says.
  return times.filter((time) => time.id <= id).at(-1) ?? null;
}
