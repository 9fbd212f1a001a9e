import type { DateBasis, Mention } from '../dates/types.ts';
import type { Paragraph } from '../diff/types.ts';

/** Most days under which one paragraph is listed: a hostile one could name thousands, and each is an item. */
export const REPORTED_DAYS_LIMIT = 100;
/** Of a longer range only the first and the last day are listed: something need not have happened on each. */
export const RANGE_DAYS_LIMIT = 31;

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 24 * 60 * 60 * 1000;

/** A day under which a paragraph is listed. */
export interface ReportedDay {
  /** ISO 8601; null only for the main day of a paragraph without an event date. */
  readonly date: string | null;
  readonly basis: DateBasis;
}

export interface ReportedDays {
  /** The event date first, then the other days in the order of their mentions, each once. */
  readonly days: readonly [ReportedDay, ...ReportedDay[]];
  /** How many more the paragraph mentions. */
  readonly omitted: number;
}

/** Headings and front matter report nothing themselves. */
export function isReport({ kind }: Pick<Paragraph, 'kind'>): boolean {
  return kind !== 'heading' && kind !== 'frontMatter';
}

/** The days that a paragraph reports: its event date, and every day that it mentions as one of an event. */
export function reportedDays({ date, dateBasis, mentions }: Paragraph): ReportedDays {
  const main: ReportedDay = { date, basis: dateBasis };
  const others = new Map<string, DateBasis>();
  for (const mention of mentions) {
    if (mention.role !== 'event') continue;
    for (const day of daysOf(mention)) if (day !== date && !others.has(day)) others.set(day, mention.basis);
  }
  const all = [...others].map(([day, basis]) => ({ date: day, basis }));
  const listed = all.slice(0, REPORTED_DAYS_LIMIT - 1);
  return { days: [main, ...listed], omitted: all.length - listed.length };
}

function daysOf({ value }: Mention): string[] {
  if (value === null) return [];
  // Most mentions are of one day: nothing is to be computed.
  if (DAY.test(value)) return [value];
  const [first = '', last = first] = value.split('/');
  if (!DAY.test(first) || !DAY.test(last)) return [];
  const start = Date.parse(first);
  const count = Math.round((Date.parse(last) - start) / DAY_MS) + 1;
  if (!(count >= 1 && count <= RANGE_DAYS_LIMIT)) return [first, last];
  return Array.from({ length: count }, (_, at) => new Date(start + at * DAY_MS).toISOString().slice(0, 10));
}
