import { sha256 } from '../history/canonical.ts';

/** `https://example.org/news/crisis-2022-01.htm` gives `crisis-2022-01`; a second page of that name gets a hash. */
export function pageId(address: string, taken: Set<string>): string {
  const url = new URL(address);
  const file = url.pathname.split('/').findLast((part) => part !== '') ?? '';
  const name = file
    .replace(/\.\w{1,5}$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+|-+$/g, '')
    .slice(0, 60);
  const plain = name === '' ? url.hostname.replace(/^[^a-z0-9]+|[^a-z0-9._-]+/g, '') || 'page' : name;
  const id = taken.has(plain) ? `${plain}-${sha256(address).slice(0, 6)}` : plain;
  taken.add(id);
  return id;
}
