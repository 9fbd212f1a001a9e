import { anAddressOf } from './config-relayed.ts';
import { parseUrl } from './net/parse-url.ts';
import { portOf } from './net/url.ts';

interface Named {
  readonly pages: readonly { readonly url: string }[];
  readonly series: readonly { readonly pattern: string }[];
  readonly fetch: { readonly ports: readonly number[] };
}

/** What is wrong with the addresses of a configuration together, and the field: an address of two pages, a port that may not be asked. */
export function wrongAddresses({ pages, series, fetch }: Named): [(string | number)[], string][] {
  const wrong: [(string | number)[], string][] = [];
  const seen = new Map<string, string>();
  const askable = (field: (string | number)[], url: URL) => {
    const port = portOf(url);
    if (!fetch.ports.includes(port)) wrong.push([field, `port ${port} is not asked: name it in "fetch.ports"`]);
  };
  for (const [index, entry] of pages.entries()) {
    const url = parseUrl(entry.url);
    if (url === null) continue; // The field itself is wrong, and reported.
    askable(['pages', index, 'url'], url);
    url.hash = '';
    const first = seen.get(url.href);
    if (first !== undefined) wrong.push([['pages', index, 'url'], `is already the address of ${first}`]);
    else seen.set(url.href, `pages[${index}]`);
  }
  for (const [index, { pattern }] of series.entries()) {
    const url = parseUrl(anAddressOf(pattern));
    if (url !== null) askable(['series', index, 'pattern'], url);
  }
  return wrong;
}
