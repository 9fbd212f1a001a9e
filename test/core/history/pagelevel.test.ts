import { describe, expect, it } from 'vitest';
import { isReplaced, revisionKey } from '#core/history/pagelevel.ts';
import { compare, first, PROSE } from '../diff/support.ts';

const [a, b, c, d, e, f, g, h, i, j] = PROSE;
/** Whether a page is replaced on which `stay` stays while `gone` is removed and `came` is added. */
const replacedIn = (stay: string[], gone: string[], came: string[]): boolean => {
  const { paragraphs, changes } = compare([...stay, ...gone], [...stay, ...came]);
  return isReplaced(first(...stay, ...gone), paragraphs, changes);
};
const replaced = (before: string[], after: string[]): boolean => {
  const { paragraphs, changes } = compare(before, after);
  return isReplaced(first(...before), paragraphs, changes);
};

describe('revisionKey', () => {
  it('is blind to noise, and to nothing else', () => {
    expect(revisionKey(first('one two', b))).toBe(revisionKey(first('one\u00A0two', b)));
    expect(revisionKey(first(a, b))).not.toBe(revisionKey(first(b, a)));
    expect(revisionKey(first('a b'))).not.toBe(revisionKey(first('a', 'b')));
  });
});

describe('isReplaced', () => {
  it('recognises a rolling page’s new issue, whose heading and notice stay', () => {
    const before = ['Day 147 Update', a, b, c, d, 'All times are local.'];
    expect(replaced(before, ['Day 148 Update', e, f, g, h, 'All times are local.'])).toBe(true);
  });

  it('takes news on top, edits, moves or a shortened page for none', () => {
    expect(replaced([a, b, c], [d, e, f, g, h, i, j, a, b, c])).toBe(false);
    expect(replaced([a, b, c], [a.replace('storm', 'flood'), b.replace('spring', 'autumn'), c])).toBe(false);
    expect(replaced([a, b, c, d, e], [e, d, c, b, a])).toBe(false);
    expect(replaced([a, b, c, d, e, f], [a, b, c])).toBe(false);
  });

  it.each([
    [2, false],
    [3, true],
  ])('reads a new issue out of a page of %i paragraphs: %s', (count, expected) => {
    expect(replaced([a, b, c].slice(0, count), [d, e, f].slice(0, count))).toBe(expected);
  });

  it.each([
    [99, true],
    [100, false],
    [101, false],
  ])('with %i of 200 characters kept on both sides it is one: %s', (kept, expected) => {
    const stay = 'x'.repeat(kept);
    const both = (one: string, other: string) => [one.repeat(90), other.repeat(110 - kept)];
    expect(replacedIn([stay], both('p', 'q'), both('r', 's'))).toBe(expected);
  });

  it('counts what stays of the old page and of the new one', () => {
    const [small, large] = ['x'.repeat(40), 'y'.repeat(100)];
    expect(replacedIn([small], [large, 'q'], ['Q', 'P'])).toBe(false);
    expect(replacedIn([small], ['q', 'p'], ['Q', 'P'.repeat(100)])).toBe(false);
  });
});
