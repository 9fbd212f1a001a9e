import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { apply } from '#core/diff/apply.ts';
import type { Change } from '#core/diff/types.ts';
import { comparisonKey } from '#core/page/index.ts';
import { applyTexts } from './apply-texts.ts';
import { advance, begin, type HistoryState, read } from './fold.ts';
import { readCapture } from './reading.ts';

export const HISTORIES = ['minnesota', 'washington-dc', 'finya-privacy-policy', 'uptimerobot-privacy-policy'];

interface Capture {
  readonly file: string;
  readonly fetchedAt: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface Meta {
  readonly url: string;
  readonly captures: readonly Capture[];
}

/** What a replay of one history showed. */
export interface HistoryScore {
  captures: number;
  revisions: number;
  /** Captures whose extracted text is that of the believed revision. */
  unchanged: number;
  /** … of which gave changes all the same. */
  noisy: number;
  /** Revisions after which applying the changes, with ids or as plain JSON, did not give the next list. */
  broken: number;
  /** Revisions with an id twice. */
  doubled: number;
  /** Paragraph pairs that are removed and added though they share most of their words' letters. */
  readonly kinds: Map<string, number>;
  /** Every line of the replay, for comparing two runs byte by byte. */
  readonly lines: string[];
}

/** Replays a folder of captures through reading, dating and comparison. */
export async function replayHistory(folder: string): Promise<HistoryScore> {
  const meta: Meta = JSON.parse(await readFile(join(folder, 'meta.json'), 'utf8'));
  const score: HistoryScore = {
    captures: 0,
    revisions: 0,
    unchanged: 0,
    noisy: 0,
    broken: 0,
    doubled: 0,
    kinds: new Map(),
    lines: [],
  };
  let state: HistoryState | null = null;
  for (const { file, fetchedAt, headers } of meta.captures) {
    const body = await readFile(join(folder, file));
    const seen = { body, contentType: headers['content-type'] ?? 'text/html', url: meta.url, at: fetchedAt };
    const { blocks } = readCapture(seen);
    score.captures++;
    if (state === null) {
      state = begin(blocks, meta.url);
      score.revisions++;
      continue;
    }
    const { result } = read(state, blocks, meta.url);
    const key = (texts: readonly { readonly text: string }[]): string =>
      texts.map(({ text }) => comparisonKey(text)).join('\n');
    const isSame = key(blocks) === key(state.paragraphs);
    if (isSame) score.unchanged++;
    if (isSame && result.changes.some(({ kind }) => kind !== 'redated')) score.noisy++;
    score.lines.push(JSON.stringify(result));
    if (result.changes.length === 0) continue;
    score.revisions++;
    for (const { kind } of result.changes) score.kinds.set(kind, (score.kinds.get(kind) ?? 0) + 1);
    if (!reproduces(state, result.changes, result.paragraphs)) score.broken++;
    if (new Set(result.paragraphs.map(({ id }) => id)).size < result.paragraphs.length) score.doubled++;
    state = advance(state, result);
  }
  return score;
}

function reproduces(
  state: HistoryState,
  changes: readonly Change[],
  paragraphs: readonly { readonly id: string; readonly text: string }[],
): boolean {
  const wanted = paragraphs.map(({ id, text }) => ({ id, text }));
  if (JSON.stringify(apply(state.paragraphs, changes)) !== JSON.stringify(wanted)) return false;
  const printed = changes.map(({ before, after }) => ({
    before: before.map(({ text }) => text),
    after: after.map(({ text }) => text),
    beforeAt: before.map(({ at }) => at),
    afterAt: after.map(({ at }) => at),
  }));
  const texts = state.paragraphs.map(({ text }) => text);
  return JSON.stringify(applyTexts(texts, printed)) === JSON.stringify(wanted.map(({ text }) => text));
}
