import { describe, expect, it } from 'vitest';
import type { DatedBlock } from '#core/dates/types.ts';
import { beatsRival, isEdited } from '#core/diff/match/family.ts';
import { block, changesOf, compare, PROSE } from '../support.ts';

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
/** A dated report. */
const dated = (day: number, shells: number): DatedBlock =>
  block(`On ${day} January 2022 the mission counted ${shells} shells in the district.`, `2022-01-${day}`);

describe('a series of near copies', () => {
  it('that loses its oldest report and gains a new one has one removal and one addition', () => {
    expect(changesOf(compare(SERIES, [NEXT, ...SERIES.slice(0, -1)]).changes)).toEqual(['added >0', 'removed 5>']);
    const grown = [...SERIES.slice(1), NEXT];
    expect(changesOf(compare(SERIES, grown).changes)).toEqual(['removed 0>', 'added >5']);
  });

  it('that loses one in the middle, between prose, does not give its identity to the new one', () => {
    const { changes, paragraphs } = compare([a, r1, b, r2, c, r3], [a, NEXT, r1, b, c, r3]);
    expect(changesOf(changes)).toEqual(['added >1', 'removed 3>']);
    expect(paragraphs[1]?.id).not.toBe(changes[1]?.before[0]?.id);
  });

  it('with dated reports that roll on has one removal and one addition, also where a figure is equal by chance', () => {
    const before = [dated(14, 17), dated(13, 22), dated(12, 31), dated(11, 8)];
    const after = [dated(15, 8), dated(14, 17), dated(13, 22), dated(12, 31)];
    expect(changesOf(compare(before, after).changes)).toEqual(['added >0', 'removed 3>']);
  });

  it('that is corrected in one place keeps the identity, however many figures change', () => {
    const corrected = [...SERIES];
    corrected[2] = report(1, 2, 3);
    expect(changesOf(compare(SERIES, corrected).changes)).toEqual(['edited 2>2']);
    const all = FIGURES.map(([x, y, z]) => report(x + 1, y + 1, z + 1));
    expect(changesOf(compare(SERIES, all).changes)).toEqual(SERIES.map((_, at) => `edited ${at}>${at}`));
  });

  it('keeps the identity of one that moved and had one figure corrected', () => {
    const after = [...SERIES.slice(1), report(311, 72, 21)];
    expect(changesOf(compare(SERIES, after).changes)).toEqual(['edited 0>5']);
  });

  it('keeps the identity of a report with nearly the same figures next to a new one', () => {
    const after = [NEXT, report(311, 72, 21), ...SERIES.slice(1)];
    expect(changesOf(compare(SERIES, after).changes)).toEqual(['added >0', 'edited 0>1']);
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
  ])('of %d reports, dated %s, distinguish old and new ones in nearly all revisions', (size, isDated) => {
    let seed = size + 7;
    const figure = (): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
      return 1 + ((seed >> 8) % 900);
    };
    let right = 0;
    for (let round = 0; round < 30; round++) {
      const [top, ...rest] = series(size + 1, isDated, figure);
      if (top === undefined) throw new Error('no report');
      const rolled = changesOf(compare(rest, [top, ...rest.slice(0, -1)]).changes);
      const middle = size >> 1;
      const holed = changesOf(compare(rest, [top, ...rest.toSpliced(middle, 1)]).changes);
      if (rolled.join() === `added >0,removed ${size - 1}>`) right++;
      if (holed.join() === `added >0,removed ${middle}>`) right++;
    }
    expect(right).toBeGreaterThanOrEqual(57);
  });
});

describe('among reports of equal similarity', () => {
  it('a report redated in its place is still the same', () => {
    const before = [dated(15, 17), dated(13, 22), dated(11, 31)];
    const after = [dated(15, 17), dated(12, 22), dated(11, 31)];
    expect(changesOf(compare(before, after).changes)).toEqual(['redated 1>1']);
  });
});

describe('beatsRival and isEdited', () => {
  it('an equal score is evidence among unrelated texts and none in a family', () => {
    expect(beatsRival(0.3, 0.3)).toBe(true);
    expect(beatsRival(0.3, 0.31)).toBe(false);
    expect(beatsRival(0.8, 0.8)).toBe(false);
    expect(beatsRival(0.95, 0.8)).toBe(true);
  });

  it('a report whose form was edited needs less than one that keeps the form', () => {
    const edited = (score: number, is: number): boolean =>
      isEdited(score, {
        scores: [
          [0.8, 0.1],
          [is, 0.1],
        ],
        rivals: [0, 0],
      });
    expect([edited(0.7, 0.6), edited(0.6, 0.6)]).toEqual([true, false]);
    expect([edited(0.85, 0.78), edited(0.93, 0.78)]).toEqual([false, true]);
  });

  it('scores from 0.45 on are those of a family', () => {
    expect(beatsRival(0.44, 0.44)).toBe(true);
    expect(beatsRival(0.46, 0.46)).toBe(false);
  });

  it("in a family two fifths of the rival's difference may remain", () => {
    expect(beatsRival(0.81, 0.5)).toBe(true);
    expect(beatsRival(0.79, 0.5)).toBe(false);
  });

  it('a report keeps its form up to a loss of 0.05', () => {
    const edited = (is: number): boolean => isEdited(0.82, { scores: [[0.8], [is]], rivals: [0, 0] });
    expect([edited(0.76), edited(0.74)]).toEqual([false, true]);
  });

  it('one figure that the old report shared with another by chance does not change the form of the new one', () => {
    const scores = [
      [0.95, 0.8, 0.8],
      [0.8, 0.8, 0.8],
    ] as const;
    expect(isEdited(0.85, { scores, rivals: [0, 0] })).toBe(false);
  });

  it('unrelated texts need a score as good as with any other', () => {
    const at = (score: number) => isEdited(score, { scores: [[0.2], [0.2]], rivals: [0, 0] });
    expect([at(0.19), at(0.2), at(0.3)]).toEqual([false, true, true]);
  });
});
