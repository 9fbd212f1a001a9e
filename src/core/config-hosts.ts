import type { DaybookConfig, SeriesConfig } from './config.ts';
import { addressesOf } from './config-relayed.ts';

/**
 * The hosts that the fetcher may talk to: those of the configured pages and series and those of `fetch.hosts`, with and
 * without `www.`, since sites redirect between the two, and nobody else.
 */
export function allowedHosts(config: Pick<DaybookConfig, 'pages' | 'series' | 'fetch'>): string[] {
  const hosts = new Set<string>();
  for (const url of addressesOf(config)) {
    const host = new URL(url).hostname.toLowerCase();
    hosts.add(host);
    if (/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(host) && !/\.\d+$/.test(host)) {
      hosts.add(host.startsWith('www.') ? host.slice('www.'.length) : `www.${host}`);
    }
  }
  return [...hosts].sort();
}

/** The series, and the addresses of configured pages, which are never members: see `src/core/schedule/discover.ts`. */
export function hubsOf(config: Pick<DaybookConfig, 'pages' | 'series'>): {
  series: SeriesConfig[];
  addresses: string[];
} {
  return { series: config.series, addresses: config.pages.map((entry) => entry.url) };
}
