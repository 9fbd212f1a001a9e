import type { DatedBlock } from '../dates/types.ts';
import { hasEvidence } from './dating.ts';

/**
 * Likeness from which on two texts are near copies: reports in a fixed form that differ in their figures, or a text
 * and its edit.
 */
const FAMILY = 0.5;
/** What the same event date adds among near copies, and another one takes off: as much as a shared figure or two. */
const DATED = 0.1;

/** Share of a rival's difference that a pair may have left, where it has moved, */
const ELSEWHERE = 0.4;
/** … and where it keeps its order in a stretch in which something came or went. */
export const IN_STRETCH = 0.7;

/** The event date that a paragraph's own words give; null where it has one from its heading or from above. */
function ownDate(block: DatedBlock | undefined): string | null {
  return block !== undefined && hasEvidence(block) && block.dateBasis !== 'heading' ? block.date : null;
}

/**
 * A likeness weighed by event dates: of a series of near copies the one of the same day is the same, whatever figures
 * it shares with others. Texts that are no near copies are left to their words.
 */
export function weighed(score: number, before: DatedBlock | undefined, after: DatedBlock | undefined): number {
  if (score < FAMILY) return score;
  const was = ownDate(before);
  const is = ownDate(after);
  if (was === null || is === null) return score;
  return was === is ? score + DATED : score - DATED;
}

/**
 * Whether a likeness is evidence beside the greatest one to any other paragraph. Among near copies it must leave much
 * less unexplained than that: all members of a series are alike, and one more or less of few figures is chance.
 */
export function standsOut(score: number, rival: number, share: number): boolean {
  return rival < FAMILY ? score >= rival : 1 - score <= (1 - rival) * share;
}

/** By so much an edited member of a series is less like the others than it was, */
const IRREGULAR = 0.05;
/** … or by such a share longer or shorter than it was; a report differs from the last one in figures. */
const LENGTH = 0.2;
/** By so much it must be more like its old self then. */
const MORE = 0.02;

/**
 * Whether a text that is gone and one that has come elsewhere are more than two members of a series. A new report keeps
 * to the form: it is as like the others as the old one was, and about as long. A text whose form was edited is not.
 * @param lengths words of the old and the new text.
 * @param nearestBefore how like any other paragraph the old text is; asked for only among near copies.
 * @param nearestAfter how like any other paragraph the new text is.
 */
export function isNoSibling(
  score: number,
  lengths: readonly [number, number],
  nearestBefore: () => number,
  nearestAfter: number,
): boolean {
  if (nearestAfter < FAMILY) return score >= nearestAfter;
  const [was, is] = lengths;
  const before = nearestBefore();
  const isRegular = nearestAfter >= before - IRREGULAR && Math.abs(is - was) <= LENGTH * was;
  if (!isRegular) return score > nearestAfter + MORE;
  return standsOut(score, Math.max(before, nearestAfter), ELSEWHERE);
}
