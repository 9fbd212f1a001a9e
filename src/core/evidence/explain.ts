import type { Mention } from '../dates/types.ts';
import type { Paragraph } from '../diff/types.ts';

/** Why a paragraph has its event date, step by step, from its words to the day that they mean. */
export interface Explanation {
  readonly date: string | null;
  /** The rule in words. */
  readonly rule: string;
  /** Mentions that give this very day, or begin or end with it; empty where the date came from elsewhere. */
  readonly deciding: readonly Mention[];
  /** Mentions that speak of other times, with the reason why they do not date the paragraph. */
  readonly others: readonly { readonly mention: Mention; readonly reason: string }[];
  /** The heading or paragraph that the date was taken from, where it was. */
  readonly source: { readonly at: number; readonly text: string } | null;
}

const RULES: Readonly<Record<Paragraph['dateBasis'], string>> = {
  explicit: 'the paragraph names the day, with its year',
  'inferred-year': 'the paragraph names day and month; the year is that of the page and of the paragraphs around it',
  'corrected-year': 'the written year does not fit the paragraphs around it: taken for a typing error',
  'corrected-month': 'the month is misspelt: taken for the one that it is nearest to',
  weekday: 'the paragraph names a day of the week: the one that fits the text before it',
  relative: 'the paragraph counts from another day ("yesterday", "two days later")',
  heading: 'the paragraph is under a heading that is a date',
  inherited: 'the paragraph names no day of its own: it follows the nearest dated one before it',
  none: 'nothing in it or before it gives a day',
};

const ROLES: Readonly<Record<Mention['role'], string>> = {
  event: 'an earlier day that the paragraph reports too',
  scheduled: 'announced for later',
  background: 'background, not what is reported',
  historical: 'history',
  attribute: 'qualifies a noun, dates nothing',
  deadline: 'a deadline',
  context: 'a title or heading, dates the paragraphs below',
  none: 'names no time of the event',
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

/** The nearest block before it that has the date by itself: a heading for the paragraphs under it, a paragraph otherwise. */
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

/** Positions of the paragraphs that are meant by an id, an event date (or the beginning of one), or part of the text. */
export function findParagraphs(all: readonly Paragraph[], what: string): number[] {
  const isDate = /^\d{4}(-\d{2}){0,2}$/.test(what);
  const wanted = what.toLowerCase();
  return [...all.entries()]
    .filter(([, { id, date, text }]) =>
      isDate ? (date?.startsWith(what) ?? false) : id === what || text.toLowerCase().includes(wanted),
    )
    .map(([at]) => at);
}
