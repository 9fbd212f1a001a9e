import { once } from 'node:events';
import { mkdir, readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { composeTrack, type LocalStore, openLocalStore, openThrowAwayStore } from '#adapters/local/compose.ts';
import type { IngestResult } from '#app/ingest/types.ts';
import type { Notifier } from '#app/ports.ts';
import { plainChange } from '#app/replay.ts';
import { trackOnce } from '#app/track.ts';
import type { Alert } from '#core/alerts/types.ts';
import { type DaybookConfig, parseConfig } from '#core/config.ts';
import { UsageError } from '#core/errors.ts';
import { configuredPages } from '#core/schedule/series.ts';
import { oneLine } from '#core/text/hostile.ts';
import { DEMO_STEPS } from '../../demo/chronicle.ts';
import { type DemoSite, openDemoSite } from '../../demo/site.ts';
import { EXIT } from '../../failure.ts';
import { pages, timeline } from '../../listings.ts';
import { createOutput, type Output } from '../../output.ts';
import { type Served, serveReader } from '../../serving/serve.ts';
import { changeLines } from '../../words.ts';

export interface DemoOptions {
  readonly keep?: string;
  readonly stay?: boolean;
  readonly json?: boolean;
}

const PAGE = 'orrin-2024-03';

/** The whole loop over a made-up chronicle: server, fetch, captures, history, alerts, reader, queries. */
export async function demo(options: DemoOptions): Promise<number> {
  const output = createOutput(options);
  const store = options.keep === undefined ? await openThrowAwayStore() : await openKept(options.keep);
  try {
    const site = await openDemoSite();
    const served = await serveReader(store, 0);
    try {
      intro(output, site, served);
      await play(output, store, site, served);
      if (!output.json) await outro(output, served, options);
      if (options.stay === true) {
        output.line(`The reader runs at ${served.url} until Ctrl-C.`);
        await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
      }
    } finally {
      await served.close();
      await site.close();
    }
  } finally {
    await store.close();
  }
  return EXIT.ok;
}

async function openKept(folder: string): Promise<LocalStore> {
  const path = resolve(folder);
  await mkdir(path, { recursive: true });
  if ((await readdir(path)).length > 0) {
    throw new UsageError(`--keep: ${path} is not empty; name a new folder`, { code: 'not-empty' });
  }
  return openLocalStore(path);
}

function intro(output: Output, site: DemoSite, served: Served): void {
  if (output.json) {
    output.value({ reader: served.url, page: site.url });
    return;
  }
  output.line(output.colour.bold('Daybook watches a made-up chronicle, from its first sight to a captcha and back.'));
  output.line(`The page:   ${site.url}`);
  output.line(`The reader: ${served.url}`);
}

async function play(output: Output, store: LocalStore, site: DemoSite, served: Served): Promise<void> {
  const config: DaybookConfig = parseConfig({
    pages: [{ id: PAGE, url: site.url }],
    fetch: { ports: [Number(new URL(site.url).port)], allowLoopback: true, minGapSeconds: 0 },
  });
  let sent: Alert[] = [];
  const console: Notifier = { send: async (alert) => void sent.push(alert) };
  let seen: IngestResult[] = [];
  const log = { info: () => {}, warn: () => {} };
  const track = composeTrack(store, config, {
    console,
    log,
    readerUrl: served.url,
    report: (result) => void seen.push(result),
  });
  try {
    for (const [index, step] of DEMO_STEPS.entries()) {
      site.show(step);
      sent = [];
      seen = [];
      await makeDue(store);
      await trackOnce(track.deps, {
        pages: configuredPages(config, new Date()),
        series: [],
        limit: 1,
        leaseMinutes: 1,
        bounds: config.schedule,
      });
      print(output, index, step.what, seen, sent);
    }
  } finally {
    await track.close();
  }
}

/** The demo cannot wait for the schedule: the page is due at once. */
async function makeDue(store: LocalStore): Promise<void> {
  const check = await store.history.check(PAGE);
  if (check !== null) await store.history.putCheck({ ...check, dueAt: new Date().toISOString() }, check);
}

function print(
  output: Output,
  index: number,
  what: string,
  seen: readonly IngestResult[],
  sent: readonly Alert[],
): void {
  const { colour } = output;
  if (output.json) {
    for (const { observedAt, outcome, reason, revision, changes } of seen) {
      output.value({
        what,
        observedAt,
        outcome,
        reason,
        revision: revision?.number ?? null,
        alerts: sent.map((alert) => alert.key),
        changes: changes.map(plainChange),
      });
    }
    return;
  }
  output.line();
  output.line(colour.bold(`${index + 1}. ${what}`));
  for (const result of seen) {
    const revision =
      result.revision === null
        ? ''
        : `, revision ${result.revision.number} with ${result.revision.paragraphs} paragraphs`;
    const why = result.reason === null ? '' : ` (${result.reason}: ${oneLine(result.detail ?? '')})`;
    output.line(`   ${colour.magenta(result.outcome)}${revision}${why}`);
    for (const change of result.changes) for (const line of changeLines(output, change)) output.line(`   ${line}`);
  }
  for (const alert of sent) output.line(`   ${colour.yellow('alert:')} ${oneLine(alert.subject)}`);
  if (sent.length === 0) output.line(`   ${colour.dim('no alert')}`);
}

/** The next queries of a user, each answered by the running reader. */
async function outro(output: Output, served: Served, options: DemoOptions): Promise<void> {
  const query = { server: served.url, data: '', limit: 50 };
  const folder = options.keep ?? 'demo-data';
  const daybook = typedName();
  const ask = async (command: string, run: () => Promise<unknown>) => {
    output.line(`\n${output.colour.bold(`$ ${daybook} ${command} --data ${folder}`)}`);
    await run();
  };
  const first = options.keep === undefined ? `, once "${daybook} demo --keep ${folder}" has kept the history` : '';
  output.line(`\n${output.colour.bold('What to ask next')}${first}:`);
  const { changes } = await import('../query/changes.ts');
  const { listing } = await import('../query/listing.ts');
  await ask('pages', () => listing(pages, query));
  await ask('timeline --from 2024-03-01 --to 2024-03-08', () =>
    listing(timeline, { ...query, from: '2024-03-01', to: '2024-03-08' }),
  );
  await ask('changes --kind removed', () => changes({ ...query, kind: ['removed'] }));
  output.line(`\n${output.colour.bold('$')} ${daybook} show ${PAGE} 2 --data ${folder}        its text before`);
  output.line(`${output.colour.bold('$')} ${daybook} diff ${PAGE} 1 latest --data ${folder}  all changes since`);
  output.line();
  output.line(
    options.keep === undefined
      ? `The history was not kept. To keep it: ${daybook} demo --keep ${folder}`
      : `Kept in ${resolve(options.keep)}.`,
  );
  output.line(`Your own page: ${daybook} up https://www.globalsecurity.org/wmd/ops/putin-2022-01.htm`);
}

/**
 * How the command was typed, so that it can be typed again. Only what npm started is near its own package: elsewhere
 * `npx` would fetch the package of somebody else that has this name.
 */
function typedName(): string {
  return process.env.npm_command === undefined ? 'daybook' : 'npx daybook';
}
