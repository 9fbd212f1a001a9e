import { describe, expect, it } from 'vitest';
import { Lexicon } from '#core/diff/substance/lexicon.ts';
import { substanceOfTexts } from './support.ts';

const page = new Lexicon(() => [
  'In the town officials said that Orlan and Bergstrom were named. The envoys of the council left the matter to others.',
]);
const judge = (before: string, after: string): string => substanceOfTexts(before, after, page);
/** Puts one word, then another, into a sentence. */
const swap = (before: string, after: string): string =>
  judge(`It was said by the ${before} of the town.`, `It was said by the ${after} of the town.`);

describe('a mark that changes a number is a fact', () => {
  it.each([
    ['a minus', 'It was -15 degrees there.', 'It was 15 degrees there.'],
    ['a typographic minus', 'It was \u221215 degrees there.', 'It was 15 degrees there.'],
    ['a minus put in at the start', '15 degrees at night.', '-15 degrees at night.'],
    ['a minus before a currency', 'The result was -$15 a head.', 'The result was $15 a head.'],
    ['a comparison', 'It hit < 100 men.', 'It hit > 100 men.'],
    ['a comparison without a space', 'It hit <100 men.', 'It hit 100 men.'],
    ['"or more"', 'It hit 100+ men.', 'It hit 100 men.'],
    ['a fraction and a range', 'They lost 1/2 of it.', 'They lost 1-2 of it.'],
    ['a fraction and two numbers', 'They lost 1/2 of it.', 'They lost 1 2 of it.'],
    ['a range and a number', 'They lost 1-2 of it.', 'They lost 12 of it.'],
    ['a separator that may be decimal', 'It cost $1.125 billion.', 'It cost $1,125 billion.'],
    ['the same the other way', 'It cost $1,125 billion.', 'It cost $1.125 billion.'],
    ['one of three decimals', 'It was 1.125 of it.', 'It was 1125 of it.'],
    ['morning and afternoon', 'It began at 3 p.m. there.', 'It began at 3 a.m. there.'],
    ['morning and afternoon, glued', 'It began at 3pm there.', 'It began at 3am there.'],
    ['a unit', 'It was 15 km away.', 'It was 15 miles away.'],
    ['a magnitude', 'It cost 5m in all.', 'It cost 5bn in all.'],
    ['a letter behind a number', 'He lives at 12a there.', 'He lives at 12b there.'],
    ['a square', 'It took 10\u00b2 of it.', 'It took 102 of it.'],
    ['a decade', 'It was in the 1990s then.', 'It was in the 1990 then.'],
    ['a number in two words', 'Some twenty-five fell.', 'Some twenty-six fell.'],
    ['an acronym that is a word', 'They gave us arms.', 'They gave US arms.'],
  ])('%s', (_, before, after) => {
    expect(judge(before, after)).toBe('facts');
    expect(judge(after, before)).toBe('facts');
  });
});

describe('the same number in another writing is no fact', () => {
  it.each([
    ['a space for thousands', 'It hit 10 000 houses.', 'It hit 10,000 houses.', 'cosmetic'],
    ['a thin space for thousands', 'It hit 10\u202f000 houses.', 'It hit 10000 houses.', 'cosmetic'],
    ['millions', 'It cost 1.234.567 in all.', 'It cost 1,234,567 in all.', 'cosmetic'],
    ['thousands and decimals', 'It cost 1.234,56 in all.', 'It cost 1,234.56 in all.', 'cosmetic'],
    ['a dash of another length', 'It hit 3-5 houses.', 'It hit 3\u20135 houses.', 'cosmetic'],
    ['a unit without its space', 'It was 15 km away.', 'It was 15km away.', 'cosmetic'],
    ['a stop in "p.m."', 'It began at 3 p.m. there.', 'It began at 3 pm there.', 'cosmetic'],
    ['percent in a word', 'It fell by 10% there.', 'It fell by 10 percent there.', 'cosmetic'],
    ['percent in two words', 'It fell by 10 per cent there.', 'It fell by 10% there.', 'cosmetic'],
    ['million in a letter', 'It cost 5 million in all.', 'It cost 5m in all.', 'cosmetic'],
    ['a number and its magnitude in words', 'It cost three million in all.', 'It cost 3 million in all.', 'cosmetic'],
    ['a number in two words', 'Some twenty-five fell.', 'Some 25 fell.', 'cosmetic'],
    ['one', 'Only one fell there.', 'Only 1 fell there.', 'cosmetic'],
    ['an ordinal', 'It was the 10th there.', 'It was the tenth there.', 'cosmetic'],
    ['words next to a number', 'It hit 12 houses.', 'It hit 12 large houses.', 'wording'],
    ['a degree', 'It was 15\u00b0 there.', 'It was 15 degrees there.', 'cosmetic'],
  ])('%s', (_, before, after, wanted) => {
    expect(judge(before, after)).toBe(wanted);
    expect(judge(after, before)).toBe(wanted);
  });
});

