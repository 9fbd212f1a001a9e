import { describe, expect, it } from 'vitest';
import { findMentions } from '#core/dates/index.ts';
import { Lexicon } from '#core/diff/substance/lexicon.ts';
import { substanceOf } from '#core/diff/substance/substance.ts';
import { substanceOfTexts } from '../support.ts';

const CONTEXT = { title: null, url: null, observedAt: '2031-06-15T12:00:00.000Z' };
const judgeDated = (before: string, after: string) => {
  const dated = (text: string) => ({ text, mentions: findMentions(text, CONTEXT) });
  return substanceOf(dated(before), dated(after));
};
/** A sentence with "{old|new}" in it, judged in both directions. */
const both = (sentence: string, judge = substanceOfTexts): string[] => {
  const [, start = '', old = '', fresh = '', end = ''] = /^(.*?)\{(.*)\|(.*)\}(.*)$/su.exec(sentence) ?? [];
  const [a, b] = [start + old + end, start + fresh + end];
  return [judge(a, b), judge(b, a)];
};

describe('words inside a date that are no part of its value are facts', () => {
  it.each([
    'The fleet sailed on 5 May 2031. It will meet {next|last} Friday.',
    'The fleet sailed on 5 May 2031. It refuels {this|the coming} week.',
    'The dam broke in the {last|opening} week of May 2031.',
    'The dam held for the last {two|three} weeks of May 2031.',
    'At the {opening|close} of 2031 the harbour froze.',
    'The envoys landed {earlier in|later in} May 2031.',
    'On 5 May 2031 they landed. {Less than|More than} two days later they left.',
    'On 5 May 2031 they landed. {Only|Exactly} two days later they left.',
    'The harbour froze {by|at} the {end|start} of May 2031.',
    'The envoys landed on {Monday|Friday}, 5 May 2031.',
  ])('%s', (sentence) => {
    expect(both(sentence, judgeDated)).toEqual(['facts', 'facts']);
  });

  it.each([
    'The envoys landed on {5 May|the 5th of May} 2031.',
    'The envoys talked from {5 to 7|5-7} May 2031.',
    'On 5 May 2031 they landed. They left {two|2} days later.',
    'The envoys landed in {Sept.|September} 2031.',
  ])('those that are a part may be written otherwise: %s', (sentence) => {
    expect(both(sentence, judgeDated)).toEqual(['cosmetic', 'cosmetic']);
  });
});

describe('a sign is more than punctuation', () => {
  it.each([
    'Grain {▲|▼} 3 points at noon.',
    'Grain {↑|↓} 3 points at noon.',
    'Grain {🔺|🔻} 3 points at noon.',
    'Grain {➕|➖} 3 points at noon.',
    'Grain {＋|－} 3 points at noon.',
    'The depth was {－|}3 metres.',
    'The depth was {⁻|}3 metres.',
    'The night brought {- |}3 °C at the pass.',
    'The bonds fell to {A+|A-} after noon.',
    'The bonds fell to {CCC-|CCC} after noon.',
    'The donor has {B+|B-} blood.',
    'Ostrava | signed {✓|✗}',
    'Ostrava signed: {✅|❌}',
    'The hall voted {👍|👎} at noon.',
    'The hotel has {★★★|★★☆} at its door.',
    'The hotel has {★★★|★★} at its door.',
    'The oven is at {90 ℃|90 ℉} now.',
    `The gate is {6'|6"} high.`,
    'The gate is {6′|6″} high.',
    'The mill makes {3 MW|3 mW} at noon.',
    'The file has {3MB|3Mb} at noon.',
    'The bank added {3‱|3} at noon.',
    'Ostrava {=|≠} Orlan in the list.',
    'Ostrava {>|<} Orlan in the list.',
    'The rate is {3 × 4|3, 4} at noon.',
    'The rate is {2^8|2 8} at noon.',
    'The rate is {≪ 8|8} at noon.',
    'The train runs Ostrava {→|←} Orlan.',
    'They teach {C++|C#} there.',
    'The {🇸🇪|🇳🇴} ship is in the harbour.',
    'It hurt {30 – 40|30, 40} men.',
    'See page {3 - 4|3, 4} of it.',
  ])('%s', (sentence) => {
    expect(both(sentence)).not.toContain('cosmetic');
  });

  it.each([
    'The envoys {- all of them -|, all of them,} left.',
    'The {well-fed|well fed} men left.',
    'He said {"3 of 4"|“3 of 4”} to it.',
    "He said {'3 of 4'|3 of 4} to it.",
    'It hurt {3–4|3-4} men.',
    'It was {90 ℃|90 °C} at noon.',
    'The men {[of it]|(of it)} left…',
  ])('punctuation is not: %s', (sentence) => {
    expect(both(sentence)).toEqual(['cosmetic', 'cosmetic']);
  });
});

describe('numbers are no letters to be joined', () => {
  it.each(['Dead by town: {3, 33|33, 3}.', 'The games: {1, 11|11, 1}.', 'Dial {nine one one|nine one} for it.'])(
    '%s',
    (sentence) => {
      expect(both(sentence)).not.toContain('cosmetic');
    },
  );
});

describe('short words in capitals', () => {
  it.each(['The {CIA|cia} men left.', 'The {US|us} men left.', 'The {MW|mw} men left.'])(
    'are no small words: %s',
    (sentence) => {
      expect(both(sentence)).toEqual(['facts', 'facts']);
    },
  );

  it.each(['The {NATO|Nato} men left.', 'The {U.S.|US} men left.', '{THE MEN LEFT|The men left}'])(
    'may be written otherwise: %s',
    (sentence) => {
      expect(both(sentence)).toEqual(['cosmetic', 'cosmetic']);
    },
  );
});

describe('two words that differ by an accent or a letter', () => {
  it.each([
    'Die Mauern {wurden|würden} am Abend geräumt.',
    'Die Boote {konnten|könnten} den Hafen sehen.',
    'Die Leute {hatten|hätten} den Hafen gesehen.',
    'Sie {fordern|fördern} den Bau der Mauer.',
    'Anh ta {thương|thưởng} cho con trai.',
    'Le vieux {pêcheur|pécheur} dort dans le port.',
    'The file was {compliant|complaint} to the men.',
    'They found an {infarction|infraction} in it.',
    'They are {scrapping|scraping} the old ship.',
    'They acted {discreetly|discretely} on it.',
    'They {prised|prized} the stone of it.',
    'They drove to {Shaanxi|Shanxi} on it.',
    'They met {Myers|Meyers} on it.',
    'It took {12 pounds|£12} of it.',
  ])('is wording at least: %s', (sentence) => {
    expect(both(sentence)).not.toContain('cosmetic');
  });

  it('is a repair where the page has the new one and not the old', () => {
    const [before, after] = ['Die Mauern wurden am Abend leer.', 'Die Mauern würden am Abend leer.'];
    const page = (text: string) => new Lexicon(() => [text]);
    expect(substanceOfTexts(before, after, page('Sie würden das tun.'))).toBe('cosmetic');
    expect(substanceOfTexts(before, after, page('Sie würden das tun, das wurden sie.'))).toBe('wording');
  });

  it.each([
    'They met {Zelenskiy|Zelenskyy} on it.',
    'They met {Aleksei|Alexey} on it.',
    'They met {Núñez|Nunez} on it.',
  ])('is no other name where it is another writing of one: %s', (sentence) => {
    expect(both(sentence)).toEqual(['cosmetic', 'cosmetic']);
  });
});
