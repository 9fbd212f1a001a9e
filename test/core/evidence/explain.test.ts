import { describe, expect, it } from 'vitest';
import type { Mention } from '#core/dates/types.ts';
import { explainDate, findParagraphs } from '#core/evidence/explain.ts';
import { paragraphOf } from '../../support/chronicle.ts';

const mention = (text: string, value: string, over: Partial<Mention> = {}): Mention => ({
  text,
  start: 0,
  end: text.length,
  granularity: 'day',
  literal: value,
  value,
  role: 'event',
  basis: 'explicit',
  ...over,
});

describe('why a paragraph has its date', () => {
  const heading = paragraphOf({
    id: 'h',
    text: '5 January',
    kind: 'heading',
    date: '2022-01-05',
    dateBasis: 'explicit',
  });
  const under = paragraphOf({ id: 'u', text: 'The council voted.', date: '2022-01-05', dateBasis: 'heading' });
  const own = paragraphOf({
    id: 'o',
    text: 'On 7 January divers found what was lost in 1990.',
    date: '2022-01-07',
    dateBasis: 'inferred-year',
    mentions: [
      mention('7 January', '2022-01-07', { literal: 'XXXX-01-07', basis: 'inferred-year' }),
      mention('1990', '1990', { granularity: 'year', role: 'historical' }),
    ],
  });
  const after = paragraphOf({ id: 'a', text: 'They brought it home.', date: '2022-01-07', dateBasis: 'inherited' });
  const all = [heading, under, own, after];

  it('names the mention that dates the paragraph, and why the others do not', () => {
    const { date, deciding, others, source, rule } = explainDate(all, 2);
    expect(date).toBe('2022-01-07');
    expect(deciding.map((one) => one.text)).toEqual(['7 January']);
    expect(others).toEqual([{ mention: own.mentions[1], reason: 'historical, not the reported event' }]);
    expect(source).toBeNull();
    expect(rule).toContain('year');
  });

  it('names the heading or the paragraph that the date was taken from', () => {
    expect(explainDate(all, 1).source).toEqual({ at: 0, text: '5 January' });
    expect(explainDate(all, 3).source).toEqual({ at: 2, text: own.text });
  });

  it('counts a range that begins or ends with the date', () => {
    const range = paragraphOf({
      id: 'r',
      text: 'x',
      date: '2022-01-13',
      dateBasis: 'explicit',
      mentions: [mention('10-13 January 2022', '2022-01-10/2022-01-13', { granularity: 'range' })],
    });
    expect(explainDate([range], 0).deciding).toHaveLength(1);
  });

  it('finds paragraphs by id, by date or its beginning, and by part of the text', () => {
    expect(findParagraphs(all, 'o')).toContain(2);
    expect(findParagraphs(all, '2022-01-05')).toEqual([0, 1]);
    expect(findParagraphs(all, '2022-01')).toEqual([0, 1, 2, 3]);
    expect(findParagraphs(all, 'DIVERS found')).toEqual([2]);
    expect(findParagraphs(all, 'nothing of it')).toEqual([]);
  });
});
