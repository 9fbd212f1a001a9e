import { resolve } from 'node:path';
import { completeNextTable, hasTable } from '#adapters/local/table-folders.ts';
import { unlessDamaged } from '#app/errors.ts';
import { rebuild } from '#app/history/rebuild.ts';
import { carryOver, type Decided } from '#app/pages/carry-over.ts';
import type { HistoryStore } from '#app/ports.ts';
import { unreadableSentence } from '#app/series/record.ts';
import { tableState, withFormat } from '#app/store-format.ts';
import { PageError, UsageError } from '#core/errors.ts';
import type { PageSpec } from '#core/history/types.ts';
import { PARSER_VERSION } from '#core/names.ts';
import { configuredPages } from '#core/schedule/series.ts';
import { oneLine } from '#core/text/hostile.ts';
import { deployedStore } from '../../deployed.ts';
import { EXIT } from '../../failure.ts';
import { createOutput, type Output } from '../../output.ts';
import { configOf, loadTracking, saveTracking, type Tracking } from '../../tracking.ts';
import { openWholeStore, type StoreOptions, type WholeStore, withWholeStore } from '../../whole-store.ts';

export interface RebuildOptions extends StoreOptions {
  readonly into?: string;
  /** With `aws`: a table that is made for the result. */
  readonly intoTable?: string;
  readonly continue?: boolean;
  readonly page?: string;
}

/** Rebuilds the history from captures: into an empty store, where the table was lost, or where this version cannot read it. */
export async function rebuildHistory(options: RebuildOptions): Promise<number> {
  const output = createOutput(options);
  const folder = resolve(options.data);
  if (options.into !== undefined && options.aws !== true && resolve(options.into) === folder) {
    throw new UsageError('--into: name a folder other than the source');
  }
  if (options.intoTable !== undefined) checkIntoTable(options);
  // An empty table is filled where it is if it was made just now; one that was there may hold what this version cannot see.
  const hadTable = options.aws !== true && (await hasTable(folder));
  let isReplaced = false;
  const code = await withWholeStore(
    options,
    async (source) => {
      const state = await tableState(source.history, source);
      const tracking = options.aws === true ? NOTHING : await loadTracking(folder);
      const settings = await pageSettings(source, tracking);
      if (options.intoTable !== undefined) return fillTable(output, source, settings, options, options.intoTable);
      if (options.into !== undefined) {
        const done = await fillOther(output, source, settings, options, options.into);
        if (tracking !== NOTHING) await saveTracking(resolve(options.into), tracking);
        return done;
      }
      if (options.aws !== true && (state === 'outdated' || (state === 'empty' && hadTable))) {
        isReplaced = true;
        return replaceTable(output, source, settings, options, folder);
      }
      const target = { ...source, history: withFormat(source.history, source) };
      await expectEmpty(target, options);
      return fill(output, source, target, settings, { ...options, inUse: true });
    },
    { anyFormat: true },
  );
  if (isReplaced) await useNextTable(output, folder);
  return code;
}

const NOTHING: Tracking = { urls: [], config: null };

async function fillOther(
  output: Output,
  source: WholeStore,
  settings: Settings,
  options: RebuildOptions,
  into: string,
): Promise<number> {
  const target = await openWholeStore({ data: into }, { create: true });
  try {
    await expectEmpty(target, options);
    return await fill(output, source, target, settings, { ...options, inUse: false });
  } finally {
    await target.close();
  }
}

function checkIntoTable({ aws, into, page }: RebuildOptions): void {
  if (aws !== true) throw new UsageError('--into-table goes with --aws: on one machine, name a folder with --into');
  if (into !== undefined) throw new UsageError('Give --into or --into-table, not both');
  if (page !== undefined) throw new UsageError('--into-table makes the table as a whole: leave --page out');
}

/** Fills a table of its own, next to the deployed one. "daybook restore" then brings it into service. */
async function fillTable(
  output: Output,
  source: WholeStore,
  settings: Settings,
  options: RebuildOptions,
  name: string,
): Promise<number> {
  const { composeTables } = await import('#adapters/aws/deployed/tables.ts');
  if (name === (await deployedStore(options)).table) {
    throw new UsageError(`--into-table: ${name} is the deployed table itself: name one that is not there yet`);
  }
  const tables = composeTables();
  try {
    if ((await tables.whole.look(name)) === null) await tables.whole.make(name);
    const place = { name: `table ${name}`, remedy: source.remedy };
    const target = { ...source, ...place, history: withFormat(tables.open(name).history, place) };
    await expectEmpty(target, options);
    const code = await fill(output, source, target, settings, { ...options, inUse: false });
    const stage = options.stage === undefined ? '' : ` --stage ${options.stage}`;
    if (!output.json) output.line(`To bring it into service: daybook restore --aws${stage} --from-table ${name}`);
    return code;
  } finally {
    tables.close();
  }
}

