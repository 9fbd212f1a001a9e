import * as fc from 'fast-check';
import type { HistoryStore, Listing } from '#app/ports.ts';
import type { Mention } from '#core/dates/types.ts';
import type { RevisionRecord } from '#core/history/types.ts';
import type { Chronicle, ParagraphInput } from '../../support/chronicle.ts';

/** One step of a random history: a revision of a page, or an attempt at one that died before its head was flipped. */
export interface Step {
  readonly page: string;
  readonly crashed: boolean;
  readonly paragraphs: readonly ParagraphInput[];
}

/** What really happened to a page, kept apart from the store that is tested. */
export interface Truth {
  readonly record: RevisionRecord;
  readonly paragraphs: readonly ParagraphInput[];
}

export const PAGES = ['alpha', 'beta', 'gamma'] as const;

/** A day that a paragraph mentions as one of an event. */
export function mentioned(value: string): Mention {
  return { text: 'The', start: 0, end: 3, granularity: 'day', literal: value, value, role: 'event', basis: 'explicit' };
}

const paragraph = fc.record({
  id: fc.constantFrom('p1', 'p2', 'p3', 'p4', 'p5', 'p6'),
  text: fc.constantFrom('The bridge was closed.', 'The bridge was opened.', 'Talks went on.'),
  date: fc.constantFrom(null, '2021-12-31', '2022-01', '2022-01-01', '2022-01-02', '2023-06-30'),
  mentions: fc.array(fc.constantFrom('2022-01-01', '2022-01-02', '2022-01-03').map(mentioned), { maxLength: 2 }),
  kind: fc.constantFrom('paragraph' as const, 'paragraph' as const, 'listItem' as const, 'heading' as const),
});

export const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    page: fc.constantFrom(...PAGES),
    crashed: fc.boolean(),
    paragraphs: fc.uniqueArray(paragraph, { selector: ({ id }) => id, maxLength: 6 }),
  }),
  { minLength: 1, maxLength: 14 },
);

/** The observed time of a step: an hour later than the one before. */
export function timeOf(step: number): string {
  return new Date(Date.UTC(2022, 0, 3, step)).toISOString();
}

/** Writes the steps and returns what is true afterwards, by page, oldest first. */
export async function write(chronicle: Chronicle, history: readonly Step[]): Promise<Map<string, Truth[]>> {
  const truth = new Map<string, Truth[]>(PAGES.map((page) => [page, []]));
  for (const page of PAGES) await chronicle.track(page);
  for (const [index, { page, crashed, paragraphs }] of history.entries()) {
    const options = crashed ? { crash: `attempt ${index}` } : {};
    const record = await chronicle.revise(page, timeOf(index), paragraphs, options);
    if (!crashed) truth.get(page)?.push({ record, paragraphs });
  }
  return truth;
}

/** A store that must not be asked: every call fails. */
export function unused(history: HistoryStore): HistoryStore {
  const refuse = (name: string) => () => {
    throw new Error(`${name} was not to be asked for`);
  };
  return Object.fromEntries(Object.keys(history).map((name) => [name, refuse(name)])) as unknown as HistoryStore;
}

/** A whole listing, a part at a time. Fails where a part is larger than asked for or a listing does not end. */
export async function whole<T>(limit: number, ask: (after: { after?: string }) => Promise<Listing<T>>): Promise<T[]> {
  const all: T[] = [];
  let after: string | null = null;
  for (let parts = 0; parts < 1_000; parts += 1) {
    const { items, next }: Listing<T> = await ask(after === null ? {} : { after });
    if (items.length > limit) throw new Error(`asked for ${limit}, got ${items.length}`);
    if (next !== null && items.length < limit) throw new Error('a part is not full although there is more');
    all.push(...items);
    if (next === null) return all;
    after = next;
  }
  throw new Error('the listing does not end');
}
