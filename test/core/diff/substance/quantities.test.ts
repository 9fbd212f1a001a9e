import { describe, expect, it } from 'vitest';
import { isEnglish, wordsOf } from '#core/diff/substance/lexicon.ts';
import { differInNumbers, numbersOf } from '#core/diff/substance/numbers.ts';
import { quantitiesOf } from '#core/diff/substance/quantities.ts';
import { isUnspaced } from '#core/diff/substance/scripts.ts';
import { substanceOf } from '#core/diff/substance/substance.ts';
import { wordDiff, wordTokens } from '#core/diff/substance/words.ts';

const facts = (text: string): string[] => quantitiesOf(text).flatMap((quantity) => quantity.facts);

describe('quantities', () => {
  it.each([
    ['It was -15\u00b0 and 3-5 fell', ['minus', '15', 'degrees', '3', 'to', '5']],
    ['a T-72 of 1,000 or 10 000', ['72', '1000', '10000']],
    ['0,125 and 1.125 and 1.234.567,8', ['0,125', '1.125', '1234567.8']],
    ['1,125 million and 1,125 men', ['1,125', 'million', '1125']],
    ['1st, 2nd, 1990s', ['1', '2', '1990', 's']],
    ['at 10:30 a.m.', ['10', ':', '30', 'am']],
    ['\u4e07\u4e00\u4e94\u4e2a\u4eba', ['\u4e07\u4e00\u4e94']],
    ['\u7edf\u4e00', []],
    ['none', []],
  ])('%s', (text, wanted) => {
    expect(facts(text)).toEqual(wanted);
  });

  it('stand where the text has them, in order, each within its bounds', () => {
    const text = 'About < 100 men, \u2212$5 million and 3 to 5 more';
    const found = quantitiesOf(text);
    expect(found.map(({ start, end }) => text.slice(start, end))).toEqual(['< 100', '\u2212$5 million', '3', ' to 5']);
    for (const { start, end, core } of found) expect(start <= core.start && core.end <= end).toBe(true);
  });

  it('in words are the same numbers', () => {
    const of = (text: string) => numbersOf([], wordsOf(text));
    const digits = (text: string) => numbersOf(quantitiesOf(text), []);
    expect(differInNumbers(of('thirty-one'), digits('31'))).toBe(false);
    expect(differInNumbers(of('one'), digits('1'))).toBe(false);
    expect(differInNumbers(of('one'), of('none'))).toBe(false);
    expect(differInNumbers(of('one'), digits('2'))).toBe(true);
  });
});

describe('hostile texts', () => {
  const units = ['1', '1-', '1 000 ', '1,', '<', '\u4e00', '5 million ', 'may ', '%', "a'", '\u0e01\u0e47', ' to 5'];
  it.each(units)('of 100,000 characters are judged: %j', (unit) => {
    const text = unit.repeat(Math.ceil(100_000 / unit.length));
    expect(substanceOf(wordDiff(text, `${text} 7 men`))).toBe('facts');
    expect(substanceOf([{ op: 'added', text: `no man ${text}` }])).toBe('facts');
  });
});

describe('scripts', () => {
  it('without spaces give a word a letter, marks and digits kept together', () => {
    expect(wordTokens('\u5df2\u7ecf12\u4eba abc')).toEqual(['\u5df2', '\u7ecf', '12', '\u4eba', ' ', 'abc']);
    expect(wordTokens('\u30ab\u30fc\u3099')).toEqual(['\u30ab', '\u30fc\u3099']);
    expect(wordsOf('\u5df2\u7ecf isn`t').map(({ word }) => word)).toEqual(['\u5df2', '\u7ecf', 'isn`t']);
  });

  it('with spaces are not among them', () => {
    expect(['abc', '\u0430\u0431', '\ud55c\uad6d', '12'].some(isUnspaced)).toBe(false);
    expect(['\u5df2', '\u3042', '\u0e01'].every(isUnspaced)).toBe(true);
  });

  it('tell English from its neighbours by function words', () => {
    expect(isEnglish(wordsOf('The men of the town were there'))).toBe(true);
    expect(isEnglish(wordsOf('Der Mann und die Frau waren hier'))).toBe(false);
    expect(isEnglish(wordsOf('De man was in het huis met hun kind'))).toBe(false);
    expect(isEnglish([])).toBe(false);
  });
});
