import type { Piece } from '../piece.ts';

const SUBSTANCE = 'src/core/diff/substance';
const piece = (name: string, file: string, ...changes: Piece['changes']): Piece => ({
  name,
  file: `${SUBSTANCE}/${file}`,
  changes,
});

/** What the judgement of an edit is made of: how a text is read, what is a fact, what is a repair. */
export const substance: readonly Piece[] = [
  piece('dates', 'terms.ts', ['date !== undefined && date.start <= token.start', 'false && date !== undefined']),
  piece('parts of dates', 'terms.ts', ["(token.kind === 'mark' || inDate.writesPart(token))", 'true']),
  piece('numbers in words', 'numerals.ts', ["token?.kind === 'word' ? inWords(tokens, at) : null", 'null']),
  piece('groups of three digits', 'numerals.ts', [
    'while (next < behind + MOST_GROUPS && ',
    'while (false && next < behind + MOST_GROUPS && ',
  ]),
  piece('thousands separators', 'numbers.ts', ['if (parts === null) return number;', 'return number;']),
  piece('currencies before the number', 'quantities.ts', ['if (code !== null) {', 'if (code !== null && false) {']),
  piece('minus', 'quantities.ts', ["word === 'minus' || isMinus(tokens, start)", 'false']),
  piece('comparisons', 'quantities.ts', ['COMPARISON.test(word)', 'false']),
  piece('times of day', 'quantities.ts', ["if (unit === 'am' || unit === 'pm')", 'if (false)']),
  piece('letters glued to a number', 'quantities.ts', ['/^[a-z]+$/u.test(glued)', 'false']),
  piece('Han numerals', 'tokens.ts', ["const HAN = '[", "const HAN = '(?!)["]),
  piece(
    'addresses',
    'tokens.ts',
    ["const HOST = '", "const HOST = '(?!)"],
    ['(?:(?:https?|ftp)', '(?!)(?:(?:https?|ftp)'],
  ),
  piece('letters with points', 'tokens.ts', ["const DOTTED = '", "const DOTTED = '(?!)"]),
  piece('magnitudes', 'units.ts', ['return name === undefined ? null : Number(name);', 'return null;']),
  piece('units', 'units.ts', ['return UNIT_NAMES.get(writing);', 'return undefined;']),
  piece('dashes', 'marks.ts', ['if (DASH.test(form)) return dashBetween(before, mark, behind);', '']),
  piece('feet and inches', 'marks.ts', ["before?.kind === 'number' && !(", 'false && !(']),
  piece('capitals of short words', 'terms.ts', ['(abbreviation(word) ?? form)', 'form']),
  piece('negations', 'fact-words.ts', [
    ".map((word) => [word, 'not'] as const)",
    ".map((word) => [word + '.', word] as const)",
  ]),
  piece('words that say how many, when or which way', 'fact-words.ts', [
    "line.split(' ').map((word, _, [fact = '']) => [word, fact] as const)",
    "line.split(' ').map((word, _, [fact = '']) => [word + '.', fact] as const)",
  ]),
  piece('months and weekdays', 'fact-words.ts', ['?? calendar.get(word) ?? null', '?? null']),
  piece('acronyms that are words', 'fact-words.ts', ['if (ACRONYMS.has(undotted)) return undotted;', '']),
  piece('words that negate others', 'substance.ts', [' || isNegated(a.form, b.form)', '']),
  piece('names', 'substance.ts', ['word !== null && lexicon.isName(word);', 'word === undefined;']),
  piece('parts that traded places', 'order.ts', ['haveTraded(old, fresh) || ', '']),
  piece('passive', 'order.ts', [' || isTurned(old, fresh) || isTurned(fresh, old)', '']),
  piece('question marks', 'marks.ts', [
    "if (form === '?') return ",
    "if (form === '?') return null;\n    if (form === '!') return ",
  ]),
  piece('signs that are no units', 'marks.ts', [
    'null : { form, fact: ',
    'null : !UNIT.test(form) ? null : { form, fact: ',
  ]),
  piece('words written twice', 'substance.ts', [
    '(form, at) => form !== forms[at - 1] || terms[at]?.word === null || terms[at]?.fact !== null',
    '() => true',
  ]),
  piece('words joined or parted', 'substance.ts', [' || letters(left) === letters(right)', '']),
  piece('accents in other languages', 'slips.ts', ['return isName || isOnPage;', 'return false;']),
  piece('writings of a name', 'slips.ts', [
    'if (isName && shorter >= SHORT && nameSkeleton(a) === nameSkeleton(b)) return true;',
    '',
  ]),
  piece('the page in support of a slip', 'slips.ts', ['(isOnPage ? LONG_ON_PAGE : LONG)', 'LONG']),
  piece('slips of long words', 'slips.ts', ['isSlip(edit, shorter, isOnPage);', 'false;']),
  piece('short words mistyped', 'slips.ts', ["? edit.kind === 'swapped' :", '? false :']),
  piece('British and American spelling', 'slips.ts', [
    'if (shorter >= SHORT && variant(left) === variant(right)) return true;',
    '',
  ]),
  piece("names repaired towards the page's", 'slips.ts', [
    'if (isName) return isOnPage &&',
    'if (isName) return false &&',
  ]),
];
