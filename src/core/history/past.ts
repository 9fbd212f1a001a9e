import type { DatedBlock } from '../dates/types.ts';
import { keyOfRest } from '../diff/match/numbers.ts';
import type { Change, Paragraph } from '../diff/types.ts';
import { without } from '../groups.ts';
import { comparisonKey } from '../page/index.ts';
import { shortHash } from './canonical.ts';
import type { PastText, RevisionRecord, StoredParagraph } from './types.ts';

/*
 * What a page once had and has no more. A revision stores the texts that it removed or reworded, each under keys of its
 * text. A later revision looks up the keys of its new paragraphs only, so that the cost of a look does not grow with the
 * age of the page.
 */

/** Past texts that are looked at under one key, newest first. */
export const RECALL_LIMIT = 100;

/** What was found of a page's past for one comparison. */
export interface Recalled {
  /** Texts under the asked-for keys, newest first. */
  readonly texts: readonly PastText[];
  /** Keys that have more texts than were looked at. */
  readonly crowded: ReadonlySet<string>;
}

/** The keys under which a text is found: of all of it, and of an item of a list also without its number. */
export function keysOf(block: DatedBlock): string[] {
  const rest = keyOfRest(block);
  const whole = textKey(block.text);
  return rest === null ? [whole] : [whole, shortHash(rest)];
}

/** The key of a whole text, blind to noise. */
export function textKey(text: string): string {
  return wholeKey(comparisonKey(text));
}

/** The same of a text's comparison key. */
export function wholeKey(comparison: string): string {
  return shortHash(`text ${comparison}`);
}

/** The keys to look up before a comparison: those of paragraphs whose text the revision before does not have. */
export function keysToRecall(before: readonly Paragraph[], after: readonly DatedBlock[]): string[] {
  const letters = ({ text }: DatedBlock) => text;
  const added = without(after, before, letters);
  if (added.length === 0) return [];
  const meaning = ({ text }: DatedBlock) => comparisonKey(text);
  return [...new Set(without(added, without(before, after, letters), meaning).flatMap(keysOf))];
}

/**
 * What a revision adds to the page's past: texts that it no longer has, under each of their keys. Also a text that another
 * paragraph still has: if both come back one day, each must be recognised.
 */
export function pastTexts(
  before: readonly StoredParagraph[],
  after: readonly Paragraph[],
  changes: readonly Change[],
  stamp: Pick<RevisionRecord, 'pageId' | 'number' | 'id'>,
): PastText[] {
  const now = new Map(after.map(({ id, text }) => [id, text]));
  const left = new Map<string, StoredParagraph>();
  for (const { at } of changes.flatMap((change) => change.before)) {
    const paragraph = before[at];
    if (paragraph !== undefined && now.get(paragraph.id) !== paragraph.text) left.set(paragraph.id, paragraph);
  }
  const { pageId, number: revision, id: revisionId } = stamp;
  return [...left.values()].flatMap((paragraph, seq) =>
    keysOf(paragraph).map((key) => ({ pageId, key, revision, revisionId, seq, paragraph })),
  );
}

/** The paragraphs that were recalled, newest first, each once; without those that the page has now. */
export function recalledParagraphs({ texts }: Recalled, before: readonly Paragraph[]): Paragraph[] {
  const present = new Set(before.map(({ text }) => text));
  const found = new Map<string, Paragraph>();
  for (const { paragraph } of [...texts].sort(newestFirst)) {
    const name = `${paragraph.id} ${paragraph.text}`;
    if (!present.has(paragraph.text) && !found.has(name)) found.set(name, paragraph);
  }
  return [...found.values()];
}

function newestFirst(a: PastText, b: PastText): number {
  return b.revision - a.revision || a.seq - b.seq;
}
