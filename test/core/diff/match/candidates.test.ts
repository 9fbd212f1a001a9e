import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candidates } from '#core/diff/match/candidates.ts';
import { Corpus, type Words } from '#core/diff/match/corpus.ts';

/** Texts of different words, each with the common beginning. */
function read(count: number, words: number, corpus: Corpus, common = ''): Words[] {
  return Array.from({ length: count }, (_, n) =>
    corpus.read(`${common} ${Array.from({ length: words }, (_, k) => `w${n}x${k}`).join(' ')}`, 'before'),
  );
}

describe('candidates', () => {
  it('are all where few short texts are compared', () => {
    const corpus = new Corpus();
    const texts = read(20, 30, corpus);
    const near = candidates(texts, texts);
    expect(near(7)).toEqual(texts.map((_, index) => index));
  });

  it.each([
    ['many short texts', 150, 20],
    ['few texts, so long that reading all with all would take minutes', 40, 4_000],
  ])('are a handful, the right one first, of %s', (_, count, words) => {
    const corpus = new Corpus();
    const texts = read(count, words, corpus, 'the harbour office said on');
    const near = candidates(texts, texts);
    for (const index of [0, 3, count - 1]) {
      expect(near(index)[0]).toBe(index);
      expect(near(index).length).toBeLessThanOrEqual(6);
    }
  });

  it('are indices of the list, each at most once, for any texts', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 12 }), fc.array(fc.string(), { maxLength: 12 }), (left, right) => {
        const corpus = new Corpus();
        const texts = left.map((text) => corpus.read(text, 'before'));
        const among = right.map((text) => corpus.read(text, 'after'));
        const near = candidates(texts, among);
        for (let index = 0; index < texts.length; index++) {
          const found = near(index);
          expect(new Set(found).size).toBe(found.length);
          expect(found.every((at) => at >= 0 && at < among.length)).toBe(true);
        }
      }),
    );
  });
});
