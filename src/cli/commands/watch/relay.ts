import { resolve } from 'node:path';
import { composeRelay } from '#adapters/aws/deployed/relay.ts';
import { composeFetcher } from '#adapters/http/compose.ts';
import type { ListedPage } from '#app/read/reader.ts';
import { Relay, type RelayResult } from '#app/relay/relay.ts';
import { relayedPages } from '#app/relay/relayed-pages.ts';
import type { DaybookConfig } from '#core/config.ts';
import { UsageError } from '#core/errors.ts';
import { oneLine } from '#core/text/hostile.ts';
import { openAsk } from '../../ask.ts';
import { minute } from '../../cells.ts';
import { type DeployedOptions, deployedRelayTarget } from '../../deployed.ts';
import { EXIT } from '../../failure.ts';
import { createOutput, type Output } from '../../output.ts';
import { endSignal } from '../../serving/end-signal.ts';
import { configOf } from '../../tracking.ts';

export interface RelayOptions extends DeployedOptions {
  readonly config?: string;
  /** Minutes between two checks of a page. */
  readonly every?: number;
  readonly once?: boolean;
  /** Ids of pages. */
  readonly page?: readonly string[];
  readonly server?: string;
  readonly token?: string;
  readonly json?: boolean;
}

/** Pause between two looks at what is due, milliseconds. */
const TICK = 15_000;
/** How often the list of pages is made again: months begin, and commands add pages. */
const LIST_EVERY_MS = 15 * 60_000;

/** Brings captures of relayed hosts from this machine to a deployed store, until a signal ends it. */
export async function relay(options: RelayOptions): Promise<number> {
  if (options.aws !== true) throw new UsageError('relay needs --aws: it brings captures to a deployed store');
  if (options.once === true && options.every !== undefined) {
    throw new UsageError('Give --once or --every, not both: --once exits after what is due now');
  }
  const output = createOutput(options);
  const config = await configOf({ urls: [], config: resolve(options.config ?? 'daybook.config.ts') });
  // Before anything is asked for: a configuration without relayed hosts, or a wrong id.
  relayedPages({ config, listed: null, only: [], now: new Date() });
  const target = await deployedRelayTarget(options);
  // A job that sets a variable to nothing means that there is none.
  const token = options.token || undefined;
  const server = options.server || (token === undefined ? null : target.reader);
  if (server === null) {
    warn(
      'Only pages of the configuration are relayed: for those that commands added, name the reader with --server and --token',
    );
  }
  const choose = pagesOf(config, token, options.page ?? []);
  const store = await composeRelay(target);
  const log = {
    info: () => {},
    warn: (message: string, fields?: object) => warn(`${message} ${JSON.stringify(fields ?? {})}`),
  };
  const fetcher = composeFetcher(config, log);
  const ending = endSignal();
  const { aheadMs, objects, ingestQueue } = store;
  const one = new Relay({
    fetcher,
    objects,
    ingestQueue,
    aheadMs,
    log,
    now: () => new Date(),
    bounds: config.schedule,
    policy: config.health,
    every: options.every ?? null,
    report: (result) => report(output, result),
    stopped: ending.hasCome,
  });
  try {
    let pages = await choose(server);
    for (let listedAt = Date.now(); ; ) {
      const results = await one.round(pages);
      if (options.once === true) return codeOf(results);
      if (await ending.within(TICK)) return EXIT.ok;
      if (Date.now() - listedAt < LIST_EVERY_MS) continue;
      listedAt = Date.now();
      pages = await choose(server).catch((error: unknown) => {
        warn(`The pages are those of before, because the reader did not answer: ${String(error)}`);
        return pages;
      });
    }
  } finally {
    ending.stop();
    await fetcher.close();
    store.close();
  }
}

function pagesOf(config: DaybookConfig, token: string | undefined, page: readonly string[]) {
  return async (server: string | null) => {
    const listed = server === null ? null : await listedBy(server, token);
    return relayedPages({ config, listed, only: page, now: new Date() });
  };
}

async function listedBy(server: string, token: string | undefined): Promise<readonly ListedPage[]> {
  const ask = await openAsk({ server, data: '', ...(token === undefined ? {} : { token }) });
  try {
    return (await ask.list<ListedPage>('/api/pages', {}, Number.POSITIVE_INFINITY)).items;
  } finally {
    await ask.close();
  }
}

/** Bad where the store took nothing of a page, or no page at all could be asked. What a site answers is judged elsewhere. */
function codeOf(results: readonly RelayResult[]): number {
  const isLost = results.some(({ outcome }) => outcome === 'error');
  const isDead = results.length > 0 && results.every(({ outcome }) => outcome === 'failed' || outcome === 'postponed');
  return isLost || isDead ? EXIT.bad : EXIT.ok;
}

function report(output: Output, result: RelayResult): void {
  const { pageId, outcome, status, detail, dueAt } = result;
  if (output.json) {
    output.value({ page: pageId, outcome, status, detail, dueAt });
    return;
  }
  const why = detail === null ? '' : ` (${oneLine(detail)})`;
  const answered = status === null || status === 200 ? '' : `, HTTP ${status}`;
  output.line(`${minute(new Date().toISOString())}  ${pageId}  ${outcome}${answered}${why}`);
}

function warn(text: string): void {
  process.stderr.write(`${oneLine(text)}\n`);
}
