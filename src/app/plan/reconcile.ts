import type { SeriesConfig } from '#core/config.ts';
import type { PageSpec } from '#core/history/types.ts';
import { type CheckState, dueNow, NO_BODY, newCheck } from '#core/schedule/check.ts';
import { belongs, searchKey } from '#core/schedule/discover.ts';
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
  /** All pages in the store, retired ones too. */
  readonly pages: number;
}

type Stores = Pick<HistoryStore, 'checks' | 'putCheck'>;

/** Brings the tracked pages in line with the configuration. Writes nothing without a difference. */
export async function reconcile(history: Stores, to: Configured): Promise<Reconciled> {
  const stored = new Map((await history.checks()).map((check) => [check.page.id, check]));
  const before = stored.size;
  let started = 0;
  let retired = 0;
  for (const page of to.pages) {
    const check = stored.get(page.id);
    stored.delete(page.id);
    if (check === undefined) {
      if (await replaceCheck(history, newCheck(page, to.now), null)) started += 1;
    } else {
      const next = configured(check, page, to);
      if (next !== check) await replaceCheck(history, next, check);
    }
  }
  const addresses = new Set(to.pages.map((page) => canonicalAddress(page.url)));
  for (const check of stored.values()) {
    // Members found on a hub are not in the list: they stay while they belong to their series, and return with it. But a
    // page that is configured by now is not checked under two ids.
    if (!belongs(to.series, check.page) || addresses.has(canonicalAddress(check.page.url))) {
      if (!check.retired && (await replaceCheck(history, { ...check, retired: true, leasedUntil: null }, check)))
        retired += 1;
    } else if (check.retired) {
      await replaceCheck(history, dueNow(check, to.now), check);
    }
  }
  return { started, retired, pages: before + started };
}

/** The check of a page as the configuration names it now; the same object without a difference. */
function configured(check: CheckState, page: PageSpec, { series, now }: Configured): CheckState {
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

function samePage(a: PageSpec, b: PageSpec): boolean {
  return a.name === b.name && a.rolling === b.rolling && a.series === b.series;
}
