import { describe, expect, it } from 'vitest';
import { quantityAt } from '#core/diff/substance/quantities.ts';
import { isUnspaced } from '#core/diff/substance/scripts.ts';
import { isEnglish, tokensOf } from '#core/diff/substance/tokens.ts';
import { wordTokens } from '#core/diff/substance/words.ts';
import { substanceOfTexts } from '../support.ts';

/** All quantities of a text, one after the other. */
function quantities(text: string): string[][] {
  const tokens = tokensOf(text);
  const found: string[][] = [];
  for (let at = 0; at < tokens.length; at++) {
    const quantity = quantityAt(tokens, at);
    if (quantity === null) continue;
    found.push([...quantity.parts]);
    at = quantity.next - 1;
  }
  return found;
}

describe('quantities', () => {
  it.each([
    [
      'It was -15\u00b0 and 3-5 fell',
      [
        ['minus', '15', 'degree'],
        ['3', 'to', '5'],
      ],
    ],
    ['a T-72 of 1,000 or 10 000', [['72'], ['1000'], ['10000']]],
    ['10 00 or 10 0000 or 010 000', [['10'], ['00'], ['10'], ['0000'], ['010'], ['000']]],
    ['0,125 and 1.125 and 1.234.567,8', [['0,125'], ['1.125'], ['1234567.8']]],
    ['1,125 million and 1,125 men', [['1,125', '1000000'], ['1125']]],
    ['1.5 million, $2.5bn and 3 dozen', [['1500000'], ['2500000000', 'dollar'], ['36']]],
    [
      '1st, 2nd, 1990s',
      [
        ['1', 'th'],
        ['2', 'th'],
        ['1990', 's'],
      ],
    ],
    ['at 10:30 a.m. or 3 pm or 12 p.m.', [['10:30'], ['15:00'], ['12:00']]],
    ['thirty-one or a hundred', [['31'], ['100']]],
    [
      'EUR 5 and US$5 and 5 US dollars',
      [
        ['5', 'euro'],
        ['5', 'dollar'],
        ['5', 'dollar'],
      ],
    ],
    ['\u4e8c\u3007\u4e09\u4e00\u5e74 \u4e07\u4e00\u4e94\u4e2a\u4eba', [['2031'], ['\u4e0715']]],
    ['\u7edf\u4e00', []],
    ['none', []],
  ])('%s', (text, wanted) => {
    expect(quantities(text)).toEqual(wanted);
  });
});

describe('hostile texts', () => {
  const units = [
    '1',
    '1-',
    '1 000 ',
    '1,',
    '<',
    '\u4e00',
    '5 million ',
    'may ',
    '%',
    "a'",
    '\u0e01\u0e47',
    ' to 5',
    '$',
    'a.',
  ];
  it.each([...units, 'a@', 'www', 'http:/', 'https://', 'twenty-'])('of 100,000 characters are judged: %j', (unit) => {
    const text = unit.repeat(Math.ceil(100_000 / unit.length));
    expect(substanceOfTexts(text, `${text} 7 men`)).toBe('facts');
    expect(substanceOfTexts('', `no man ${text}`)).toBe('facts');
  });

  it('with one number of 300,000 characters are judged', () => {
    const number = '1-'.repeat(150_000);
    expect(substanceOfTexts(`x ${number}1`, `y ${number}1`)).toBe('wording');
  });
});

describe('scripts', () => {
  it('without spaces give a word a letter, marks and digits kept together', () => {
    expect(wordTokens('\u5df2\u7ecf12\u4eba abc')).toEqual(['\u5df2', '\u7ecf', '12', '\u4eba', ' ', 'abc']);
    expect(wordTokens('\u30ab\u30fc\u3099')).toEqual(['\u30ab', '\u30fc\u3099']);
    expect(tokensOf('\u5df2\u7ecf isn`t').map(({ word }) => word)).toEqual(['\u5df2', '\u7ecf', 'isn`t']);
  });

  it('with spaces are not among them', () => {
    expect(['abc', '\u0430\u0431', '\ud55c\uad6d', '12'].some(isUnspaced)).toBe(false);
    expect(['\u5df2', '\u3042', '\u0e01'].every(isUnspaced)).toBe(true);
  });
});

describe('a text is English', () => {
  it('by its function words, not by those that its neighbours have as well', () => {
    expect(isEnglish(tokensOf('The men of the town were there'))).toBe(true);
    expect(isEnglish(tokensOf('Der Mann und die Frau waren hier'))).toBe(false);
    expect(isEnglish(tokensOf('De man was in het huis met hun kind'))).toBe(false);
    expect(isEnglish(tokensOf(''))).toBe(false);
  });

  it('where one word in ten is one, not one in eleven', () => {
    expect(isEnglish(tokensOf('the a a a a a a a a a'))).toBe(true);
    expect(isEnglish(tokensOf('the a a a a a a a a a a'))).toBe(false);
  });
});
