import { EARLIEST_YEAR } from '../calendar.ts';
import { calendar } from '../candidate.ts';
import { matchAt } from '../scan/text.ts';
import type { Parser } from './parser.ts';
import { yearOf } from './parts.ts';

const DATE = /(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?![\d/]|[-.]\d)/y;

/**
 * "03/04/2023", "13.01.2022", "1/13/22". Where both numbers could be the month, the American order is taken with
 * slashes and the European with full stops, and the candidate is marked `swappable`. Two digits of year
 * only with slashes, the form that nothing but a date has.
 */
export const numericDate: Parser = {
  name: 'numeric-date',
  anchors: ['number'],
  parse(text, { start, end, value }) {
    if (end - start > 2 || value < 1 || value > 31) return null;
    const match = matchAt(DATE, text, start);
    if (match === null) return null;
    const [separator, second, digits] = [match[2] ?? '', Number(match[3]), match[4] ?? ''];
    if (digits.length === 2 && separator !== '/') return null;
    const year = yearOf(digits);
    if (year < EARLIEST_YEAR || second < 1 || second > 31 || (value > 12 && second > 12)) return null;
    const dayFirst = value > 12 || (second <= 12 && separator !== '/');
    const swappable = value <= 12 && second <= 12 && value !== second;
    const shape = dayFirst ? calendar(year, second, value) : calendar(year, value, second);
    return [{ start, end: start + match[0].length, shape, swappable, figures: true }];
  },
};
