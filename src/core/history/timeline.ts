import type { Paragraph } from '../diff/types.ts';
import type { RevisionRecord, TimelineEntry } from './types.ts';

type Stamp = Pick<RevisionRecord, 'pageId' | 'number' | 'id' | 'observedAt'>;

/** Headings and front matter report nothing themselves. */
function reports(paragraph: Paragraph): boolean {
  return paragraph.kind !== 'heading' && paragraph.kind !== 'frontMatter';
}

/**
 * What a revision adds to the timeline: an entry for every paragraph that is new or changed, and one that takes it off
 * its former day when it is removed, redated or no longer a report. Entries are never changed afterwards, so that every
 * earlier state can still be read.
 */
export function timelineEntries(
  before: readonly Paragraph[],
  after: readonly Paragraph[],
  stamp: Stamp,
): TimelineEntry[] {
  const old = new Map<string, { paragraph: Paragraph; at: number }>();
  for (const [at, paragraph] of before.entries()) if (reports(paragraph)) old.set(paragraph.id, { paragraph, at });
  const entries: TimelineEntry[] = [];
  for (const [at, paragraph] of after.entries()) {
    if (!reports(paragraph)) continue;
    const was = old.get(paragraph.id);
    old.delete(paragraph.id);
    if (was !== undefined && sameReport(was.paragraph, paragraph)) continue;
    if (was !== undefined && was.paragraph.date !== paragraph.date)
      entries.push(entry(was.paragraph, was.at, false, stamp));
    entries.push(entry(paragraph, at, true, stamp));
  }
  for (const { paragraph, at } of old.values()) entries.push(entry(paragraph, at, false, stamp));
  return entries;
}

function sameReport(a: Paragraph, b: Paragraph): boolean {
  return a.text === b.text && a.date === b.date && a.dateBasis === b.dateBasis && a.kind === b.kind;
}

function entry(paragraph: Paragraph, at: number, present: boolean, stamp: Stamp): TimelineEntry {
  return {
    pageId: stamp.pageId,
    paragraphId: paragraph.id,
    revision: stamp.number,
    revisionId: stamp.id,
    observedAt: stamp.observedAt,
    present,
    date: paragraph.date,
    dateBasis: paragraph.dateBasis,
    kind: paragraph.kind,
    text: paragraph.text,
    at,
    mentions: paragraph.mentions,
  };
}