describe('two real words are never one misspelt', () => {
  it.each(
    (
      'convicted/convinced suspected/suspended attacked/attached deterred/deferred adopted/adapted reversed/reserved ' +
      'evacuated/evaluated trial/trail casualty/causality martial/marital united/untied filed/filled later/latter ' +
      'contacted/contracted immorality/immortality shooting/shouting desert/dessert persecuted/prosecuted form/from ' +
      'saw/was decision/derision withdraw/withdrew presented/prevented sacred/scared quite/quiet starring/staring ' +
      'detained/retained defected/deflected attaching/attacking imported/imparted field/filed raised/razed ' +
      'mediation/meditation prisoners/poisoners intentional/international treaties/treatise'
    )
      .split(' ')
      .map((pair) => pair.split('/') as [string, string]),
  )('%s, %s', (before, after) => {
    expect(swap(before, after)).toBe('wording');
    expect(swap(after, before)).toBe('wording');
  });

  it('also where the page knows one of them only', () => {
    const known = new Lexicon(() => ['They convicted and suspected the men who attacked the town that they deterred.']);
    for (const [before, after] of [
      ['convinced', 'convicted'],
      ['suspended', 'suspected'],
      ['attached', 'attacked'],
      ['deferred', 'deterred'],
      ['grounded', 'grunted'],
    ])
      expect(substanceOfTexts(`He was ${before} by the men.`, `He was ${after} by the men.`, known)).toBe('wording');
  });
});

describe('plain slips are cosmetic', () => {
  it.each(
    (
      'teh/the taht/that wiht/with recieved/received beleived/believed ' +
      'accomodation/accommodation adminstration/administration ' +
      'organisation/organization colour/color centre/center travelled/traveled'
    )
      .split(' ')
      .map((pair) => pair.split('/') as [string, string]),
  )('%s, %s', (before, after) => {
    expect(swap(before, after)).toBe('cosmetic');
  });

  it('with other apostrophes next to them', () => {
    expect(judge('It isn`t teh end of it.', 'It isn\u2019t the end of it.')).toBe('cosmetic');
    expect(judge('It isn`t the end of it.', 'It is the end of it.')).toBe('facts');
    expect(judge('It isnt the end of it.', 'It isn\u2019t the end of it.')).toBe('cosmetic');
  });
});

describe('an edit that may be another word is wording, a slip or not', () => {
  it.each(
    [
      ['two letters exchanged in 10 letters, and in 11', 'discretely/discreetly', 'demonstartor/demonstrator'],
      ['a letter doubled in 10 letters, and in 11', 'succesfuly/successfuly', 'accomodation/accommodation'],
      ['a letter dropped in 10 letters, and in 11', 'continents/contingents', 'adminstration/administration'],
      ['a letter replaced, and "i" and "e" exchanged', 'separately/seperately', 'beleive/believe'],
      ['a doubled "l" in 6 letters, and in 9', 'polled/poled', 'travelled/traveled'],
    ].map((row) => row.map((pair) => pair.split('/')) as [string[], string[], string[]]),
  )('%s', (_, doubtful, sure) => {
    expect(swap(doubtful[0] ?? '', doubtful[1] ?? '')).toBe('wording');
    expect(swap(sure[0] ?? '', sure[1] ?? '')).toBe('cosmetic');
  });

  it.each(['governemnt/government', 'succesful/successful', 'complaint/compliant'])(
    'in 9 letters it is a slip only where the page has the new word and not the old: %s',
    (pair) => {
      const [before = '', after = ''] = pair.split('/');
      const judgeOn = (text: string) =>
        substanceOfTexts(`It was the ${before} of it.`, `It was the ${after} of it.`, new Lexicon(() => [text]));
      const texts = [
        `That was the ${after} of it.`,
        `That was the ${before} of it.`,
        `The ${after} was the ${before} of it.`,
        '',
      ];
      expect(texts.map(judgeOn)).toEqual(['cosmetic', 'wording', 'wording', 'wording']);
    },
  );

  it('a letter dropped in 9 letters is a slip only where the page has the new word and not the old', () => {
    const knowing = new Lexicon(() => ['The government of the town was said to be with the men.']);
    const [before, after] = ['It was said by the goverment of it.', 'It was said by the government of it.'] as const;
    expect(substanceOfTexts(before, after, knowing)).toBe('cosmetic');
    expect(substanceOfTexts(before, after, page)).toBe('wording');
    const shorter = new Lexicon(() => ['The statement of the town was with it.']);
    expect(substanceOfTexts('It was said by the statment of it.', 'It was said by the statement of it.', shorter)).toBe(
      'wording',
    );
  });
});

