import { describe, expect, it } from 'vitest';
import { isReplaced, revertedTo, revisionKey } from '#core/history/pagelevel.ts';
import { compare, first, PROSE } from '../diff/support.ts';

const [a, b, c, d, e, f, g, h, i, j] = PROSE;
const replaced = (before: string[], after: string[]): boolean => {
  const { paragraphs, changes } = compare(before, after);
  return isReplaced(first(...before), paragraphs, changes);
};

describe('revertedTo', () => {
  it('names the newest earlier revision that said the same', () => {
    expect(revertedTo(['x', 'y', 'x', 'z'], 'x')).toBe(3);
    expect(revertedTo(['x', 'y'], 'x')).toBe(1);
  });

  it('is null for a text never seen, for the last revision, and for a first one', () => {
    expect(revertedTo(['x', 'y'], 'z')).toBeNull();
    expect(revertedTo(['x', 'y'], 'y')).toBeNull();
    expect(revertedTo([], 'x')).toBeNull();
  });
});

describe('revisionKey', () => {
  it('is blind to noise, and to nothing else', () => {
    expect(revisionKey(first('one two', b))).toBe(revisionKey(first('one\u00A0two', b)));
    expect(revisionKey(first(a, b))).not.toBe(revisionKey(first(b, a)));
    expect(revisionKey(first('a b'))).not.toBe(revisionKey(first('a', 'b')));
  });
});

describe('isReplaced', () => {
  it('says so of a rolling page’s new issue, whose heading and notice stay', () => {
    const before = ['Day 147 Update', a, b, c, d, 'All times are local.'];
    expect(replaced(before, ['Day 148 Update', e, f, g, h, 'All times are local.'])).toBe(true);
  });

  it('does not of news on top, of edits, of moves, or of a shortened page', () => {
    expect(replaced([a, b, c], [d, e, f, g, h, i, j, a, b, c])).toBe(false);
    expect(replaced([a, b, c], [a.replace('storm', 'flood'), b.replace('spring', 'autumn'), c])).toBe(false);
    expect(replaced([a, b, c, d, e], [e, d, c, b, a])).toBe(false);
    expect(replaced([a, b, c, d, e, f], [a, b, c])).toBe(false);
  });

  it('does not of a page too short to tell', () => {
    expect(replaced([a], [b])).toBe(false);
  });
});
