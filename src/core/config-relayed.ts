import { parseUrl } from './net/parse-url.ts';
import { canonicalHost } from './net/url.ts';

type Named = {
  readonly pages: readonly { readonly url: string }[];
  readonly series: readonly { readonly pattern: string }[];
  readonly fetch: { readonly hosts: readonly string[] };
};

/** Some address that a pattern of a series makes. */
export const anAddressOf = (pattern: string): string => pattern.replace(/\{\w+\}/g, '1');

/** An address of each page and series, and of each host of pages that are added later. */
export function addressesOf({ pages, series, fetch }: Named): string[] {
  return [
    ...pages.map((entry) => entry.url),
    ...series.map((entry) => anAddressOf(entry.pattern)),
    ...fetch.hosts.map((host) => `http://${host}/`),
  ];
}

/** The hosts that a configuration names. */
export function namedHosts(config: Named): ReadonlySet<string | null> {
  return new Set(addressesOf(config).map((url) => canonicalHost(parseUrl(url)?.hostname ?? '')));
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
