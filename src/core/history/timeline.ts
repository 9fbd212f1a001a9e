import type { Paragraph } from '../diff/types.ts';
import { isReport, type ReportedDays, reportedDays } from './days.ts';
import { isSameState, type Stamp, stateOf } from './life.ts';
import type { StoredParagraph, TimelineEntry } from './types.ts';

interface Listed {
  readonly paragraph: StoredParagraph;
  readonly at: number;
}

/**
 * What a revision adds to the timeline: entries for every paragraph that is new or changed, one under each day that it
 * reports, and one that takes it off each day that it no longer reports. Entries are never changed afterwards, so that
 * every earlier state can still be read.
 */
export function timelineEntries(
  before: readonly StoredParagraph[],
  after: readonly StoredParagraph[],
  stamp: Stamp,
): TimelineEntry[] {
  const old = listed(before);
  const entries: TimelineEntry[] = [];
  for (const now of listed(after).values()) {
    const was = old.get(now.paragraph.id);
    old.delete(now.paragraph.id);
    if (was !== undefined && isSame(was, now)) continue;
    if (was !== undefined) {
      const kept = new Set(reportedDays(now.paragraph).days.map(({ date }) => date));
      entries.push(...entriesOf(was, false, stamp).filter(({ date }) => !kept.has(date)));
    }
    entries.push(...entriesOf(now, true, stamp));
  }
  for (const was of old.values()) entries.push(...entriesOf(was, false, stamp));
  return entries;
}

function listed(paragraphs: readonly StoredParagraph[]): Map<string, Listed> {
  const reports = new Map<string, Listed>();
  for (const [at, paragraph] of paragraphs.entries())
    if (isReport(paragraph)) reports.set(paragraph.id, { paragraph, at });
  return reports;
}

function isSame(a: Listed, b: Listed): boolean {
  if (!isSameState(a.paragraph, b.paragraph)) return false;
  // A paragraph that was only seen again is the same one.
  if (a.paragraph.mentions === b.paragraph.mentions) return true;
  return daysText(reportedDays(a.paragraph)) === daysText(reportedDays(b.paragraph));
}

const daysText = ({ days, omitted }: ReportedDays) =>
  `${omitted} ${days.map(({ date, basis }) => `${date} ${basis}`).join()}`;

function entriesOf({ paragraph, at }: Listed, present: boolean, stamp: Stamp): TimelineEntry[] {
  const { date: eventDate, mentions } = paragraph;
  const { days, omitted } = reportedDays(paragraph);
  return days.map(({ date, basis }, index) => ({
    ...stateOf(paragraph, at, present, stamp),
    date,
    dateBasis: basis,
    eventDate,
    mentions,
    ...(index === 0 && omitted > 0 ? { omittedDays: omitted } : {}),
  }));
}

/** Oldest and newest day that paragraphs report: bounds of their entries. */
export function daysBetween(paragraphs: readonly Paragraph[]): { oldest: string | null; newest: string | null } {
  const days = paragraphs
    .filter(isReport)
    .flatMap((paragraph) => reportedDays(paragraph).days.flatMap(({ date }) => date ?? []));
  days.sort();
  return { oldest: days[0] ?? null, newest: days.at(-1) ?? null };
}
