import type { HealthPolicy } from '#core/health/step.ts';
import { sha256 } from '#core/history/canonical.ts';
import { captureId } from '#core/history/revision.ts';
import type { Capture, Head, PageSpec } from '#core/history/types.ts';
import { StoredDataError } from '../errors.ts';
import { known } from '../history/assess.ts';
import {
  byTime,
  type CaptureTime,
  capturesInOrder,
  captureTimes,
  type Derived,
  type DerivedStep,
  derive,
  NOTHING_DERIVED,
} from '../history/derive.ts';
import { publish, suppress } from '../history/publish.ts';
import { reparseHead } from '../history/reparse.ts';
import { findCapture, pageMarks, storeCapture } from '../objects/captures.ts';
import { noteAcceptance } from '../objects/documents.ts';
import type { HistoryStore, ObjectStore } from '../ports.ts';
import { ImportRun } from './run.ts';
import { Unsent } from './unsent.ts';

export interface ImportDeps {
  readonly history: HistoryStore;
  readonly objects: ObjectStore;
  readonly parser: string;
  /** Null: what looks wrong is believed only where a note says that it was, as in a rebuild. */
  readonly policy: HealthPolicy | null;
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
  /** The page rolls: kept in the record, for that decides how it is judged. */
  readonly rolling?: true;
  /** It looked wrong and was believed where it was seen: a note says so here, too. */
  readonly accepted?: boolean;
}

/** Most captures that one instant of an archive's clock may hold. */
const SAME_INSTANT = 1_000;

/**
 * Stores a capture of somebody else's under its own time. Archives count in seconds: captures of one instant are told
 * apart by a millisecond each, in the order in which they are offered, so that a text that came back is told from one
 * that never went. Returns its name and whether it was new; one that is there already is left.
 */
export async function takeIn(
  objects: ObjectStore,
  pageId: string,
  foreign: ForeignCapture,
  run: ImportRun = new ImportRun(new Date(foreign.fetchedAt)),
): Promise<TakenCapture> {
  const taken = await take(objects, pageId, foreign, run);
  const capture = foreign.accepted === true ? await findCapture(objects, pageId, taken.id) : null;
  if (capture !== null) await noteAcceptance(objects, capture);
  return taken;
}

interface TakenCapture {
  readonly id: string;
  readonly isNew: boolean;
}

async function take(
  objects: ObjectStore,
  pageId: string,
  foreign: ForeignCapture,
  run: ImportRun,
): Promise<TakenCapture> {
  const hash = sha256(foreign.body);
  const { id: given, url, finalUrl, status, headers, body } = foreign;
  const taken = given === null ? null : await findCapture(objects, pageId, given);
  if (taken?.sha256 === hash) return { id: taken.id, isNew: false };
  const before = run.before(pageId, foreign.fetchedAt);
  if (before?.sha256 === hash) return { id: before.id, isNew: false };
  for (let shift = before === null ? 0 : before.shift + 1; shift < SAME_INSTANT; shift += 1) {
    const fetchedAt = new Date(Date.parse(foreign.fetchedAt) + shift).toISOString();
    const id = given !== null && taken === null && shift === 0 ? given : captureId(fetchedAt);
    const stored = await findCapture(objects, pageId, id);
    if (stored !== null && stored.sha256 !== hash) continue;
    if (stored === null) {
      await run.beforeNew(pageId);
      await storeCapture(
        objects,
        id,
        { pageId, url, finalUrl, fetchedAt, status, headers, ...pageMarks(foreign) },
        body,
      );
    }
    run.note(pageId, foreign.fetchedAt, { shift, sha256: hash, id });
    return { id, isNew: stored === null };
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
 * Whether the history that stands is made of all the page's captures: then there is nothing to be made anew. An import
 * that was ended early leaves captures that are stored and not judged, and a note that says so (`noteImport`). Where
 * the present parser made all of the history that is held against the captures too, which are judged as `carryOut`
 * would judge them, with nothing written; what another parser made it of cannot be told so, and an upgrade is no reason
 * to make it anew.
 */
export async function isMade(deps: Omit<ImportDeps, 'now'>, page: PageSpec): Promise<boolean> {
  const { history, objects } = deps;
  const present = await history.head(page.id);
  if ((await history.check(page.id))?.importing === true) return false;
  if (!(await history.revisions(page.id)).every((one) => one.parser === deps.parser && !one.technical)) return true;
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
 * was, and what a crash leaves is never seen. The revisions of before stay stored, as leftovers. Nobody is alerted of
 * what is imported: every change is recorded as `imported`. What was seen live and not told yet is left to be told.
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
  const unsent = await Unsent.of(history, present);
  if (plan.mode === 'append') unsent.keepAll();
  let progress: ImportProgress = { done: 0, revisions: 0, changes: 0, quarantined: 0, head: null };
  let final: DerivedStep | undefined;
  for await (const step of derive(deps, page, capturesInOrder(objects, page.id, wanted), from)) {
    const isToldLater = step.revision !== null && unsent.takes(step.revision);
    if (!isToldLater) await suppress(history, present, step, 'imported', now);
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
    const names = times.map((time) => time.id).sort();
    const lastCaptureId = names.at(-1) ?? final.capture.id;
    const judged = new Set(names);
    // What live checks found of a page's health stands beside any older captures.
    const takeHealth = plan.mode === 'append';
    await unsent.suppressRest(history, now);
    await publish(history, {
      page,
      present,
      last: final,
      lastCaptureId,
      judged,
      takeHealth,
      unsent: unsent.from,
      now,
    });
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
