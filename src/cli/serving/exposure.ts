import { isIPv6 } from 'node:net';
import { isLoopbackAddress } from '#adapters/http/address.ts';
import { UsageError } from '#core/errors.ts';
import { parseUrl } from '#core/net/parse-url.ts';

/** Where a reader listens, and how people reach it. */
export interface Exposure {
  /** The address or name that it listens on. */
  readonly host: string;
  /** What links and alerts begin with, with a slash at the end; null: the address that it listens on. */
  readonly publicUrl: string | null;
  /** Whether others than programs of this machine may reach it: then it needs a token. */
  readonly isOpen: boolean;
}

const LOOPBACK = '127.0.0.1';
export const THIS_MACHINE: Exposure = { host: LOOPBACK, publicUrl: null, isOpen: false };

/** Listens on all addresses of the machine, and names none. */
const isWildcard = (host: string): boolean => host === '0.0.0.0' || host === '::';
const inUrl = (host: string): string => (isIPv6(host) ? `[${host}]` : host);

/** @throws UsageError when the two do not say under which name the reader is reached. */
export function exposureOf(options: { readonly host?: string; readonly publicUrl?: string }): Exposure {
  const host = options.host ?? LOOPBACK;
  const listens = isIPv6(host) || /^[\w.-]+$/.test(host) ? parseUrl(`http://${inUrl(host)}/`) : null;
  if (listens === null) {
    throw new UsageError(`--host: "${host}" is not an address or a name of this machine`);
  }
  const publicUrl = options.publicUrl === undefined ? null : originOf(options.publicUrl);
  if (publicUrl === null && isWildcard(host)) {
    throw new UsageError(`--host ${host}: name the address that people type, --public-url https://daybook.example.org`);
  }
  const isOpen = !isLoopbackAddress(listens.href) || (publicUrl !== null && !isLoopbackAddress(publicUrl));
  return { host, publicUrl, isOpen };
}

function originOf(given: string): string {
  const url = parseUrl(given);
  if (url === null || !/^https?:$/.test(url.protocol) || url.href !== `${url.origin}/`) {
    throw new UsageError(`--public-url: "${given}" is not an http or https address without a path`);
  }
  return url.href;
}

/**
 * The names that requests may come under: no web site reaches the reader through a name of its own that leads here.
 * Programs of this machine ask by its own address.
 */
export function namesOf(exposure: Exposure, port: number): string[] {
  const own = `${inUrl(localHostOf(exposure))}:${port}`;
  const names = isLoopbackAddress(`http://${own}/`) ? [own, `127.0.0.1:${port}`, `localhost:${port}`] : [own];
  return exposure.publicUrl === null ? names : [...names, new URL(exposure.publicUrl).host];
}

/** How this machine reaches the reader. */
export const localHostOf = ({ host }: Exposure): string => (isWildcard(host) ? LOOPBACK : host);
