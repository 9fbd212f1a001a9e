import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprintOf } from '#core/history/advance.ts';
import { begin, type HistoryState, read } from '../../../../bench/diff/fold.ts';
import { block, changesOf, compare, PROSE, page } from '../support.ts';

const numbered = (texts: readonly string[], mark: (n: number) => string): string[] =>
  texts.map((text, at) => `${mark(at + 1)} ${text}`);
const [a, b, c, d] = PROSE;

describe('a numbered list with one item more or less', () => {
  const marks: [string, (n: number) => string][] = [
    ['1/', (n) => `${n}/`],
    ['1/9', (n) => `${n}/9`],
    ['1.', (n) => `${n}.`],
    ['(1)', (n) => `(${n})`],
    ['1)', (n) => `${n})`],
    ['#1', (n) => `#${n}`],
  ];
  it.each(marks)('%s: is one addition', (_, mark) => {
    expect(changesOf(compare(numbered([a, b, c], mark), numbered([d, a, b, c], mark)).changes)).toEqual(['added >0']);
    expect(changesOf(compare(numbered([a, b, c], mark), numbered([a, d, b, c], mark)).changes)).toEqual(['added >1']);
    expect(changesOf(compare(numbered([a, b, c], mark), numbered([a, c], mark)).changes)).toEqual(['removed 1>']);
  });

  it('has no change at the next sight of the same page', () => {
    const mark = (n: number): string => `${n}/`;
    const now = numbered([d, a, b, c], mark);
    const { paragraphs } = compare(numbered([a, b, c], mark), now);
    expect(compare(paragraphs, now).changes).toEqual([]);
  });

  it('an item that is edited too is an edit', () => {
    const mark = (n: number): string => `${n}/`;
    const changes = changesOf(
      compare(numbered([a, b, c], mark), numbered([d, a, b.replace('spring', 'autumn'), c], mark)).changes,
    );
    expect(changes).toEqual(['added >0', 'edited 1>2']);
  });

  it('a number that does not count on is part of the text', () => {
    expect(changesOf(compare([`1/ ${a}`, b], [`7/ ${a}`, b]).changes)).toEqual(['edited 0>0']);
  });

  it('a day in front of a month is no list number', () => {
    const german = (n: number): string => `${n}. Januar lag Schnee auf allen Feldern.`;
    const dated = (n: number) => block(german(n), `2022-01-${n}`);
    expect(changesOf(compare([dated(12), a], [dated(13), a]).changes)).toEqual(['redated 0>0']);
  });
});

describe('a number that is a fact', () => {
  const only = (before: readonly string[], after: readonly string[]) =>
    compare(before, after).changes.map(({ kind, before, after, substance, moved }) => [
      kind,
      before[0]?.at,
      after[0]?.at,
      substance,
      moved === true,
    ]);

  it('is one where the list has the same items, though it now counts on to the next', () => {
    const corps = (n: number, text: string): string => `${n}. Korps: ${text}`;
    const rest = [corps(5, b), corps(9, c)];
    expect(only([corps(3, a), ...rest], [corps(4, a), ...rest])).toEqual([['edited', 0, 0, 'facts', false]]);
  });

  it.each([
    ['(2)', '(3)', '(4)'],
    ['7:', '6:', '5:'],
  ])('%s does not silently become %s next to %s', (was, is, neighbour) => {
    const tail = 'civilians were killed in the village near the river';
    const next = `${neighbour} soldiers were wounded by a mine on the road`;
    expect(only([`${was} ${tail}`, next], [`${is} ${tail}`, next])).toEqual([['edited', 0, 0, 'facts', false]]);
    expect(only([next, `${was} ${tail}`], [next, `${is} ${tail}`])).toEqual([['edited', 1, 1, 'facts', false]]);
  });

  it('is one in a ranking where items changed places, for each of them', () => {
    const table = (...names: string[]): string[] =>
      numbered(names, (n) => `${n}.`).map((line) => `${line} in the table of medals won at the games`);
    const changes = compare(table('Norway', 'Sweden', 'Latvia'), table('Sweden', 'Norway', 'Latvia')).changes;
    expect(changes.map(({ kind, substance }) => [kind, substance])).toEqual([
      ['edited', 'facts'],
      ['edited', 'facts'],
    ]);
    expect(changes.filter(({ moved }) => moved === true)).toHaveLength(1);
  });

  it('is one where the total and the length of the list changed differently', () => {
    const of = (total: number) => (n: number) => `${n}/${total}`;
    expect(only(numbered([a, b], of(2)), numbered([a, b], of(9)))).toEqual([
      ['edited', 0, 0, 'facts', false],
      ['edited', 1, 1, 'facts', false],
    ]);
    expect(changesOf(compare(numbered([a, b], of(2)), numbered([a, b, c], of(3))).changes)).toEqual(['added >2']);
  });
});

