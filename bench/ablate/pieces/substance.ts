import type { Piece } from '../piece.ts';

const SUBSTANCE = 'src/core/diff/substance';
const piece = (name: string, file: string, ...changes: Piece['changes']): Piece => ({ name, file, changes });

/** What the judgement of an edit is made of: facts first, then repairs. */
export const substance: readonly Piece[] = [
  piece('numbers', `${SUBSTANCE}/substance.ts`, ['differInNumbers(old.numbers, fresh.numbers) || ', '']),
  piece('marks of what a number counts', `${SUBSTANCE}/substance.ts`, [' || old.units !== fresh.units', '']),
  piece('negations', `${SUBSTANCE}/substance.ts`, ["facts.push('not');", '{}']),
  piece('acronyms that are words', `${SUBSTANCE}/substance.ts`, ['if (ACRONYMS.has(word)) facts.push(word);', '']),
  piece('months and weekdays', `${SUBSTANCE}/substance.ts`, ['if (name !== null && !isRepair) facts.push(name);', '']),
  piece('dates that are only written otherwise', `${SUBSTANCE}/substance.ts`, [
    'return { words, substance: substanceOf(words, lexicon, sameDates(before.mentions, after.mentions)) };',
    'return { words, substance: substanceOf(words, lexicon) };',
  ]),
  piece('names', `${SUBSTANCE}/substance.ts`, [
    "if (rest.left.some((word) => isTelling(word) && lexicon.isName(word))) return 'facts';",
    '',
  ]),
  piece('endings of one name', `${SUBSTANCE}/names.ts`, [
    'return rest !== null && NAME_ENDINGS.has(rest);',
    'return false;',
  ]),
  piece('web addresses', `${SUBSTANCE}/spans.ts`, ['if (at >= 0) spans.push', 'if (at > 1e9) spans.push']),
  piece('numbers in words', `${SUBSTANCE}/numbers.ts`, [
    'const value = ten === undefined ? VALUES.get(lower) : ten + more;',
    'const value = undefined as number | undefined;',
  ]),
  piece('units and magnitudes', `${SUBSTANCE}/quantities.ts`, ["if (behind.name !== '') facts.push(behind.name);", '']),
  piece('signs and comparisons', `${SUBSTANCE}/quantities.ts`, [
    'const facts = before.concat(',
    'const facts = [].concat(',
  ]),
  piece('questions', `${SUBSTANCE}/substance.ts`, [
    'const asks = old.questions !== fresh.questions;',
    'const asks = false;',
  ]),
  piece('misspelt months', `${SUBSTANCE}/slips.ts`, [
    'if (isMisspeltDate(a, b) || isMisspeltDate(b, a)) return true;',
    '',
  ]),
  piece('slips of long words', `${SUBSTANCE}/slips.ts`, ['isSlip(edit, shorter, isKnown);', 'false;']),
  piece('short words mistyped', `${SUBSTANCE}/slips.ts`, ["? edit.kind === 'swapped' :", '? false :']),
  piece('British and American spelling', `${SUBSTANCE}/slips.ts`, [
    'if (shorter >= SHORT && variant(left) === variant(right)) return true;',
    '',
  ]),
  piece("names repaired towards the page's", `${SUBSTANCE}/slips.ts`, [
    'if (isName) return isKnown &&',
    'if (isName) return false &&',
  ]),
];
