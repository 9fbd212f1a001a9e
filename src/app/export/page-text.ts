import type { Head, RevisionRecord } from '#core/history/types.ts';
import { loadDocument } from '../objects/documents.ts';
import { livesOf, type ParagraphRecord } from './lives.ts';
import { type ExportDeps, type Period, revisionsUntil } from './period.ts';

export interface PageText {
  readonly head: Head;
  readonly last: RevisionRecord;
  /** The paragraphs of the last revision, in its order. */
  readonly present: readonly Row[];
  /** Those removed within the period, newest removal first. */
  readonly removed: readonly Row[];
}

interface Row extends ParagraphRecord {
  /** The revision that gave the paragraph its last words, date and kind: its capture proves them. */
  readonly changed: RevisionRecord;
  /** Its place in the last revision, or the one that it had last. */
  readonly at: number;
  /** Of a heading. */
  readonly level: number;
}

/** The paragraphs of a page at the end of a period, and those removed within it. Null when it was not seen by then. */
export async function textOf(deps: ExportDeps, pageId: string, period: Period): Promise<PageText | null> {
  const { head, revisions } = await revisionsUntil(deps, pageId, period);
  const last = revisions.at(-1);
  if (head === null || last === undefined) return null;
  const byNumber = new Map(revisions.map((revision) => [revision.number, revision]));
  const { paragraphs } = await loadDocument(deps.objects, last);
  const places = new Map(paragraphs.map(({ id, level }, at) => [id, { at, level }]));
  const present: Row[] = [];
  const removed: Row[] = [];
  for await (const { life, state } of livesOf(deps.history, head, period)) {
    const changed = byNumber.get(life.lastChanged.revision);
    if (changed === undefined) continue;
    const { at = state.at, level = 2 } = places.get(state.paragraphId) ?? {};
    const row = { life, state, changed, at, level };
    if (state.present) present.push(row);
    else if (period.from === null || state.observedAt >= period.from) removed.push(row);
  }
  present.sort((a, b) => a.at - b.at);
  removed.sort((a, b) => b.state.revision - a.state.revision || a.at - b.at);
  deps.progress?.(pageId, revisions.length, revisions.length);
  return { head, last, present, removed };
}
