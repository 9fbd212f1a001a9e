/** From this score on, two texts are near copies: reports in a fixed form with other figures, or a text and its edit. */
const MIN_FAMILY_SCORE = 0.45;
/** Among near copies, the difference of a pair may be this share of the difference to its rival. */
const MAX_DIFFERENCE_SHARE = 0.4;

/**
 * Whether a pair's score is evidence, given the best score that either text has with any other. Among near copies it
 * must be far better than that one: all reports of a series are similar, and one equal figure more is chance.
 */
export function beatsRival(score: number, rival: number): boolean {
  return rival < MIN_FAMILY_SCORE ? score >= rival : 1 - score <= (1 - rival) * MAX_DIFFERENCE_SHARE;
}

/** A report that loses more of its mean score with the others has another form. */
const MAX_FORM_LOSS = 0.05;

/** A removed text and an added one (in this order) in relation to the rest of the page. */
export interface Siblings {
  /** Scores with each of the matched paragraphs. */
  readonly scores: readonly [readonly number[], readonly number[]];
  /** Best scores with any other unmatched paragraph. */
  readonly rivals: readonly [number, number];
}

/**
 * Whether a removed text and one added elsewhere are one edited paragraph, not two reports of a series. A new report
 * keeps the form of its series: its mean score with the others is that of the old one.
 */
export function isEdited(score: number, { scores, rivals }: Siblings): boolean {
  const [ofOld, ofNew] = scores;
  const best = (ofOne: readonly number[], rival: number): number => ofOne.reduce((a, b) => Math.max(a, b), rival);
  const bestOfNew = best(ofNew, rivals[1]);
  if (bestOfNew < MIN_FAMILY_SCORE) return score >= bestOfNew;
  // The mean, not the best score, which one figure that is equal by chance decides.
  let loss = 0;
  let members = 0;
  ofOld.forEach((old, at) => {
    if (old < MIN_FAMILY_SCORE) return;
    loss += old - (ofNew[at] ?? 0);
    members++;
  });
  if (loss > MAX_FORM_LOSS * members) return score > bestOfNew;
  return beatsRival(score, Math.max(best(ofOld, rivals[0]), bestOfNew));
}
