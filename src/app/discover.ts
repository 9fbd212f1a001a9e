import type { SeriesConfig } from '#core/config.ts';
import type { Capture, PageSpec } from '#core/history/types.ts';
import { pageLinks } from '#core/page/links.ts';
import { discover } from '#core/schedule/discover.ts';
import { ConflictError } from './errors.ts';
import { newCheck } from './plan.ts';
import type { HistoryStore, Log } from './ports.ts';

/** The part of the configuration that tells hub pages. */
export interface Hubs {
  readonly series: readonly SeriesConfig[];
  /** Addresses of the pages that are configured by themselves. */
  readonly addresses: readonly string[];
}

/**
 * Looks for members of a series among the links of its hub page: those that fit the pattern are tracked from now on,
 * those that only look like it are returned, to be told and not followed.
 */
export async function discoverMembers(
  deps: { readonly history: Pick<HistoryStore, 'check' | 'putCheck'>; readonly hubs: Hubs; readonly log: Log },
  page: PageSpec,
  capture: Capture,
  body: Uint8Array,
): Promise<string[]> {
  const series = deps.hubs.series.filter((one) => one.hub === page.id);
  if (series.length === 0) return [];
  const links = pageLinks(body, { contentType: capture.headers['content-type'] ?? null, url: capture.finalUrl });
  const odd = new Set<string>();
  for (const one of series) {
    const found = discover(one, links, deps.hubs.addresses, new Date(capture.fetchedAt));
    for (const link of found.odd) odd.add(link);
    for (const member of found.members) {
      if ((await deps.history.check(member.id)) === null) await track(deps, member, capture.fetchedAt);
    }
  }
  return [...odd];
}

async function track(
  deps: { readonly history: Pick<HistoryStore, 'putCheck'>; readonly log: Log },
  member: PageSpec,
  now: string,
): Promise<void> {
  try {
    await deps.history.putCheck(newCheck(member, now), null);
    deps.log.info('discovered', { page: member.id, url: member.url });
  } catch (error) {
    // Another worker tracks it already.
    if (!(error instanceof ConflictError)) throw error;
  }
}