describe('a list that counts down', () => {
  const down = (...texts: string[]): string[] => texts.map((text, at) => `${texts.length - at}. ${text}`);

  it('is renumbered by insertions and removals below', () => {
    expect(changesOf(compare(down(a, b, c), down(a, b, c, d)).changes)).toEqual(['added >3']);
    expect(changesOf(compare(down(a, b, c), down(a, c)).changes)).toEqual(['removed 1>']);
  });
});

describe('after a renumbering', () => {
  const thread = (...texts: readonly string[]) => page(...numbered(texts, (n) => `${n}/`));
  const start = begin(thread(a, b, c), 'page');
  const grown = read(start, thread(d, a, b, c), 'page').state;

  it('unchanged paragraphs keep their text and get the number that the page shows', () => {
    expect(grown.paragraphs.slice(1).map(({ text }) => text)).toEqual(start.paragraphs.map(({ text }) => text));
    expect(grown.paragraphs.map(({ marker }) => marker)).toEqual([undefined, '2/ ', '3/ ', '4/ ']);
  });

  it('a slip in an item is no change of facts', () => {
    const slip = read(grown, thread(d, a, b.replace('statement', 'statemnet'), c), 'page').result.changes;
    expect(slip).toMatchObject([{ kind: 'edited', substance: 'wording' }]);
    const other = read(grown, thread(d, a, b.replace('second', 'third'), c), 'page').result.changes;
    expect(other).toMatchObject([{ kind: 'edited', substance: 'facts' }]);
  });

  it('the fingerprint is that of the shown text, so that a revert is recognised', () => {
    const slipped = read(grown, thread(d, a, b.replace('statement', 'statemnet'), c), 'page').state;
    const back = read(slipped, thread(d, a, b, c), 'page').state;
    expect(fingerprintOf(back.paragraphs)).toBe(fingerprintOf(grown.paragraphs));
    expect(fingerprintOf(grown.paragraphs)).toBe(fingerprintOf(thread(d, a, b, c)));
  });

  it('a removed item is restored under another number, with its identity', () => {
    const without = read(start, thread(a, c), 'page').state;
    const { result } = read(without, thread(d, a, b, c), 'page');
    expect(changesOf(result.changes)).toEqual(['added >0', 'restored >2']);
    expect(result.changes[1]?.edited).toBeUndefined();
    expect(result.paragraphs[2]?.id).toBe(start.paragraphs[1]?.id);
  });

  it('a list of one renumbered item has no change', () => {
    const one = read(begin(thread(a, b), 'page'), thread(b), 'page');
    expect(changesOf(one.result.changes)).toEqual(['removed 0>']);
    expect(read(one.state, thread(b), 'page').result.changes).toEqual([]);
  });

  it('any thread that only grows and shrinks has additions, removals and restorations only, and no change when read again', () => {
    const step = fc.tuple(fc.boolean(), fc.nat(), fc.nat());
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), fc.boolean(), (steps, up) => {
        let texts: string[] = [a, b, c];
        const write = (): ReturnType<typeof page> =>
          page(...texts.map((text, at) => `${up ? at + 1 : texts.length - at}. ${text}`));
        let state: HistoryState = begin(write(), 'page');
        for (const [isNew, which, place] of steps) {
          const fresh = PROSE.filter((text) => !texts.includes(text));
          const text = fresh[which % Math.max(1, fresh.length)];
          const before = texts;
          if (isNew && text !== undefined) texts = texts.toSpliced(place % (texts.length + 1), 0, text);
          else if (texts.length > 1) texts = texts.toSpliced(place % texts.length, 1);
          const { result, state: next } = read(state, write(), 'page');
          const due = texts.length > before.length ? /^(?:added|restored)$/u : /^removed$/u;
          expect(result.changes).toHaveLength(texts.length === before.length ? 0 : 1);
          for (const { kind } of result.changes) expect(kind).toMatch(due);
          expect(read(next, write(), 'page').result.changes).toEqual([]);
          expect(fingerprintOf(next.paragraphs)).toBe(fingerprintOf(write()));
          state = next;
        }
      }),
    );
  });
});
