import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { extractArticle } from '#core/page/index.ts';

const FOLDER = fileURLToPath(new URL('../../../fixtures/pages/', import.meta.url));
const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.html'))
  .map((file) => file.slice(0, -'.html'.length));

/** The page as its author would read it out: head lines `name: value`, a blank line, then `kind: text` a block. */
function expectedOf(name: string): { head: Record<string, string>; blocks: string[] } {
  const [head = '', body = ''] = readFileSync(`${FOLDER}${name}.expected.txt`, 'utf8').split('\n\n');
  const pairs = head.split('\n').map((line): [string, string] => {
    const colon = line.indexOf(': ');
    return [line.slice(0, colon), line.slice(colon + 2)];
  });
  return { head: Object.fromEntries(pairs), blocks: body.trimEnd().split('\n') };
}

function extract(name: string) {
  const { head } = expectedOf(name);
  return extractArticle(readFileSync(`${FOLDER}${name}.html`), { contentType: 'text/html', url: head.url ?? null });
}

describe('whole pages in the manner of real sites', () => {
  it('has pages to read', () => {
    expect(names.length).toBeGreaterThan(7);
  });

  it.each(names)('%s: every block of the article in reading order, and no furniture', (name) => {
    const blocks = extract(name).blocks.map(({ kind, level, text }) => `${kind}${level ?? ''}: ${text}`);
    expect(blocks).toEqual(expectedOf(name).blocks);
  });

  it.each(names)('%s: title, charset, last-modified stamp and the way it was found', (name) => {
    const { url: _, ...head } = expectedOf(name).head;
    const { title, foundBy, charset, lastModified } = extract(name);
    expect({ title, foundBy, charset, lastModified: String(lastModified) }).toEqual(head);
  });

  it.each(names)('%s: every link lies inside its text and covers visible words', (name) => {
    for (const { text, links } of extract(name).blocks) {
      for (const { href, start, end } of links) {
        expect(href).not.toBe('');
        expect(start).toBeLessThan(end);
        expect(text.slice(start, end)).toBe(text.slice(start, end).trim());
        expect(end).toBeLessThanOrEqual(text.length);
      }
    }
  });
});
