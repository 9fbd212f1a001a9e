import type { SeriesConfig } from '#core/config.ts';
import type { Capture, PageSpec } from '#core/history/types.ts';
import { pageLinks } from '#core/page/links.ts';
import type { OpenedPage } from '#core/page/open-page.ts';
import { newCheck } from '#core/schedule/check.ts';
import { discover } from '#core/schedule/discover.ts';
import { memberOf } from '#core/schedule/pattern.ts';
import type { HistoryStore, Log } from '../ports.ts';
import { replaceCheck } from './replace-check.ts';

/** The part of the configuration that names hub pages. */
export interface Hubs {
  readonly series: readonly SeriesConfig[];
  /** Addresses of the pages under `pages`. */
  readonly addresses: readonly string[];
}

interface DiscoverDeps {
  readonly history: Pick<HistoryStore, 'check' | 'putCheck'>;
  readonly hubs: Hubs;
  readonly log: Log;
}

/** Members that are looked up at the same time: a hub of a daily series links to a thousand. */
const AT_ONCE = 25;

/**
 * Looks for members of a series among the links of its hub page: those that fit the pattern are tracked from now on,
 * odd links are returned, for alerts, and not followed. The same call again changes nothing.
 */
export async function discoverMembers(
  deps: DiscoverDeps,
  page: PageSpec,
  capture: Capture,
  opened: OpenedPage,
): Promise<string[]> {
  const series = deps.hubs.series.filter((one) => one.hub === page.id);
  if (series.length === 0) return [];
  const links = pageLinks(opened, capture.finalUrl);
  const members = new Map<string, PageSpec>();
  const odd = new Set<string>();
  for (const one of series) {
    const found = discover(one, links, deps.hubs.addresses, new Date(capture.fetchedAt));
    // An odd link of one series may be a member of another with a similar name.
    const others = deps.hubs.series.filter((other) => other !== one);
    for (const link of found.odd) if (!others.some((other) => memberOf(other, link) !== null)) odd.add(link);
    for (const member of found.members) members.set(member.id, member);
  }
  await trackAll(deps, [...members.values()], capture.fetchedAt);
  return [...odd];
}

async function trackAll(deps: DiscoverDeps, members: readonly PageSpec[], now: string): Promise<void> {
  for (let at = 0; at < members.length; at += AT_ONCE) {
    await Promise.all(members.slice(at, at + AT_ONCE).map((member) => track(deps, member, now)));
  }
}

async function track(deps: DiscoverDeps, member: PageSpec, now: string): Promise<void> {
  if ((await deps.history.check(member.id)) !== null) return;
  // Fails if another worker tracks it already.
  if (!(await replaceCheck(deps.history, newCheck(member, now), null))) return;
  deps.log.info('discovered', { page: member.id, url: member.url });
}
