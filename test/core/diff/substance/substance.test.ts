import { describe, expect, it } from 'vitest';
import { Lexicon } from '#core/diff/substance/lexicon.ts';
import { isRepair } from '#core/diff/substance/slips.ts';
import { isCapital, isInitial, tokensOf } from '#core/diff/substance/tokens.ts';
import { substanceOfTexts } from '../support.ts';

const lexicon = new Lexicon(() => [
  'In the town officials said that Orlan and Zelensky and Slovakia and Slovenia were named. The envoys left the attack to others.',
]);
const judge = (before: string, after: string): string => substanceOfTexts(before, after, lexicon);

describe('facts', () => {
  it.each([
    ['a number', 'It hit 12 houses.', 'It hit 13 houses.'],
    ['a number in words', 'Three drones fell.', 'Four drones fell.'],
    ['a decimal point', 'It fell to 1.5 percent.', 'It fell to 15 percent.'],
    ['a currency', 'It cost $5.', 'It cost €5.'],
    ['a day', 'On 10 January it began.', 'On 11 January it began.'],
    ['a month', 'On 10 January it began.', 'On 10 February it began.'],
    ['a weekday', 'It began on Monday.', 'It began on Tuesday.'],
    ['a name within the sentence', 'He met Orlan there.', 'He met Petrakis there.'],
    ['a name at the start', 'Orlan said so.', 'Officials said so.'],
    ['a name put in', 'The envoy left.', 'The envoy of Ostrava left.'],
    ['a look-alike name that the page uses too', 'He went to Slovakia today.', 'He went to Slovenia today.'],
    ['a short look-alike name', 'He went to Iran today.', 'He went to Iraq today.'],
    ['a negation put in', 'The troops will withdraw.', 'The troops will not withdraw.'],
    ['a negation taken out', "He didn't sign.", 'He did sign.'],
    ['a German negation', 'Er hat unterschrieben.', 'Er hat nicht unterschrieben.'],
    ['a dropped sentence with a name', 'All was calm. The NATO envoy left.', 'All was calm.'],
  ])('%s', (_, before, after) => {
    expect(judge(before, after)).toBe('facts');
  });
});

describe('cosmetic', () => {
  it.each([
    ['a full stop', 'The ceasefire holds', 'The ceasefire holds.'],
    ['quotes', 'He said "yes" to it.', 'He said yes to it.'],
    ['a hyphen', 'The ceasefire holds.', 'The cease-fire holds.'],
    ['case', 'The president spoke.', 'The President spoke.'],
    ['a thousands separator', 'It hit 1,000 houses.', 'It hit 1000 houses.'],
    ['a misspelt word', 'The adminsitration said so.', 'The administration said so.'],
    ['swapped letters', 'teh town fell', 'the town fell'],
    ['a misspelt name', 'He met Zelenksy today.', 'He met Zelensky today.'],
    ['another spelling', 'The defence minister', 'The defense minister'],
    ['a number spelt out', 'He said two died.', 'He said 2 died.'],
    ['an accent', 'The cafe closed.', 'The café closed.'],
  ])('%s', (_, before, after) => {
    expect(judge(before, after)).toBe('cosmetic');
  });
});

describe('wording', () => {
  it.each([
    ['a synonym', 'A large attack began.', 'A massive attack began.'],
    ['a plural', 'The attack began.', 'The attacks began.'],
    ['a tense', 'He has left.', 'He had left.'],
    ['a word dropped', 'He left early.', 'He left.'],
    ['a common word at the start', 'Officials said it is so.', 'Envoys said it is so.'],
    ['a contraction', "It isn't true.", 'It is not true.'],
    ['words that changed places', 'On 10 January it began.', 'On January 10 it began.'],
    ['a negation in other words', 'No one came.', 'Nobody came.'],
  ])('%s', (_, before, after) => {
    expect(judge(before, after)).toBe('wording');
  });

  it('where all nouns have capitals, a capital names nothing', () => {
    const german = new Lexicon(() => [
      'Der Minister lobte die Armee und das Land, die Stadt und das Dorf im Tal. '.repeat(8),
    ]);
    expect(substanceOfTexts('Er lobte das Haus sehr.', 'Er lobte das Gut sehr.', german)).toBe('wording');
  });
});

describe('spelling', () => {
  it('two words that the page uses are two words', () => {
    const used = new Set(['complaint', 'compliant']);
    const knows = (word: string): boolean => used.has(word);
    const page = { knows, isEnglish: true };
    expect(isRepair('compalint', 'complaint', page)).toBe(true);
    expect(isRepair('compliant', 'complaint', page)).toBe(false);
    expect(isRepair('12a45', '12b45', page)).toBe(false);
  });
});

describe('words in their sentences', () => {
  it('know where a sentence starts, behind quotes too', () => {
    const initial = tokensOf('Men left. "They won," he said: Yes. Then 3.5 fell').filter(
      (token) => token.kind === 'word' && isInitial(token),
    );
    expect(initial.map(({ word }) => word)).toEqual(['Men', 'They', 'Yes', 'Then']);
  });

  it('know a capital in any script', () => {
    expect([
      isCapital('\u041c\u043e\u0441\u043a\u0432\u0430'),
      isCapital('\u043c\u0438\u0440'),
      isCapital('3A'),
    ]).toEqual([true, false, false]);
  });

  it('a lexicon reads its page only when asked, and once', () => {
    let reads = 0;
    const lazy = new Lexicon(() => {
      reads++;
      return ['Some text.'];
    });
    expect(reads).toBe(0);
    expect(lazy.knows('text')).toBe(true);
    expect(lazy.knows('other')).toBe(false);
    expect(reads).toBe(1);
  });
});
