import { describe, expect, it } from 'vitest';
import type { Change, Paragraph } from '#core/diff/types.ts';
import { isReplaced, revisionKey } from '#core/history/pagelevel.ts';
import { first } from '../diff/support.ts';

/** Paragraphs of ten characters each. */
const list = (count: number): Paragraph[] => first(...Array.from({ length: count }, (_, at) => `paragraph${at}`));
const refs = (paragraphs: readonly Paragraph[]) => paragraphs.map(({ id, text }, at) => ({ id, at, text }));
const change = (over: Partial<Change>): Change => ({ kind: 'edited', before: [], after: [], date: null, ...over });
/** Whether a page of four is replaced when `left` and `came` of its paragraphs are in a change of this kind. */
const replaced = (over: Partial<Change>, left = 3, came = 3, size = 4) => {
  const page = list(size);
  return isReplaced(page, page, [
    change({ ...over, before: refs(page.slice(0, left)), after: refs(page.slice(0, came)) }),
  ]);
};

describe('a new issue', () => {
  it('keeps less than half of both texts; half is not enough', () => {
    expect(replaced({ kind: 'removed' }, 3, 3)).toBe(true);
    expect(replaced({ kind: 'removed' }, 2, 3)).toBe(false);
    expect(replaced({ kind: 'removed' }, 3, 2)).toBe(false);
  });

  it('needs a page of three paragraphs; two are too few', () => {
    expect(replaced({ kind: 'removed' }, 3, 3, 3)).toBe(true);
    expect(replaced({ kind: 'removed' }, 2, 2, 2)).toBe(false);
  });

  it.each(['added', 'removed', 'restored'] as const)('counts what was %s', (kind) => {
    expect(replaced({ kind })).toBe(true);
  });

  it.each(['edited', 'redated'] as const)(
    'counts what was %s where the facts changed, and not where words did',
    (kind) => {
      expect(replaced({ kind, substance: 'facts' })).toBe(true);
      expect(replaced({ kind, substance: 'wording' })).toBe(false);
      expect(replaced({ kind })).toBe(false);
    },
  );

  it.each(['moved', 'split', 'merged', 'reordered'] as const)('does not count what was %s', (kind) => {
    expect(replaced({ kind, substance: 'facts' })).toBe(false);
  });

  it('adds up several changes', () => {
    const page = list(4);
    const one = (at: number) =>
      change({ kind: 'removed', before: refs(page).slice(at, at + 1), after: refs(page).slice(at, at + 1) });
    expect(isReplaced(page, page, [one(0), one(1), one(2)])).toBe(true);
    expect(isReplaced(page, page, [one(0), one(1)])).toBe(false);
  });
});

describe('the fingerprint of a list', () => {
  it('keeps paragraphs apart', () => {
    expect(revisionKey([{ text: 'ab' }, { text: 'c' }])).not.toBe(revisionKey([{ text: 'a' }, { text: 'bc' }]));
  });
});
