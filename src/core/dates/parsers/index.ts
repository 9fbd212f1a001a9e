import type { Candidate } from '../candidate.ts';
import type { AnchorKind } from '../scan/anchors.ts';
import { Scanner } from '../scan/scanner.ts';
import { dayMonth } from './day-month.ts';
import { deictic } from './deictic.ts';
import { holiday } from './holiday.ts';
import { isoDate } from './iso-date.ts';
import { month } from './month.ts';
import { monthDay } from './month-day.ts';
import { numericDate } from './numeric-date.ts';
import { offset } from './offset.ts';
import { ordinalDay } from './ordinal-day.ts';
import type { Parser } from './parser.ts';
import { weekOfMonth } from './week-of-month.ts';
import { weekday } from './weekday.ts';
import { year } from './year.ts';

/**
 * Every form that is read. At an anchor the first parser that finds a date wins, so a form is listed before the shorter
 * ones that begin alike: "6-7 January" before "the 7th", "March 5" before "March".
 */
export const parsers: readonly Parser[] = [
  isoDate,
  numericDate,
  dayMonth,
  ordinalDay,
  year,
  monthDay,
  month,
  weekday,
  weekOfMonth,
  holiday,
  offset,
  deictic,
];

const KINDS: readonly AnchorKind[] = ['number', 'month', 'weekday', 'unit', 'deictic', 'holiday'];
const byKind: ReadonlyMap<AnchorKind, readonly Parser[]> = new Map(
  KINDS.map((kind) => [kind, parsers.filter((parser) => parser.anchors.includes(kind))]),
);

/** All candidates of a text, in order and without overlap; linear in its length. */
export function candidatesIn(text: string): Candidate[] {
  const found: Candidate[] = [];
  const scanner = new Scanner(text);
  let floor = 0;
  for (let anchor = scanner.next(); anchor !== null; anchor = scanner.next()) {
    if (anchor.start < floor) continue;
    for (const parser of byKind.get(anchor.kind) ?? []) {
      const candidates = parser.parse(text, anchor, floor);
      const last = candidates?.at(-1);
      if (candidates === null || last === undefined) continue;
      for (const candidate of candidates) found.push(candidate);
      floor = last.end;
      scanner.seek(floor);
      break;
    }
  }
  return found;
}
