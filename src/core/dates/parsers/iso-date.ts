import { EARLIEST_YEAR } from '../calendar.ts';
import { calendar } from '../candidate.ts';
import { matchAt } from '../scan/text.ts';
import type { Parser } from './parser.ts';

const DAY = /\d{4}([-/.])(\d{2})\1(\d{2})(?![\d]|[-/]\d)/y;
const WEEK = /\d{4}-?W(\d{2})(?:-?[1-7])?(?!\w)/y;
const MONTH = /\d{4}-(0[1-9]|1[0-2])(?![\d]|[-–/.]\d)/y;

/**
 * "2023-04-03", "2023/04/03", "2022-W02", "2023-04" (but "2011-12" is a season). A time after the day is not part of
 * it.
 */
export const isoDate: Parser = {
  name: 'iso-date',
  anchors: ['number'],
  parse(text, { start, end, value }) {
    // "/2020/05/31/" is part of an address, not of a text.
    if (end - start !== 4 || value < EARLIEST_YEAR || text.charAt(start - 1) === '/') return null;
    const day = matchAt(DAY, text, start);
    if (day !== null) {
      const [month, date] = [Number(day[2]), Number(day[3])];
      if (month < 1 || month > 12 || date < 1 || date > 31) return null;
      return [{ start, end: start + day[0].length, shape: calendar(value, month, date), figures: true }];
    }
    const week = matchAt(WEEK, text, start);
    if (week !== null) {
      const number = Number(week[1]);
      if (number < 1 || number > 53) return null;
      return [{ start, end: start + week[0].length, shape: { kind: 'isoWeek', year: value, week: number } }];
    }
    const month = matchAt(MONTH, text, start);
    if (month === null || Number(month[1]) === (value + 1) % 100) return null;
    return [{ start, end: start + month[0].length, shape: calendar(value, Number(month[1]), null), figures: true }];
  },
};
