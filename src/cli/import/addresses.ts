import { parseUrl } from '#core/net/parse-url.ts';

/** The form in which addresses are compared: archives mix schemes, `www.` and ports. */
export function looseAddress(address: string): string {
  const url = parseUrl(address);
  if (url === null) return address;
  const { hostname, pathname, search } = url;
  return `${hostname.replace(/^www\./, '')}${pathname.replace(/\/+$/, '')}${search}`;
}

export const isSameAddress = (a: string, b: string): boolean => looseAddress(a) === looseAddress(b);
