import type { SeriesConfig } from '#core/config.ts';
import { UsageError } from '#core/errors.ts';
import type { PageSpec } from '#core/history/types.ts';
import type { PageEdit } from '#core/pages/edit.ts';
import { pageId } from '#core/pages/page-id.ts';
import { type CheckState, dueNow, NO_BODY, newCheck, retire } from '#core/schedule/check.ts';
import { seriesAt } from '#core/schedule/discover.ts';
import { canonicalAddress } from '#core/schedule/pattern.ts';
import { configuredPages } from '#core/schedule/series.ts';
import { hasMemberId } from '../series/member-ids.ts';
import type { TrackedSeries } from '../series/tracked.ts';
import { reachable } from './reachable.ts';
import { type AllSeries, storedSeries } from './stored-series.ts';
import type { EditDeps } from './types.ts';

type Added = Extract<PageEdit, { action: 'add' }>;

export interface Addition {
  readonly outcome: 'added' | 'continued';
  readonly next: CheckState;
  readonly stored: CheckState | null;
}

/** The check that starts an added page, or continues a retired one of the same address. */
export async function addition(deps: EditDeps, edit: Added): Promise<Addition> {
  const url = reachable(deps, edit.url);
  const now = deps.now();
  const configured = configuredPages(deps.config, now);
  const stored = await deps.history.checks();
  const all = await storedSeries(deps);
  const described = describer(all.tracked);
  const address = canonicalAddress(url.href);
  const isThere = (page: { readonly url: string }) => canonicalAddress(page.url) === address;

  const series = seriesAt(deps.config.series, url.href);
  const ofAdded = seriesAt(all.tracked.series, url.href);
  expectNewAddress(url.href, [
    ...configured.filter(isThere).map((page) => `page "${page.id}" of the configuration`),
    ...stored.filter((check) => !all.isGone(check) && isThere(check.page)).map(described),
    ...(series === null ? [] : [`a member of series "${series.id}" of the configuration`]),
    ...(ofAdded === null ? [] : [`a member of added series "${ofAdded.id}"`]),
  ]);
  const earlier = stored.find(({ page }) => isThere(page) && (edit.id === undefined || edit.id === page.id));
  const taken = takenIds(deps, [...stored.map(({ page }) => page), ...configured], all);
  const owners = [...deps.config.series, ...all.tracked.series];
  const namer = (id: string) => owners.find((series) => hasMemberId(series, { id, url: url.href }));
  const made = pageId(url.href, taken);
  const id = edit.id ?? earlier?.page.id ?? (namer(made) === undefined ? made : pageId(url.href, taken));
  // The list may be a moment old; the item itself is not.
  const check = await deps.history.check(id);
  const owner =
    configured.find((page) => page.id === id) ??
    deps.config.series.find((series) => series.id === id) ??
    (check !== null && (!all.isGone(check) || !isThere(check.page)) ? check : null);
  if (owner !== null) throw duplicateId(id, owner, described);
  if (all.ids.has(id)) throw ownedBySeries(id);
  const ofMember = namer(id);
  if (ofMember !== undefined) throw duplicateMember(id, ofMember);

  const before = check?.page ?? { name: null, rolling: false };
  const page = {
    id,
    url: url.href,
    name: edit.name ?? before.name,
    rolling: edit.rolling ?? before.rolling,
    series: null,
  };
  const added = { every: edit.every ?? null };
  if (check === null) return { outcome: 'added', next: { ...newCheck(page, now.toISOString()), added }, stored: null };
  const body = check.page.url === page.url ? {} : NO_BODY;
  // A member of a removed series may not be retired yet: it must not rest on with that.
  const next = dueNow(retire(check), now.toISOString());
  return { outcome: 'continued', next: { ...next, ...body, page, added }, stored: check };
}

/** Ids that mean a page or a series already. */
export function takenIds({ config }: EditDeps, pages: readonly PageSpec[], { ids }: AllSeries): Set<string> {
  return new Set([...pages.map((page) => page.id), ...config.series.map((series) => series.id), ...ids]);
}

/** How messages name a tracked page. */
export function describer({ series, unreadable }: TrackedSeries): (check: CheckState) => string {
  const ids = new Set([...series, ...unreadable].map((one) => one.id));
  return ({ page, added }) => {
    if (added !== undefined) return `added page "${page.id}"`;
    if (page.series !== null && ids.has(page.series)) return `page "${page.id}" of added series "${page.series}"`;
    return `page "${page.id}" of the configuration`;
  };
}

function expectNewAddress(url: string, [taken]: readonly string[]): void {
  if (taken !== undefined) throw duplicate(`${url} is tracked already: it is ${taken}`);
}

export function ownedBySeries(id: string): UsageError {
  return duplicate(`The id "${id}" is the one of an added series: give another with --id`);
}

export function duplicate(message: string): UsageError {
  return new UsageError(message, { code: 'duplicate-page' });
}

function duplicateMember(id: string, { pattern }: SeriesConfig): UsageError {
  return duplicate(`The id "${id}" is that of a member of the series of ${pattern}: give another with --id`);
}

type IdOwner = CheckState | { readonly url: string } | { readonly pattern: string };

function duplicateId(id: string, owner: IdOwner, described: (check: CheckState) => string): UsageError {
  const of =
    'pattern' in owner
      ? `the series of ${owner.pattern} in the configuration`
      : 'url' in owner
        ? `the page at ${owner.url} in the configuration`
        : `${owner.retired ? 'a retired page' : described(owner)} at ${owner.page.url}`;
  return duplicate(`The id "${id}" is the one of ${of}: give another with --id`);
}
