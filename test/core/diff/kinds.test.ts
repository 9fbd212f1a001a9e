import { describe, expect, it } from 'vitest';
import type { DatedBlock } from '#core/dates/types.ts';
import { CHANGE_KINDS } from '#core/diff/types.ts';
import { begin, read } from '../../../bench/diff/fold.ts';
import { block, changesOf, compare, first, PROSE, page } from './support.ts';

const [a, b, c, d, e, f, g, h, i, j] = PROSE;
const withWord = (text: string, from: string, to: string): string => {
  expect(text).toContain(from);
  return text.replace(from, to);
};

describe('each change has one kind', () => {
  it('reports news on top as additions only', () => {
    expect(changesOf(compare([c, d], [a, b, c, d]).changes)).toEqual(['added >0', 'added >1']);
  });

  it('reports a changed word as an edit with its difference', () => {
    const now = withWord(b, 'spring', 'autumn');
    const { changes } = compare([a, b, c], [a, now, c]);
    expect(changesOf(changes)).toEqual(['edited 1>1']);
    expect(changes[0]?.words?.filter(({ op }) => op !== 'same')).toEqual([
      { op: 'removed', text: 'spring' },
      { op: 'added', text: 'autumn' },
    ]);
  });

  it('reports a date in another notation as wording', () => {
    const headed = (date: string, literal: string): DatedBlock => ({
      ...block(`Riders push the crowd off the bridge | ${date}`, '2020-05-30'),
      mentions: [
        {
          text: date,
          start: 39,
          end: 39 + date.length,
          granularity: 'day',
          literal,
          value: '2020-05-30',
          role: 'event',
          basis: 'explicit',
        },
      ],
    });
    const { changes } = compare([a, headed('May 30th', 'XXXX-05-30'), b], [a, headed('2020-05-30', '2020-05-30'), b]);
    expect(changes).toMatchObject([{ kind: 'edited', substance: 'wording' }]);
  });

  it('reports one moved paragraph as one move', () => {
    expect(changesOf(compare([a, b, c, d, e, f], [a, c, d, e, b, f]).changes)).toEqual(['moved 1>4']);
  });

  it('reports a paragraph that was moved and edited as edited, with a flag', () => {
    const { changes } = compare([a, b, c, d, e, f], [a, c, d, e, withWord(b, 'spring', 'autumn'), f]);
    expect(changesOf(changes)).toEqual(['edited 1>4']);
    expect(changes[0]?.moved).toBe(true);
  });

  it('reports a reversed page as one reordering, not as many moves', () => {
    const { changes } = compare([a, b, c, d, e, f, g, h], [h, g, f, e, d, c, b, a]);
    expect(changes.map(({ kind }) => kind)).toEqual(['reordered']);
    expect(changes[0]?.before.length).toBe(changes[0]?.after.length);
    expect(changes[0]?.before.map(({ id }) => id).sort()).toEqual(changes[0]?.after.map(({ id }) => id).sort());
  });

  it('reports a removal with the date that the paragraph had', () => {
    const { changes } = compare([a, block(b, '2022-01-12'), c], [a, c]);
    expect(changesOf(changes)).toEqual(['removed 1>']);
    expect(changes[0]?.date).toBe('2022-01-12');
  });

  it('does not take an unrelated addition in a removed paragraph’s place for an edit', () => {
    expect(changesOf(compare([a, b, c], [a, j, c]).changes).sort()).toEqual(['added >1', 'removed 1>']);
  });

  it('reports a changed event date as redated, and its edit as a flag', () => {
    const was = block(`On 12 January, ${a}`, '2022-01-12');
    const is = block(`On 13 January, ${a}`, '2022-01-13');
    const [change] = compare([was, b], [is, b]).changes;
    expect(change).toMatchObject({ kind: 'redated', date: '2022-01-13', dateBefore: '2022-01-12', edited: true });
    expect(change?.substance).toBe('facts');
  });

  it('reports a new date of the same words as redated without a difference', () => {
    const [change] = compare([block(a, '2021-01-12'), b], [block(a, '2022-01-12'), b]).changes;
    expect(change).toMatchObject({ kind: 'redated', dateBefore: '2021-01-12' });
    expect(change?.edited).toBeUndefined();
    expect(change?.words).toBeUndefined();
  });

  it('reports a paragraph cut in two as a split; the larger piece keeps the identity', () => {
    const long = `${a} ${b} ${c}`;
    const { changes, paragraphs } = compare([d, long, e], [d, a, `${b} ${c}`, e]);
    expect(changesOf(changes)).toEqual(['split 1>1,2']);
    expect(paragraphs[2]?.id).toBe(changes[0]?.before[0]?.id);
    expect(paragraphs[1]?.id).not.toBe(changes[0]?.before[0]?.id);
  });

  it('reports two joined paragraphs as merged; the larger piece’s identity is kept', () => {
    const { changes, paragraphs } = compare([d, a, `${b} ${c}`, e], [d, `${a} ${b} ${c}`, e]);
    expect(changesOf(changes)).toEqual(['merged 1,2>1']);
    expect(paragraphs[1]?.id).toBe(changes[0]?.before[1]?.id);
  });

  it('reports a split with an edit as a split, with a flag', () => {
    const { changes } = compare([d, `${a} ${b}`, e], [d, withWord(a, 'storm', 'flood'), b, e]);
    expect(changesOf(changes)).toEqual(['split 1>1,2']);
    expect(changes[0]?.edited).toBe(true);
  });

  it('finds three pieces, and a split next to an addition', () => {
    expect(changesOf(compare([d, `${a} ${b} ${c}`, e], [d, a, b, c, e]).changes)).toEqual(['split 1>1,2,3']);
    expect(changesOf(compare([d, `${a} ${b}`, e], [d, a, b, f, e]).changes)).toEqual(['split 1>1,2', 'added >3']);
  });

  it('does not take a near copy next to an edited paragraph for a split', () => {
    const bulletin = (shells: number, place: string): string =>
      `The administration of ${place} counted ${shells} shells in a day and moved forty families to the school.`;
    const { changes } = compare([a, bulletin(17, 'Velden'), b], [a, bulletin(18, 'Velden'), bulletin(44, 'Gravik'), b]);
    expect(changesOf(changes)).toEqual(['edited 1>1', 'added >2']);
  });

  it('gives a restored text its old identity', () => {
    const start = begin(page(a, b, c), 'page');
    const without = read(start, page(a, c), 'page');
    const back = read(without.state, page(a, d, b, c), 'page');
    expect(changesOf(back.result.changes)).toEqual(['added >1', 'restored >2']);
    expect(back.state.paragraphs[2]?.id).toBe(start.paragraphs[1]?.id);
  });

  it('reports short formulaic lines with a new wording as additions', () => {
    const tags = (words: string): string => `tags: ${words}`;
    const start = begin(page(a, tags('arrest, baton, abuse-of-power'), b, tags('arrest, horse'), c), 'page');
    const without = read(start, page(a, b, tags('arrest, horse'), c), 'page').state;
    const line = tags('arrest, abuse-of-power, baton');
    const { changes } = read(without, page(a, b, tags('arrest, horse'), c, d, line), 'page').result;
    expect(changes.map(({ kind }) => kind)).toEqual(['added', 'added']);
    const same = page(a, b, tags('arrest, horse'), c, tags('arrest, baton, abuse-of-power'));
    expect(read(without, same, 'page').result.changes.map(({ kind }) => kind)).toEqual(['restored']);
  });

  it('does not take a report in a fixed form for the return of another', () => {
    const report = (place: string): string =>
      `The administration of the district counted the shells of the night near ${place} and closed the school for a day.`;
    const start = begin(page(a, report('the mill'), report('the ford'), b), 'page');
    const without = read(start, page(a, report('the ford'), b), 'page').state;
    const { changes } = read(without, page(a, report('the ford'), b, c, report('the quarry')), 'page').result;
    expect(changes.map(({ kind }) => kind)).toEqual(['added', 'added']);
  });

  it('matches a text that was cut to a stub and then restored by its identity', () => {
    const start = begin(page(a, b, c), 'page');
    const stub = read(start, page(a, 'Negotiators left the summit.', c), 'page');
    expect(stub.result.changes.map(({ kind }) => kind)).toEqual(['edited']);
    const back = read(stub.state, page(a, b, c), 'page');
    expect(back.result.changes.map(({ kind }) => kind)).toEqual(['edited']);
    expect(back.state.paragraphs.map(({ id }) => id)).toEqual(start.paragraphs.map(({ id }) => id));
  });

  it('reports an undone merge as a split and restores both identities', () => {
    const start = begin(page(d, a, b, e), 'page');
    const merged = read(start, page(d, `${a} ${b}`, e), 'page');
    const undone = read(merged.state, page(d, a, b, e), 'page');
    expect(changesOf(undone.result.changes)).toEqual(['split 1>1,2']);
    expect(undone.state.paragraphs.map(({ id }) => id)).toEqual(start.paragraphs.map(({ id }) => id));
  });

  it('reaches every kind there is', () => {
    const start = begin(page(block(a, '2022-01-10'), b, c, d, `${e} ${f}`, g, h, i), 'page');
    const lost = read(start, page(block(a, '2022-01-10'), c, d, `${e} ${f}`, g, h, i), 'page').state;
    const now = page(block(a, '2022-01-11'), withWord(c, 'forty', 'fifty'), e, f, `${g} ${h}`, b, j, d);
    const kinds = new Set(read(lost, now, 'page').result.changes.map(({ kind }) => kind));
    const reordered = compare([a, b, c, d, e, f], [f, e, d, c, b, a]).changes.map(({ kind }) => kind);
    expect(new Set([...kinds, ...reordered])).toEqual(new Set(CHANGE_KINDS));
  });
});

