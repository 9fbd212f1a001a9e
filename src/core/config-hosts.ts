import type { DaybookConfig, SeriesConfig } from './config.ts';
import { canonicalHost } from './net/url.ts';

type Named = {
  readonly pages: readonly { readonly url: string }[];
  readonly series: readonly { readonly pattern: string }[];
  readonly fetch: { readonly hosts: readonly string[] };
};

function addressesOf({ pages, series, fetch }: Named): string[] {
  return [
    ...pages.map((entry) => entry.url),
    ...series.map((entry) => entry.pattern.replace(/\{\w+\}/g, '1')),
    ...fetch.hosts.map((host) => `http://${host}/`),
  ];
}

/** The hosts that a configuration names: of pages, of series, and of pages that are added later. */
export function namedHosts(config: Named): ReadonlySet<string | null> {
  return new Set(addressesOf(config).map((url) => (URL.canParse(url) ? canonicalHost(new URL(url).hostname) : null)));
}

/** Whether a page of an address is asked by `daybook relay`, and not by the deployed functions. */
export function relayedBy({
  fetch,
}: {
  readonly fetch: { readonly relayed: readonly string[] };
}): (url: string) => boolean {
  const hosts = new Set(fetch.relayed.map((host) => (host === '*' ? host : canonicalHost(host))));
  return (url) => hosts.has('*') || hosts.has(canonicalHost(new URL(url).hostname));
}

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
