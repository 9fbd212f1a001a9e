import { OBJECT_PREFIX } from '#core/names.ts';
import type { Anchors } from './anchors.ts';
import type { PageItems } from './items.ts';
import type { ObjectChecks } from './objects.ts';
import { unlessBad } from './refusal.ts';
import { finding, type Tally, type VerifyDeps, type VerifyEvent } from './types.ts';
import { type Unaccounted, unrecorded } from './unaccounted.ts';

/** A page without a head, and what is stored of it. */
export interface Headless {
  readonly deps: VerifyDeps;
  readonly checks: ObjectChecks;
  readonly pageId: string;
  readonly anchors: Anchors;
  readonly items: PageItems;
  /** Captures that the check counts as judged and that have no quarantine item. */
  readonly unaccounted: Unaccounted;
  /** How many captures are still to be judged. */
  readonly waiting: number;
  readonly tally: Tally;
}

/**
 * A page without an accepted capture has no head, and a crash before the first flip leaves items and documents. Signs of
 * a lost head: a cursor past a revision, an alert record of one, or revisions of a page with accepted captures or
 * without a check (an unfinished import). Returns whether there was none: no capture was accepted, and nothing is lost.
 */
export async function* verifyHeadless(page: Headless): AsyncGenerator<VerifyEvent, boolean> {
  const { deps, pageId, items, tally } = page;
  const accepted = yield* verifyJudged(page);
  const isUntracked = page.anchors.check === null;
  const wasThere = isNotified(page) || ((isUntracked || accepted > 0) && (await hasRevisions(page)));
  // Read again: a writer may have made the first head meanwhile.
  const head = wasThere
    ? await unlessBad(
        () => deps.history.head(pageId),
        () => {},
      )
    : undefined;
  if (head === null) {
    const again = 'run an interrupted import or rebuild again';
    yield finding(pageId, 'head', `it is missing, so no revision of the page is visible; ${again}`);
    await lookAtRevisions(page);
    return false;
  }
  tally.waiting += page.waiting + accepted;
  tally.leftovers += items.held.size + items.revisions.size + items.leftoverChunks;
  return !wasThere && accepted === 0;
}

/** Checks the revision objects of a page without a readable head: they are not leftovers. */
export async function lookAtRevisions({
  deps,
  checks,
  pageId,
}: Pick<Headless, 'deps' | 'checks' | 'pageId'>): Promise<void> {
  for await (const key of deps.objects.list(`${OBJECT_PREFIX.revisions}${pageId}/`)) {
    if (!checks.isSeen(key)) await checks.unnamed(key);
  }
}

/**
 * The number of judged captures that must have been accepted. Without any revision, an import stored them after the last
 * judged capture, and they wait too.
 */
async function* verifyJudged({ pageId, unaccounted }: Headless): AsyncGenerator<VerifyEvent, number> {
  let accepted = 0;
  for await (const [capture, account] of unaccounted.before(null, { baseline: null, isComparable: true })) {
    if (account === 'unrecorded') yield unrecorded(pageId, capture);
    else if (account === 'unjudged') accepted += 1;
  }
  return accepted;
}

function isNotified({ pageId, anchors, items }: Headless): boolean {
  if (anchors.cursors?.some((cursor) => cursor.revision > 0)) return true;
  return [...items.alerts].some(([key, by]) => by === 'notified' && key.startsWith(`${pageId}/revision/`));
}

async function hasRevisions({ deps, pageId, items }: Headless): Promise<boolean> {
  if (items.revisions.size > 0) return true;
  const prefix = `${OBJECT_PREFIX.revisions}${pageId}/`;
  for await (const key of deps.objects.list(prefix)) {
    if (/^\d{8}-/.test(key.slice(prefix.length))) return true;
  }
  return false;
}
