import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from '#core/history/canonical.ts';
import {
  type Chunk,
  chunkName,
  chunksToLoad,
  extendLineage,
  isSound,
  isVisible,
  type Lined,
  lookUp,
  shortId,
} from '#core/history/lineage.ts';

/** A history of `count` revisions, whose ids depend on the seed. */
function grown(count: number, seed = 'a', from: Lined | null = null) {
  const stored = new Map<string, string>();
  const all: Chunk[] = [];
  let head: Lined | null = from;
  for (let number = (from?.revision ?? 0) + 1; number <= count; number += 1) {
    const { lineage, chunks } = extendLineage(head, 'page', idOf(number, seed));
    head = { revision: number, lineage };
    for (const chunk of chunks) {
      stored.set(chunkName(chunk), chunk.entries);
      all.push(chunk);
    }
  }
  if (head === null) throw new Error('an empty history');
  return { head, stored, all };
}

const idOf = (number: number, seed = 'a') => sha256(`${seed} ${number}`);
const item = (number: number, seed = 'a') => ({ revision: number, revisionId: idOf(number, seed) });

/** Loads what is needed to look a revision up; returns how many chunks that took. */
function load({ head, stored }: ReturnType<typeof grown>, number: number) {
  const loaded = new Map<string, string>();
  for (;;) {
    const [next] = chunksToLoad(head, [number], loaded);
    if (next === undefined) return loaded;
    const entries = stored.get(chunkName(next));
    if (entries === undefined) throw new Error(`${chunkName(next)} was never stored`);
    loaded.set(chunkName(next), entries);
  }
}

describe('the lineage of a page', () => {
  it('a page without a head shows nothing', () => {
    expect(isVisible(null, item(1), new Map())).toBe(false);
    expect(isVisible(undefined, item(1), new Map())).toBe(false);
  });

  it('shows every revision of a long history, and no other attempt at its number', () => {
    const history = grown(2_100);
    for (let number = 1; number <= 2_100; number += 1) {
      expect(isVisible(history.head, item(number), history.stored)).toBe(true);
      expect(isVisible(history.head, item(number, 'b'), history.stored)).toBe(false);
    }
  });

  it('shows nothing beyond the head, before the first revision or between two', () => {
    const { head, stored } = grown(40);
    for (const revision of [41, 0, -1, 1.5, Number.NaN])
      expect(isVisible(head, { revision, revisionId: idOf(1) }, stored)).toBe(false);
  });

  it('keeps the newest ids in the head and needs no chunk for them', () => {
    const { head } = grown(100);
    expect(chunksToLoad(head, [97, 98, 99, 100], new Map())).toEqual([]);
    expect(lookUp(head, 97, new Map())).toBe(shortId(idOf(97)));
  });

  it('makes a chunk of 32 entries, named by its content', () => {
    expect(grown(31).all).toEqual([]);
    const { head, all } = grown(32);
    expect(all).toHaveLength(1);
    expect(all[0]).toMatchObject({ pageId: 'page', level: 1, index: 0 });
    expect(all[0]?.entries).toBe(Array.from({ length: 32 }, (_, at) => shortId(idOf(at + 1))).join(''));
    expect(all.every(isSound)).toBe(true);
    expect(isSound({ name: all[0]?.name ?? '', entries: `${all[0]?.entries}0` })).toBe(false);
    expect(head.lineage[0]).toBe('');
  });

  it('names each chunk by its place, so that no two share one', () => {
    const { all } = grown(3_300);
    expect(all.filter(({ level }) => level === 1).map(({ index }) => index)).toEqual([...Array(103).keys()]);
    expect(all.filter(({ level }) => level === 2).map(({ index }) => index)).toEqual([0, 1, 2]);
  });

  it('stays below a kilobyte in the head, and below four chunks a look, at a million revisions', () => {
    // Grown from a head that is one revision short of it: every level holds 31 entries.
    const full = 32 ** 4 - 1;
    const lineage = Array.from({ length: 4 }, () => 'f'.repeat(31 * 8));
    const head = { revision: full, lineage };
    expect(lineage.join('').length).toBeLessThan(1_000);
    let chunk = lookUp(head, 1, new Map());
    const loaded = new Map<string, string>();
    let looks = 0;
    for (; chunk !== null && typeof chunk !== 'string'; chunk = lookUp(head, 1, loaded)) {
      loaded.set(chunkName(chunk), 'e'.repeat(32 * 8));
      looks += 1;
    }
    expect({ chunk, looks }).toEqual({ chunk: 'eeeeeeee', looks: 3 });
    const after = extendLineage(head, 'page', 'a'.repeat(64));
    expect(after.chunks.map(({ level }) => level)).toEqual([1, 2, 3, 4]);
    expect(after.lineage.slice(0, 4)).toEqual(['', '', '', '']);
  });

  it('asks for each chunk once, whatever is asked for', () => {
    const { head } = grown(100);
    expect(chunksToLoad(head, [1, 2, 3, 33, 40, 1, 100, 400], new Map())).toHaveLength(2);
  });

  it('refuses to judge an item whose chunk was not loaded', () => {
    expect(() => isVisible(grown(40).head, item(1), new Map())).toThrow('is not loaded');
  });

  it('a head and what it was made from agree on every older revision', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_200 }), fc.integer({ min: 0, max: 80 }), (count, more) => {
        const old = grown(count);
        const now = grown(count + more, 'c', old.head);
        const stored = new Map([...old.stored, ...now.stored]);
        const number = 1 + ((count * 7) % count);
        const loaded = load({ ...now, stored }, number);
        expect(loaded.size).toBeLessThanOrEqual(2);
        expect(isVisible(now.head, item(number), loaded)).toBe(true);
        expect(now.head.lineage.join('').length).toBeLessThanOrEqual(3 * 31 * 8);
      }),
      { numRuns: 60 },
    );
  });
});
