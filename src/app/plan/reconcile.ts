import type { SeriesConfig } from '#core/config.ts';
import type { PageSpec } from '#core/history/types.ts';
import { type CheckState, dueNow, isWatched, NO_BODY, newCheck, retire } from '#core/schedule/check.ts';
import { belongs, searchKey, seriesAt } from '#core/schedule/discover.ts';
import { canonicalAddress } from '#core/schedule/pattern.ts';
import type { HistoryStore } from '../ports.ts';
import { replaceCheck } from './replace-check.ts';

export interface Configured {
  /** Every page that the configuration names now. */
  readonly pages: readonly PageSpec[];
  /** Its series: their discovered members stay tracked. */
  readonly series: readonly SeriesConfig[];
  /** ISO 8601. */
  readonly now: string;
}

export interface Reconciled {
  readonly started: number;
  readonly retired: number;
  /** Added pages that the configuration replaced, a line each: it names the same id or address by now. */
  readonly replaced: readonly string[];
  /** The checks of all tracked pages before that. */
  readonly stored: readonly CheckState[];
  /** All pages in the store, and those that are neither retired nor paused. */
  readonly pages: number;
  readonly watched: number;
}

type Stores = Pick<HistoryStore, 'checks' | 'putCheck'>;

/** Pages that one tick starts, changes or retires: what is left differs still, so the next tick continues with it. */
export const MOST_DIFFERENCES = 2_000;

interface Difference {
  readonly kind: 'started' | 'retired' | 'changed';
  readonly next: CheckState;
  readonly stored: CheckState | null;
  readonly replaced: string | null;
}

/**
 * Brings the tracked pages in line with the configuration. Pages that a command added stay, unless the configuration
 * names them too. Writes nothing without a difference, and no more than a tick has time for.
 */
export async function reconcile(history: Stores, to: Configured): Promise<Reconciled> {
  const stored = await history.checks();
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
  return { started, retired, replaced, stored, pages: stored.length + started, watched };
}

function* differences(stored: readonly CheckState[], to: Configured): Generator<Difference> {
  const rest = new Map(stored.map((check) => [check.page.id, check]));
  const names = new Map(to.pages.map((page) => [canonicalAddress(page.url), `page ${page.id}`]));
  for (const page of to.pages) {
    const check = rest.get(page.id) ?? null;
    rest.delete(page.id);
    if (check === null) {
      yield { kind: 'started', next: newCheck(page, to.now), stored: null, replaced: null };
      continue;
    }
    const next = configured(check, page, to);
    const replaced = check.added === undefined ? null : sentence(check, `page ${page.id} at ${page.url}`);
    if (next !== check) yield { kind: 'changed', next, stored: check, replaced };
  }
  for (const check of rest.values()) {
    const address = canonicalAddress(check.page.url);
    const taken = names.get(address) ?? null;
    if (check.added !== undefined) {
      const series = seriesAt(to.series, check.page.url);
      const by = taken ?? (series === null ? null : `series ${series.id}`);
      if (by === null) names.set(address, `page ${check.page.id}`);
      else yield { kind: 'retired', next: retire(check), stored: check, replaced: sentence(check, by) };
      continue;
    }
    // Members found on a hub are not in the list: they stay while they belong to their series, and return with it. But a
    // page that is configured by now is not checked under two ids.
    if (!belongs(to.series, check.page) || taken !== null) {
      if (!check.retired) yield { kind: 'retired', next: retire(check), stored: check, replaced: null };
    } else if (check.retired) {
      yield { kind: 'changed', next: dueNow(check, to.now), stored: check, replaced: null };
    }
  }
}

function sentence({ page }: CheckState, by: string): string {
  return `added page ${page.id} at ${page.url} is now ${by}`;
}

/** The check of a page as the configuration names it now; the same object without a difference. */
function configured(stored: CheckState, page: PageSpec, { series, now }: Configured): CheckState {
  const check = withoutAddition(stored);
  if (check.page.url !== page.url) return { ...dueNow(check, now), ...NO_BODY, page };
  if (check.retired) return { ...dueNow(check, now), page };
  const key = searchKey(series, page.id);
  // Links from before the series was configured are searched again, which needs a full request.
  if (key !== null && key !== check.searched && check.knownSha256 !== null) {
    return { ...(check.leasedUntil === null ? dueNow(check, now) : check), ...NO_BODY, page };
  }
  // A new name needs no request: the due time and a running job stay.
  return samePage(check.page, page) ? check : { ...check, page };
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
