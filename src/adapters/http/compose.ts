import type { PageFetcher } from '#app/fetch/page-fetcher.ts';
import type { Log } from '#app/ports.ts';
import type { DaybookConfig } from '#core/config.ts';
import { allowedHosts } from '#core/config-hosts.ts';
import { isLoopbackAddress, portOf } from './address.ts';
import { createFetcher, type FetcherOptions } from './fetcher.ts';
import { userAgent } from './user-agent.ts';

type Reach = 'allowedHosts' | 'allowLoopback' | 'allowedPorts' | 'userAgent';

/** The fetcher for the pages that a configuration names. */
export function composeFetcher(
  config: Pick<DaybookConfig, 'pages' | 'series' | 'fetch'>,
  log: Log,
  options: Partial<Omit<FetcherOptions, Reach | 'log'>> = {},
): PageFetcher {
  return createFetcher({
    allowedHosts: allowedHosts(config),
    allowLoopback: config.fetch.allowLoopback,
    allowedPorts: config.fetch.ports,
    userAgent: userAgent(config.fetch.contact),
    maxBytes: config.fetch.maxBytes,
    minGapMs: config.fetch.minGapSeconds * 1_000,
    robots: config.fetch.robots,
    log: (message, fields) => log.warn(message, fields),
    ...options,
  });
}

/** The fetcher for addresses that a person typed: it reaches their hosts and ports and nothing else. */
export function composeFetcherFor(
  addresses: readonly string[],
  options: Partial<Omit<FetcherOptions, Reach>> = {},
): PageFetcher {
  return createFetcher({
    allowedHosts: addresses.map((address) => new URL(address).hostname),
    allowLoopback: addresses.every(isLoopbackAddress),
    allowedPorts: [...new Set([80, 443, ...addresses.map(portOf)])],
    userAgent: userAgent(undefined),
    ...options,
  });
}
