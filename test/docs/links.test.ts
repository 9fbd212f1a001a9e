import { access, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Documents that people read: all of docs, and those of the root. */
async function documents(): Promise<string[]> {
  const below = await readdir('docs', { recursive: true });
  const pages = below.filter((name) => name.endsWith('.md')).map((name) => join('docs', name));
  return ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...pages.sort()];
}

/** What a heading is called in an address: small letters, digits, `_` and `-`, a `-` for a space. */
function anchorOf(heading: string): string {
  const text = heading.replace(/`|\*\*|\[([^\]]*)\]\([^)]*\)/g, '$1');
  return text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-');
}

const withoutCode = (text: string) => text.replace(/^\s*```.*?^\s*```/gms, '').replace(/`[^`\n]*`/g, '');

async function anchorsOf(path: string): Promise<ReadonlySet<string>> {
  const text = (await readFile(path, 'utf8')).replace(/^\s*```.*?^\s*```/gms, '');
  return new Set([...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => anchorOf(heading)));
}

/** The links of a document that lead nowhere. */
async function broken(path: string, text: string): Promise<string[]> {
  const found: string[] = [];
  for (const [, link = ''] of withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^[a-z]+:/.test(link)) continue;
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? path : join(dirname(path), file);
    const isThere = await access(target).then(
      () => true,
      () => false,
    );
    const isWhole = isThere && (anchor === undefined || (await anchorsOf(target)).has(anchor));
    if (!isWhole) found.push(`${path}: ${link}`);
  }
  return found;
}

describe('the documents', () => {
  it('link to files and headings that exist', async () => {
    const all = await documents();
    expect(all.length).toBeGreaterThan(40);
    const found = await Promise.all(all.map(async (path) => broken(path, await readFile(path, 'utf8'))));
    expect(found.flat()).toEqual([]);
  });

  it('are reached by a link, each of them', async () => {
    const all = await documents();
    const linked = new Set<string>();
    for (const path of all) {
      for (const [, link = ''] of (await readFile(path, 'utf8')).matchAll(/\]\(([^)#\s]+)/g)) {
        linked.add(join(dirname(path), link));
      }
    }
    const alone = all.filter((path) => /^docs\/[^/]+\.md$|^docs\/reference\//.test(path) && !linked.has(path));
    expect(alone).toEqual([]);
  });
});

describe('the search for broken links', () => {
  it.each([
    ['a file that is gone', '[a](gone.md)', ['docs/x.md: gone.md']],
    ['a heading that is gone', '[a](runbook.md#gone)', ['docs/x.md: runbook.md#gone']],
    ['a heading of a document that is gone', '[a](gone.md#planning-stopped)', ['docs/x.md: gone.md#planning-stopped']],
    ['nothing in sound links', '[a](runbook.md#planning-stopped) [b](../README.md) [c](https://x.example/#y)', []],
    ['nothing in code', '`[a](gone.md)`', []],
  ])('finds %s', async (_, text, expected) => {
    expect(await broken('docs/x.md', text)).toEqual(expected);
  });
});
