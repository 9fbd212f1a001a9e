import { resolve } from 'node:path';
import { StoredDataError } from '#app/errors.ts';
import { rebuild } from '#app/history/rebuild.ts';
import { PageError, UsageError } from '#core/errors.ts';
import type { PageSpec } from '#core/history/types.ts';
import { PARSER_VERSION } from '#core/names.ts';
import { configuredPages } from '#core/schedule/series.ts';
import { oneLine } from '#core/text/hostile.ts';
import { EXIT } from '../../failure.ts';
import { createOutput, type Output } from '../../output.ts';
import { configOf, loadTracking, saveTracking, type Tracking } from '../../tracking.ts';
import { openWholeStore, type StoreOptions, type WholeStore, withWholeStore } from '../../whole-store.ts';

export interface RebuildOptions extends StoreOptions {
  readonly into?: string;
  readonly continue?: boolean;
  readonly page?: string;
}

/** Rebuilds the history from captures: into an empty store, or where the table was lost. */
export async function rebuildHistory(options: RebuildOptions): Promise<number> {
  const output = createOutput(options);
  if (options.into !== undefined && options.aws !== true && resolve(options.into) === resolve(options.data)) {
    throw new UsageError('--into: name a folder other than the source');
  }
  return withWholeStore(options, async (source) => {
    const tracking = options.aws === true ? NOTHING : await loadTracking(resolve(options.data));
    const pages = await pageSettings(source, tracking);
    if (options.into === undefined) return fill(output, source, source, pages, options);
    const target = await openWholeStore({ data: options.into }, true);
    try {
      const code = await fill(output, source, target, pages, options);
      if (tracking !== NOTHING) await saveTracking(resolve(options.into), tracking);
      return code;
    } finally {
      await target.close();
    }
  });
}

const NOTHING: Tracking = { urls: [], config: null };

async function fill(
  output: Output,
  source: WholeStore,
  target: WholeStore,
  pages: ReadonlyMap<string, PageSpec>,
  options: RebuildOptions,
): Promise<number> {
  const held = (await target.history.checks()).length;
  if (held > 0 && options.continue !== true) {
    throw new PageError(
      `${target.name} has a history of ${held} pages: a rebuild fills an empty store. Name an empty folder with --into, or add --continue to continue an interrupted rebuild`,
      { code: 'not-empty' },
    );
  }
  const started = performance.now();
  let captures = 0;
  const deps = {
    source: source.objects,
    history: target.history,
    objects: target.objects,
    parser: PARSER_VERSION,
    now: () => new Date(),
  };
  for await (const step of rebuild(deps, pages, options.page ?? null)) {
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
  const seconds = (performance.now() - started) / 1_000;
  const rate = seconds > 0 ? Math.round(captures / seconds) : captures;
  if (output.json) output.value({ type: 'summary', captures, seconds: Math.round(seconds * 10) / 10, rate });
  else output.line(`${captures} captures, ${rate} a second, into ${target.name}; no alert is sent`);
  return EXIT.ok;
}

/** The pages' settings, which captures do not have: from the configuration, and from a readable table. */
async function pageSettings(source: WholeStore, tracking: Tracking): Promise<Map<string, PageSpec>> {
  const pages = new Map<string, PageSpec>();
  if (tracking.urls.length > 0 || tracking.config !== null) {
    for (const page of configuredPages(await configOf(tracking), new Date())) pages.set(page.id, page);
  }
  try {
    for (const { page } of await source.history.checks()) pages.set(page.id, page);
  } catch (error) {
    // The table may be damaged: that is a reason to rebuild.
    if (!(error instanceof StoredDataError)) throw error;
  }
  return pages;
}
