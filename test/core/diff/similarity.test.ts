import { describe, expect, it } from 'vitest';
import { candidates } from '#core/diff/match/candidates.ts';
import { Corpus, type Words } from '#core/diff/match/corpus.ts';
import { similarity } from '#core/diff/match/similar.ts';
import { changesOf, compare, PROSE } from './support.ts';

function read(before: readonly string[], after: readonly string[]): { corpus: Corpus; left: Words[]; right: Words[] } {
  const corpus = new Corpus();
  const left = before.map((text) => corpus.read(text, 'before'));
  const right = after.map((text) => corpus.read(text, 'after'));
  corpus.seal();
  return { corpus, left, right };
}

const [a, b] = PROSE;

function alike(one: string, other: string): number {
  const { corpus, left, right } = read([one, ...PROSE], [other, ...PROSE]);
  const [p] = left;
  const [q] = right;
  return p === undefined || q === undefined ? Number.NaN : similarity(corpus, p, q);
}

describe('similarity', () => {
  it('is one for equal texts, nothing for texts without a common word', () => {
    expect(alike(a, a)).toBeGreaterThan(0.98);
    expect(alike('alpha beta', 'gamma delta')).toBe(0);
    expect(alike('', 'gamma')).toBe(0);
  });

  it('is low for unrelated prose and high for an edit', () => {
    expect(alike(a, b)).toBeLessThan(0.2);
    expect(alike(a, a.replace('storm', 'flood'))).toBeGreaterThan(0.8);
  });

  it('counts words in common order double', () => {
    const shuffled = a.split(' ').reverse().join(' ');
    expect(alike(a, shuffled)).toBeLessThan(0.7);
  });

  it('shared weight is the same whichever text is longer, walked or searched', () => {
    const long = PROSE.join(' ');
    const { corpus, left, right } = read([a, long], [a, long]);
    const [short, whole] = left;
    const [, other] = right;
    if (short === undefined || whole === undefined || other === undefined) throw new Error('nothing read');
    expect(corpus.shared(short, whole)).toBeCloseTo(short.weight);
    expect(corpus.shared(whole, short)).toBe(corpus.shared(short, whole));
    expect(corpus.shared(other, whole)).toBeCloseTo(whole.weight);
  });

  it('distinguishes texts of scripts written without spaces', () => {
    const one = '\u4ea4\u6e09\u4eba\u54e1\u672a\u767c\u8868\u8072\u660e\u5c31\u96e2\u958b\u4e86\u5cf0\u6703';
    expect(alike(one, one.replace('\u5cf0\u6703', '\u6703\u8b70'))).toBeGreaterThan(0.7);
  });
});

describe('candidates', () => {
  it('finds among thousands the text that kept two fifths of its words', () => {
    const texts = Array.from({ length: 3000 }, (_, n) =>
      Array.from({ length: 20 }, (_, k) => `w${(n * 31 + k * 977 + n * k) % 4001}`).join(' '),
    );
    const now = texts.slice(0, 200).map((text, n) => {
      const words = text.split(' ');
      return words.map((word, k) => ((k * 7 + n) % 5 < 2 ? word : `x${n * 20 + k}`)).join(' ');
    });
    const { left, right } = read(texts, now);
    const near = candidates(right, left);
    const found = now.filter((_, n) => near(n).includes(n));
    expect(found.length).toBeGreaterThanOrEqual(190);
  });

  it('compares every text with every other where there are few', () => {
    const { left, right } = read([a, b], [b]);
    expect(candidates(right, left)(0)).toEqual([0, 1]);
  });

  it('gives few candidates for a text that thousands share all words with', () => {
    const same = Array.from({ length: 3000 }, () => 'the same words again and again');
    const { left, right } = read(same, same);
    expect(candidates(right, left)(0).length).toBeLessThan(20);
  });
});

describe('hostile pages', () => {
  it('of one paragraph repeated lose one as one removal', () => {
    const many = Array.from({ length: 5000 }, () => 'again');
    expect(compare(many, many.slice(1)).changes.map(({ kind }) => kind)).toEqual(['removed']);
  });

  it('of one huge paragraph cut into thousands is one split', () => {
    const words = Array.from({ length: 40_000 }, (_, n) => `w${n % 3000}`);
    const pieces = Array.from({ length: 800 }, (_, n) => words.slice(n * 50, n * 50 + 50).join(' '));
    const changes = changesOf(compare([words.join(' ')], pieces).changes);
    expect(changes).toHaveLength(1);
    expect(changes[0]?.startsWith('split 0>0,1,2,')).toBe(true);
  });

  it('of thousands of near copies stay in their places', () => {
    const copies = Array.from({ length: 1500 }, (_, n) => `Report ${n}: all quiet along the river today`);
    const now = copies.map((text) => text.replace('quiet', 'calm'));
    const changes = changesOf(compare(copies, now).changes);
    expect(changes).toEqual(copies.map((_, at) => `edited ${at}>${at}`));
  });
});
