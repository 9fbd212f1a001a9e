import type { Matching } from '../types.ts';
import { type Candidates, candidates } from './candidates.ts';
import { Corpus, type Words } from './corpus.ts';
import type { Side } from './key.ts';

/** Paragraphs that found an equal are sampled for how common words are on this page. */
const SAMPLE = 240;

/** A paragraph that found no equal. */
export interface Loose {
  readonly side: 'before' | 'after';
  /** Its place in the revision. */
  readonly at: number;
  /** Its place among the loose texts of its side. */
  readonly index: number;
  readonly text: string;
  readonly words: Words;
}

/** All paragraphs that found no equal, and which of them are worth comparing. */
export interface LooseTexts {
  readonly before: readonly Loose[];
  readonly after: readonly Loose[];
  readonly corpus: Corpus;
  /** A sample of the paragraphs before that found an equal; all of them on a page of ordinary length. */
  readonly settled: readonly Words[];
  /** For an index in `after`, indices in `before`. */
  readonly nearBefore: Candidates;
  /** For an index in `before`, indices in `after`. */
  readonly nearAfter: Candidates;
}

/** Reads the words of everything that is not matched yet. */
export function readLoose(before: Side, after: Side, { source, target }: Matching): LooseTexts {
  const corpus = new Corpus();
  const { loose: left, settled } = readSide('before', before, target, corpus);
  const { loose: right } = readSide('after', after, source, corpus);
  corpus.seal();
  const words = ({ words }: Loose): Words => words;
  return {
    before: left,
    after: right,
    corpus,
    settled,
    nearBefore: candidates(right.map(words), left.map(words)),
    nearAfter: candidates(left.map(words), right.map(words)),
  };
}

function readSide(
  side: Loose['side'],
  texts: Side,
  taken: Int32Array,
  corpus: Corpus,
): { readonly loose: Loose[]; readonly settled: Words[] } {
  const loose: Loose[] = [];
  const settled: Words[] = [];
  if (!taken.includes(-1)) return { loose, settled };
  const step = Math.ceil(texts.length / SAMPLE);
  for (let at = 0; at < texts.length; at++) {
    if ((taken[at] ?? -1) >= 0) {
      if (side === 'before' && at % step === 0) settled.push(corpus.read(texts.text(at), side));
      continue;
    }
    const text = texts.key(at);
    loose.push({ side, at, index: loose.length, text, words: corpus.read(text, side) });
  }
  return { loose, settled };
}
