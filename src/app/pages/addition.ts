import { allowedHosts } from '#core/config.ts';
import { UsageError } from '#core/errors.ts';
import { canonicalHost, checkUrl } from '#core/net/url.ts';
import type { PageEdit } from '#core/pages/edit.ts';
import { pageId } from '#core/pages/page-id.ts';
import { type CheckState, dueNow, NO_BODY, newCheck } from '#core/schedule/check.ts';
import { seriesAt } from '#core/schedule/discover.ts';
import { canonicalAddress } from '#core/schedule/pattern.ts';
import { configuredPages } from '#core/schedule/series.ts';
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
  const address = canonicalAddress(url.href);
  const isThere = (page: { readonly url: string }) => canonicalAddress(page.url) === address;

  expectNewAddress(deps, url.href, [
    ...configured.filter(isThere).map((page) => `page "${page.id}" of the configuration`),
    ...stored.filter((check) => !check.retired && isThere(check.page)).map(described),
  ]);
  const earlier = stored.find(({ page }) => isThere(page) && (edit.id === undefined || edit.id === page.id));
  const taken = new Set([
    ...stored.map((check) => check.page.id),
    ...configured.map((page) => page.id),
    ...deps.config.series.map((series) => series.id),
  ]);
  const id = edit.id ?? earlier?.page.id ?? pageId(url.href, taken);
  // The list may be a moment old; the item itself is not.
  const check = await deps.history.check(id);
  const owner =
    configured.find((page) => page.id === id) ??
    deps.config.series.find((series) => series.id === id) ??
    (check !== null && (!check.retired || !isThere(check.page)) ? check : null);
  if (owner !== null) throw duplicateId(id, owner);

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
  return { outcome: 'continued', next: { ...dueNow(check, now.toISOString()), ...body, page, added }, stored: check };
}

const described = ({ page, added }: CheckState) =>
  added === undefined ? `page "${page.id}" of the configuration` : `added page "${page.id}"`;

function expectNewAddress(deps: EditDeps, url: string, [page]: readonly string[]): void {
  const series = seriesAt(deps.config.series, url);
  const taken = page ?? (series === null ? undefined : `a member of series "${series.id}" of the configuration`);
  if (taken !== undefined)
    throw new UsageError(`${url} is tracked already: it is ${taken}`, { code: 'duplicate-page' });
}

type IdOwner = CheckState | { readonly url: string } | { readonly pattern: string };

function duplicateId(id: string, owner: IdOwner): UsageError {
  const of =
    'pattern' in owner
      ? `the series of ${owner.pattern} in the configuration`
      : 'url' in owner
        ? `the page at ${owner.url} in the configuration`
        : `${owner.retired ? 'a retired page' : described(owner)} at ${owner.page.url}`;
  return new UsageError(`The id "${id}" is the one of ${of}: give another with --id`, { code: 'duplicate-page' });
}

/** Most allowed hosts that a message names. */
const NAMED = 20;

/** The address as it may be asked for: the fetcher's own rule. */
function reachable({ config, remedy }: EditDeps, address: string): URL {
  const hosts = allowedHosts(config);
  const host = canonicalHost(new URL(address).hostname);
  if (!hosts.some((allowed) => canonicalHost(allowed) === host)) {
    const named = hosts.length > NAMED ? `${hosts.slice(0, NAMED).join(', ')} … (${hosts.length})` : hosts.join(', ');
    throw new UsageError(`Host "${host}" is not allowed (allowed: ${named}): ${remedy}`, { code: 'host-not-allowed' });
  }
  const verdict = checkUrl(address, { allowedHosts: hosts, allowedPorts: config.fetch.ports });
  if (verdict.ok) return verdict.url;
  throw new UsageError(verdict.message, { code: verdict.reason === 'bad-url' ? 'bad-url' : 'port-not-allowed' });
}
