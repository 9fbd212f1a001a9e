import type { Block } from '../page/types.ts';
import { parseDay } from './calendar.ts';
import type { Candidate } from './candidate.ts';
import { eventDateOf, type Judged } from './judge/event-date.ts';
import { roleOf } from './judge/roles.ts';
import { candidatesIn } from './parsers/index.ts';
import { refiners } from './refiners/index.ts';
import type { Point } from './resolve/clock.ts';
import { formatPeriod, type Period, type PeriodSource, periodOf } from './resolve/period.ts';
import { Resolver } from './resolve/resolver.ts';
import { clauseBefore } from './scan/clause.ts';
import { quotedAt } from './scan/quotations.ts';
import type { DateBasis, DateContext, DatedBlock, DatedPage, Mention } from './types.ts';
import { yearsByStory } from './years/story.ts';

interface Parsed {
  readonly block: Block;
  readonly candidates: readonly Candidate[];
}

const NONE: readonly never[] = [];

/** What may be a date in a text, whatever is around it. Candidates are compared by identity: who remembers a list copies them. */
export function scan(text: string): readonly Candidate[] {
  let candidates: readonly Candidate[] = candidatesIn(text);
  // Most blocks of a long page hold no date; they share one empty list.
  if (candidates.length === 0) return NONE;
  for (const refine of refiners) candidates = refine(text, candidates);
  return withoutQuotedDeictics(text, candidates);
}

/** "today" and "yesterday" inside a quotation count from the day of its speaker, which the page may not name. */
function withoutQuotedDeictics(text: string, candidates: readonly Candidate[]): readonly Candidate[] {
  const deictic = (c: Candidate): boolean =>
    c.shape.kind === 'offset' && c.shape.unit === 'day' && c.shape.from === 'present';
  if (!candidates.some(deictic)) return candidates;
  const quoted = quotedAt(
    text,
    candidates.map((c) => c.start),
  );
  return candidates.filter((c, i) => !(deictic(c) && quoted[i]));
}

function mentionOf({ resolved, role }: Judged, text: string): Mention {
  const { candidate, granularity, literal, value, basis } = resolved;
  const { start, end } = candidate;
  const mention: Mention = { text: text.slice(start, end), start, end, granularity, literal, value, role, basis };
  return candidate.swappable === true ? { ...mention, ambiguous: true } : mention;
}

/** The date that the next block inherits, and the date heading that it is under. */
class Reading {
  #inherited: string | null = null;
  #heading: { readonly date: string; readonly level: number } | null = null;

  get present(): Point | null {
    const iso = this.#heading?.date ?? this.#inherited;
    return iso === null ? null : parseDay(iso);
  }

  heading(block: Block, judged: readonly Judged[]): { date: string | null; dateBasis: DateBasis } {
    const level = block.level ?? 6;
    const found = eventDateOf(judged.map((j) => (j.role === 'context' ? { ...j, role: 'event' } : j)));
    if (found !== null) {
      this.#heading = { date: found.date, level };
      this.#inherited = found.date;
      return { date: found.date, dateBasis: found.basis };
    }
    const month = judged.find((j) => j.resolved.granularity === 'month' && j.role === 'context');
    if (this.#heading !== null) {
      if (level > this.#heading.level && month === undefined) return { date: this.#heading.date, dateBasis: 'heading' };
      this.#heading = null;
      this.#inherited = null;
    }
    if (month !== undefined && month.resolved.value !== null) {
      return { date: month.resolved.value, dateBasis: month.resolved.basis };
    }
    return { date: null, dateBasis: 'none' };
  }

  text(judged: readonly Judged[]): { date: string | null; dateBasis: DateBasis } {
    const found = eventDateOf(judged);
    if (found !== null) {
      if (this.#heading === null) this.#inherited = found.date;
      return { date: found.date, dateBasis: found.basis };
    }
    if (this.#heading !== null) return { date: this.#heading.date, dateBasis: 'heading' };
    return this.#inherited === null
      ? { date: null, dateBasis: 'none' }
      : { date: this.#inherited, dateBasis: 'inherited' };
  }
}

function sourceOf(blocks: readonly Block[], { title, url }: DateContext): PeriodSource {
  const headings = blocks.filter(({ kind }) => kind === 'heading').map(({ text }) => text);
  const first = blocks.findIndex(({ kind }) => kind !== 'heading' && kind !== 'frontMatter');
  const before = first === -1 ? blocks : blocks.slice(0, first);
  const opening = before.filter(({ kind }) => kind === 'heading').map(({ text }) => text);
  return { title, url, headings, opening };
}

/**
 * A log whose headings are days without a year ("… | May 31st") reports the months up to the one in which it was seen.
 * Null for any other page, so that prose never takes a year from the day on which it was seen.
 */
function latestByObservation(parsed: readonly Parsed[], { observedAt }: DateContext): Period | null {
  let days = 0;
  for (const { block, candidates } of parsed) {
    if (block.kind !== 'heading') continue;
    for (const { shape } of candidates) {
      if (shape.kind !== 'calendar') continue;
      if (shape.year !== null) return null;
      if (shape.day !== null && shape.month !== null) days += 1;
    }
  }
  const seen = /^(\d{4})-(\d{2})/.exec(observedAt);
  return days === 0 || seen === null ? null : { year: Number(seen[1]), month: Number(seen[2]) };
}

/**
 * Mentions and event date for every block of a page, in document order. Pure; never throws. Each block is parsed, then
 * resolved in document order, its mentions get their roles, and it is dated by them.
 * @param scanned gives what `scan` gives; may remember it.
 */
export function dateBlocks(blocks: readonly Block[], context: DateContext, scanned = scan): DatedPage {
  const period = periodOf(sourceOf(blocks, context));
  const parsed = blocks.map((block): Parsed => ({ block, candidates: scanned(block.text) }));
  const latest = period === null ? latestByObservation(parsed, context) : null;
  const isStory = period === null && latest === null;
  const storyYears = isStory ? yearsByStory(parsed.filter(({ block }) => block.kind !== 'frontMatter')) : null;
  const resolver = new Resolver(period, latest);
  const reading = new Reading();
  const dated = parsed.map(({ block, candidates }): DatedBlock => {
    const { text, kind } = block;
    // The date of an epigraph is no date of the page: a resolver of its own carries nothing over.
    const own = kind === 'frontMatter' ? new Resolver(null) : resolver;
    own.enter(kind === 'frontMatter' ? null : reading.present);
    const judged = candidates.map((candidate): Judged => {
      const clause = clauseBefore(text, candidate.start);
      const resolved = own.resolve(candidate, { text, clause, storyYear: storyYears?.get(candidate) ?? null });
      return { resolved, role: roleOf(resolved, clause, kind, period) };
    });
    const kept = judged.filter(({ resolved }) => resolved.value !== null || isCalendar(resolved.candidate));
    const mentions = kept.length === 0 ? NONE : kept.map((j) => mentionOf(j, text));
    if (kind === 'frontMatter') return { ...block, date: null, dateBasis: 'none', mentions };
    const { date, dateBasis } = kind === 'heading' ? reading.heading(block, kept) : reading.text(kept);
    return { ...block, date, dateBasis, mentions };
  });
  return { period: formatPeriod(period), blocks: dated };
}

/** A relative expression without a value has no use; a day without one still has its literal. */
function isCalendar({ shape }: Candidate): boolean {
  return shape.kind === 'calendar' || shape.kind === 'span';
}
