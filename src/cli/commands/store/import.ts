import { resolve } from 'node:path';
import { periodBetween } from '#app/export/export.ts';
import { carryOut, isMade, planImport } from '#app/import/import.ts';
import { ImportRun, noteImport } from '#app/import/run.ts';
import type { ArchivePeriod, ImportDeps } from '#app/import/types.ts';
import { takeInArchive } from '#app/import/web-archive.ts';
import { listCaptureIds } from '#app/objects/captures.ts';
import { UsageError } from '#core/errors.ts';
import { DEFAULT_HEALTH_POLICY, type HealthPolicy } from '#core/health/step.ts';
import { isEventDate } from '#core/history/instants.ts';
import type { PageSpec } from '#core/history/types.ts';
import { PARSER_VERSION } from '#core/names.ts';
import { oneLine } from '#core/text/hostile.ts';
import { minute } from '../../cells.ts';
import { EXIT } from '../../failure.ts';
import { fromFiles, type OfPage, type TakenIn } from '../../import/files.ts';
import { ImportPages } from '../../import/pages.ts';
import { Remarks } from '../../import/remarks.ts';
import { createOutput, type Output } from '../../output.ts';
import { configOf, loadTracking } from '../../tracking.ts';
import { type StoreOptions, type WholeStore, withWholeStore } from '../../whole-store.ts';

export interface ImportOptions extends StoreOptions {
  readonly wayback?: string;
  readonly from?: string;
  readonly to?: string;
  readonly url?: string;
  readonly page?: string;
  readonly cdxBase?: string;
  readonly replayBase?: string;
  readonly fileTimes?: boolean;
}

/** Imports captures: first stores all, then builds each page's history from them, in order. */
export async function importCaptures(source: string | undefined, options: ImportOptions): Promise<number> {
  const output = createOutput(options);
  if ((source === undefined) === (options.wayback === undefined))
    throw new UsageError('Name either a WARC file or a folder, or a page with --wayback');
  if (
    options.wayback === undefined &&
    (options.from ?? options.to ?? options.cdxBase ?? options.replayBase) !== undefined
  )
    throw new UsageError('--from, --to, --cdx-base and --replay-base need --wayback');
  const period = { from: digits('--from', options.from), to: digits('--to', options.to) };
  periodBetween(options.from ?? null, options.to ?? null);
  return withWholeStore(
    options,
    async (store) => {
      const tracked = (await store.history.checks()).map((check) => check.page);
      const taken =
        source === undefined
          ? await fromArchive(output, store, tracked, options, period)
          : await fromFiles(output, store, tracked, source, options);
      const policy = await policyOf(options);
      for (const [page, of] of taken) await make(output, store, page, of, policy);
      return EXIT.ok;
    },
    { create: true },
  );
}

async function fromArchive(
  output: Output,
  store: WholeStore,
  tracked: readonly PageSpec[],
  options: ImportOptions,
  period: ArchivePeriod,
): Promise<TakenIn> {
  const wanted = { url: options.wayback ?? '', ...(options.page === undefined ? {} : { page: options.page }) };
  const pages = new ImportPages(tracked, wanted, async () => new Set());
  const page = pages.only();
  const run = new ImportRun(new Date(), noteImport(store.history));
  const remarks = new Remarks(output);
  const { openArchive } = await import('../../import/archive.ts');
  const { archive, close } = openArchive(options);
  const ids = new Set<string>();
  let fresh = 0;
  try {
    let last = null;
    for await (const step of takeInArchive(store.objects, archive, { ...page, url: wanted.url }, period, run)) {
      last = step;
      if (step.id !== null) ids.add(step.id);
      else remarks.print(`left out ${step.at}: ${step.problem}`);
      output.progress(`${step.listed} listed, ${step.taken} imported, ${step.known} stored before: ${minute(step.at)}`);
    }
    output.progress('');
    const { listed = 0, taken = 0, known = 0, skipped = 0 } = last ?? {};
    fresh = taken;
    if (output.json) output.value({ type: 'archive', page: page.id, listed, taken, known, skipped });
    else output.line(`${listed} captures listed: ${taken} imported, ${known} stored before, ${skipped} left out`);
  } finally {
    await close();
  }
  return ids.size === 0 ? new Map() : new Map([[page, { ids, fresh, noted: false }]]);
}

