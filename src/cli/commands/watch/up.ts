import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { composeTrack, openLocalStore } from '#adapters/local/compose.ts';
import { createConsoleNotifier } from '#adapters/local/console-notifier.ts';
import { addressOf, claim, findOwner, release } from '#adapters/local/owner.ts';
import type { IngestResult } from '#app/ingest/types.ts';
import { editPage } from '#app/pages/edit-pages.ts';
import type { HistoryStore } from '#app/ports.ts';
import { plainChange } from '#app/replay.ts';
import { recover, trackOnce } from '#app/track.ts';
import { summary } from '#core/alerts/message.ts';
import type { DaybookConfig } from '#core/config.ts';
import { DaybookError } from '#core/errors.ts';
import type { PageSpec } from '#core/history/types.ts';
import { parsePageEdit } from '#core/pages/edit.ts';
import { configuredPages } from '#core/schedule/series.ts';
import { oneLine, safeLines } from '#core/text/hostile.ts';
import { minute } from '../../cells.ts';
import { createControl } from '../../control.ts';
import { EXIT } from '../../failure.ts';
import { createOutput, type Output } from '../../output.ts';
import { madeLine, NO_ACCESS, openAccess } from '../../serving/access.ts';
import { endSignal } from '../../serving/end-signal.ts';
import { exposureOf, localHostOf } from '../../serving/exposure.ts';
import { serveReader } from '../../serving/serve.ts';
import { configOf, loadTracking, nextTracking, orDefault, remedyOf, saveTracking } from '../../tracking.ts';

export interface UpOptions {
  readonly data: string;
  readonly port: number;
  readonly host?: string;
  readonly publicUrl?: string;
  /** Opens a reader that others may reach; without one it is made. */
  readonly token?: string;
  readonly config?: string;
  readonly once?: boolean;
  readonly json?: boolean;
}

/** Another process uses the data folder. */
class OwnedError extends DaybookError {}

/** Pause between two rounds, milliseconds. */
const TICK = 5_000;

/** Tracks pages in this process and serves the reader, until a signal ends it. */
export async function up(urls: readonly string[], options: UpOptions): Promise<number> {
  const output = createOutput(options);
  const exposure = exposureOf(options);
  const folder = resolve(options.data);
  const owner = await findOwner(folder);
  if (owner !== null) {
    throw new OwnedError(
      `Process ${owner.pid} already tracks into ${folder} (reader: ${addressOf(owner)}/); end it or name another --data`,
      { code: 'owned' },
    );
  }
  const tracking = await orDefault(nextTracking(await loadTracking(folder), urls, options.config));
  const config = await configOf(tracking);
  const store = await openLocalStore(folder);
  const ending = endSignal();
  let bad = 0;
  try {
    await saveTracking(folder, tracking);
    const secret = randomBytes(32).toString('hex');
    const edits = { history: store.history, config, remedy: remedyOf(tracking, false), now: () => new Date() };
    const control = createControl(secret, async (input) => editPage(edits, parsePageEdit(input)));
    const needsToken = exposure.isOpen && config.reader.access !== 'public';
    const access = needsToken ? await openAccess(folder, options.token, secret) : NO_ACCESS;
    const served = await serveReader(store, options.port, { exposure, control, ...access.serving });
    const track = composeTrack(store, config, {
      console: createConsoleNotifier((text) => (output.json ? undefined : output.line(safeLines(text)))),
      log: {
        info: () => {},
        warn: (message, fields) =>
          void process.stderr.write(`${oneLine(`${message} ${JSON.stringify(fields ?? {})}`)}\n`),
      },
      readerUrl: served.url,
      report: (result) => {
        if (result.reason !== null) bad += 1;
        report(output, result);
      },
      failed: () => {
        bad += 1;
      },
      stopped: ending.hasCome,
    });
    try {
      await claim(folder, { pid: process.pid, port: served.port, host: localHostOf(exposure), secret });
      if (output.json) output.value({ reader: served.url, data: folder, ...access.made });
      else {
        output.line(`Reader: ${served.url}  (history in ${folder}; Ctrl-C ends)`);
        if (access.made !== null) output.line(madeLine(access.made.token, folder));
      }
      await recover(track.deps, await trackedPages(store.history, config));
      do {
        const pages = configuredPages(config, new Date());
        await trackOnce(track.deps, {
          pages,
          series: config.series,
          // Rounds are short, so that a slow host does not delay the others.
          limit: 20,
          perHost: 5,
          leaseMinutes: 30,
          bounds: config.schedule,
          daybook: config.alerts,
        });
      } while (!options.once && !(await ending.within(TICK)));
    } finally {
      await track.close();
      await served.close();
    }
  } finally {
    ending.stop();
    await release(folder);
    await store.close();
  }
  // A single check reports bad pages by its exit code; continuous tracking sends alerts.
  return options.once === true && bad > 0 ? EXIT.bad : EXIT.ok;
}

/** The configured pages, and those that were added or found on a hub. */
async function trackedPages(history: Pick<HistoryStore, 'checks'>, config: DaybookConfig): Promise<PageSpec[]> {
  const stored = (await history.checks()).filter((check) => !check.retired).map((check) => check.page);
  const pages = [...configuredPages(config, new Date()), ...stored];
  return [...new Map(pages.map((page) => [page.id, page])).values()];
}

function report(output: Output, result: IngestResult): void {
  if (output.json) {
    const { pageId, observedAt, outcome, reason, detail, revision, changes } = result;
    output.value({
      page: pageId,
      observedAt,
      outcome,
      reason,
      detail,
      revision: revision?.number ?? null,
      changes: changes.map(plainChange),
    });
    return;
  }
  const why = result.reason === null ? '' : ` (${result.reason}: ${oneLine(result.detail ?? '')})`;
  const what =
    result.revision === null
      ? ''
      : `, revision ${result.revision.number} with ${result.revision.paragraphs} paragraphs`;
  const count = result.changes.length === 0 ? '' : `: ${summary(result.changes)}`;
  output.line(`${minute(result.observedAt)}  ${result.pageId}  ${result.outcome}${what}${why}${count}`);
}
