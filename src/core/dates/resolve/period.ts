import { EARLIEST_YEAR, formatMonth, formatYear, LATEST_YEAR } from '../calendar.ts';
import type { Calendar } from '../candidate.ts';
import { candidatesIn } from '../parsers/index.ts';

/** The page's own period: a year, and a month where the page names one. */
export interface Period {
  readonly year: number;
  readonly month: number | null;
}

/** Where a page names its period. */
export interface PeriodSource {
  readonly title: string | null;
  readonly url: string | null;
  /** All its headings, in order. */
  readonly headings: readonly string[];
  /** Those that stand before its first paragraph, the page's own name among them; by default the first heading. */
  readonly opening?: readonly string[];
}

/** A bare year in a name, not part of a span, a longer number or a word. */
const YEAR = /(?<![\w.,–-])((?:1\d|20)\d{2})(?![\w,]|[.–-]\w|\s[–-]\s\d)/g;
/** A heading that is a year and nothing else. */
const SECTION_YEAR = /^\s*((?:1\d|20)\d{2})\s*[.:]?\s*$/;
const URL_MONTH = /(?<!\d)((?:19|20)\d{2})[-_/.]?(0[1-9]|1[0-2])(?!\d)/;
const URL_YEAR = /(?<!\d)((?:19|20)\d{2})(?!\d)/g;

/** Dates of a text that name their month and year. */
function datesIn(text: string): Period[] {
  return candidatesIn(text).flatMap(({ shape }) => {
    const date: Calendar | null = shape.kind === 'calendar' ? shape : null;
    if (date === null || date.year === null || date.month === null) return [];
    return date.year < EARLIEST_YEAR || date.year > LATEST_YEAR ? [] : [{ year: date.year, month: date.month }];
  });
}

function onlyYear(text: string, pattern: RegExp): Period | null {
  const years = new Set([...text.matchAll(pattern)].map((match) => Number(match[1])));
  const [year] = years;
  return years.size === 1 && year !== undefined ? { year, month: null } : null;
}

function common(dates: readonly Period[]): Period | null {
  const [first] = dates;
  if (first === undefined || dates.some(({ year }) => year !== first.year)) return null;
  return { year: first.year, month: dates.every(({ month }) => month === first.month) ? first.month : null };
}

function fromName(text: string): Period | null {
  const dates = datesIn(text);
  return dates.length > 0 ? common(dates) : onlyYear(text, YEAR);
}

/** The path alone: a host's name and a query's parameters say nothing of the page's time. */
function fromUrl(url: string): Period | null {
  const start = url.indexOf('/', url.indexOf('://') + 3);
  const path = start === -1 ? '' : (url.slice(start).split(/[?#]/)[0] ?? '');
  const month = URL_MONTH.exec(path);
  return month === null ? onlyYear(path, URL_YEAR) : { year: Number(month[1]), month: Number(month[2]) };
}

/** What the dated headings agree on; one alone counts only where it opens the page and is not the first of several years. */
function fromHeadings(headings: readonly string[], opening: readonly string[]): Period | null {
  const dates = headings.flatMap(datesIn);
  const sections = headings.flatMap((heading) => SECTION_YEAR.exec(heading)?.[1] ?? []).map(Number);
  const isSeries = new Set(sections).size > 1;
  for (const heading of opening) {
    const named = isSeries && SECTION_YEAR.test(heading) ? null : fromName(heading);
    if (named !== null && dates.every(({ year }) => year === named.year)) {
      return { year: named.year, month: dates.every(({ month }) => month === named.month) ? named.month : null };
    }
  }
  return dates.length > 1 ? common(dates) : null;
}

/**
 * The page's own period, from its title, its URL's path, or its headings, in this order; a title with a year alone takes
 * its month from a URL of that year. Null where none names one, or where headings tell of several years.
 */
export function periodOf({ title, url, headings, opening = headings.slice(0, 1) }: PeriodSource): Period | null {
  const named = title === null ? null : fromName(title);
  if (named !== null && named.month !== null) return named;
  const path = url === null ? null : fromUrl(url);
  if (named !== null) return path !== null && path.year === named.year ? path : named;
  return path ?? fromHeadings(headings, opening);
}

/** `YYYY-MM` or `YYYY`; null for no period. */
export function formatPeriod(period: Period | null): string | null {
  if (period === null) return null;
  return period.month === null ? formatYear(period.year) : formatMonth(period.year, period.month);
}
