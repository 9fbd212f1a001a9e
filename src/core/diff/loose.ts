import { type Candidates, candidates } from './candidates.ts';
import { Corpus, type Words } from './corpus.ts';
import type { Matching } from './exact.ts';

/** Paragraphs that found an equal are sampled for how common words are on this page. */
const SAMPLE = 300;

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
  /** For an index in `after`, indices in `before`. */
  readonly nearBefore: Candidates;
  /** For an index in `before`, indices in `after`. */
  readonly nearAfter: Candidates;
}

/** Reads the words of everything that is not matched yet. */
export function readLoose(
  before: readonly string[],
  after: readonly string[],
  { source, target }: Matching,
): LooseTexts {
  const corpus = new Corpus();
  const left = readSide('before', before, target, corpus);
  const right = readSide('after', after, source, corpus);
  corpus.seal();
  const words = ({ words }: Loose): Words => words;
  return {
    before: left,
    after: right,
    corpus,
    nearBefore: candidates(right.map(words), left.map(words)),
    nearAfter: candidates(left.map(words), right.map(words)),
  };
}

function readSide(side: Loose['side'], texts: readonly string[], taken: Int32Array, corpus: Corpus): Loose[] {
  const loose: Loose[] = [];
  const step = Math.max(1, Math.floor(texts.length / SAMPLE));
  if (!taken.includes(-1)) return loose;
  texts.forEach((text, at) => {
    if ((taken[at] ?? -1) < 0) loose.push({ side, at, index: loose.length, text, words: corpus.read(text, side) });
    else if (at % step === 0) corpus.read(text, side);
  });
  return loose;
}
