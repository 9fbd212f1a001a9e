import { describe, expect, it } from 'vitest';
import { chainHash, sha256 } from '#core/history/canonical.ts';
import { keysOf, keysToRecall, recalledParagraphs, textKey } from '#core/history/past.ts';
import { nextHead } from '#core/history/revision.ts';
import { pageSpec, samplePast, sampleRevision } from '../../contracts/samples.ts';
import { block, first, PROSE, page } from '../diff/support.ts';

const [a, b, c] = PROSE;

describe('the keys of a text', () => {
  it('are one for prose and two for an item of a list, the second without its number', () => {
    const [prose, two, three] = page(a, `2. ${b}`, `3. ${b}`).map(keysOf);
    expect(prose).toEqual([textKey(a)]);
    expect(two).toHaveLength(2);
    expect(three).toHaveLength(2);
    expect(two?.[0]).not.toBe(three?.[0]);
    expect(two?.[1]).toBe(three?.[1]);
  });

  it('have 16 hex digits, which noise does not change', () => {
    expect(textKey('one two')).toMatch(/^[0-9a-f]{16}$/);
    expect(textKey('one\u00a0two')).toBe(textKey('one two'));
    expect(textKey('one three')).not.toBe(textKey('one two'));
  });
});

describe('what is looked up before a comparison', () => {
  it('is nothing for a page that stayed, moved its paragraphs, or differs by noise', () => {
    const before = first(a, b, 'one two');
    expect(keysToRecall(before, page(a, b, 'one two'))).toEqual([]);
    expect(keysToRecall(before, page('one two', b, a))).toEqual([]);
    expect(keysToRecall(before, page(a, b, 'one\u00a0two'))).toEqual([]);
    expect(keysToRecall(before, page(a))).toEqual([]);
  });

  it('is each new text once, also a second one of a text that the page has once', () => {
    const before = first(a, b);
    expect(keysToRecall(before, page(a, b, c, c))).toEqual([textKey(c)]);
    expect(keysToRecall(before, page(a, a, b))).toEqual([textKey(a)]);
  });
});

describe('the recalled paragraphs', () => {
  const past = (number: number, seq: number, text: string) => {
    const one = samplePast(sampleRevision('p', number), 'k', { seq });
    return { ...one, paragraph: { ...one.paragraph, id: text, text } };
  };

  it('come newest first, in the order in which a revision removed them, each once', () => {
    const texts = [past(2, 1, 'b'), past(9, 0, 'c'), past(2, 0, 'a'), past(5, 0, 'c')];
    const found = recalledParagraphs({ texts, crowded: new Set() }, []);
    expect(found.map(({ text }) => text)).toEqual(['c', 'a', 'b']);
  });

  it('leave out what the page has now', () => {
    const texts = [past(2, 0, a), past(2, 1, b)];
    expect(recalledParagraphs({ texts, crowded: new Set() }, first(a)).map(({ text }) => text)).toEqual([b]);
  });
});

describe('the newest report of a page', () => {
  it('stays the newest that any revision had', () => {
    const dated = (day: string) => first(block(a, day));
    let head = nextHead(null, pageSpec('p'), sampleRevision('p', 1), dated('2022-01-05'));
    const seen = [head.newestReport];
    for (const [number, day] of [
      [2, '2022-01-03'],
      [3, '2022-01-09'],
    ] as const) {
      head = nextHead(head, pageSpec('p'), sampleRevision('p', number), dated(day));
      seen.push(head.newestReport);
    }
    expect(seen).toEqual(['2022-01-05', '2022-01-05', '2022-01-09']);
  });
});

describe('the hash of a chain', () => {
  it('is the first half of SHA-256', () => {
    expect(chainHash('abc')).toBe(sha256('abc').slice(0, 32));
    expect(chainHash('abc')).not.toBe(chainHash('abd'));
  });
});
