import { describe, expect, it } from 'vitest';
import { Lexicon } from '#core/diff/substance/lexicon.ts';
import { quantityAt } from '#core/diff/substance/quantities.ts';
import { isInitial, tokensOf } from '#core/diff/substance/tokens.ts';
import { wordDiff } from '#core/diff/substance/words.ts';
import { substanceOfTexts } from '../support.ts';

const parts = (text: string): readonly string[] | undefined => quantityAt(tokensOf(text), 0)?.parts;
const swap = (before: string, after: string): string =>
  substanceOfTexts(`It was said by the ${before} of it.`, `It was said by the ${after} of it.`);

describe('bounds, on both sides', () => {
  it('a number has up to 4 signs before it and 4 groups of three digits behind its first', () => {
    expect(parts('<~+-5')).toEqual(['<', '~', '+', 'minus', '5']);
    expect(parts('~<~+-5')).toBeUndefined();
    expect(parts('1 000 000 000 000')).toEqual(['1000000000000']);
    expect(parts('1 000 000 000 000 000')).toEqual(['1000000000000']);
  });

  it('8 quotes, brackets and dashes in a row start a sentence whatever is before them, 7 do not', () => {
    const last = (text: string): boolean => {
      const token = tokensOf(text).at(-1);
      return token !== undefined && isInitial(token);
    };
    expect(last('It fell. "(Men')).toBe(true);
    expect([last(`It fell${'-'.repeat(7)}Men`), last(`It fell${'-'.repeat(8)}Men`)]).toEqual([false, true]);
  });

  it('from 50 words on, a page with capitals in more than 30 % of them shows no names by capitals', () => {
    const judge = (words: number, share: number): string => {
      const text = Array.from({ length: words }, (_, n) => (n % 10 < share * 10 ? `Ort${'a'.repeat(n)}` : 'das'));
      const page = new Lexicon(() => [`und ${text.join(' ')}`]);
      return substanceOfTexts('Er lobte das Haus sehr.', 'Er lobte das Gut sehr.', page);
    };
    expect([judge(60, 0.4), judge(40, 0.4)]).toEqual(['wording', 'facts']);
    expect([judge(60, 0.3), judge(60, 0.2)]).toEqual(['facts', 'facts']);
  });

  it('another spelling of a word has 5 letters or more: "tour" is not "tor"', () => {
    expect([swap('color', 'colour'), swap('tor', 'tour')]).toEqual(['cosmetic', 'wording']);
    expect([swap('Odesa', 'Odessa'), swap('Aksel', 'Axel')]).toEqual(['cosmetic', 'facts']);
  });

  it('a word of 4 letters or more may be negated: "able", not "fit"', () => {
    expect([swap('able', 'unable'), swap('fit', 'unfit')]).toEqual(['facts', 'wording']);
  });

  it('parts of up to 6 words trade places', () => {
    const distinct = (letter: string, words: number): string =>
      Array.from({ length: words }, (_, n) => letter.repeat(n + 3)).join(' ');
    const traded = (words: number): string =>
      substanceOfTexts(
        `${distinct('a', words)} saw ${distinct('b', words)}`,
        `${distinct('b', words)} saw ${distinct('a', words)}`,
      );
    expect([traded(6), traded(7)]).toEqual(['facts', 'wording']);
  });

  it('up to 500 changed words are compared one by one, more only by words that are there once', () => {
    const text = (letter: string, words: number): string =>
      Array.from({ length: words }, (_, n) => `${letter}${n} and`).join(' ');
    const runs = (words: number): number => wordDiff(text('a', words), text('b', words)).length;
    expect([runs(240), runs(260)]).toEqual([720, 3]);
  });
});
