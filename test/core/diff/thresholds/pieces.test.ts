import { describe, expect, it } from 'vitest';
import { changesOf, compare, PROSE } from '../support.ts';

const [a, b, c, d, e, f, g, h] = PROSE;
const words = (prefix: string, count: number): string =>
  Array.from({ length: count }, (_, n) => `${prefix}${n}`).join(' ');

describe('a split explains four fifths', () => {
  const kindsOf = (lost: number): string[] => {
    const whole = `${words('left', 20)} ${words('right', 20)} ${words('filler', lost)}`;
    return compare([d, whole], [d, words('left', 20), words('right', 20)]).changes.map(({ kind }) => kind);
  };

  it('of the whole, and not less', () => {
    expect(kindsOf(8)).toEqual(['split']);
    expect(kindsOf(14)).not.toContain('split');
  });

  it('of each piece, and not less', () => {
    const whole = `${words('left', 20)} ${words('right', 20)}`;
    const split = (added: number): string[] =>
      compare([d, whole], [d, words('left', 20), `${words('right', 20)} ${words('extra', added)}`]).changes.map(
        ({ kind }) => kind,
      );
    expect(split(4)).toEqual(['split']);
    expect(split(8)).not.toContain('split');
  });
});

describe('the pieces of a split and of a merge', () => {
  it('may have four other paragraphs between two of them, not five', () => {
    expect(changesOf(compare([`${a} ${b}`], [a, c, d, e, f, b]).changes)[0]).toBe('split 0>0,5');
    expect(changesOf(compare([`${a} ${b}`], [a, c, d, e, f, g, b]).changes).join()).not.toContain('split');
    expect(changesOf(compare([a, c, d, e, f, b], [`${a} ${b}`]).changes)).toContain('merged 0,5>0');
    expect(changesOf(compare([a, c, d, e, f, g, b], [`${a} ${b}`]).changes).join()).not.toContain('merged');
  });

  it('count from the last piece, so that a split in three may spread over more', () => {
    const after = [a, c, d, e, b, f, g, h];
    expect(changesOf(compare([`${a} ${b} ${h}`], after).changes)[0]).toBe('split 0>0,4,7');
  });
});

describe('two groups of pieces that each explain the whole', () => {
  const others = [c, d, e, f, g];
  const shorter = (text: string): string => text.split(' ').slice(0, -2).join(' ');

  it('are one split, into the group that explains more', () => {
    const less = [shorter(a), shorter(b)];
    expect(changesOf(compare([`${a} ${b}`], [a, b, ...others, ...less]).changes)).toContain('split 0>0,1');
    expect(changesOf(compare([`${a} ${b}`], [...less, ...others, a, b]).changes)).toContain('split 0>7,8');
  });

  it('are one split into the first of two equal groups', () => {
    expect(changesOf(compare([`${a} ${b}`], [a, b, ...others, a, b]).changes)).toContain('split 0>0,1');
  });
});

describe('a long paragraph of repeated words', () => {
  /** 2,000 words, each of them twice; the first `changed` of each half are new afterwards. */
  const half = (prefix: string, changed: number): string =>
    Array.from({ length: 1_000 }, (_, n) => (n < changed ? `new${prefix}${n % 500}` : `${prefix}${n % 500}`)).join(' ');
  const kinds = (changed: number): string[] =>
    compare([d, `${half('x', 0)} ${half('y', 0)}`], [d, half('x', changed), half('y', changed)]).changes.map(
      ({ kind }) => kind,
    );

  it('is aligned with its pieces where up to 400 words differ, not beyond', () => {
    expect(kinds(100)).toEqual(['split']);
    expect(kinds(101)).not.toContain('split');
  });
});
