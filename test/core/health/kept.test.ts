import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keptShare } from '#core/health/kept.ts';

const chronicle = [
  'On 03 May the harbour was closed to every ship above nine thousand tonnes.',
  'The minister called the closure a precaution and promised to end it soon.',
  'Nine ships turned back and two anchored off the cape to wait for news.',
  'Pilots refused to board until the buoys had been put back in their places.',
];

describe('the share of paragraphs that a text still has', () => {
  it('is 1 for the same text, in any order', () => {
    expect(keptShare(chronicle, [...chronicle].reverse())).toBe(1);
  });

  it('counts a paragraph that was edited in every sentence as kept', () => {
    const edited = chronicle.map((text) => `${text.replace(/\.$/, ', it was said.')} A clarification was added later.`);
    expect(keptShare(chronicle, edited)).toBe(1);
  });

  it('is 0 for a page about something else', () => {
    const other = [
      'This domain is for sale.',
      'Contact our broker to make an offer for it today.',
      'Prices on request.',
    ];
    expect(keptShare(chronicle, other)).toBe(0);
  });

  it('falls with each paragraph that was removed', () => {
    expect(keptShare(chronicle, chronicle.slice(0, 1))).toBe(0.25);
  });

  it('is 1 where there was no paragraph', () => {
    expect(keptShare([], chronicle)).toBe(1);
  });

  it('finds short paragraphs and paragraphs without words again', () => {
    expect(keptShare(['Yes.', '* * *'], ['Yes.', '* * *'])).toBe(1);
    expect(keptShare(['Yes.'], ['No.'])).toBe(0);
  });

  it('counts three words in a row, not two', () => {
    const before = ['one two three four'];
    expect(keptShare(before, ['one two and three four'])).toBe(0);
    expect(keptShare(before, ['then one two three and five'])).toBe(1);
  });

  it('counts a paragraph with three tenths of its sequences as kept', () => {
    const before = ['a b c d e f g h i j k l'];
    expect(keptShare(before, ['a b c d e'])).toBe(1);
    expect(keptShare(before, ['a b c d'])).toBe(0);
  });

  it('is what looking at every word of both sides gives', () => {
    const word = fc.constantFrom('ship', 'sailed', 'north', 'again');
    const text = fc.array(word, { maxLength: 7 }).map((words) => words.join(' '));
    const texts = fc.array(text, { minLength: 1, maxLength: 8 });
    const sequences = (line: string) => {
      const words = line.split(' ');
      return Array.from({ length: Math.max(1, words.length - 2) }, (_, at) => words.slice(at, at + 3).join(' '));
    };
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const present = new Set(after.flatMap(sequences));
        const kept = before.filter((line) => {
          const all = sequences(line);
          return all.filter((one) => present.has(one)).length >= all.length * 0.3;
        });
        expect(keptShare(before, after)).toBe(kept.length / before.length);
      }),
    );
  });

  it('lies between 0 and 1 and never falls when text is added', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.array(fc.string()), fc.string(), (before, after, more) => {
        const share = keptShare(before, after);
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
        expect(keptShare(before, [...after, more])).toBeGreaterThanOrEqual(share);
      }),
    );
  });
});
