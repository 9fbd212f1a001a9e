import type { SeriesConfig } from '../config.ts';
import { formatMonth } from '../dates/calendar.ts';
import { canonicalJson, shortHash } from '../history/canonical.ts';
import type { PageSpec } from '../history/types.ts';
import { editDistance } from '../text/edit-distance.ts';
import {
  canonicalAddress,
  canonicalPattern,
  isDaily,
  type Member,
  memberOf,
  memberPage,
  PLACEHOLDER,
} from './pattern.ts';
import { PROBE_DAYS } from './series.ts';

/** The members of a series that a hub page links to. */
export interface Discovery {
  /** Members that are linked, in the order of the page, each once, under the pattern's own spelling. */
  readonly members: readonly PageSpec[];
  /** Links that look like members and are none: a typing error, reported and not followed. */
  readonly odd: readonly string[];
}

/** Differences of spelling, digits aside, up to which an address still looks like one of the series. */
const LIKENESS = 2;
/** In a name shorter than this two differences make another name: one is the limit. */
const SHORT_NAME = 8;
/** A longer link is not looked at, characters. */
const LONGEST = 300;
/** Hubs link the months of a year ahead: a member further ahead is a typing error. */
const LINKED_AHEAD_DAYS = 366;

type Searched = Pick<SeriesConfig, 'id' | 'pattern' | 'from' | 'until'>;

/**
 * Sorts the links of a hub page. A link under another scheme or with another `www.` is the same member.
 * @param links absolute addresses
 * @param tracked addresses of pages that the configuration names itself: never members, never odd
 */
export function discover(series: Searched, links: readonly string[], tracked: readonly string[], now: Date): Discovery {
  const configured = new Set(tracked.map(canonicalAddress));
  const looksLike = likeness(series.pattern);
  const members = new Map<string, PageSpec>();
  const odd = new Map<string, string>();
  for (const link of links) {
    const address = canonicalAddress(link);
    if (link.length > LONGEST || configured.has(address)) continue;
    const member = memberOf(series, link);
    if (member === null) {
      if (looksLike(address) && !odd.has(address)) odd.set(address, link);
    } else if (isBetween(series, member) && !isAhead(series, member, now, PROBE_DAYS)) {
      const page = memberPage(series, member);
      members.set(page.id, page);
    } else if (isAhead(series, member, now, LINKED_AHEAD_DAYS) && !odd.has(address)) {
      odd.set(address, link);
    }
  }
  return { members: [...members.values()], odd: [...odd.values()] };
}

/**
 * Names what is looked for among the links of a page: another value means that links which were seen already must be
 * looked at again. Null where the page is no hub.
 */
export function searchKey(series: readonly SeriesConfig[], pageId: string): string | null {
  const mine = series.filter((one) => one.hub === pageId);
  if (mine.length === 0) return null;
  return shortHash(canonicalJson(mine.map(({ id, pattern, from, until = null }) => ({ id, pattern, from, until }))));
}

/** Whether a page of a series still belongs to it, as the series is configured now. */
export function belongs(series: readonly SeriesConfig[], page: Pick<PageSpec, 'series' | 'url'>): boolean {
  const mine = series.find((one) => one.id === page.series);
  const member = mine === undefined ? null : memberOf(mine, page.url);
  return mine !== undefined && member !== null && isBetween(mine, member);
}

/** The series that has a page at an address as a member, now or in a later month. */
export function seriesAt(series: readonly SeriesConfig[], url: string): SeriesConfig | null {
  return series.find((one) => belongs([one], { series: one.id, url })) ?? null;
}

/** Between the configured months. */
function isBetween(series: Pick<SeriesConfig, 'from' | 'until'>, member: Member): boolean {
  const month = formatMonth(member.year, member.month);
  return month >= series.from && (series.until === undefined || month <= series.until);
}

/** Whether the member's month (its day, where the pattern names days) begins more than so many days from now. */
function isAhead(series: Pick<SeriesConfig, 'pattern'>, member: Member, now: Date, days: number): boolean {
  const start = Date.UTC(member.year, member.month - 1, isDaily(series) ? (member.day ?? 1) : 1);
  return start > now.getTime() + days * 86_400_000;
}

/**
 * Recognises addresses that look like members: equal up to the segment in which the pattern begins to vary, and from
 * there on the pattern's own spelling but for one or two edits, every digit taken for any other.
 */
function likeness(pattern: string): (address: string) => boolean {
  const canonical = canonicalPattern(pattern);
  const at = canonical.lastIndexOf('/', canonical.search(PLACEHOLDER)) + 1;
  const start = canonical.slice(0, at);
  const shape = digitsAside(canonical.slice(at).replace(PLACEHOLDER, (_, name: string) => '0'.repeat(name.length)));
  const name = shape.slice(0, shape.lastIndexOf('.') + 1 || undefined);
  const limit = name.length < SHORT_NAME ? 1 : LIKENESS;
  return (address) => {
    if (!address.startsWith(start)) return false;
    const rest = digitsAside(address.slice(start.length));
    return isDated(shape, rest) && editDistance(shape, rest, limit) <= limit;
  };
}

/** Digits are where the pattern has them: a page about the chronicle in the same folder has no date. */
function isDated(shape: string, rest: string): boolean {
  const wanted = shape.split('/');
  const given = rest.split('/');
  if (wanted.length !== given.length) return rest.includes('0');
  return wanted.every((part, index) => !part.includes('0') || given[index]?.includes('0') === true);
}

function digitsAside(text: string): string {
  return text.replace(/\d/g, '0');
}
