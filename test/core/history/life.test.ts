import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Advance } from '#core/history/advance.ts';
import { type Life, lifeOf, paragraphStates, withSights } from '#core/history/life.ts';
import type { ParagraphState, StoredParagraph } from '#core/history/types.ts';
import { sampleRevision } from '../../contracts/samples.ts';
import { type ParagraphInput, paragraphOf } from '../../support/chronicle.ts';
import { anyRevision } from '../diff/support.ts';
import { Growth, OPTIONS, sightingOn } from './support.ts';

/** The states that revisions with these paragraphs write, a day each. */
function statesOf(...revisions: readonly (readonly ParagraphInput[])[]): ParagraphState[] {
  let before: readonly StoredParagraph[] = [];
  const past: StoredParagraph[] = [];
  return revisions.flatMap((paragraphs, index) => {
    const stamp = sampleRevision('page', index + 1);
    const texts = past.map((paragraph) => ({ paragraph }));
    const after = withSights(paragraphs.map(paragraphOf), before, texts, stamp);
    const states = paragraphStates(before, after, stamp);
    past.push(...before);
    before = after;
    return states;
  });
}

const ofParagraph = (states: readonly ParagraphState[], id: string) =>
  states.filter(({ paragraphId }) => paragraphId === id);
const days = ({ present }: Life) => present.map(({ from, to }) => [from.revision, to?.revision ?? null]);

describe('the life of a paragraph', () => {
  const a = { id: 'a', text: 'The pass was closed.', date: '2022-01-02' };
  const b = { id: 'b', text: 'Talks went on.' };

  it('keeps first sight, absence, return and redating apart', () => {
    const states = statesOf([b], [a, b], [b], [b], [a, b], [{ ...a, date: '2022-01-05' }, b]);
    const life = lifeOf(ofParagraph(states, 'a'));
    expect(life).toMatchObject({ firstSeen: { revision: 2 }, lastChanged: { revision: 6 }, complete: true });
    expect(life && days(life)).toEqual([
      [2, 3],
      [5, null],
    ]);
    expect(life?.dates.map(({ date, from }) => [date, from.revision])).toEqual([
      ['2022-01-02', 2],
      ['2022-01-05', 6],
    ]);
    expect(life?.wordings).toEqual([{ text: a.text, from: { revision: 2, observedAt: '2022-01-02T10:00:00.000Z' } }]);
  });

  it('ends with the revision that no longer has it', () => {
    const life = lifeOf(ofParagraph(statesOf([a, b], [{ ...a, text: 'The pass was open.' }, b], [b]), 'a'));
    expect(life && days(life)).toEqual([[1, 3]]);
    expect(life?.wordings.map(({ from }) => from.revision)).toEqual([1, 2]);
    expect(life?.lastChanged.revision).toBe(2);
  });

  it('has its first sight and its presence right where older states are left out, and shows that they are', () => {
    const states = ofParagraph(statesOf([b], [a, b], [b], [a, b], [{ ...a, text: 'The pass was open.' }, b]), 'a');
    const life = lifeOf(states.slice(-1));
    expect(life).toMatchObject({ firstSeen: { revision: 2 }, complete: false });
    expect(life && days(life)).toEqual([[4, null]]);
  });

  it('does not begin before its first sight where an older paragraph had the same id', () => {
    const older = statesOf([a], []);
    const again = paragraphStates(
      [],
      withSights([paragraphOf(a)], [], [], sampleRevision('page', 3)),
      sampleRevision('page', 3),
    );
    const life = lifeOf([...older, ...again]);
    expect(life && days(life)).toEqual([[3, null]]);
    expect(life).toMatchObject({ firstSeen: { revision: 3 }, complete: true });
  });

  it('does not exist without a state', () => {
    expect(lifeOf([])).toBeNull();
  });

  it('writes nothing for a paragraph that only moves or stays', () => {
    expect(statesOf([a, b], [b, a])).toHaveLength(2);
  });
});

describe('the lives that real comparisons make', () => {
  it('are those of the documents: presences, texts and dates, with the sights that each document carries', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyRevision, { minLength: 1, maxLength: 3 }),
        fc.array(fc.nat(9), { maxLength: 8 }),
        async (revisions, order) => {
          const all = revisions.flatMap(({ before, after }) => [before, after]);
          const growth = new Growth();
          const made: Advance[] = [];
          for (const [day, blocks] of [...all, ...order.map((at) => all[at % all.length] ?? [])].entries()) {
            const next = await growth.see(sightingOn(day + 1, blocks), OPTIONS);
            if (next !== null) made.push(next);
          }
          const states = made.flatMap((advance) => advance.states);
          for (const id of new Set(states.map(({ paragraphId }) => paragraphId))) {
            expect(shortOf(lifeOf(ofParagraph(states, id)))).toEqual(truthOf(made, id));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  const shortOf = (life: Life | null) =>
    life && {
      first: life.firstSeen.revision,
      present: days(life),
      texts: life.wordings.map(({ text, from }) => [text, from.revision]),
      dates: life.dates.map(({ date, from }) => [date, from.revision]),
    };

  /** The same, read from the documents. */
  function truthOf(made: readonly Advance[], id: string) {
    const present: [number, number | null][] = [];
    const texts: [string, number][] = [];
    const dates: [string | null, number][] = [];
    for (const { document } of made) {
      const { number } = document;
      const paragraph = document.paragraphs.find((one) => one.id === id);
      const open = present.at(-1)?.[1] === null ? present.at(-1) : undefined;
      if (paragraph === undefined) {
        if (open !== undefined) open[1] = number;
        continue;
      }
      if (open === undefined) present.push([number, null]);
      if (texts.at(-1)?.[0] !== paragraph.text) texts.push([paragraph.text, number]);
      if (dates.length === 0 || dates.at(-1)?.[0] !== paragraph.date) dates.push([paragraph.date, number]);
      expect([paragraph.firstSeen.revision, paragraph.presentSince.revision]).toEqual([
        present[0]?.[0],
        present.at(-1)?.[0],
      ]);
    }
    return { first: present[0]?.[0], present, texts, dates };
  }
});
