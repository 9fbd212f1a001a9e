import { later } from '#core/dates/calendar.ts';
import type { DatedBlock } from '#core/dates/types.ts';
import { diff, identify, newestDate } from '#core/diff/index.ts';
import type { DiffMemory, DiffResult, Paragraph } from '#core/diff/types.ts';

/** Most past paragraphs that are remembered. An older one that comes back is an addition. */
const MEMORY_LIMIT = 10_000;

/** A page's history up to one revision: all that the next comparison needs. */
export interface HistoryState extends DiffMemory {
  readonly paragraphs: readonly Paragraph[];
}

/** A page's history before its first revision. */
export const EMPTY_HISTORY: HistoryState = { paragraphs: [], removed: [], newestDate: null };

/** The first revision: identities, and nothing to remember yet. */
export function begin(blocks: readonly DatedBlock[], seed: string): HistoryState {
  const paragraphs = identify(blocks, seed);
  return { paragraphs, removed: [], newestDate: newestDate(paragraphs) };
}

/**
 * One step of the fold: the state after a revision, from the state before it and the revision's changes.
 * Texts that left the page are remembered, newest first, also the former texts of edited paragraphs.
 */
export function advance(state: HistoryState, { paragraphs, changes }: DiffResult): HistoryState {
  const now = new Map(paragraphs.map(({ id, text }) => [id, text]));
  const left = changes
    .flatMap((change) => change.before.map(({ at }) => state.paragraphs[at]))
    .filter((paragraph) => paragraph !== undefined && now.get(paragraph.id) !== paragraph.text);
  const removed: Paragraph[] = [];
  const seen = new Set<string>();
  for (const paragraph of [...left, ...state.removed]) {
    if (paragraph === undefined) continue;
    const name = `${paragraph.id} ${paragraph.text}`;
    if (seen.has(name)) continue;
    seen.add(name);
    removed.push(paragraph);
    if (removed.length === MEMORY_LIMIT) break;
  }
  return { paragraphs, removed, newestDate: later(state.newestDate, newestDate(paragraphs)) };
}

/** Reads a page once more: the revision's changes and the state after it. */
export function read(
  state: HistoryState,
  blocks: readonly DatedBlock[],
  seed: string,
): { readonly result: DiffResult; readonly state: HistoryState } {
  const present = new Set(state.paragraphs.map(({ text }) => text));
  const removed = state.removed.filter(({ text }) => !present.has(text));
  const result = diff(state.paragraphs, blocks, { ...state, removed }, seed);
  return { result, state: result.changes.length === 0 ? state : advance(state, result) };
}
