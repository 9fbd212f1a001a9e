import { describe, expect, it } from 'vitest';
import type { Mention } from '#core/dates/types.ts';
import { Lexicon } from '#core/diff/substance/lexicon.ts';
import { addressesOf, sameDates } from '#core/diff/substance/spans.ts';
import { differenceOf } from '#core/diff/substance/substance.ts';

const lexicon = new Lexicon(() => ['In the town officials said that Orlan was named. The envoys left it to others.']);
const judge = (before: string, after: string): string =>
  differenceOf({ text: before, mentions: [] }, { text: after, mentions: [] }, lexicon).substance;

describe('dates that are only written otherwise', () => {
  /** A text and its dates: `[text of the mention, value]`, in order. */
  const told = (text: string, ...dates: readonly [string, string | null][]) => {
    let from = 0;
    const mentions = dates.map(([words, value]): Mention => {
      const start = text.indexOf(words, from);
      expect(start).toBeGreaterThanOrEqual(0);
      from = start + words.length;
      const end = from;
      return { text: words, start, end, granularity: 'day', literal: '', value, role: 'event', basis: 'explicit' };
    });
    return { text, mentions };
  };
  const substance = (before: ReturnType<typeof told>, after: ReturnType<typeof told>): string =>
    differenceOf(before, after, lexicon).substance;

  it.each([
    ['a month and day', 'March 1st', '2020-03-01', '2020-03-02'],
    ['the order of day and month', '1 March 2020', 'March 1, 2020', 'March 2, 2020'],
    ['a numeric date', '1 March 2020', '01/03/2020', '02/03/2020'],
    ['a year that went without saying', '1 March 2020', '1 March', '2 March'],
    ['a weekday', 'Sunday', '1 March', '2 March'],
  ])('%s is wording, another day is a fact', (_, before, after, other) => {
    const was = told(`Bridge closed | ${before}`, [before, '2020-03-01']);
    expect(substance(was, told(`Bridge closed | ${after}`, [after, '2020-03-01']))).toBe('wording');
    expect(substance(was, told(`Bridge closed | ${other}`, [other, '2020-03-02']))).toBe('facts');
  });

  it('hide no other fact of the same edit', () => {
    const was = told('On 1 March 2020 it hit 12 houses.', ['1 March 2020', '2020-03-01']);
    expect(substance(was, told('On 2020-03-01 it hit 13 houses.', ['2020-03-01', '2020-03-01']))).toBe('facts');
    expect(substance(was, told('On 2020-03-01 it never hit 12 houses.', ['2020-03-01', '2020-03-01']))).toBe('facts');
    expect(substance(was, told('On 2020-03-01 Orlan hit 12 houses.', ['2020-03-01', '2020-03-01']))).toBe('facts');
    expect(substance(was, told('On 2020-03-01 it struck 12 houses.', ['2020-03-01', '2020-03-01']))).toBe('wording');
  });

  it('are facts where no value is known, and where one of two mentions went', () => {
    expect(substance(told('By 30 February.', ['30 February', null]), told('By 02-30.', ['02-30', null]))).toBe('facts');
    const twice = told('On 1 May and 1 May it rained.', ['1 May', '2020-05-01'], ['1 May', '2020-05-01']);
    expect(substance(twice, told('On 2020-05-01 it rained.', ['2020-05-01', '2020-05-01']))).toBe('facts');
  });

  it('stay cosmetic where only punctuation or spelling changed', () => {
    const was = told('On 13 Janaury 2020 it began.', ['13 Janaury 2020', '2020-01-13']);
    const now = told('On 13 January 2020 it began.', ['13 January 2020', '2020-01-13']);
    const comma = told('On 13 January, 2020 it began.', ['13 January, 2020', '2020-01-13']);
    expect([substance(was, now), substance(now, comma)]).toEqual(['cosmetic', 'cosmetic']);
  });

  it('are found by their values on both sides', () => {
    const was = told('1 May, 2 May', ['1 May', '2020-05-01'], ['2 May', '2020-05-02']);
    const now = told('2020-05-02, 3 May', ['2020-05-02', '2020-05-02'], ['3 May', '2020-05-03']);
    const [old, fresh] = sameDates(was.mentions, now.mentions);
    expect(old.map(({ start }) => start)).toEqual([7]);
    expect(fresh.map(({ start }) => start)).toEqual([0]);
  });
});

describe('addresses written out in the text', () => {
  it.each([
    ['tracking dropped', 'See https://news.example/a/12?utm_id=7&fb=9 now.', 'See https://news.example/a/12 now.'],
    ['another number', 'See https://news.example/2020/12.', 'See https://news.example/2020/13.'],
    ['a percent code', 'www.example.org/a%20b', 'www.example.org/a-b'],
    ['a name or a negation in it', 'http://x.example/Orlan-guilty', 'http://x.example/Petrakis-not-guilty'],
    ['no scheme', '(video.example/watch123)', '(video.example/watch124)'],
    ['near its old spelling', 'https://x.example/goverment/1', 'https://x.example/government/1'],
  ])('%s: wording', (_, before, after) => {
    expect(judge(before, after)).toBe('wording');
  });

  it('hide no fact beside them', () => {
    expect(judge('12 hurt: https://x.example/1', '13 hurt: https://x.example/2')).toBe('facts');
    expect(judge('$5 at https://x.example/1', '\u20ac5 at https://x.example/2')).toBe('facts');
  });

  it('are no abbreviations, fractions or names with a stroke', () => {
    for (const text of ['9 p.m./10 p.m.', '3.5/7', 'St.Paul/Orlan', 'and/or', 'v1.2', 'U.S./NATO']) {
      expect(addressesOf(text)).toEqual([]);
    }
    expect(addressesOf('Da: (see video.example/1) or')).toEqual([{ start: 9, end: 25 }]);
    expect(addressesOf('\u8a73\u7d30https://x.example/1\u306f')).toEqual([{ start: 2, end: 21 }]);
  });

  it('are looked for in linear time in hostile text', () => {
    for (const text of [
      'a.'.repeat(50_000),
      `${'a.'.repeat(50_000)}/`,
      'www'.repeat(33_000),
      'http:/'.repeat(16_000),
    ]) {
      expect(addressesOf(text)).toEqual([]);
    }
    expect(addressesOf('https://'.repeat(12_000))).toHaveLength(1);
  });
});
