import { formatMonth, formatYear } from './calendar.ts';
import { monthsByName } from './lexicon.ts';

/** The page's own period: a year, and a month where the page names one. */
export interface Period {
  readonly year: number;
  readonly month: number | null;
}

const NAMES = [...monthsByName.keys()].join('|');
const MONTH_YEAR = new RegExp(`\\b(${NAMES})[,.]?[\\s_-]{1,3}((?:1[0-9]|20)\\d{2})\\b`, 'i');
const DAY_YEAR = new RegExp(`\\b(${NAMES})\\s\\d{1,2}(?:st|nd|rd|th)?,?\\s((?:1[0-9]|20)\\d{2})\\b`, 'i');
const ISO_MONTH = /(?:^|[^\d])((?:19|20)\d{2})[-_/.](0[1-9]|1[0-2])(?![\d])/;
const YEAR = /(?:^|[^\d.,-])((?:19|20)\d{2})(?![\d,.-]|\s?[-–])/g;

function fromText(text: string): Period | null {
  const named = MONTH_YEAR.exec(text) ?? DAY_YEAR.exec(text);
  if (named !== null)
    return { year: Number(named[2]), month: monthsByName.get((named[1] ?? '').toLowerCase()) ?? null };
  const iso = ISO_MONTH.exec(text);
  if (iso !== null) return { year: Number(iso[1]), month: Number(iso[2]) };
  const years = new Set([...text.matchAll(YEAR)].map((m) => m[1]));
  const [only] = years;
  return years.size === 1 && only !== undefined ? { year: Number(only), month: null } : null;
}

function path(url: string): string {
  const start = url.indexOf('/', url.indexOf('://') + 3);
  return start === -1 ? '' : (url.slice(start).split(/[?#]/)[0] ?? '');
}

/**
 * The page's own period, from its title, then its URL's path, then its headings; the finest wins among the first
 * two, and a heading counts only where neither names a year. Null where the page names none.
 */
export function periodOf(page: {
  readonly title: string | null;
  readonly url: string | null;
  readonly headings: readonly string[];
}): Period | null {
  const title = page.title === null ? null : fromText(page.title);
  if (title !== null && title.month !== null) return title;
  const url = page.url === null ? null : fromText(path(page.url));
  if (title !== null) return url !== null && url.year === title.year ? url : title;
  if (url !== null) return url;
  for (const heading of page.headings.slice(0, 3)) {
    const found = fromText(heading);
    if (found !== null) return found;
  }
  return null;
}

/** `YYYY-MM` or `YYYY`; null for no period. */
export function formatPeriod(period: Period | null): string | null {
  if (period === null) return null;
  return period.month === null ? formatYear(period.year) : formatMonth(period.year, period.month);
}
