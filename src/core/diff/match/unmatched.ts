import type { Matching } from '../types.ts';
import { type Candidates, candidates } from './candidates.ts';
import { Corpus, type Words } from './corpus.ts';
import type { Side } from './key.ts';

/** A paragraph without an equal on the other side. */
export interface Unmatched {
  readonly side: 'before' | 'after';
  /** Its index in the revision. */
  readonly at: number;
  /** Its index among the unmatched texts of its side. */
  readonly index: number;
  readonly text: string;
  readonly words: Words;
}

/** The unmatched paragraphs of both sides, and which of them are worth comparing. */
export interface UnmatchedTexts {
  readonly before: readonly Unmatched[];
  readonly after: readonly Unmatched[];
  readonly corpus: Corpus;
  /** A sample of the matched paragraphs before. */
  readonly matchedSample: readonly Words[];
  /** For an index in `after`, indices in `before`. */
  readonly nearBefore: Candidates;
  /** For an index in `before`, indices in `after`. */
  readonly nearAfter: Candidates;
}

/** Reads the words of the unmatched paragraphs and of a sample of the matched ones. */
export function readUnmatched(before: Side, after: Side, { source, target }: Matching): UnmatchedTexts {
  const corpus = new Corpus();
  const matchedSample: Words[] = [];
  const sample = new Set(target.includes(-1) ? before.sample() : []);
  const left = readSide('before', before, target, corpus, (at) => {
    if (sample.has(at)) matchedSample.push(corpus.read(before.text(at), 'before'));
  });
  const right = readSide('after', after, source, corpus);
  corpus.seal();
  const words = ({ words }: Unmatched): Words => words;
  return {
    before: left,
    after: right,
    corpus,
    matchedSample,
    nearBefore: candidates(right.map(words), left.map(words)),
    nearAfter: candidates(left.map(words), right.map(words)),
  };
}

function readSide(
  side: Unmatched['side'],
  texts: Side,
  partners: Int32Array,
  corpus: Corpus,
  onMatched?: (at: number) => void,
): Unmatched[] {
  const unmatched: Unmatched[] = [];
  partners.forEach((partner, at) => {
    if (partner >= 0) {
      onMatched?.(at);
      return;
    }
    const text = texts.key(at);
    unmatched.push({ side, at, index: unmatched.length, text, words: corpus.read(text, side) });
  });
  return unmatched;
}
