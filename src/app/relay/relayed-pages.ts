import type { DaybookConfig } from '#core/config.ts';
import { relayedBy } from '#core/config-relayed.ts';
import { UsageError } from '#core/errors.ts';
import type { PageSpec } from '#core/history/types.ts';
import { configuredPages } from '#core/schedule/series.ts';
import type { RelayedPage } from './relay-job.ts';

/** A page as the deployed reader lists it. */
export interface DeployedPage extends PageSpec {
  readonly retired: boolean;
  readonly paused: boolean;
}

/** What decides which pages are relayed. */
export interface Choice {
  readonly config: Pick<DaybookConfig, 'pages' | 'series' | 'fetch'>;
  /** What the deployed reader lists; null where it is not asked. */
  readonly listed: readonly DeployedPage[] | null;
  /** Ids that a person named; empty: all. */
  readonly only: readonly string[];
  readonly now: Date;
}

/**
 * The pages of relayed hosts. Of the deployment where its reader was asked: added and found pages are among them, paused
 * and removed ones are not. Else those that the configuration names at this time.
 * @throws UsageError (`no-relayed-hosts`, `not-found`).
 */
export function relayedPages({ config, listed, only, now }: Choice): RelayedPage[] {
  if (config.fetch.relayed.length === 0) {
    throw new UsageError(
      '"fetch.relayed" of the configuration names no host: name there whose pages are relayed, and deploy, so that the deployed functions leave them',
      { code: 'no-relayed-hosts' },
    );
  }
  const isRelayed = relayedBy(config);
  const known =
    listed?.filter(({ retired, paused }) => !retired && !paused).map(specOf) ?? configuredPages(config, now);
  const pages = known.filter(({ url }) => isRelayed(url));
  for (const id of only) {
    if (pages.some((page) => page.id === id)) continue;
    const where =
      listed === null ? 'the configuration names no such page (--server asks for added ones)' : 'none is tracked';
    const why = known.some((page) => page.id === id) ? 'its host is not in "fetch.relayed"' : where;
    throw new UsageError(`--page: "${id}" is not relayed: ${why}`, { code: 'not-found' });
  }
  const named = only.length > 0;
  return pages.filter(({ id }) => !named || only.includes(id)).map((page) => ({ page, every: null, named }));
}

function specOf({ id, url, name, rolling, series }: DeployedPage): PageSpec {
  return { id, url, name, rolling, series };
}
