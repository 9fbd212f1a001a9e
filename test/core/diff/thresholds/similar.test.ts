import { describe, expect, it } from 'vitest';
import { compare, PROSE } from '../support.ts';

const [a, b, c, d, e] = PROSE;
const words = (prefix: string, count: number): string =>
  Array.from({ length: count }, (_, n) => `${prefix}${n}`).join(' ');
const kinds = (before: readonly string[], after: readonly string[]): string[] =>
  compare(before, after)
    .changes.map(({ kind }) => kind)
    .sort();
const EDITED = ['edited'];
const REPLACED = ['added', 'removed'];

describe('a paragraph of 20 words is the same by the words that it kept', () => {
  const old = words('old', 20);
  const kept = (count: number): string => `${words('old', count)} ${words('new', 20 - count)}`;

  it('five of them between the same two neighbours, not three', () => {
    expect(kinds([a, old, b], [a, kept(5), b])).toEqual(EDITED);
    expect(kinds([a, old, b], [a, kept(3), b])).toEqual(REPLACED);
  });

  it('six of them in page order among other changes, not four', () => {
    const [removed, added] = [words('removed', 20), words('added', 20)];
    expect(kinds([a, old, removed, b], [a, added, kept(6), b])).toEqual(['added', 'edited', 'removed']);
    expect(kinds([a, old, removed, b], [a, added, kept(4), b])).toEqual(['added', 'added', 'removed', 'removed']);
  });

  it('six of them elsewhere, not five', () => {
    expect(kinds([old, a, b, c], [a, b, c, kept(6)])).toEqual(EDITED);
    expect(kinds([old, a, b, c], [a, b, c, kept(5)])).toEqual(REPLACED);
  });
});

describe('words that are no evidence', () => {
  it('"the", "of" and the like weigh a quarter: 12 of them are evidence among 10 other words, 9 are none', () => {
    const common = 'the of and to in on at by for from with as'.split(' ');
    const text = (prefix: string, count: number): string => `${common.slice(0, count).join(' ')} ${words(prefix, 10)}`;
    expect(kinds([a, text('original', 12), b], [a, text('replaced', 12), b])).toEqual(EDITED);
    expect(kinds([a, text('original', 9), b], [a, text('replaced', 9), b])).toEqual(REPLACED);
  });

  it('a formula of all paragraphs weighs two thirds on a short page: 16 of its words are evidence among 30 others, 15 are none', () => {
    const text = (prefix: string, formula: number): string => `${words('formula', formula)} ${words(prefix, 30)}`;
    const page = (formula: number, ...prefixes: string[]): string[] => prefixes.map((prefix) => text(prefix, formula));
    const revise = (formula: number): string[] =>
      kinds(
        [...page(formula, 'p', 'q', 'r', 's'), text('old', formula), words('removed', 20), b],
        [...page(formula, 'p', 'q', 'r', 's'), words('added', 20), text('new', formula), b],
      );
    expect(revise(16)).toContain('edited');
    expect(revise(15)).not.toContain('edited');
  });
});

describe('a short text is the same in its place by its letters', () => {
  it('from half of them on, not by less', () => {
    expect(kinds([a, 'abcdef', b], [a, 'abcxyz', b])).toEqual(EDITED);
    expect(kinds([a, 'abcdef', b], [a, 'abwxyz', b])).toEqual(REPLACED);
  });

  it('up to 80 letters, not 81', () => {
    const long = (length: number): string[] => [`${'x'.repeat(length - 1)}a`, `${'x'.repeat(length - 1)}b`];
    expect(kinds([a, long(80)[0] ?? '', b], [a, long(80)[1] ?? '', b])).toEqual(EDITED);
    expect(kinds([a, long(81)[0] ?? '', b], [a, long(81)[1] ?? '', b])).toEqual(REPLACED);
  });
});

describe('a note in a long text that replaces it', () => {
  const long = (held: string): string => `${words('before', 120)} ${held} ${words('after', 120)}`;

  it('is recognised from four words on, not three', () => {
    expect(kinds([a, words('note', 4), b], [a, long(words('note', 4)), b])).toEqual(EDITED);
    expect(kinds([a, words('note', 3), b], [a, long(words('note', 3)), b])).toEqual(REPLACED);
  });

  it('is recognised from nine tenths of it on, not by less', () => {
    const held = (kept: number): string => `${words('note', kept)} ${words('other', 20 - kept)}`;
    expect(kinds([a, words('note', 20), b], [a, long(held(19)), b])).toEqual(EDITED);
    expect(kinds([a, words('note', 20), b], [a, long(held(17)), b])).toEqual(REPLACED);
  });
});

describe('reports of a series at the top that are replaced by others at the end', () => {
  const report = (n: number): string =>
    `The regional administration counted ${n}7${n} shells in the district, ${n}3 broken windows and ${n}91 drones.`;
  const series = (from: number, count: number): string[] => Array.from({ length: count }, (_, n) => report(from + n));

  it('are no edits where there are 64 pairs to compare; of more the most similar ones are paired', () => {
    const prose = [a, b, c, d, e];
    expect(kinds([...series(10, 8), ...prose], [...prose, ...series(40, 8)])).not.toContain('edited');
    expect(kinds([...series(10, 9), ...prose], [...prose, ...series(40, 8)])).toContain('edited');
  });
});
