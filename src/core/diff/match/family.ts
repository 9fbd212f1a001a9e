/**
 * Likeness from which on two texts are near copies: reports in a fixed form that differ in their figures, or a text
 * and its edit.
 */
const FAMILY = 0.45;

/** Share of a rival's difference that a pair may have left. */
const LEFT = 0.4;

/**
 * Whether a likeness is evidence beside the greatest one to any other paragraph. Among near copies it must leave much
 * less unexplained than that: all members of a series are alike, and one more or less of few figures is chance.
 */
export function standsOut(score: number, rival: number): boolean {
  return rival < FAMILY ? score >= rival : 1 - score <= (1 - rival) * LEFT;
}

/** By so much an edited member of a series is less like the others than it was, */
const IRREGULAR = 0.05;
/** … or by such a share longer or shorter than it was; a report differs from the last one in figures. */
const LENGTH = 0.2;
/** By so much it must be more like its old self then. */
const MORE = 0.02;

/** What is known of a text that is gone and of one that has come elsewhere, in this order. */
export interface Siblings {
  /** Words. */
  readonly lengths: readonly [number, number];
  /** How like each of the paragraphs that stayed they are. */
  readonly likenesses: readonly [readonly number[], readonly number[]];
  /** How like any other paragraph without an equal they are. */
  readonly rivals: readonly [number, number];
}

/**
 * Whether a text that is gone and one that has come elsewhere are more than two members of a series. A new report keeps
 * to the form: on the whole it is as like the others as the old one was, and about as long. A text whose form was edited
 * is not.
 */
export function isNoSibling(score: number, { lengths, likenesses, rivals }: Siblings): boolean {
  const [toOld, toNew] = likenesses;
  const nearest = (to: readonly number[], rival: number): number =>
    to.reduce((most, one) => Math.max(most, one), rival);
  const after = nearest(toNew, rivals[1]);
  if (after < FAMILY) return score >= after;
  const [was, is] = lengths;
  // The mean over the family, as the greatest likeness hangs on a figure that is the same by chance.
  let lost = 0;
  let members = 0;
  toOld.forEach((old, at) => {
    if (old < FAMILY) return;
    lost += old - (toNew[at] ?? 0);
    members++;
  });
  const isRegular = lost <= IRREGULAR * members && Math.abs(is - was) <= LENGTH * was;
  if (!isRegular) return score > after + MORE;
  return standsOut(score, Math.max(nearest(toOld, rivals[0]), after));
}
