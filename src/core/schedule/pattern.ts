import type { SeriesConfig } from '../config.ts';
import { formatDay, formatMonth } from '../dates/calendar.ts';
import type { PageSpec } from '../history/types.ts';
import { parseUrl } from '../net/parse-url.ts';

/** Which member of a series: a month, and a day where the pattern has one. */
export interface Member {
  readonly year: number;
  readonly month: number;
  readonly day: number | null;
}

/** A part of a date in a pattern. */
export const PLACEHOLDER = /\{(yyyy|yy|MM|M|dd|d)\}/g;

/** Whether the pattern names days: its members cannot be computed, only found on a hub page. */
export function isDaily(series: Pick<SeriesConfig, 'pattern'>): boolean {
  return /\{dd?\}/.test(series.pattern);
}

/** The page of one member. Its id ends in `YYYY-MM` or `YYYY-MM-DD`. */
export function memberPage(series: Pick<SeriesConfig, 'id' | 'pattern'>, { year, month, day }: Member): PageSpec {
  const [yyyy = '', MM = '', dd = ''] = formatDay(year, month, day ?? 1).split('-');
  const values: Record<string, string> = { yyyy, yy: yyyy.slice(2), MM, M: String(month), dd, d: String(day ?? 1) };
  const url = series.pattern.replace(PLACEHOLDER, (_, name: string) => values[name] ?? '');
  const date = day === null ? formatMonth(year, month) : formatDay(year, month, day);
  return { id: `${series.id}-${date}`, url, name: null, rolling: false, series: series.id };
}

type Matcher = (address: string) => Member | null;
/** Speed only: the pattern of a series is read once. */
const matchers = new WeakMap<Pick<SeriesConfig, 'pattern'>, Matcher>();

/**
 * The member at an address, under any scheme, with or without `www.`; null when it does not fit or names no real day.
 */
export function memberOf(series: Pick<SeriesConfig, 'pattern'>, address: string): Member | null {
  const matcher = matchers.get(series) ?? matcherOf(series);
  matchers.set(series, matcher);
  return matcher(address);
}

function matcherOf(series: Pick<SeriesConfig, 'pattern'>): Matcher {
  const names: string[] = [];
  const parts = canonicalPattern(series.pattern).split(PLACEHOLDER);
  const source = parts
    .map((part, index) => {
      if (index % 2 === 0) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      names.push(part);
      return part.length === 1 ? '(\\d{1,2})' : `(\\d{${part.length}})`;
    })
    .join('');
  const expression = new RegExp(`^${source}$`);
  return (address) => {
    const match = expression.exec(canonicalAddress(address));
    return match === null ? null : memberFrom(names, match);
  };
}

function memberFrom(names: readonly string[], match: RegExpExecArray): Member | null {
  const found = new Map<string, number>();
  for (const [index, name] of names.entries()) {
    const letter = name.slice(0, 1);
    const value = Number(match[index + 1]) + (name === 'yy' ? 2000 : 0);
    // A pattern may name the year twice, in a folder and in the file: both must be the same.
    if ((found.get(letter) ?? value) !== value) return null;
    found.set(letter, value);
  }
  const member = { year: found.get('y') ?? 0, month: found.get('M') ?? 0, day: found.get('d') ?? null };
  return isReal(member) ? member : null;
}

function isReal({ year, month, day }: Member): boolean {
  const date = new Date(Date.UTC(year, month - 1, day ?? 1));
  return month >= 1 && month <= 12 && date.getUTCMonth() === month - 1 && date.getUTCDate() === (day ?? 1);
}

/** One spelling for all addresses of a page: no scheme, no `www.`, host in lower case, no fragment. */
export function canonicalAddress(address: string): string {
  const match = /^https?:\/\/([^/?#]*)([^#]*)/i.exec(address);
  if (match === null) return address;
  const host = (match[1] ?? '')
    .toLowerCase()
    .replace(/^www\./, '')
    .replace(/:(80|443)$/, '')
    .replace(/\.$/, '');
  return `${host}${match[2] === '' ? '/' : match[2]}`;
}

/**
 * The canonical spelling of a pattern, its placeholders kept. Umlauts in a host and blanks in a path are encoded as a
 * browser encodes them in an address.
 */
export function canonicalPattern(pattern: string): string {
  // "~" is kept in URLs as it is; "{" does not.
  const address = pattern.replace(PLACEHOLDER, '~$1~');
  const href = parseUrl(address)?.href ?? address;
  return canonicalAddress(href.replace(/~(yyyy|yy|MM|M|dd|d)~/g, '{$1}'));
}
