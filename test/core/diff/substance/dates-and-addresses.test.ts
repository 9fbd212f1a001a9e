import { describe, expect, it } from 'vitest';
import { findMentions } from '#core/dates/index.ts';
import { Lexicon } from '#core/diff/substance/lexicon.ts';
import { substanceOf } from '#core/diff/substance/substance.ts';
import { tokensOf } from '#core/diff/substance/tokens.ts';
import { substanceOfTexts } from '../support.ts';

const lexicon = new Lexicon(() => ['In the town officials said that Orlan was named. The envoys left it to others.']);
const judge = (before: string, after: string): string => substanceOfTexts(before, after, lexicon);

describe('dates that are only written otherwise', () => {
  const context = { title: null, url: null, observedAt: '2024-06-15T12:00:00.000Z' };
  const judgeDated = (before: string, after: string): string => {
    const [old, fresh] = [before, after].map((text) => ({ text, mentions: findMentions(text, context) }));
    return old === undefined || fresh === undefined ? '' : substanceOf(old, fresh, lexicon);
  };

  it.each([
    ['an ending of the day', 'on 1 March', 'on March 1st', 'on March 2nd'],
    ['the order of day and month', 'on 1 March 2020', 'on March 1, 2020', 'on March 2, 2020'],
    ['digits', 'on 1 March 2020', 'on 2020-03-01', 'on 2020-03-02'],
    ['a short month', 'on Sept. 5', 'on September 5', 'on September 6'],
    ['a misspelt month', 'on 13 Janaury 2020', 'on 13 January 2020', 'on 14 January 2020'],
    ['a range', 'on 12-14 May', 'on 12 May - 14 May', 'on 12 May - 15 May'],
  ])('%s is cosmetic, another day is a fact', (_, before, after, other) => {
    expect(judgeDated(`It closed ${before}.`, `It closed ${after}.`)).toBe('cosmetic');
    expect(judgeDated(`It closed ${before}.`, `It closed ${other}.`)).toBe('facts');
  });

  it('are facts where the part of the month or year is another, or a weekday', () => {
    expect(judgeDated('It closed in late March.', 'It closed in early March.')).toBe('facts');
    expect(judgeDated('In the first half of 2022.', 'In the second half of 2022.')).toBe('facts');
    expect(judgeDated('On Monday, 5 May 2031, it closed.', 'On Tuesday, 5 May 2031, it closed.')).toBe('facts');
  });

  it('are wording where they may be read otherwise, facts where another day is likelier', () => {
    expect(judgeDated('It closed on 5 June 2030.', 'It closed on 06/05/2030.')).toBe('wording');
    expect(judgeDated('It closed on 05/06/2030.', 'It closed on 06/05/2030.')).toBe('facts');
  });

  it('hide no other fact of the same edit', () => {
    expect(judgeDated('On 1 March 2020 it hit 12 houses.', 'On 2020-03-01 it hit 13 houses.')).toBe('facts');
    expect(judgeDated('On 1 March 2020 it hit 12 houses.', 'On 2020-03-01 it never hit 12 houses.')).toBe('facts');
    expect(judgeDated('On 1 March 2020 it hit 12 houses.', 'On 2020-03-01 Orlan hit 12 houses.')).toBe('facts');
    expect(judgeDated('On 1 March 2020 it hit 12 houses.', 'On 2020-03-01 it struck 12 houses.')).toBe('wording');
  });

  /** A text with one date, whose value comes from elsewhere on the page. */
  const dated = (text: string, date: string, literal: string, value: string) => {
    const start = text.indexOf(date);
    const end = start + date.length;
    const mention = {
      text: date,
      start,
      end,
      granularity: 'day',
      literal,
      value,
      role: 'event',
      basis: 'explicit',
    } as const;
    return { text, mentions: [mention] };
  };

  it('are wording where one of them leaves out what the page makes clear', () => {
    const whole = dated('It closed on 1 March 2020.', '1 March 2020', '2020-03-01', '2020-03-01');
    const short = dated('It closed on 1 March.', '1 March', 'XXXX-03-01', '2020-03-01');
    expect(substanceOf(whole, short)).toBe('wording');
  });

  it('are no edit where only the page around them moved', () => {
    const was = dated('It closed on 1 March', '1 March', 'XXXX-03-01', '2020-03-01');
    expect(substanceOf(was, dated('It closed on 1 March.', '1 March', 'XXXX-03-01', '2021-03-01'))).toBe('cosmetic');
  });

  it('are facts where one of two went', () => {
    expect(judgeDated('On 1 May and 1 May it rained.', 'On 1 May it rained.')).toBe('facts');
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

  it('hide no other fact', () => {
    expect(judge('The $ fell today.', 'The \u20ac fell today.')).toBe('facts');
    expect(judge('12 hurt: https://x.example/1', '13 hurt: https://x.example/2')).toBe('facts');
    expect(judge('$5 at https://x.example/1', '\u20ac5 at https://x.example/2')).toBe('facts');
  });

  it('without their scheme or last stroke are the same, at another host a fact', () => {
    expect(judge('See http://x.example/a/ now.', 'See https://www.x.example/a now.')).toBe('cosmetic');
    expect(judge('See https://x.example/a now.', 'See https://y.example/a now.')).toBe('facts');
    expect(judge('Write to tips41@x.example now.', 'Write to tips14@x.example now.')).toBe('facts');
  });

  it('are no abbreviations, fractions or names with a stroke', () => {
    const addresses = (text: string) => tokensOf(text).flatMap(({ kind, word }) => (kind === 'address' ? [word] : []));
    for (const text of ['9 p.m./10 p.m.', '3.5/7', 'St.Paul/Orlan', 'and/or', 'v1.2', 'U.S./NATO']) {
      expect(addresses(text)).toEqual([]);
    }
    expect(addresses('Da: (see video.example/1) or')).toEqual(['video.example/1)']);
    expect(addresses('\u8a73\u7d30https://x.example/1\u306f')).toEqual(['https://x.example/1']);
  });
});
