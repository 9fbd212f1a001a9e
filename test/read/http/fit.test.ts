import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Listing } from '#app/ports.ts';
import { escapeJson } from '#core/text/hostile.ts';
import { type Fitted, fitting, partFrom, pieceOf } from '#read/http/fit.ts';
import { Chronicle } from '../../support/chronicle.ts';
import { appOf } from '../sample.ts';

const bytesOf = (items: readonly unknown[]) => Buffer.byteLength(escapeJson(JSON.stringify(items)));
const texts = fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 30 });
/** The longest item of `texts`, each unit written as `\uXXXX`, with quotes, a comma and the list's brackets. */
const LONGEST = 60 * 2 * 6 + 8;
const most = fc.integer({ min: LONGEST, max: 3 * LONGEST });

describe('parts that fit', () => {
  it('are together the whole, none twice, each within its bytes and items, and not one item shorter than it could be', () => {
    fc.assert(
      fc.property(texts, most, fc.integer({ min: 1, max: 9 }), (items, bytes, limit) => {
        const pieces = items.map(pieceOf);
        const found: string[] = [];
        for (let start = 0; start < items.length; ) {
          const part = partFrom(items, pieceOf, start, bytes, limit);
          const shown = items.slice(start, part.end);
          expect(bytesOf(shown)).toBeLessThanOrEqual(bytes + 1);
          expect(shown.length).toBeLessThanOrEqual(limit);
          const more = items.slice(start, part.end + 1);
          if (shown.length < limit && part.end < items.length) expect(bytesOf(more)).toBeGreaterThan(bytes);
          found.push(...part.pieces);
          start = part.end;
        }
        expect(found).toEqual(pieces);
      }),
    );
  });

  it('are asked of a listing again with as many items as fit, so that its cursor follows the last of them', async () => {
    await fc.assert(
      fc.asyncProperty(texts, most, fc.integer({ min: 1, max: 9 }), async (items, bytes, limit) => {
        const ask =
          (start: number) =>
          async (size: number): Promise<Listing<string>> => {
            const end = start + size;
            return { items: items.slice(start, end), next: end < items.length ? String(end) : null };
          };
        const found: string[] = [];
        let next: string | null = '0';
        while (next !== null) {
          const part: Fitted<string> = await fitting(limit, bytes, ask(Number(next)));
          expect(bytesOf(part.items)).toBeLessThanOrEqual(bytes + 1);
          expect(part.pieces).toEqual(part.items.map(pieceOf));
          found.push(...part.items);
          next = part.next;
        }
        expect(found).toEqual(items);
      }),
    );
  });

  it('have no place for an item that alone is larger: an error says so', () => {
    expect(() => partFrom(['x'.repeat(100)], pieceOf, 0, 100)).toThrow(expect.objectContaining({ code: 'too-large' }));
  });
});

/** The answer under an address, or under the one that it redirects to. */
async function follow(app: ReturnType<typeof appOf>, address: string): Promise<Response> {
  const response = await app.request(address);
  const location = response.headers.get('Location');
  return location === null ? response : app.request(location);
}

interface Answer {
  readonly items?: readonly unknown[];
  readonly paragraphs?: readonly unknown[];
  readonly changes?: readonly unknown[];
  readonly more: string | null;
}

describe('answers about a page with a text of 10 MB', () => {
  const chronicle = new Chronicle();
  const PARAGRAPHS = 13;
  let older = '';
  beforeAll(async () => {
    const paragraphs = Array.from({ length: PARAGRAPHS }, (_, at) => ({
      id: `p${at}`,
      text: `${at} <& \u202e `.repeat(60_000),
      date: '2024-03-04',
    }));
    await chronicle.track('long');
    older = (await chronicle.revise('long', '2024-03-05T00:00:00Z', [])).id;
    await chronicle.revise('long', '2024-03-06T00:00:00Z', paragraphs);
  });

  it.each([
    ['/api/timeline', 'items'],
    ['/api/changes', 'items'],
    ['/api/pages/long/revisions/latest', 'paragraphs'],
    ['/api/pages/long/revisions/latest?limit=3', 'paragraphs'],
    ['/api/pages/long/diff?from=1', 'changes'],
    ['/api/pages/long/revisions/2/changes', 'items'],
  ] as const)('%s: come in parts of at most 5 MB that together are all of it', async (path, name) => {
    const app = appOf(chronicle);
    const found: unknown[] = [];
    let address: string | undefined = path;
    let parts = 0;
    while (address !== undefined) {
      const response = await follow(app, address);
      const body = await response.text();
      expect(Buffer.byteLength(body)).toBeLessThan(5_010_000);
      found.push(...((JSON.parse(body) as Answer)[name] ?? []));
      address = response.headers.get('Link')?.match(/^<([^>]+)>; rel="next"$/)?.[1];
      parts += 1;
    }
    expect(parts).toBeGreaterThan(2);
    expect(new Set(found.map((item) => JSON.stringify(item))).size).toBe(PARAGRAPHS);
    expect(found).toHaveLength(PARAGRAPHS);
  });

  it('refuse a cursor of another revision', async () => {
    const app = appOf(chronicle);
    const first = (await (await app.request('/api/pages/long/revisions/latest?limit=3')).json()) as Answer;
    const other = await app.request(`/api/pages/long/revisions/${older}?after=${first.more}`);
    expect([other.status, await other.json()]).toMatchObject([400, { code: 'bad-cursor' }]);
  });
});
