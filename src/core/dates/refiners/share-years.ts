import type { Calendar, Candidate } from '../candidate.ts';

const JOINT = /^(?:\s?[-–—]\s?|\s(?:to|and|or|through|until|till|&)\s(?:the\s)?|,\s(?:and\s)?)$/i;

/** The connecting word or dash between two candidates; null where anything else is between them. */
export function joined(text: string, left: Candidate, right: Candidate): string | null {
  const between = text.slice(left.end, right.start);
  return JOINT.test(between) ? between : null;
}

/**
 * "31 May-1 June 1916", "July 1 to July 3, 1863", "14 and 20 May 1940": one year, written once, is the year of both.
 */
export function shareYears(text: string, candidates: readonly Candidate[]): Candidate[] {
  const shared = [...candidates];
  for (let i = shared.length - 2; i >= 0; i--) {
    const [left, right] = [shared[i], shared[i + 1]];
    if (left?.shape.kind !== 'calendar' || left.shape.year !== null || left.shape.month === null) continue;
    const later: Calendar | null =
      right?.shape.kind === 'calendar' ? right.shape : right?.shape.kind === 'span' ? right.shape.from : null;
    if (right === undefined || later === null || later.year === null || later.month === null) continue;
    if (joined(text, left, right) === null) continue;
    const year = left.shape.month <= later.month ? later.year : later.year - 1;
    shared[i] = { ...left, shape: { ...left.shape, year, borrowed: true } };
  }
  return shared;
}
