import { describe, expect, it } from 'vitest';
import { candidates } from '#core/diff/match/candidates.ts';
import { Corpus, type Words } from '#core/diff/match/corpus.ts';

const corpus = new Corpus();
/** Texts without a common word. */
const texts = (count: number, length: number, name = 'w'): Words[] =>
  Array.from({ length: count }, (_, n) =>
    corpus.read(Array.from({ length }, (_, k) => `${name}${n}x${k}`).join(' '), 'before'),
  );

describe('every text is compared with every other', () => {
  const compared = (left: number, right: number, length: number): number =>
    candidates(texts(left, length), texts(right, length))(0).length;

  it('up to 10,000 pairs', () => {
    expect(compared(100, 100, 3)).toBe(100);
    expect(compared(101, 100, 3)).toBeLessThanOrEqual(6);
  });

  it('up to 4,000,000 words that these comparisons read', () => {
    expect(compared(40, 40, 1_250)).toBe(40);
    expect(compared(40, 40, 1_251)).toBeLessThanOrEqual(6);
  });
});

describe('among many texts', () => {
  /** The candidates of a text of one word that `sharing` texts have. */
  const found = (sharing: number): number => {
    const [word] = texts(1, 1, 'shared');
    if (word === undefined) throw new Error('There is a text');
    const others = Array.from({ length: sharing }, () => word);
    return candidates([word, ...texts(100, 1, 'left')], [...others, ...texts(101, 1, 'right')])(0).length;
  };

  it('a word that 16 texts have is evidence, one that 17 have is none', () => {
    expect(found(16)).toBe(6);
    expect(found(17)).toBe(0);
  });

  it('the six best candidates are compared', () => {
    expect(found(5)).toBe(5);
    expect(found(7)).toBe(6);
  });
});
