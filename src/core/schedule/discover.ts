import type { SeriesConfig } from '../config.ts';
import type { PageSpec } from '../history/types.ts';
import { canonicalAddress, isDaily, memberOf, memberPage } from './pattern.ts';
import { PROBE_DAYS } from './series.ts';

/** What the links of a hub page say of a series. */
export interface Discovery {
  /** Members that are linked, in the order of the page, each once, under the pattern's own spelling. */
  readonly members: readonly PageSpec[];
  /** Links that look like members and are none: a hand-typed slip, to be told and not followed. */
  readonly odd: readonly string[];
}

/** Differences of spelling, digits aside, up to which an address still looks like one of the series. */
const LIKENESS = 2;
const LONGEST = 300;

/**
 * Sorts the links of a hub page. A link under another scheme or with another `www.` is the same member.
 * @param links absolute addresses
 * @param tracked addresses of pages that the configuration names itself: never odd
 */
export function discover(
  series: Pick<SeriesConfig, 'id' | 'pattern' | 'from' | 'until'>,
  links: readonly string[],
  tracked: readonly string[],
  now: Date,
): Discovery {
  const known = new Set(tracked.map(canonicalAddress));
  const members = new Map<string, PageSpec>();
  const odd = new Set<string>();
  const shape = shapeOf(
    series.pattern
      .replace(/\{yyyy\}/g, '0000')
      .replace(/\{(yy|MM|dd)\}/g, '00')
      .replace(/\{[Md]\}/g, '0'),
  );
  for (const link of links) {
    if (link.length > LONGEST || known.has(canonicalAddress(link))) continue;
    const member = memberOf(series, link);
    if (member !== null && isPlausible(series, member, now)) {
      const page = memberPage(series, member);
      members.set(page.id, page);
    } else if (member !== null ? isAhead(member, now) : isLike(shape, shapeOf(link))) {
      odd.add(link);
    }
  }
  return { members: [...members.values()], odd: [...odd] };
}

/** Between the configured months, and not further ahead than a page can be. */
function isPlausible(
  series: Pick<SeriesConfig, 'from' | 'until' | 'pattern'>,
  member: { year: number; month: number; day: number | null },
  now: Date,
): boolean {
  const month = `${String(member.year).padStart(4, '0')}-${String(member.month).padStart(2, '0')}`;
  if (month < series.from || (series.until !== undefined && month > series.until)) return false;
  return !isAhead(isDaily(series) ? member : { ...member, day: null }, now);
}

function isAhead(member: { year: number; month: number; day: number | null }, now: Date): boolean {
  const start = Date.UTC(member.year, member.month - 1, member.day ?? 1);
  return start > now.getTime() + PROBE_DAYS * 86_400_000;
}

/** Host and path with every digit as 0. */
function shapeOf(address: string): string {
  return canonicalAddress(address).replace(/\d/g, '0');
}

/** The same folder of the same host, and a file name that is the pattern's but for a slip or two. */
function isLike(pattern: string, link: string): boolean {
  const at = pattern.lastIndexOf('/') + 1;
  const folder = pattern.slice(0, at);
  if (link.slice(0, link.lastIndexOf('/') + 1) !== folder) return false;
  return distance(pattern.slice(at), link.slice(at), LIKENESS) <= LIKENESS;
}

/** Levenshtein distance, given up beyond `limit`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    if (Math.min(...next) > limit) return limit + 1;
    row = next;
  }
  return row[b.length] ?? limit + 1;
}
