import type { Mention } from '../../dates/types.ts';

/** A stretch of a text: UTF-16 positions, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A text and where it mentions dates; what an edit is judged by. */
export interface Told {
  readonly text: string;
  readonly mentions: readonly Mention[];
}

/** Runs of the characters that an address can have. */
const PRINTABLE = /[!-~]+/gu;
const SCHEME = /(?:https?|ftp):\/\/|www\./iu;
/** "youtu.be", but neither "p.m." nor "St.Paul". */
const HOST = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}$/u;
const LONGEST_HOST = 253;

/** Where a text has web addresses written out: with a scheme or `www.`, or a host with a path. */
export function addressesOf(text: string): Span[] {
  const spans: Span[] = [];
  if (!/[/.]/u.test(text)) return spans;
  for (const { 0: run, index } of text.matchAll(PRINTABLE)) {
    const at = SCHEME.exec(run)?.index ?? hostAt(run);
    if (at >= 0) spans.push({ start: index + at, end: index + run.length });
  }
  return spans;
}

/** Where a run starts to be a host with a path; -1 where it is none. */
function hostAt(run: string): number {
  const slash = run.indexOf('/');
  if (slash < 0) return -1;
  const start = run.search(/[\w/]/u);
  const host = run.slice(start, slash);
  return host.length <= LONGEST_HOST && HOST.test(host) ? start : -1;
}

/**
 * Where two texts mention the same dates, however they are written: mentions whose value both texts have equally often.
 * A day that is mentioned twice here and once there has come or gone, and none of its mentions is in the answer.
 */
export function sameDates(before: readonly Mention[], after: readonly Mention[]): readonly [Span[], Span[]] {
  const balance = new Map<string, number>();
  for (const { value } of before) if (value !== null) balance.set(value, (balance.get(value) ?? 0) + 1);
  for (const { value } of after) if (value !== null) balance.set(value, (balance.get(value) ?? 0) - 1);
  const isSame = ({ value }: Mention): boolean => value !== null && balance.get(value) === 0;
  return [before.filter(isSame), after.filter(isSame)];
}

/** Tells whether a stretch touches one of the spans; asked in order of the text. */
export function touching(spans: readonly Span[]): (start: number, end: number) => boolean {
  const sorted = [...spans].sort((a, b) => a.start - b.start);
  let at = 0;
  return (start, end) => {
    while ((sorted[at]?.end ?? Number.POSITIVE_INFINITY) <= start) at++;
    return (sorted[at]?.start ?? Number.POSITIVE_INFINITY) < end;
  };
}
