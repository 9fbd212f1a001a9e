import { type Calendar, type Candidate, precisionOf } from '../candidate.ts';
import { before } from '../scan/text.ts';
import { joined } from './share-years.ts';

/** Months since year 0, or within the year where both lack one; to refuse "June - May". */
function order(date: Calendar): number {
  return ((date.year ?? 0) * 12 + (date.month ?? 0)) * 32 + (date.day ?? 0);
}

function runsOn(from: Calendar, to: Calendar): boolean {
  if (precisionOf(from) !== precisionOf(to)) return false;
  if (from.year === null && to.year === null) return true;
  if (from.year === null) return false;
  if (to.year !== null) return order(from) < order(to);
  return true;
}

/**
 * "from September 21, 1955 to October 24, 1990", "28 February - 2 March", "between 10 and 12 May": two dates become a
 * span.
 */
export function joinRanges(text: string, candidates: readonly Candidate[]): Candidate[] {
  const out: Candidate[] = [];
  for (const right of candidates) {
    const left = out.at(-1);
    const between = left === undefined ? null : joined(text, left, right);
    if (
      left?.shape.kind === 'calendar' &&
      right.shape.kind === 'calendar' &&
      between !== null &&
      runsOn(left.shape, right.shape)
    ) {
      const lead = before(text, left.start, 12);
      const dash = /^\s?[-–—]\s?$/.test(between);
      const fromTo =
        /^\s(?:to|through|until|till)\s/i.test(between) &&
        (/\bfrom\s(?:the\s)?$/i.test(lead) || left.shape.day !== null || /through/i.test(between));
      const both = /^\sand\s/i.test(between) && /\bbetween\s(?:the\s)?$/i.test(lead);
      if (dash || fromTo || both) {
        const misspelt = left.misspelt === true || right.misspelt === true;
        out[out.length - 1] = {
          ...left,
          end: right.end,
          misspelt,
          shape: { kind: 'span', from: left.shape, to: right.shape },
        };
        continue;
      }
    }
    out.push(right);
  }
  return out;
}