/** Prints what will be done with a page's history, and does it. */
async function make(
  output: Output,
  store: WholeStore,
  page: PageSpec,
  { ids, fresh, noted }: OfPage,
  usual: HealthPolicy,
): Promise<void> {
  const { history, objects } = store;
  // A page without other captures gets the history that its imported records describe.
  const policy = noted && (await areAll(store, page.id, ids)) ? null : usual;
  const deps: ImportDeps = {
    history,
    objects,
    parser: PARSER_VERSION,
    policy,
    now: () => new Date(),
  };
  const plan = await planImport(deps, page.id, ids);
  const isKnown = plan.mode === 'append' ? plan.captures === 0 : plan.mode === 'remake' && fresh === 0;
  if (isKnown && (plan.mode === 'append' || (await isMade(deps, page)))) {
    const { revisions: revision } = plan;
    if (output.json) {
      output.value({ type: 'plan', ...plan, mode: 'nothing', captures: 0, from: null, to: null });
      output.value({ type: 'page', page: page.id, captures: 0, revisions: 0, changes: 0, quarantined: 0, revision });
    } else output.line(`${oneLine(page.id)}: no new captures: all ${ids.size} are stored already; nothing changes`);
    return;
  }
  if (output.json) output.value({ type: 'plan', ...plan });
  else {
    const span = `${plan.captures} captures, ${minute(plan.from)} to ${minute(plan.to)}`;
    output.line(
      {
        first: `${oneLine(page.id)}: a new history of ${span}`,
        append: `${oneLine(page.id)}: ${span}, all newer than the stored history`,
        remake: `${oneLine(page.id)}: some are older than the stored history. Its ${plan.revisions} revisions are rebuilt in order from ${span}; revision numbers change`,
      }[plan.mode],
    );
  }
  let last = null;
  for await (const step of carryOut(deps, page, plan)) {
    last = step;
    output.progress(`${page.id}: ${step.done} of ${plan.captures} captures, ${step.revisions} revisions`);
  }
  output.progress('');
  if (last === null) return;
  const { done, revisions, changes, quarantined, head } = last;
  if (output.json)
    output.value({
      type: 'page',
      page: page.id,
      captures: done,
      revisions,
      changes,
      quarantined,
      revision: head?.revision ?? null,
    });
  else
    output.line(
      `${oneLine(page.id)}  ${revisions} revisions with ${changes} changes of ${done} captures, ${quarantined} quarantined; no alert is sent`,
    );
}

async function areAll({ objects }: WholeStore, pageId: string, ids: ReadonlySet<string>): Promise<boolean> {
  for await (const id of listCaptureIds(objects, pageId)) if (!ids.has(id)) return false;
  return true;
}

/** When a suspect page is accepted: by the data folder's configuration, or by the defaults. */
async function policyOf(options: ImportOptions): Promise<HealthPolicy> {
  if (options.aws === true) return DEFAULT_HEALTH_POLICY;
  const tracking = await loadTracking(resolve(options.data));
  if (tracking.urls.length === 0 && tracking.config === null) return DEFAULT_HEALTH_POLICY;
  return (await configOf(tracking)).health;
}

/** A day, month or year in digits, for archives. */
function digits(name: string, text: string | undefined): string | null {
  if (text === undefined) return null;
  if (!isEventDate(text))
    throw new UsageError(`${name}: "${text}" is not a day, month or year such as 2022-01-05, 2022-01 or 2022`);
  return text.replaceAll('-', '');
}
