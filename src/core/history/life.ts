import type { DateBasis } from '../dates/types.ts';
import type { Paragraph } from '../diff/types.ts';
import type { ParagraphState, PastText, RevisionRecord, Sight, StoredParagraph } from './types.ts';

/*
 * The life of a paragraph: when it was first seen, when it was present, and since when it has its words and its date. A
 * revision writes a state of each paragraph that appears, changes or leaves. Every answer about a paragraph's past is made
 * of its states, or of the two sights that each of them carries.
 */

export type Stamp = Pick<RevisionRecord, 'pageId' | 'number' | 'id' | 'observedAt'>;

/**
 * The paragraphs of a revision with when they were first seen, and since when they are present.
 * @param past what was recalled of the page's past: those that are back are among it.
 */
export function withSights(
  paragraphs: readonly Paragraph[],
  before: readonly StoredParagraph[],
  past: readonly Pick<PastText, 'paragraph'>[],
  { number: revision, observedAt }: Pick<Stamp, 'number' | 'observedAt'>,
): StoredParagraph[] {
  const now: Sight = { revision, observedAt };
  const there = new Map(before.map((paragraph) => [paragraph.id, paragraph]));
  const away = new Map(past.map(({ paragraph }) => [paragraph.id, paragraph]));
  return paragraphs.map((paragraph) => {
    const { id } = paragraph;
    const was = there.get(id);
    if (was === paragraph) return was;
    const { firstSeen = now } = was ?? away.get(id) ?? {};
    return { ...paragraph, firstSeen, presentSince: was?.presentSince ?? now };
  });
}

/** A state of each paragraph that appears, changes or leaves with a revision. Moving alone changes nothing. */
export function paragraphStates(
  before: readonly StoredParagraph[],
  after: readonly StoredParagraph[],
  stamp: Stamp,
): ParagraphState[] {
  const old = new Map(before.map((paragraph, at) => [paragraph.id, { paragraph, at }]));
  const states: ParagraphState[] = [];
  for (const [at, paragraph] of after.entries()) {
    const was = old.get(paragraph.id);
    old.delete(paragraph.id);
    if (was === undefined || !isSameState(was.paragraph, paragraph)) states.push(stateOf(paragraph, at, true, stamp));
  }
  for (const { paragraph, at } of old.values()) states.push(stateOf(paragraph, at, false, stamp));
  return states;
}

export function isSameState(a: Paragraph, b: Paragraph): boolean {
  return a.text === b.text && a.date === b.date && a.dateBasis === b.dateBasis && a.kind === b.kind;
}

export function stateOf(paragraph: StoredParagraph, at: number, present: boolean, stamp: Stamp): ParagraphState {
  const { id, firstSeen, presentSince, date, dateBasis, kind, text } = paragraph;
  const { pageId, number: revision, id: revisionId, observedAt } = stamp;
  return {
    pageId,
    paragraphId: id,
    revision,
    revisionId,
    observedAt,
    present,
    firstSeen,
    presentSince,
    date,
    dateBasis,
    kind,
    text,
    at,
  };
}

/** A time during which a paragraph was on its page: `to` is the revision that no longer has it, null while it is present. */
export interface Presence {
  readonly from: Sight;
  readonly to: Sight | null;
}

/** A paragraph through its time. Lists are oldest first. */
export interface Life {
  readonly pageId: string;
  readonly paragraphId: string;
  readonly firstSeen: Sight;
  readonly present: readonly Presence[];
  readonly wordings: readonly { readonly text: string; readonly from: Sight }[];
  readonly dates: readonly { readonly date: string | null; readonly dateBasis: DateBasis; readonly from: Sight }[];
  /** Since when it is as it is, or was last: its words, date and kind, and its presence. */
  readonly lastChanged: Sight;
  /** False where older states were not looked at: the lists begin later than the paragraph. */
  readonly complete: boolean;
}

/**
 * The life that a paragraph's states make, null where there are none.
 * @param states of one paragraph, oldest first, without leftovers; the newest of them where there are too many.
 */
export function lifeOf(states: readonly ParagraphState[]): Life | null {
  const newest = states.at(-1);
  if (newest === undefined) return null;
  const { pageId, paragraphId, firstSeen } = newest;
  // An id may be given again when a crowded text comes back: older states are then another paragraph's.
  const own = states.filter(({ revision }) => revision >= firstSeen.revision);
  const present: Presence[] = [];
  const wordings: Life['wordings'][number][] = [];
  const dates: Life['dates'][number][] = [];
  let lastChanged = firstSeen;
  for (const { revision, observedAt, present: isPresent, presentSince, text, date, dateBasis } of own) {
    const from: Sight = { revision, observedAt };
    const last = present.at(-1);
    if (last === undefined || last.from.revision !== presentSince.revision)
      present.push({ from: presentSince, to: isPresent ? null : from });
    else if (!isPresent) present[present.length - 1] = { ...last, to: from };
    if (!isPresent) continue;
    lastChanged = from;
    if (wordings.at(-1)?.text !== text) wordings.push({ text, from });
    const dating = dates.at(-1);
    if (dating === undefined || dating.date !== date) dates.push({ date, dateBasis, from });
  }
  const complete = own[0]?.revision === firstSeen.revision;
  return { pageId, paragraphId, firstSeen, present, wordings, dates, lastChanged, complete };
}
