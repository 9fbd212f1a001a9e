import type { CaptureRef, PageSpec } from '../history/types.ts';
import type { LookRef } from './looks.ts';
import { type CheckSummary, summarize } from './summary.ts';

/** When a page is checked next, and with which validators. One small write a check. */
export interface CheckState {
  readonly page: PageSpec;
  /** The job that is due or under way: the time at which the page fell due. Names the job and its capture. */
  readonly dueAt: string;
  /** A planned job is under way until this time; null when none is. */
  readonly leasedUntil: string | null;
  /** Neither configured nor added any more: kept and readable, never due. */
  readonly retired: boolean;
  /** Tracked because a command added it, with its own longest pause in minutes, or null. Absent on other pages. */
  readonly added?: { readonly every: number | null };
  /** Not asked for until it, or its series, is resumed: kept and readable, never due. */
  readonly paused?: true | 'series';
  readonly lastCheckedAt: string | null;
  /** The newest looks at the page, null: none yet. */
  readonly lastLook: LookRef | null;
  /** The newest capture that was judged. */
  readonly lastCaptureId: string | null;
  /** The link of that capture: the next one names both. */
  readonly lastCaptureLink: string | null;
  readonly lastChangedAt: string | null;
  /** Validators and content hash of the last body that was accepted; null when a full body is wanted. */
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly knownSha256: string | null;
  /** When a full body was last asked for. */
  readonly lastFullAt: string | null;
  readonly failures: number;
  /** Until then the page's host is to be left alone, as the last check found. */
  readonly hostFreeAt?: string;
  /** Of a hub page: what was looked for among its links when it was last read (see `searchKey`). */
  readonly searched?: string;
  /** The page as lists show it: as it was when a check or an import was recorded. */
  readonly summary: CheckSummary;
  /** Imported captures are stored and not judged yet: an import is under way, or crashed. */
  readonly importing?: true;
  /**
   * An import of older captures gave the page's numbers again: at `at`, those from `from` to `to` may have meant other
   * revisions before. Of several imports the widest span and the last time.
   */
  readonly renumbered?: { readonly at: string; readonly from: number; readonly to: number };
  /** Counts writes: every update names the version that it replaces. */
  readonly version: number;
}

/** A page that was never checked, due at `dueAt`. */
export function newCheck(page: PageSpec, dueAt: string): CheckState {
  return {
    page,
    dueAt,
    leasedUntil: null,
    retired: false,
    lastCheckedAt: null,
    lastLook: null,
    lastCaptureId: null,
    lastCaptureLink: null,
    lastChangedAt: null,
    etag: null,
    lastModified: null,
    knownSha256: null,
    lastFullAt: null,
    failures: 0,
    summary: summarize(null, null),
    version: 0,
  };
}

/** The capture that a new one of the page names as the one before it, null: none is known. */
export function newestCapture({ lastCaptureId, lastCaptureLink }: CheckState): CaptureRef | null {
  return lastCaptureId === null || lastCaptureLink === null ? null : { id: lastCaptureId, link: lastCaptureLink };
}

/** The newest capture of a check when another one was judged: a capture may be judged after one with a later name. */
export function withCapture(
  { lastCaptureId, lastCaptureLink }: CheckState,
  judged: CaptureRef | null,
): Pick<CheckState, 'lastCaptureId' | 'lastCaptureLink'> {
  if (judged === null || (lastCaptureId !== null && judged.id < lastCaptureId))
    return { lastCaptureId, lastCaptureLink };
  return { lastCaptureId: judged.id, lastCaptureLink: judged.link };
}

/** The period of a page: that of its head or, before it was ever seen, the month or day in the id of a series' member. */
export function periodOf({ id, series }: PageSpec, period: string | null): string | null {
  return period ?? (series === null ? null : (/\d{4}-\d{2}/.exec(id.slice(series.length))?.[0] ?? null));
}

/** Due at once, and tracked again where it was retired. */
export function dueNow(check: CheckState, now: string): CheckState {
  return { ...check, retired: false, dueAt: now, leasedUntil: null };
}

/** Whether the page is checked when its time comes. */
export function isWatched(check: Pick<CheckState, 'retired' | 'paused'>): boolean {
  return !check.retired && check.paused === undefined;
}

/** No longer tracked: the history stays. */
export function retire(check: CheckState): CheckState {
  const { added: _, paused: __, ...rest } = check;
  return { ...rest, retired: true, leasedUntil: null };
}

/** No validators and no hash: the next body is asked for whole, and judged. */
export const NO_BODY = { etag: null, lastModified: null, knownSha256: null } as const;