describe('names', () => {
  it.each([
    ['Johnson', 'Johnston'],
    ['Hansen', 'Hanson'],
    ['Petersen', 'Peterson'],
    ['Bergstrom', 'Bergstrum'],
  ])('a changed letter is another name: %s, %s', (before, after) => {
    expect(judge(`The envoy met ${before} there.`, `The envoy met ${after} there.`)).toBe('facts');
  });

  it('are repaired towards what the page has, and accents make no other', () => {
    expect(judge('The envoy met Bergstorm there.', 'The envoy met Bergstrom there.')).toBe('cosmetic');
    expect(judge('The envoy met Muller there.', 'The envoy met M\u00fcller there.')).toBe('cosmetic');
  });
});

describe('scripts without spaces', () => {
  it.each([
    [
      'a clause turned round',
      '\u90e8\u961f\u5df2\u7ecf\u5f00\u59cb\u64a4\u79bb\u3002',
      '\u90e8\u961f\u6ca1\u6709\u5f00\u59cb\u64a4\u79bb\u3002',
      'facts',
    ],
    [
      'another verb',
      '\u90e8\u961f\u5f00\u59cb\u64a4\u79bb\u3002',
      '\u90e8\u961f\u5f00\u59cb\u8fdb\u653b\u3002',
      'wording',
    ],
    ['a numeral next to a counter', '\u4e94\u4eba\u6b7b\u4ea1\u3002', '\u516d\u4eba\u6b7b\u4ea1\u3002', 'facts'],
    ['an ordinal', '\u7b2c\u4e09\u5929\u3002', '\u7b2c\u56db\u5929\u3002', 'facts'],
    ['a voiced kana', '\u304b\u304d\u304c\u3042\u308b\u3002', '\u304b\u304e\u304c\u3042\u308b\u3002', 'wording'],
    ['a Thai vowel', '\u0e1b\u0e32\u0e01\u0e34\u0e19', '\u0e1b\u0e32\u0e01\u0e38\u0e19', 'wording'],
    ['punctuation only', '\u90e8\u961f\u64a4\u79bb', '\u90e8\u961f\u64a4\u79bb\u3002', 'cosmetic'],
  ])('%s', (_, before, after, wanted) => {
    expect(judge(before, after)).toBe(wanted);
  });
});

describe('other languages', () => {
  it.each([
    [
      'a Turkish negation of one letter',
      'Sald\u0131r\u0131 bekleniyor bug\u00fcn',
      'Sald\u0131r\u0131 beklenmiyor bug\u00fcn',
    ],
    ['a German mood', 'Er hatte das getan und ging', 'Er h\u00e4tte das getan und ging'],
    [
      'a Cyrillic letter with a breve',
      '\u043c\u043e\u0439 \u0434\u043e\u043c',
      '\u043c\u043e\u0438 \u0434\u043e\u043c',
    ],
    ['a Hindi vowel sign', '\u0915\u093f \u092c\u093e\u0924', '\u0915\u0940 \u092c\u093e\u0924'],
  ])('%s is wording', (_, before, after) => {
    expect(substanceOfTexts(before, after)).toBe('wording');
  });
});

it('a statement that becomes a question is wording', () => {
  expect(judge('The troops left.', 'The troops left?')).toBe('wording');
  expect(judge('It isn?t so, he said.', 'It isn\u2019t so, he said.')).not.toBe('wording');
});
