import type { Candidate } from '../candidate.ts';
import type { Anchor, AnchorKind } from '../scan/anchors.ts';

/**
 * One form of date. `parse` is called at an anchor of one of its kinds and reads from there (some look a few words
 * back); it returns the dates found, in order and without overlap, or null. None may begin before `floor`, the
 * end of the last date found.
 */
export interface Parser {
  readonly name: string;
  readonly anchors: readonly AnchorKind[];
  parse(text: string, anchor: Anchor, floor: number): readonly Candidate[] | null;
}
