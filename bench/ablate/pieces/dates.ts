import type { Piece } from '../piece.ts';

const DATES = 'src/core/dates';
const PARSERS = `${DATES}/parsers/index.ts`;
const STORY = `${DATES}/years/story.ts`;
const RESOLVER = `${DATES}/resolve/resolver.ts`;
const REPAIR = `${DATES}/resolve/year-repair.ts`;
const ROLES = `${DATES}/judge/roles.ts`;
const SCANNER = `${DATES}/scan/scanner.ts`;
const piece = (name: string, file: string, ...changes: Piece['changes']): Piece => ({ name, file, changes });
const parser = (name: string): Piece => piece(`parser ${name}`, PARSERS, [`  ${name},\n`, '']);

/** What the reading of dates is made of: forms, scan, refiners, years, periods, roles. */
export const dates: readonly Piece[] = [
  parser('isoDate'),
  parser('numericDate'),
  parser('dayMonth'),
  parser('ordinalDay'),
  parser('year'),
  parser('monthDay'),
  parser('month'),
  parser('weekday'),
  parser('weekOfMonth'),
  parser('holiday'),
  parser('offset'),
  parser('deictic'),
  piece('words near to a month', `${DATES}/scan/spelling.ts`, ['if (realWords.has(word)) return null;', '']),
  piece('misspelt months', `${DATES}/scan/spelling.ts`, ['if (best === null) return null;', 'return null;']),
  piece('misspelt months away from numbers', SCANNER, [
    'this.#maybeMonth(start, end, leadStart, leadEnd))',
    'this.#maybeMonth(start, end, leadStart, leadEnd) && false)',
  ]),
  piece('numbers that are parts of names', SCANNER, ['if (this.#glued(start)) return null;', '']),
  piece('streets', `${DATES}/parsers/year.ts`, [' || streetAfter(text, end)', '']),
  piece('counted things', `${DATES}/parsers/year.ts`, ['countedAfter(text, end) || ', '']),
  piece('years that qualify a noun', `${DATES}/parsers/year.ts`, [
    'return determined ? [{ start, end, shape, attribute: true }] : null;',
    'return null;',
  ]),
  piece('first names', `${DATES}/parsers/month.ts`, [
    'if (isFirstName(text, found.month, anchor.start, found.end)) return null;',
    '',
  ]),
  piece('months in names', `${DATES}/parsers/month.ts`, [
    'if (!governed && belongsToName(text, anchor.start)) return null;',
    '',
  ]),
  piece('shared years', `${DATES}/refiners/index.ts`, ['[shareYears, joinRanges]', '[joinRanges]']),
  piece('joined ranges', `${DATES}/refiners/index.ts`, ['[shareYears, joinRanges]', '[shareYears]']),
  piece('a step back costs more', STORY, ['const BACK = 2;', 'const BACK = 1;']),
  piece('looking aside', STORY, ['const ASIDE = 1.5;', 'const ASIDE = 1e9;']),
  piece('staying aside within a paragraph', STORY, ['place.opens ? null : way.aside', 'null']),
  piece('slips of a year', STORY, ['const SLIP = 4;', 'const SLIP = 1e9;']),
  piece('only the cheapest way', STORY, ['const KEPT = 16;', 'const KEPT = 1;']),
  piece('a start before the first written year', STORY, ['around(first).map(', '[first].map(']),
  piece('mistyped years on a page with a period', RESOLVER, [
    'if (this.#period !== null) return repairYear(',
    'if (this.#period !== null && year > 9999) return repairYear(',
  ]),
  piece('a year off that the words look back to', REPAIR, ['LOOKS_BACK.test(lead)', 'false']),
  piece('a digit of the year', REPAIR, ['const oneDigit = ', 'const oneDigit = false && ']),
  piece('the autumn before', `${DATES}/resolve/clock.ts`, ['if (distance >= 6 && !announced)', 'if (distance >= 99)']),
  piece('another time in a paragraph', RESOLVER, ['return this.#digression ?? ', 'return ']),
  piece('days of the latest month seen', `${DATES}/page.ts`, [
    'period === null ? latestByObservation(parsed, context) : null',
    'null',
  ]),
  piece('quoted days', `${DATES}/page.ts`, ['!(deictic(c) && quoted[i])', 'true']),
  piece('deadlines', ROLES, ["if (DEADLINE.test(clause)) return 'deadline';", '']),
  piece('history', ROLES, [": lag > HISTORY_MONTHS) return 'historical';", ": lag > 1e9) return 'historical';"]),
  piece('what is announced', `${DATES}/scan/clause.ts`, [
    'if (clause.search(FUTURE) === -1) return false;',
    'return false;',
  ]),
  piece('passive futures', `${DATES}/scan/clause.ts`, [
    'return PASSIVE.test(clause.slice(future.end, past.start));',
    'return false;',
  ]),
  piece('looking back', ROLES, ['looksBack(clause) || ', '']),
  piece('a date from the background', `${DATES}/judge/event-date.ts`, [" ?? latest(judged, 'background')", '']),
];
