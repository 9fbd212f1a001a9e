import * as chrono from 'chrono-node';
import { dateBlocks } from '../../src/core/dates/index.ts';
import type { Block } from '../../src/core/page/types.ts';

export interface Speed {
  /** Millions of characters a second, warm. */
  readonly daybook: number;
  readonly chronoNode: number;
  /** Above 1, Daybook is the faster. */
  readonly ratio: number;
}

const ROUNDS = 9;

function best(work: () => void): number {
  for (let i = 0; i < 3; i++) work();
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < ROUNDS; i++) {
    const start = performance.now();
    work();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

/** Both on the same paragraphs, each paragraph one text to chrono-node's casual parser; the best of several warm rounds. */
export function measureSpeed(documents: readonly (readonly string[])[], title: string | null): Speed {
  const characters = documents.flat().reduce((sum, text) => sum + text.length, 0);
  const pages = documents.map((texts) => texts.map((text): Block => ({ text, kind: 'paragraph', links: [] })));
  const observedAt = '2022-02-01T00:00:00Z';
  const ours = best(() => {
    for (const page of pages) dateBlocks(page, { title, url: null, observedAt });
  });
  const reference = new Date(observedAt);
  const theirs = best(() => {
    for (const page of documents) for (const text of page) chrono.casual.parse(text, reference);
  });
  return { daybook: characters / ours / 1000, chronoNode: characters / theirs / 1000, ratio: theirs / ours };
}

/** Milliseconds for each hostile text of the given length, as one paragraph. */
export function measureHostile(length: number): { readonly name: string; readonly ms: number }[] {
  const fill = (unit: string): string => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
  const texts: readonly (readonly [string, string])[] = [
    ['digits', fill('7')],
    ['commas', fill(',')],
    ['1 1 1', fill('1 ')],
    ['1,1,1', fill('1, ')],
    ['1-1-1', fill('1-')],
    ['month names', fill('January May March ')],
    ['days of May', fill('5 May and ')],
    ['dates', fill('13 Janaury 2022 to ')],
    ['years', fill('in 1942 ')],
    ['weekdays', fill('on Thursday ')],
    ['the next day', fill('the next day ')],
    ['spaces', fill(' ')],
    ['letters', fill('x')],
    ['capitals', fill('And Xanuary ')],
    ['quotes', fill('"“ today ')],
    ['would be', fill('would be 5 May ')],
  ];
  return texts.map(([name, text]) => {
    const start = performance.now();
    dateBlocks([{ text, kind: 'paragraph', links: [] }], {
      title: null,
      url: null,
      observedAt: '2022-02-01T00:00:00Z',
    });
    return { name, ms: performance.now() - start };
  });
}
