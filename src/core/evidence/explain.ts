import type { Mention } from '../dates/types.ts';
import type { Paragraph } from '../diff/types.ts';
import { reportedDays } from '../history/days.ts';

/** Why a paragraph has its event date, step by step, from its words to the day that they mean. */
export interface Explanation {
  readonly date: string | null;
  /** The rule, as a sentence. */
  readonly rule: string;
  /** Mentions of this day, or ranges that begin or end with it; empty where the date came from elsewhere. */
  readonly deciding: readonly Mention[];
  /** Mentions of other times, with the reason why they do not date the paragraph. */
  readonly others: readonly { readonly mention: Mention; readonly reason: string }[];
  /** The heading or paragraph that the date was taken from, where it was. */
  readonly source: { readonly at: number; readonly text: string } | null;
}

const RULES: Readonly<Record<Paragraph['dateBasis'], string>> = {
  explicit: 'the paragraph names the date, with its year',
  'inferred-year':
    'the paragraph names the date without its year; the year comes from the page and the paragraphs around it',
  'corrected-year': 'the written year does not fit the paragraphs around it and is read as a typing error',
  'corrected-month': 'the month is misspelt and is read as the nearest month',
  weekday: 'the paragraph names a day of the week; the text before it gives the date',
  relative: 'the paragraph counts from another day ("yesterday", "two days later")',
  heading: 'the paragraph is under a heading that is a date',
  inherited: 'the paragraph names no day; it takes that of the nearest dated paragraph before it',
  none: 'neither the paragraph nor the text before it gives a day',
};

const ROLES: Readonly<Record<Mention['role'], string>> = {
  event: 'another day that the paragraph also reports',
  scheduled: 'announced for later',
  background: 'background, not the reported event',
  historical: 'historical, not the reported event',
  attribute: 'qualifies a noun only',
  deadline: 'a deadline',
  context: 'a title or heading that dates the paragraphs below it',
  none: 'does not date the event',
};

/**
 * Explains the event date of the paragraph at `at`.
 * @param all the paragraphs of the revision that it belongs to.
 */
export function explainDate(all: readonly Paragraph[], at: number): Explanation {
  const paragraph = all[at];
  if (paragraph === undefined) return { date: null, rule: RULES.none, deciding: [], others: [], source: null };
  const { date, dateBasis, mentions } = paragraph;
  const isOwn = dateBasis !== 'heading' && dateBasis !== 'inherited';
  const deciding = isOwn && date !== null ? mentions.filter((mention) => gives(mention, date)) : [];
  const others = mentions
    .filter((mention) => !deciding.includes(mention))
    .map((mention) => ({ mention, reason: ROLES[mention.role] }));
  return { date, rule: RULES[dateBasis], deciding, others, source: isOwn ? null : sourceOf(all, at) };
}

function gives({ value, role }: Mention, date: string): boolean {
  if (value === null || (role !== 'event' && role !== 'scheduled' && role !== 'context')) return false;
  return value === date || value.split('/').includes(date);
}

/** The nearest earlier block with a date of its own: a heading for the paragraphs under it, a paragraph otherwise. */
function sourceOf(all: readonly Paragraph[], at: number): Explanation['source'] {
  const { date, dateBasis } = all[at] ?? { date: null, dateBasis: 'none' };
  for (let index = at - 1; index >= 0; index -= 1) {
    const before = all[index];
    if (before === undefined || before.date !== date) continue;
    if (dateBasis === 'heading' && before.kind !== 'heading') continue;
    if (before.dateBasis === 'inherited' || (before.dateBasis === 'heading' && before.kind !== 'heading')) continue;
    return { at: index, text: before.text };
  }
  return null;
}

/**
 * Positions of the paragraphs that match an id, an event date (or the beginning of one), a day that they report too, or
 * part of the text.
 */
export function findParagraphs(all: readonly Paragraph[], query: string): number[] {
  const isDate = /^\d{4}(-\d{2}){0,2}$/.test(query);
  const wanted = query.toLowerCase();
  return [...all.entries()]
    .filter(([, paragraph]) => {
      const { id, date, text } = paragraph;
      if (!isDate) return id === query || text.toLowerCase().includes(wanted);
      return date?.startsWith(query) === true || reportedDays(paragraph).days.some((day) => day.date === query);
    })
    .map(([at]) => at);
}
