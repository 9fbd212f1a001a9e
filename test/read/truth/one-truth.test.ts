import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { steps, write } from '../../app/read/history.ts';
import { Chronicle } from '../../support/chronicle.ts';
import { type LifeAnswer, QUESTIONS, type Question, questions, trueDay, trueLife, trueParagraph } from './questions.ts';
import { type Surface, surfacesOf } from './surfaces.ts';

type Truth = Awaited<ReturnType<typeof write>>;

/** What a surface answers, with what is true of the parts that it shows. Null: it does not answer such questions. */
async function compared(
  surface: Surface,
  truth: Truth,
  question: Question,
): Promise<[given: unknown, wanted: unknown]> {
  const { asOf } = question;
  if (question.about === 'day') {
    if (surface.day === undefined) return [null, null];
    return [await surface.day(question.day, asOf), trueDay(truth, question.day, asOf)];
  }
  const { page, id } = question;
  const life = trueLife(truth, page, id, asOf);
  const paragraph = trueParagraph(truth, page, id, asOf);
  const given: unknown[] = [];
  const wanted: unknown[] = [];
  for (const [ask, truly] of [
    [surface.life, life],
    [surface.present, paragraph === null ? null : life],
  ] as const) {
    // A heading is a paragraph with a life, and no report of the timeline.
    if (ask === undefined || (ask === surface.present && paragraph?.kind === 'heading')) continue;
    const answer = await ask(page, id, asOf);
    given.push(answer);
    wanted.push(answer === null || truly === null ? truly : partsOf(truly, answer));
  }
  return [given, wanted];
}

/** Those parts of what is true that an answer has. */
function partsOf(truly: LifeAnswer, answer: LifeAnswer): LifeAnswer {
  return Object.fromEntries(Object.entries(truly).filter(([name]) => name in answer));
}

describe('one truth', () => {
  it(`is what every surface answers, asked ${QUESTIONS} questions about any history`, async () => {
    await fc.assert(
      fc.asyncProperty(steps, questions, async (history, asked) => {
        const chronicle = new Chronicle();
        const truth = await write(chronicle, history);
        for (const [name, surface] of Object.entries(surfacesOf(chronicle))) {
          for (const question of asked) {
            const [given, wanted] = await compared(surface, truth, question);
            expect([name, question, given]).toEqual([name, question, wanted]);
          }
        }
      }),
      { numRuns: 30 },
    );
  });
});
