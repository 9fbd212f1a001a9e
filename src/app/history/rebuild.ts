import type { HealthRecord } from '#core/health/record.ts';
import type { Capture, PageSpec } from '#core/history/types.ts';
import { suppress } from '../notify/suppress.ts';
import { capturesAt, captureTimes } from '../objects/capture-times.ts';
import { bodyKey, capturedPages, captureKey, evidenceKey, findCapture } from '../objects/captures.ts';
import { acceptanceKey } from '../objects/documents.ts';
import type { HistoryStore, ObjectStore } from '../ports.ts';
import { type DerivedStep, derive } from './derive.ts';
import { publish } from './publish.ts';
import { copyLooks, LooksOfCaptures } from './record-looks.ts';

export interface RebuildDeps {
  /** Where the captures are. */
  readonly source: ObjectStore;
  /** The store to fill: `objects` may be the source itself. */
  readonly history: HistoryStore;
  readonly objects: ObjectStore;
  readonly parser: string;
  readonly now: () => Date;
  /**
   * The store is tracked into as it is: captures after the last of a finished page are left for `ingest`, which sends
   * alerts. Otherwise they belong to the rebuild, which makes the page again.
   */
  readonly inUse: boolean;
  /** The table that the history replaces, where it can still be read: checks without a capture are recorded only there. */
  readonly before?: Pick<HistoryStore, 'health' | 'looks'>;
}

/** How far a rebuild has come with one page. */
export interface RebuildProgress {
  readonly pageId: string;
  readonly captures: number;
  readonly done: number;
  readonly revisions: number;
  readonly changes: number;
  readonly quarantined: number;
  /** Set with the last progress of a page. */
  readonly finished: boolean;
  /** It has a history already: an earlier rebuild, ended early, came so far. */
  readonly skipped: boolean;
}

/**
 * Makes the history from captures alone. The same captures read by the same parser give the same ids, revisions,
 * changes and dates. Each page becomes visible at once when it is done; pages that are there are left, so that a
 * rebuild that was interrupted continues. No alert is sent: every change is recorded as `rebuilt`. Looks that left no
 * capture (the same page again, no answer) are those of the table that is replaced, if there is one.
 * @param pages the configured pages, for their names and whether they roll; for other pages the captures decide.
 */
export async function* rebuild(
  deps: RebuildDeps,
  pages: ReadonlyMap<string, PageSpec>,
  only: string | null = null,
): AsyncGenerator<RebuildProgress> {
  for await (const pageId of capturedPages(deps.source)) {
    if (only !== null && pageId !== only) continue;
    yield* rebuildPage(deps, pageId, pages.get(pageId) ?? null);
  }
}

/** Makes the history of one page from its captures, as `rebuild` does. */
export async function* rebuildPage(
  deps: RebuildDeps,
  pageId: string,
  spec: PageSpec | null,
): AsyncGenerator<RebuildProgress> {
  const { history, source } = deps;
  const times = await captureTimes(source, pageId);
  const last =
    times
      .map((time) => time.id)
      .sort()
      .at(-1) ?? '';
  let progress: RebuildProgress = {
    pageId,
    captures: times.length,
    done: 0,
    revisions: 0,
    changes: 0,
    quarantined: 0,
    finished: false,
    skipped: false,
  };
  const present = await history.head(pageId);
  if (present !== null && (deps.inUse || (await history.check(pageId))?.lastCaptureId === last)) {
    yield { ...progress, done: times.length, revisions: present.revision, finished: true, skipped: true };
    return;
  }
  const first = times[0] === undefined ? null : await findCapture(source, pageId, times[0].id);
  const lastCapture = await findCapture(source, pageId, last);
  if (first === null || lastCapture === null) return;
  // One capture with the mark is enough: earlier versions did not write it, and taking a page as rolling loses nothing.
  const rolling = times.some((time) => time.rolling);
  const page = spec ?? { id: pageId, url: first.url, name: null, rolling, series: null };
  const now = deps.now().toISOString();
  const settings = { history, objects: deps.objects, parser: deps.parser, policy: null };
  const lastLook = (await history.check(pageId))?.lastLook ?? null;
  const copied = deps.before === undefined ? lastLook : await copyLooks(deps.before, history, pageId, lastLook);
  const looks = new LooksOfCaptures(history, pageId, copied);
  let final: DerivedStep | undefined;
  for await (const step of derive(settings, page, copiedCaptures(deps, capturesAt(source, pageId, times)))) {
    await suppress(history, present, step, 'rebuilt', now);
    await looks.add(step);
    final = step;
    progress = {
      ...progress,
      done: progress.done + 1,
      revisions: progress.revisions + (step.outcome === 'revision' ? 1 : 0),
      changes: progress.changes + step.changes.length,
      quarantined: progress.quarantined + (step.outcome === 'quarantined' ? 1 : 0),
    };
    yield progress;
  }
  if (final !== undefined) {
    const health = latestHealth(final.after.health, (await deps.before?.health(pageId)) ?? null);
    const end = { ...final, after: { ...final.after, health } };
    const seen = { lastCapture, lastLook: await looks.end() };
    await publish(history, { page, present, last: end, ...seen, takeHealth: true, now });
  }
  yield { ...progress, finished: true };
}

/** What people were notified of must not count as new: a page that is down already, the odd links of a hub. */
function latestHealth(derived: HealthRecord | null, before: HealthRecord | null): HealthRecord | null {
  if (derived === null || before === null) return derived;
  return before.observedAt > derived.observedAt ? before : { ...derived, oddLinks: before.oddLinks };
}

/** Copies each capture into the store that is filled, byte for byte, before it is judged. */
async function* copiedCaptures(deps: RebuildDeps, captures: AsyncIterable<Capture>): AsyncGenerator<Capture> {
  const { source, objects } = deps;
  for await (const capture of captures) {
    if (source !== objects) {
      const keys = [
        [bodyKey(capture), 'application/gzip'],
        [evidenceKey(capture.sha256), 'application/gzip'],
        [acceptanceKey(capture.pageId, capture.id), 'application/json'],
        [captureKey(capture.pageId, capture.id), 'application/json'],
      ] as const;
      for (const [key, type] of keys) {
        const bytes = await source.get(key);
        if (bytes !== null) await objects.putOnce(key, bytes, type);
      }
    }
    yield capture;
  }
}
