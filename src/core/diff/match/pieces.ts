import { commonSubsequence } from '../sequence.ts';
import type { Corpus } from './corpus.ts';
import type { Unmatched } from './unmatched.ts';

/** Other paragraphs that may be between two successive pieces. */
const MAX_GAP_PARAGRAPHS = 4;

/** The whole must contain this share of each piece's weight, in order, and the pieces this share of the whole's. */
export const MIN_EXPLAINED_SHARE = 0.8;

/** One paragraph and the pieces that it was split into or merged from. */
export interface Group {
  readonly whole: Unmatched;
  /** In page order. */
  readonly pieces: readonly Unmatched[];
  /** The largest piece; it keeps the identity. */
  readonly principal: Unmatched;
}

interface Aligned {
  readonly group: Group | null;
  /** Weight of the whole's words that are in the pieces. */
  readonly explained: number;
}

const NO_GROUP: Aligned = { group: null, explained: 0 };

/** The run of neighbouring pieces that contains most of the whole. */
export function bestRun(whole: Unmatched, pieces: readonly Unmatched[], corpus: Corpus): Aligned {
  const runs: Unmatched[][] = [];
  for (const piece of pieces) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run !== undefined && last !== undefined && piece.at - last.at <= MAX_GAP_PARAGRAPHS + 1) run.push(piece);
    else runs.push([piece]);
  }
  let best = NO_GROUP;
  for (const run of runs) {
    if (run.length < 2) continue;
    const aligned = alignPieces(whole, run, corpus);
    if (aligned.explained > best.explained) best = aligned;
  }
  return best;
}

function alignPieces(whole: Unmatched, pieces: readonly Unmatched[], corpus: Corpus): Aligned {
  const explained = explainedBy(pieces, whole, corpus);
  const total = explained.reduce((sum, part) => sum + part, 0);
  const fits = pieces.every((piece, index) => (explained[index] ?? 0) >= MIN_EXPLAINED_SHARE * piece.words.weight);
  if (!fits || total < MIN_EXPLAINED_SHARE * whole.words.weight) return NO_GROUP;
  let principal = 0;
  explained.forEach((part, index) => {
    if (part > (explained[principal] ?? 0)) principal = index;
  });
  const first = pieces[principal];
  return first === undefined ? NO_GROUP : { group: { whole, pieces, principal: first }, explained: total };
}

/** The weight of the whole's words in each piece, with the pieces joined so that a word counts in one of them only. */
function explainedBy(pieces: readonly Unmatched[], whole: Unmatched, corpus: Corpus): Float64Array {
  const joined = new Int32Array(pieces.reduce((length, { words }) => length + words.order.length, 0));
  const owner = new Int32Array(joined.length);
  let at = 0;
  pieces.forEach(({ words }, index) => {
    joined.set(words.order, at);
    owner.fill(index, at, at + words.order.length);
    at += words.order.length;
  });
  const explained = new Float64Array(pieces.length);
  commonSubsequence(joined, whole.words.order).forEach((pair, word) => {
    const index = owner[word] ?? 0;
    if (pair >= 0) explained[index] = (explained[index] ?? 0) + corpus.weight(joined[word] ?? 0);
  });
  return explained;
}
