import { canonicalJson, chainHash } from '../history/canonical.ts';

/**
 * What a look at a page found. `unchanged` and `changed`: its answer was believed. `refused`: there was an answer, which
 * was not believed. `failed`: there was none.
 */
export type LookOutcome = 'unchanged' | 'changed' | 'refused' | 'failed';

/** A look at a page, to the minute. */
export interface Look {
  /** ISO 8601 UTC; seconds do not count. */
  readonly at: string;
  readonly outcome: LookOutcome;
}

/** Names the state of a day's looks: how many there were, and the hash of them. */
export interface LookRef {
  readonly day: string;
  readonly count: number;
  readonly seal: string;
}

/**
 * The looks of one day at a page, in the order in which they were stored: three characters each (hour, minute, outcome).
 * A minute has an outcome once, so that a look that is stored again changes nothing and a day is bounded.
 */
export interface LookDay {
  readonly pageId: string;
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
  readonly looks: string;
  /**
   * The newest looks when this day's first one was stored, null: none yet. A day that was begun after a later one (by an
   * import, or an overtaken capture) names that later day.
   */
  readonly previous: LookRef | null;
  readonly version: number;
}

/** Days before and after every day. */
export const ALL_DAYS = ['0000-01-01', '9999-12-31'] as const;

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwx';
const WIDTH = 3;
const LETTERS: Readonly<Record<LookOutcome, string>> = { unchanged: 'u', changed: 'c', refused: 'r', failed: 'f' };
const OUTCOMES = new Map(Object.entries(LETTERS).map(([outcome, letter]) => [letter, outcome as LookOutcome]));

export const dayOf = ({ at }: Look): string => at.slice(0, 10);

/** The day with a look more; the same object where it has that look already. */
export function addLook(day: LookDay, look: Look): LookDay {
  const code = minuteCode(look.at) + LETTERS[look.outcome];
  return codesOf(day).includes(code) ? day : { ...day, looks: day.looks + code, version: day.version + 1 };
}

/** A day without looks yet, which was never stored. */
export const newDay = (pageId: string, day: string, previous: LookRef | null): LookDay => ({
  pageId,
  day,
  looks: '',
  previous,
  version: 0,
});

/** The looks of a day in the order of their times; `time` is `HH:MM`. */
export function looksOf(day: LookDay): { readonly time: string; readonly outcome: LookOutcome }[] {
  const looks = codesOf(day).map((code) => ({
    time: [code[0], code[1]].map((digit) => String(DIGITS.indexOf(digit ?? '')).padStart(2, '0')).join(':'),
    outcome: OUTCOMES.get(code[2] ?? '') ?? 'failed',
  }));
  return looks.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
}

/** Whether the day has a look in the minute of an instant. */
export function hasLookAt(day: LookDay, at: string): boolean {
  const minute = minuteCode(at);
  return codesOf(day).some((code) => code.startsWith(minute));
}

/** Names the looks of a day: all of them, or the first `count`, which later ones do not change. */
export function refOf({ pageId, day, looks, previous }: LookDay, count = looks.length / WIDTH): LookRef {
  const content = { pageId, day, previous, looks: looks.slice(0, count * WIDTH) };
  return { day, count, seal: chainHash(canonicalJson(content)) };
}

/** The newer of two states: of the later day, or with more looks of one day. */
export function newerRef(a: LookRef | null, b: LookRef): LookRef {
  if (a === null || b.day > a.day) return b;
  return b.day === a.day && b.count >= a.count ? b : a;
}

function codesOf({ looks }: LookDay): string[] {
  return Array.from({ length: looks.length / WIDTH }, (_, at) => looks.slice(at * WIDTH, (at + 1) * WIDTH));
}

function minuteCode(at: string): string {
  const digit = (from: number) => DIGITS[Number(at.slice(from, from + 2))] ?? '';
  return digit(11) + digit(14);
}
