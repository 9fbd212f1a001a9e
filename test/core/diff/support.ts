import fc from 'fast-check';
import type { DatedBlock } from '#core/dates/types.ts';
import { diff, identify } from '#core/diff/index.ts';
import type { Lexicon } from '#core/diff/substance/lexicon.ts';
import { substanceOf } from '#core/diff/substance/substance.ts';
import type { Change, DiffMemory, DiffResult, Paragraph, Substance } from '#core/diff/types.ts';

export const NO_MEMORY: DiffMemory = { removed: [], newestDate: null };

/** A block with an explicit date, or none. */
export function block(
  text: string,
  date: string | null = null,
  basis: DatedBlock['dateBasis'] = 'explicit',
): DatedBlock {
  return { text, kind: 'paragraph', links: [], date, dateBasis: date === null ? 'none' : basis, mentions: [] };
}

export function page(...texts: readonly (string | DatedBlock)[]): DatedBlock[] {
  return texts.map((text) => (typeof text === 'string' ? block(text) : text));
}

export function first(...texts: readonly (string | DatedBlock)[]): Paragraph[] {
  return identify(page(...texts), 'page');
}

/** How much an edit of a text without dates matters. */
export function substanceOfTexts(before: string, after: string, lexicon?: Lexicon): Substance {
  return substanceOf({ text: before, mentions: [] }, { text: after, mentions: [] }, lexicon);
}

export function compare(
  before: readonly (string | DatedBlock)[],
  after: readonly (string | DatedBlock)[],
  memory: DiffMemory = NO_MEMORY,
): DiffResult {
  return diff(first(...before), page(...after), memory, 'page');
}

/** `kind before>after` by positions, for short assertions. */
export function changesOf(changes: readonly Change[]): string[] {
  return changes.map(
    ({ kind, before, after }) =>
      `${kind} ${before.map(({ at }) => at).join(',')}>${after.map(({ at }) => at).join(',')}`,
  );
}

/** Ten paragraphs of ordinary prose that share nothing but common words. */
export const PROSE = [
  'The harbour master of Brenholm closed both piers after the storm tore the old breakwater from its footing.',
  'Negotiators left the summit without a statement, and the second round was put off until the spring.',
  'A column of forty lorries with flour and blankets reached the besieged monastery shortly before dawn.',
  'Engineers inspected the cracked dam above Velden and found that the spillway gates no longer open.',
  'Parliament adopted the emergency budget by nine votes, with the farmers and the liberals abstaining.',
  'Two fishermen were rescued from a drifting trawler by a coastguard helicopter north of the lighthouse.',
  'The central bank raised its key rate and warned that wheat prices would climb well into the summer.',
  'Observers counted eleven explosions along the ridge, most of them close to the abandoned cement works.',
  'Doctors at the field clinic treated children for dehydration as the water queue stretched past the mill.',
  'The court acquitted the former mayor of bribery but upheld the fine for the forged building permits.',
] as const;

const word = fc.constantFrom(
  ...'the of and army river talks north seven grain bridge vote storm rail minister Kelmar Osten drone 12 300 not'.split(
    ' ',
  ),
);

/** Short texts from few words, so that repetitions, near copies and accidental similarity are frequent. */
export const anyText = fc.array(word, { minLength: 1, maxLength: 14 }).map((words) => words.join(' '));

const anyDate = fc.constantFrom('2022-01-10', '2022-01-11', '2022-01-14', '2022-02', null);

export const anyBlock = fc
  .tuple(
    anyText,
    anyDate,
    fc.constantFrom('explicit', 'heading', 'inherited') satisfies fc.Arbitrary<DatedBlock['dateBasis']>,
  )
  .map(([text, date, basis]) => block(text, date, basis));

export const anyPage = fc.array(anyBlock, { maxLength: 24 });

/** A page and a revision of it, made by cutting, joining, editing and moving. */
export const anyRevision = fc
  .tuple(
    anyPage,
    fc.array(fc.tuple(fc.nat(), fc.constantFrom('drop', 'move', 'join', 'cut', 'edit', 'new'), anyBlock), {
      maxLength: 10,
    }),
  )
  .map(([before, steps]) => {
    const after = [...before];
    for (const [place, step, fresh] of steps) {
      const at = after.length === 0 ? 0 : place % after.length;
      const own = after[at];
      if (own === undefined || step === 'new') after.splice(at, 0, fresh);
      else if (step === 'drop') after.splice(at, 1);
      else if (step === 'move') after.splice(place % 7, 0, ...after.splice(at, 1));
      else if (step === 'join')
        after.splice(at, 2, { ...own, text: `${own.text} ${after[at + 1]?.text ?? ''}`.trim() });
      else if (step === 'cut') {
        const words = own.text.split(' ');
        const half = Math.ceil(words.length / 2);
        const pieces = [words.slice(0, half), words.slice(half)].filter((piece) => piece.length > 0);
        after.splice(at, 1, ...pieces.map((piece) => ({ ...own, text: piece.join(' ') })));
      } else after[at] = { ...own, text: `${own.text} indeed` };
    }
    return { before, after };
  });
