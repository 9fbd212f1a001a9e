import type { Calendar, Candidate, WeekOfMonth } from '../candidate.ts';

/** The date itself, or the first of a span; null for what is neither. */
export const beginningOf = ({ shape }: Candidate): Calendar | WeekOfMonth | null => {
  const from = shape.kind === 'span' ? shape.from : shape;
  return from.kind === 'calendar' || from.kind === 'weekOfMonth' ? from : null;
};

/** The year that a candidate begins in; null where the text gives none. */
export const yearOf = (candidate: Candidate): number | null => beginningOf(candidate)?.year ?? null;

/** Candidates grouped by written year: "14 and 20 May 1940" writes it once, and one slip there is a slip in both. */
export function jointDates(text: string, candidates: readonly Candidate[]): Candidate[][] {
  const groups: Candidate[][] = [];
  let group: Candidate[] = [];
  for (const [i, candidate] of candidates.entries()) {
    group.push(candidate);
    const next = candidates[i + 1];
    if (next !== undefined && sharesYear(text, candidate, next)) continue;
    groups.push(group);
    group = [];
  }
  return groups;
}

/** Farther apart two dates are not joined. */
const JOINT = 24;

/** Whether a date has its year only from the one after it. */
function sharesYear(text: string, one: Candidate, next: Candidate): boolean {
  if (one.shape.kind !== 'calendar' || one.shape.year === null || next.start - one.end > JOINT) return false;
  const later = yearOf(next);
  return later !== null && Math.abs(later - one.shape.year) <= 1 && !writes(text, one, one.shape.year);
}

/** Whether a year stands in a candidate's own words. */
const writes = (text: string, { start, end }: Candidate, year: number): boolean =>
  text.slice(start, end).includes(String(Math.abs(year)));
