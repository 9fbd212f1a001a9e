import { describe, expect, it } from 'vitest';
import type { DatedBlock } from '#core/dates/types.ts';
import { isNoSibling, standsOut } from '#core/diff/match/family.ts';
import { block, compare, PROSE, told } from '../support.ts';

const [a, b, c] = PROSE;
const report = (shells: number, windows: number, drones: number): string =>
  `The regional administration counted ${shells} shells in the district, ${windows} broken windows and ${drones} drones.`;
const FIGURES = [
  [311, 72, 18],
  [405, 93, 27],
  [127, 54, 36],
  [666, 81, 45],
  [238, 19, 64],
  [752, 48, 83],
] as const;
const SERIES = FIGURES.map(([x, y, z]) => report(x, y, z));
const [r1, r2, r3] = SERIES as [string, string, string];
const NEXT = report(909, 33, 12);
/** A dated report; the date is its own. */
const dated = (day: number, shells: number): DatedBlock =>
  block(`On ${day} January 2022 the mission counted ${shells} shells in the district.`, `2022-01-${day}`);

describe('a series of near copies', () => {
  it('that loses its oldest and gains a new one has one removal and one addition', () => {
    expect(told(compare(SERIES, [NEXT, ...SERIES.slice(0, -1)]).changes)).toEqual(['added >0', 'removed 5>']);
    const grown = [...SERIES.slice(1), NEXT];
    expect(told(compare(SERIES, grown).changes)).toEqual(['removed 0>', 'added >5']);
  });

  it('that loses one in the middle, amid prose, gives its identity to no new one', () => {
    const { changes, paragraphs } = compare([a, r1, b, r2, c, r3], [a, NEXT, r1, b, c, r3]);
    expect(told(changes)).toEqual(['added >1', 'removed 3>']);
    expect(paragraphs[1]?.id).not.toBe(changes[1]?.before[0]?.id);
  });

  it('whose dated reports roll on is told so, also where a figure is the same by chance', () => {
    const before = [dated(14, 17), dated(13, 22), dated(12, 31), dated(11, 8)];
    const after = [dated(15, 8), dated(14, 17), dated(13, 22), dated(12, 31)];
    expect(told(compare(before, after).changes)).toEqual(['added >0', 'removed 3>']);
  });

  it('that is corrected in one place keeps the identity, however many figures change', () => {
    const corrected = [...SERIES];
    corrected[2] = report(1, 2, 3);
    expect(told(compare(SERIES, corrected).changes)).toEqual(['edited 2>2']);
    const all = FIGURES.map(([x, y, z]) => report(x + 1, y + 1, z + 1));
    expect(told(compare(SERIES, all).changes)).toEqual(SERIES.map((_, at) => `edited ${at}>${at}`));
  });

  it('keeps the identity of one that moved and had one figure corrected', () => {
    const after = [...SERIES.slice(1), report(311, 72, 21)];
    expect(told(compare(SERIES, after).changes)).toEqual(['edited 0>5']);
  });

  it('keeps the identity of the one whose figures are still its own beside a new one', () => {
    const after = [NEXT, report(311, 72, 21), ...SERIES.slice(1)];
    expect(told(compare(SERIES, after).changes)).toEqual(['added >0', 'edited 0>1']);
  });
});

describe('generated series', () => {
  const MONTHS = ['January', 'February', 'March'];
  /** Reports with figures at random, newest on top. */
  const series = (size: number, isDated: boolean, figure: () => number): DatedBlock[] =>
    Array.from({ length: size }, (_, at) => {
      const day = new Date(Date.UTC(2022, 0, 75 - at));
      const text = `counted ${figure()} shells in the northern district, ${figure()} broken windows and ${figure()} drones.`;
      const spoken = `${day.getUTCDate()} ${MONTHS[day.getUTCMonth()] ?? ''} 2022`;
      return isDated
        ? block(`On ${spoken} the observers ${text}`, day.toISOString().slice(0, 10))
        : block(`The observers ${text}`);
    });

  it.each([
    [6, true],
    [6, false],
    [20, true],
    [20, false],
    [60, true],
    [60, false],
  ])('of %d reports, dated %s, tell the old from the new in nearly all of their revisions', (size, isDated) => {
    let seed = size + 7;
    const figure = (): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
      return 1 + ((seed >> 8) % 900);
    };
    let right = 0;
    for (let round = 0; round < 30; round++) {
      const [top, ...rest] = series(size + 1, isDated, figure);
      if (top === undefined) throw new Error('no report');
      const rolled = told(compare(rest, [top, ...rest.slice(0, -1)]).changes);
      const middle = size >> 1;
      const holed = told(compare(rest, [top, ...rest.toSpliced(middle, 1)]).changes);
      if (rolled.join() === `added >0,removed ${size - 1}>`) right++;
      if (holed.join() === `added >0,removed ${middle}>`) right++;
    }
    expect(right).toBeGreaterThanOrEqual(57);
  });
});

describe('among reports of equal likeness', () => {
  it('a report redated in its place is still the same', () => {
    const before = [dated(15, 17), dated(13, 22), dated(11, 31)];
    const after = [dated(15, 17), dated(12, 22), dated(11, 31)];
    expect(told(compare(before, after).changes)).toEqual(['redated 1>1']);
  });
});

describe('standsOut and isNoSibling', () => {
  it('a tie is evidence among strangers and none in a family', () => {
    expect(standsOut(0.3, 0.3)).toBe(true);
    expect(standsOut(0.3, 0.31)).toBe(false);
    expect(standsOut(0.8, 0.8)).toBe(false);
    expect(standsOut(0.95, 0.8)).toBe(true);
  });

  it('a text whose form was edited needs less than one that keeps to it', () => {
    const asAlike = (score: number, is: number, length: number): boolean =>
      isNoSibling(score, {
        lengths: [20, length],
        likenesses: [
          [0.8, 0.1],
          [is, 0.1],
        ],
        rivals: [0, 0],
      });
    expect(asAlike(0.7, 0.6, 20)).toBe(true);
    expect(asAlike(0.7, 0.78, 20)).toBe(false);
    expect(asAlike(0.7, 0.78, 10)).toBe(false);
    expect(asAlike(0.85, 0.78, 20)).toBe(false);
    expect(asAlike(0.85, 0.78, 10)).toBe(true);
  });

  it('one figure that the old text shared with another by chance makes the new one no less regular', () => {
    const likenesses = [
      [0.95, 0.8, 0.8],
      [0.8, 0.8, 0.8],
    ] as const;
    expect(isNoSibling(0.85, { lengths: [20, 20], likenesses, rivals: [0, 0] })).toBe(false);
  });

  it('strangers need no more than to be as alike as any other', () => {
    const at = (score: number) => isNoSibling(score, { lengths: [20, 20], likenesses: [[0.2], [0.2]], rivals: [0, 0] });
    expect([at(0.19), at(0.2), at(0.3)]).toEqual([false, true, true]);
  });
});
