import { allowedHosts } from '#core/config-hosts.ts';
import { UsageError } from '#core/errors.ts';
import { canonicalHost, checkUrl } from '#core/net/url.ts';
import type { EditDeps } from './types.ts';

/** Most allowed hosts that a message names. */
const NAMED = 20;

/**
 * The address as it may be asked for: the fetcher's own rule.
 * @throws UsageError `host-not-allowed`, `port-not-allowed` or `bad-url`
 */
export function reachable({ config, remedy }: Pick<EditDeps, 'config' | 'remedy'>, address: string): URL {
  const hosts = allowedHosts(config);
  const host = canonicalHost(new URL(address).hostname);
  if (!hosts.some((allowed) => canonicalHost(allowed) === host)) {
    const named = hosts.length > NAMED ? `${hosts.slice(0, NAMED).join(', ')} … (${hosts.length})` : hosts.join(', ');
    throw new UsageError(`Host "${host}" is not allowed (allowed: ${named}): ${remedy}`, { code: 'host-not-allowed' });
  }
  const verdict = checkUrl(address, { allowedHosts: hosts, allowedPorts: config.fetch.ports });
  if (verdict.ok) return verdict.url;
  if (verdict.reason === 'bad-url') throw new UsageError(verdict.message, { code: 'bad-url' });
  const portRemedy = remedy.replace('"fetch.hosts"', '"fetch.ports"');
  throw new UsageError(`${verdict.message}: ${portRemedy}`, { code: 'port-not-allowed' });
}
