import { openThrowAwayStore } from '#adapters/local/compose.ts';
import { configureIngest } from '#app/ingest/configure.ts';
import type { IngestResult } from '#app/ingest/types.ts';
import { plainChange, replayCapture, wouldAlert } from '#app/replay.ts';
import { summary } from '#core/alerts/message.ts';
import { parseConfig } from '#core/config.ts';
import type { PageSpec } from '#core/history/types.ts';
import { oneLine } from '#core/text/hostile.ts';
import { minute } from '../../cells.ts';
import { EXIT } from '../../failure.ts';
import { openCaptures, type ReplayCapture } from '../../import/captures.ts';
import { createOutput, type Output } from '../../output.ts';
import { changeLines } from '../../words.ts';

/** Captures in order through the real pipeline, into a temporary store. */
export async function replay(source: string, options: { json?: boolean }): Promise<number> {
  const output = createOutput(options);
  const { url, rolling, captures, times, leftOut } = await openCaptures(source);
  // Standard output has one line for each capture.
  const remark = (text: string) => void process.stderr.write(`${oneLine(text)}\n`);
  for (const text of leftOut) remark(`left out: ${text}`);
  if (times === 'invented')
    remark(`${source} has no capture times: its captures are replayed one hour apart, from the year 2000 on`);
  const page: PageSpec = { id: 'page', url, name: null, rolling, series: null };
  const store = await openThrowAwayStore();
  try {
    const deps = configureIngest(parseConfig({ pages: [{ id: page.id, url }] }), store, SILENT);
    for (const [index, capture] of captures.entries()) {
      output.progress(`${index + 1} of ${captures.length}: ${capture.file}`);
      const result = await replayCapture(deps, page, capture, await capture.read());
      output.progress('');
      if (output.json) output.value(lineOf(capture, result));
      else print(output, capture, result);
    }
  } finally {
    await store.close();
  }
  return EXIT.ok;
}

const SILENT = { info: () => {}, warn: () => {} };

function lineOf(capture: ReplayCapture, result: IngestResult): Record<string, unknown> {
  const { revision, outcome, reason, changes } = result;
  return {
    file: capture.file,
    fetchedAt: capture.fetchedAt,
    outcome,
    ...(reason === null ? {} : { reason }),
    ...(revision === null ? {} : { revision: revision.number }),
    ...(revision === null || revision.revertedTo === null ? {} : { revertedTo: revision.revertedTo }),
    ...(revision?.replaced === true ? { replaced: true } : {}),
    ...(revision?.confirmed === true ? { confirmed: true } : {}),
    alert: wouldAlert(result),
    changes: changes.map(plainChange),
  };
}

function print(output: Output, capture: ReplayCapture, result: IngestResult): void {
  const { colour } = output;
  const what = result.revision === null ? result.outcome : `${result.outcome}, revision ${result.revision.number}`;
  const why = result.reason === null ? '' : ` (${result.reason}: ${oneLine(result.detail ?? '')})`;
  const count = result.changes.length === 0 ? '' : `: ${summary(result.changes)}`;
  const back = result.revision?.revertedTo ? `, back to revision ${result.revision.revertedTo}` : '';
  output.line(`${colour.bold(minute(capture.fetchedAt))}  ${oneLine(capture.file)}  ${what}${why}${back}${count}`);
  for (const change of result.changes) for (const line of changeLines(output, change)) output.line(`  ${line}`);
}