/** Makes the table again in this format, next to the present one. The objects stay. */
async function replaceTable(
  output: Output,
  source: WholeStore,
  settings: Settings,
  options: RebuildOptions,
  folder: string,
): Promise<number> {
  if (options.page !== undefined) {
    throw new UsageError(`The table in ${folder} is replaced as a whole: leave --page out`);
  }
  const { openNextTable } = await import('#adapters/local/next-table.ts');
  const next = await openNextTable(folder);
  let code: number;
  try {
    const target = { ...source, history: withFormat(next.history, source) };
    code = await fill(output, source, target, settings, { ...options, inUse: false });
  } finally {
    await next.close();
  }
  await completeNextTable(folder);
  return code;
}

/** Opening the folder puts the complete table in its place. */
async function useNextTable(output: Output, folder: string): Promise<void> {
  const { openLocalStore } = await import('#adapters/local/compose.ts');
  await (await openLocalStore(folder)).close();
  if (!output.json) output.line(`The table before is kept in ${folder} as table.old; nothing reads it`);
}

async function expectEmpty(target: WholeStore, options: RebuildOptions): Promise<void> {
  const held = (await target.history.checks()).length;
  if (held === 0 || options.continue === true) return;
  throw new PageError(
    `${target.name} has a history of ${held} pages: a rebuild fills an empty store. Name an empty folder with --into, or add --continue to continue an interrupted rebuild`,
    { code: 'not-empty' },
  );
}

async function fill(
  output: Output,
  source: WholeStore,
  target: WholeStore,
  settings: Settings,
  { page = null, inUse }: { readonly page?: string | null; readonly inUse: boolean },
): Promise<number> {
  const started = performance.now();
  let captures = 0;
  const deps = {
    source: source.objects,
    history: target.history,
    objects: target.objects,
    parser: PARSER_VERSION,
    now: () => new Date(),
    inUse,
    before: {
      health: (pageId: string) => unlessDamaged(() => source.history.health(pageId), null),
      looks: (...days: Parameters<HistoryStore['looks']>) => unlessDamaged(() => source.history.looks(...days), []),
    },
  };
  for await (const step of rebuild(deps, settings.pages, page)) {
    if (!step.finished) {
      captures += 1;
      output.progress(`${step.pageId}: ${step.done} of ${step.captures} captures, ${step.revisions} revisions`);
      continue;
    }
    output.progress('');
    const { pageId, captures: all, revisions, changes, quarantined, skipped } = step;
    if (output.json)
      output.value({ type: 'page', page: pageId, captures: all, revisions, changes, quarantined, skipped });
    else if (skipped) output.line(`${oneLine(pageId)}  exists already, with ${revisions} revisions`);
    else
      output.line(
        `${oneLine(pageId)}  ${revisions} revisions with ${changes} changes of ${all} captures, ${quarantined} quarantined`,
      );
  }
  await carryOver(target.history, decidedOf(settings, page), new Date().toISOString());
  const seconds = (performance.now() - started) / 1_000;
  const rate = seconds > 0 ? Math.round(captures / seconds) : captures;
  if (output.json) output.value({ type: 'summary', captures, seconds: Math.round(seconds * 10) / 10, rate });
  else output.line(`${captures} captures, ${rate} a second, into ${target.name}; no alert is sent`);
  return EXIT.ok;
}

/** What captures do not have: the pages' settings, and what commands decided about pages and series. */
interface Settings extends Decided {
  readonly pages: ReadonlyMap<string, PageSpec>;
}

/** What was decided about all pages, or about one. */
function decidedOf({ checks, series, pages }: Settings, page: string | null): Decided {
  if (page === null) return { checks, series };
  const own = pages.get(page)?.series ?? null;
  return { checks: checks.filter((check) => check.page.id === page), series: series.filter(({ id }) => id === own) };
}

/** From the configuration, and from the table if it is readable. */
async function pageSettings(source: WholeStore, tracking: Tracking): Promise<Settings> {
  const pages = new Map<string, PageSpec>();
  if (tracking.urls.length > 0 || tracking.config !== null) {
    for (const page of configuredPages(await configOf(tracking), new Date())) pages.set(page.id, page);
  }
  const checks = await unlessDamaged(() => source.history.checks(), []);
  for (const { page } of checks) pages.set(page.id, page);
  const series = await unlessDamaged(() => source.history.series(), []);
  for (const one of series) {
    if (one.record === null) process.stderr.write(`${oneLine(unreadableSentence(one))}\n`);
  }
  return { pages, checks, series };
}