describe('noise is no change', () => {
  const noisy: [string, (text: string) => string][] = [
    ['non-breaking spaces', (text) => text.replaceAll(' ', '\u00A0')],
    ['thin spaces', (text) => text.replaceAll(' ', '\u2009')],
    ['re-wrapping', (text) => text.replaceAll(' ', '\n  ')],
    ['ligatures', (text) => text.replaceAll('fl', '\uFB02')],
  ];
  for (const [name, change] of noisy) {
    it(`${name}: the paragraph keeps its text and identity`, () => {
      const { changes, paragraphs } = compare([a, c, d], [a, change(c), d]);
      expect(changes).toEqual([]);
      expect(paragraphs).toEqual(first(a, c, d));
    });
  }

  it('next to a real change the noisy paragraph still keeps its text', () => {
    const { changes, paragraphs } = compare([a, b], [a.replaceAll(' ', '\u00A0'), b, c]);
    expect(changesOf(changes)).toEqual(['added >2']);
    expect(paragraphs[0]).toEqual(first(a, b)[0]);
  });
});

describe('paragraphs that are similar to each other', () => {
  const bulletin = (day: number, shells: number): string =>
    `On day ${day} the regional administration counted ${shells} shells and ${shells + 3} broken windows in Velden.`;

  it('are not swapped when a number changes in each', () => {
    const before = [1, 2, 3, 4, 5, 6].map((day) => bulletin(day, day * 10));
    const after = [1, 2, 3, 4, 5, 6].map((day) => bulletin(day, day * 10 + 1));
    expect(changesOf(compare(before, after).changes)).toEqual([0, 1, 2, 3, 4, 5].map((at) => `edited ${at}>${at}`));
  });

  it('equal ones are matched by their neighbours', () => {
    const before = ['North', a, b, 'South', c, 'North', d];
    const after = ['North', e, 'North', a, b, 'South', c, 'North', d];
    expect(changesOf(compare(before, after).changes)).toEqual(['added >0', 'added >1']);
  });

  it('one removed here and another added there are no edit', () => {
    const before = [bulletin(1, 10), a, bulletin(2, 20), b, bulletin(3, 30), c, bulletin(4, 40), d];
    const after = [...before.slice(2), bulletin(5, 40)];
    expect(changesOf(compare(before, after).changes).filter((change) => change.startsWith('moved'))).toEqual([]);
  });
});
