import { cut } from '../text/cut.ts';
import { oneLine } from '../text/hostile.ts';
import { parseUrl } from './parse-url.ts';

/** Where requests may go. */
export interface UrlPolicy {
  /** Host names or IP literals of the configuration, in any spelling that a URL takes. */
  readonly allowedHosts: readonly string[];
  /** The exact ports that may be asked, e.g. 80 and 443. */
  readonly allowedPorts: readonly number[];
}

/** A URL that may be requested, or why it may not. */
export type UrlVerdict =
  | { readonly ok: true; readonly url: URL }
  | { readonly ok: false; readonly reason: 'bad-url' | 'off-list'; readonly message: string };

const MAX_URL_LENGTH = 2048;

/**
 * The spelling of a host under which lists are compared: lower case, IDNA, no trailing dot; null when it is no host.
 */
export function canonicalHost(host: string): string | null {
  const bracketed = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  if (bracketed === '' || /[/?#@\\\s]/.test(bracketed) || bracketed.length > 255) return null;
  const url = parseUrl(`http://${bracketed}/`);
  if (url === null || url.port !== '') return null;
  return withoutDot(url.hostname);
}

/**
 * Checks one URL, a page's own or a redirect's target, against the policy. The host is compared whole: a list entry
 * never covers its subdomains.
 *
 * @param base the URL that a relative reference is resolved against
 */
export function checkUrl(raw: string, policy: UrlPolicy, base?: URL): UrlVerdict {
  if (raw.length > MAX_URL_LENGTH) {
    return bad('bad-url', `a URL of ${raw.length} characters is longer than the ${MAX_URL_LENGTH} that are followed`);
  }
  const url = parseUrl(raw, base);
  if (url === null) return bad('bad-url', `"${shown(raw)}" is not a URL; give an absolute http or https URL`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return bad('bad-url', `${shown(url.href)}: only http and https are fetched, not ${url.protocol.slice(0, -1)}`);
  }
  if (url.username !== '' || url.password !== '') {
    return bad('bad-url', `${url.protocol}//…@${url.host}: a URL with a user name or password is not fetched`);
  }
  url.hash = '';
  const host = withoutDot(url.hostname);
  if (!policy.allowedHosts.some((allowed) => canonicalHost(allowed) === host)) {
    return bad('off-list', `${shown(url.href)}: the host ${host} is not in the configuration`);
  }
  const port = portOf(url);
  if (!policy.allowedPorts.includes(port)) {
    return bad(
      'off-list',
      `${shown(url.href)}: port ${port} is not allowed; allowed: ${policy.allowedPorts.join(', ')}`,
    );
  }
  return { ok: true, url };
}

/** The port that a URL leads to, its scheme's own when it names none. */
export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

function withoutDot(hostname: string): string {
  return hostname.endsWith('.') ? hostname.slice(0, -1) : hostname;
}

function shown(raw: string): string {
  return cut(oneLine(raw), 200);
}

function bad(reason: 'bad-url' | 'off-list', message: string): UrlVerdict {
  return { ok: false, reason, message };
}
