import type { Head, PageSpec } from '#core/history/types.ts';
import { StoredDataError } from '../errors.ts';
import { type DerivedStep, derive } from '../history/derive.ts';
import { publish } from '../history/publish.ts';
import { LooksOfCaptures } from '../history/record-looks.ts';
import { reparseHead } from '../history/reparse.ts';
import { loadRevision } from '../history/revision-store.ts';
import { suppress } from '../notify/suppress.ts';
import { byTime, type CaptureTime, capturesAt, captureTimes } from '../objects/capture-times.ts';
import { findCapture } from '../objects/captures.ts';
import type { PageSoFar } from '../pipeline.ts';
import type { HistoryStore } from '../ports.ts';
import type { ImportDeps, ImportPlan, ImportProgress } from './types.ts';
import { Unsent } from './unsent.ts';

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
  // A crash between the flip of a capture and its check leaves a head that is newer than what the check counts as judged.
  const flipped = times.find((time) => time.id === head?.captureId) ?? null;
  const isOlder = (time: CaptureTime) =>
    (last !== null && byTime(time, last) <= 0) || (flipped !== null && byTime(time, flipped) < 0);
  const isBetween = times.some((time) => imported.has(time.id) && isOlder(time));
  const mode = head === null ? 'first' : isBetween ? 'remake' : 'append';
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
 * Whether the present history is made of all the page's captures: then there is nothing to do. An import that was ended
 * early leaves stored captures that are not judged, and a note (`noteImport`). If the present parser made the whole
 * history, this also judges the captures as `carryOut` would, writes nothing, and compares the results. If another parser
 * made some of it, they cannot be compared, and an upgrade is no reason to make the history again.
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
  const times = await captureTimes(objects, page.id);
  for await (const { after } of derive(dry, page, capturesAt(objects, page.id, times)))
    made = after.baseline?.head ?? null;
  return made !== null && made.revisionId === present?.revisionId;
}

/**
 * Carries a plan out. A new history is invisible while it is made: until the one flip at the end readers see the history
 * as it was, and never what a crash leaves. The earlier revisions stay stored, as leftovers. No alert is sent for imported
 * revisions: every change is recorded as `imported`. Alerts of live revisions that were not sent yet are left to be sent.
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
  const from = plan.mode === 'append' ? await stateNow(deps, page.id, present) : undefined;
  const wanted = times.filter((time) => last === null || byTime(time, last) > 0);
  const now = deps.now().toISOString();
  const unsent = await Unsent.of(history, present);
  if (plan.mode === 'append') unsent.keepAll();
  const looks = new LooksOfCaptures(history, page.id, (await history.check(page.id))?.lastLook ?? null);
  let progress: ImportProgress = { done: 0, revisions: 0, changes: 0, quarantined: 0, head: null };
  let final: DerivedStep | undefined;
  for await (const step of derive(deps, page, capturesAt(objects, page.id, wanted), from)) {
    const passedBy = step.revision === null ? [] : unsent.passedBy(step.revision);
    await suppress(history, present, step, deps.reason ?? 'imported', now, passedBy);
    await looks.add(step);
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
    const lastId = names.at(-1) ?? final.capture.id;
    const lastCapture = await findCapture(objects, page.id, lastId);
    if (lastCapture === null) throw new StoredDataError(`Capture ${lastId} of ${page.id} was listed and is missing`);
    const judged = new Set(names);
    // Older captures do not change what live checks found of a page's health.
    const takeHealth = plan.mode === 'append';
    await unsent.suppressRest(history, now);
    await publish(history, {
      page,
      present,
      last: final,
      lastCapture,
      lastLook: await looks.end(),
      judged,
      takeHealth,
      unsent: (channel) => unsent.first(channel),
      now,
    });
  }
  yield { ...progress, head: final?.after.baseline?.head ?? present };
}

async function stateNow(deps: Omit<ImportDeps, 'now'>, pageId: string, head: Head | null): Promise<PageSoFar> {
  const baseline = head === null ? null : await loadRevision(deps, head);
  return { baseline, health: await deps.history.health(pageId) };
}

/** The newest capture that the present history has judged. */
async function lastJudged(
  history: Pick<HistoryStore, 'check'>,
  times: readonly CaptureTime[],
  pageId: string,
): Promise<CaptureTime | null> {
  const id = (await history.check(pageId))?.lastCaptureId ?? null;
  if (id === null) return null;
  // Names sort by time: a capture with a later name was not judged, even if its time is earlier.
  return times.filter((time) => time.id <= id).at(-1) ?? null;
}
