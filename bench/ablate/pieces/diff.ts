import type { Piece } from '../piece.ts';

const MATCH = 'src/core/diff/match';
const piece = (name: string, file: string, ...changes: Piece['changes']): Piece => ({ name, file, changes });

/** What the matching of paragraphs is made of, from the surest evidence to the least. */
export const diff: readonly Piece[] = [
  piece('growing a match over equal neighbours', `${MATCH}/exact.ts`, [
    'if (before[p] === after[q]) link(matching, p, q);',
    '',
  ]),
  piece('equal texts in order within a gap', `${MATCH}/exact.ts`, [
    'if (q >= 0) link(matching, left[p] ?? 0, right[q] ?? 0);',
    '',
  ]),
  piece('list numbers', `${MATCH}/alignment.ts`, [
    'const renumbered = numbering.match();',
    'const renumbered = new Set<number>();',
  ]),
  piece('edited back to an old text', `${MATCH}/returns.ts`, [
    'if (i !== undefined && isFree) link(matching, i, j);\n      else ',
    '',
  ]),
  piece('returns under another list number', `${MATCH}/returns.ts`, [
    "withNumber ?? take(items.get(numbering.restKey(j) ?? ''))",
    'withNumber',
  ]),
  piece('splits and merges', `${MATCH}/alignment.ts`, ['regrouping.find();', '']),
  piece('other paragraphs between pieces', `${MATCH}/pieces.ts`, [
    'const MAX_GAP_PARAGRAPHS = 4;',
    'const MAX_GAP_PARAGRAPHS = 0;',
  ]),
  piece('similar texts', `${MATCH}/alignment.ts`, ['linkEdits(texts, matching, eligible);', '']),
  piece('words in common order', `${MATCH}/similar.ts`, [
    'const common = (shared + corpus.sharedInOrder(a, b)) / 2;',
    'const common = shared;',
  ]),
  piece('common words weigh less', `${MATCH}/corpus.ts`, ['const COMMON_WEIGHT = 0.25;', 'const COMMON_WEIGHT = 1;']),
  piece('rare words weigh more', `${MATCH}/corpus.ts`, ['Math.log(1 + texts / (1 + frequency))', '1']),
  piece('prior of texts', `${MATCH}/corpus.ts`, ['const PRIOR_TEXTS = 24;', 'const PRIOR_TEXTS = 0;']),
  piece('words two apart as features', `${MATCH}/feature-index.ts`, [
    'if (k + 2 < order.length) buckets[at++] = mix(word, order[k + 2] ?? 0, 2) & this.#mask;',
    '',
  ]),
  piece('share of features that a candidate has', `${MATCH}/feature-index.ts`, [
    'const MIN_FEATURE_SHARE = 0.05;',
    'const MIN_FEATURE_SHARE = 0;',
  ]),
  piece('the one between two unchanged neighbours', `${MATCH}/similar.ts`, [
    'if (slot !== undefined && eligible(slot)) {',
    'if (slot !== undefined && slot === right) {',
  ]),
  piece('a note that grows in its place', `${MATCH}/similar.ts`, [
    ' || hasGrown(corpus, slot, right)',
    ' || (hasGrown(corpus, slot, right) && false)',
  ]),
  piece('short texts by their letters', `${MATCH}/similar.ts`, [
    ', letterSimilarity(slot, right))',
    ', 0 * letterSimilarity(slot, right))',
  ]),
  piece('doubt about what moved', `${MATCH}/similar.ts`, [
    'const check = moved.length <= MAX_CHECKED_PAIRS;',
    'const check = moved.length < 0;',
  ]),
  piece('a report whose form was edited', `${MATCH}/family.ts`, [
    'if (loss > MAX_FORM_LOSS * members) return score > bestOfNew;',
    '',
  ]),
  piece('moved and edited', `${MATCH}/similar.ts`, ['pair.score >= MIN_SCORE_MOVED && ', 'pair.score > 9 && ']),
  piece('what a date was inherited from', 'src/core/diff/dating.ts', [
    "was.dateBasis === 'inherited' ? ",
    "was.dateBasis === 'none' ? ",
  ]),
  piece('reorderings', 'src/core/diff/moves.ts', ['if (!isReordering) {', 'if (moves.length >= 0) {']),
];
