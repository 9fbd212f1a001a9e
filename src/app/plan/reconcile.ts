import type { SeriesConfig } from '#core/config.ts';
import type { PageSpec } from '#core/history/types.ts';
import { type CheckState, dueNow, isWatched, NO_BODY, newCheck, retire } from '#core/schedule/check.ts';
import { belongs, searchKey, seriesAt } from '#core/schedule/discover.ts';
import { canonicalAddress } from '#core/schedule/pattern.ts';
import type { HistoryStore } from '../ports.ts';
import { replaceCheck } from './replace-check.ts';

/** What is tracked from now on. */
export interface ToTrack {
  /** Every page that the configuration names now, and the months of added series. */
  readonly pages: readonly PageSpec[];
  /** Its series, and added ones: their discovered members stay tracked. */
  readonly series: readonly SeriesConfig[];
  /** Ids of the series whose members are paused. */
  readonly paused?: ReadonlySet<string>;
  /** Ids of series that are unknown for now: their members stay as they are. */
  readonly unreadable?: ReadonlySet<string>;
  /** ISO 8601. */
  readonly now: string;
}

export interface Reconciled {
  readonly started: number;
  readonly retired: number;
  /** Added pages that the configuration replaced, a line each: it names the same id or address by now. */
  readonly replaced: readonly string[];
  /** All pages in the store, and those that are neither retired nor paused. */
  readonly pages: number;
  readonly watched: number;
}

type Stores = Pick<HistoryStore, 'putCheck'>;

/** Pages that one tick starts, changes or retires: what is left differs still, so the next tick continues with it. */
export const MOST_DIFFERENCES = 2_000;

interface Difference {
  readonly kind: 'started' | 'retired' | 'changed';
  readonly next: CheckState;
  readonly stored: CheckState | null;
  readonly replaced: string | null;
}

/**
 * Brings the tracked pages in line with the configuration and the added series. Pages that a command added stay, unless the configuration
 * names them too. Writes nothing without a difference, and no more than a tick has time for.
 * @param stored all checks, read before what is to be tracked: a write that an outdated reading leads to is refused
 */
export async function reconcile(history: Stores, stored: readonly CheckState[], to: ToTrack): Promise<Reconciled> {
  const done = { started: 0, retired: 0, changed: 0 };
  const replaced: string[] = [];
  let writes = 0;
  for (const difference of differences(stored, to)) {
    if (writes === MOST_DIFFERENCES) break;
    writes += 1;
    if (!(await replaceCheck(history, difference.next, difference.stored))) continue;
    done[difference.kind] += 1;
    if (difference.replaced !== null) replaced.push(difference.replaced);
  }
  const { started, retired } = done;
  const watched = stored.filter(isWatched).length + started - retired;
  return { started, retired, replaced, pages: stored.length + started, watched };
}

/** What the hub of a series that was never searched has as its `searched`: no search key. */
const NEVER = '';

/** With the ids of all hubs: few of many pages are one. */
type Wanted = ToTrack & { readonly hubs: ReadonlySet<string | undefined> };

function* differences(stored: readonly CheckState[], toTrack: ToTrack): Generator<Difference> {
  const to: Wanted = { ...toTrack, hubs: new Set(toTrack.series.map((series) => series.hub)) };
  const rest = new Map(stored.map((check) => [check.page.id, check]));
  const names = new Map(to.pages.map((page) => [canonicalAddress(page.url), `page ${page.id}`]));
  for (const page of to.pages) {
    const check = rest.get(page.id) ?? null;
    rest.delete(page.id);
    if (check === null) {
      const next = resting(sought(newCheck(page, to.now), to), to);
      yield { kind: 'started', next, stored: null, replaced: null };
      continue;
    }
    const next = resting(asNamed(check, page, to), to);
    const replaced = check.added === undefined ? null : replacement(check, `page ${page.id} at ${page.url}`);
    if (next !== check) yield { kind: 'changed', next, stored: check, replaced };
  }
  for (const check of rest.values()) {
    const address = canonicalAddress(check.page.url);
    const taken = names.get(address) ?? null;
    if (check.added !== undefined) {
      const series = seriesAt(to.series, check.page.url);
      const by = taken ?? (series === null ? null : `series ${series.id}`);
      if (by === null) {
        names.set(address, `page ${check.page.id}`);
        const next = check.retired ? check : sought(check, to);
        if (next !== check) yield { kind: 'changed', next, stored: check, replaced: null };
      } else yield { kind: 'retired', next: retire(check), stored: check, replaced: replacement(check, by) };
      continue;
    }
    if (taken === null && check.page.series !== null && to.unreadable?.has(check.page.series) === true) continue;
    // Members found on a hub are not in the list: they stay while they belong to their series, and return with it. But a
    // page that is configured by now is not checked under two ids.
    if (!belongs(to.series, check.page) || taken !== null) {
      if (!check.retired) yield { kind: 'retired', next: retire(check), stored: check, replaced: null };
    } else {
      const next = resting(check.retired ? dueNow(check, to.now) : check, to);
      if (next !== check) yield { kind: 'changed', next, stored: check, replaced: null };
    }
  }
}

function replacement({ page }: CheckState, by: string): string {
  return `added page ${page.id} at ${page.url} is now ${by}`;
}

/** The check of a page as the configuration names it now; the same object without a difference. */
function asNamed(stored: CheckState, page: PageSpec, to: Wanted): CheckState {
  const check = withoutAddition(stored);
  if (check.page.url !== page.url) return sought({ ...dueNow(check, to.now), ...NO_BODY, page }, to);
  if (check.retired) return sought({ ...dueNow(check, to.now), page }, to);
  // A new name needs no request: the due time and a running job stay.
  return sought(samePage(check.page, page) ? check : { ...check, page }, to);
}

/**
 * The check of a hub says that it is one, so that no other page pays for looking. Links from before a series was known
 * are searched again, which needs a full request.
 */
function sought(check: CheckState, { series, hubs, now }: Wanted): CheckState {
  const key = hubs.has(check.page.id) ? searchKey(series, check.page.id) : null;
  if (key === null || key === check.searched) return check;
  const hub = check.searched === undefined ? { ...check, searched: NEVER } : check;
  if (check.knownSha256 === null) return hub;
  return { ...(check.leasedUntil === null ? dueNow(hub, now) : hub), ...NO_BODY };
}

/** A member rests while its series is paused; one that was paused by itself stays so. */
function resting(check: CheckState, { paused, now }: ToTrack): CheckState {
  const rests = check.page.series !== null && paused?.has(check.page.series) === true;
  if (rests) return check.paused === undefined ? { ...check, paused: 'series', leasedUntil: null } : check;
  if (check.paused !== 'series') return check;
  const { paused: _, ...rest } = check;
  return dueNow(rest, now);
}

/** The configuration decides about a page that it names. */
function withoutAddition(check: CheckState): CheckState {
  if (check.added === undefined) return check;
  const { added: _, ...rest } = check;
  return rest;
}

function samePage(a: PageSpec, b: PageSpec): boolean {
  return a.name === b.name && a.rolling === b.rolling && a.series === b.series;
}
