import * as fc from 'fast-check';
import { PAGES, type Truth, timeOf } from '../../app/read/history.ts';
import type { ParagraphInput } from '../../support/chronicle.ts';

/** How many questions each history is asked. */
export const QUESTIONS = 30;

/** What a surface is asked, as of an observed instant. */
export type Question = { readonly asOf: string } & (
  | { readonly about: 'paragraph'; readonly page: string; readonly id: string }
  | { readonly about: 'day'; readonly day: string }
);

const asOf = fc.nat(15).map(timeOf);

export const questions: fc.Arbitrary<readonly Question[]> = fc.array(
  fc.oneof(
    fc.record({
      about: fc.constant('paragraph' as const),
      page: fc.constantFrom(...PAGES),
      id: fc.constantFrom('p1', 'p2', 'p3', 'p4', 'p5', 'p6'),
      asOf,
    }),
    fc.record({
      about: fc.constant('day' as const),
      day: fc.constantFrom('2021-12-31', '2022-01-01', '2022-01-02', '2022-01-03'),
      asOf,
    }),
  ),
  { minLength: QUESTIONS, maxLength: QUESTIONS },
);

/** A paragraph's life in instants. A surface answers the parts that it shows; `null`: there was no such paragraph. */
export interface LifeAnswer {
  readonly firstSeen?: string;
  readonly present?: readonly (readonly [from: string, to: string | null])[];
  readonly presentSince?: string;
  readonly texts?: readonly (readonly [text: string, from: string])[];
  readonly dates?: readonly (readonly [date: string | null, from: string])[];
}

/** The paragraphs that report a day: "page id", with " mentions" where it is not the main day. */
export type DayAnswer = readonly string[];

type Pages = ReadonlyMap<string, readonly Truth[]>;

/** The life that follows from the written revisions alone. */
export function trueLife(truth: Pages, page: string, id: string, until: string): Required<LifeAnswer> | null {
  const present: [string, string | null][] = [];
  const texts: [string, string][] = [];
  const dates: [string | null, string][] = [];
  for (const { record, paragraphs } of truth.get(page) ?? []) {
    const at = record.observedAt;
    if (at > until) break;
    const paragraph = paragraphs.find((one) => one.id === id);
    const last = present.at(-1);
    if (paragraph === undefined) {
      if (last?.[1] === null) last[1] = at;
      continue;
    }
    if (last?.[1] !== null) present.push([at, null]);
    if (texts.at(-1)?.[0] !== paragraph.text) texts.push([paragraph.text, at]);
    const date = paragraph.date ?? null;
    if (dates.length === 0 || dates.at(-1)?.[0] !== date) dates.push([date, at]);
  }
  const [first, last] = [present[0], present.at(-1)];
  if (first === undefined || last === undefined) return null;
  return { firstSeen: first[0], present, presentSince: last[0], texts, dates };
}

/** The paragraph as the page had it, or null. */
export function trueParagraph(truth: Pages, page: string, id: string, until: string): ParagraphInput | null {
  return presentAt(truth, page, until).find((one) => one.id === id) ?? null;
}

export function trueDay(truth: Pages, day: string, until: string): DayAnswer {
  return [...truth.keys()]
    .flatMap((page) =>
      presentAt(truth, page, until)
        .filter(({ kind }) => kind !== 'heading')
        .filter(({ date, mentions = [] }) => date === day || mentions.some(({ value }) => value === day))
        .map(({ id, date }) => `${page} ${id}${date === day ? '' : ' mentions'}`),
    )
    .sort();
}

function presentAt(truth: Pages, page: string, until: string): readonly ParagraphInput[] {
  const last = truth.get(page)?.findLast(({ record }) => record.observedAt <= until);
  return last?.paragraphs ?? [];
}
