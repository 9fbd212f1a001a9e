import { UsageError } from '#core/errors.ts';
import type { PageSpec } from '#core/history/types.ts';
import type { PageEdit } from '#core/pages/edit.ts';
import { type CheckState, dueNow, retire } from '#core/schedule/check.ts';
import { ConflictError } from '../errors.ts';
import { replaceCheck } from '../plan/replace-check.ts';
import { type Addition, addition } from './addition.ts';
import { addSeries, changeSeries, type SeriesEdited } from './edit-series.ts';
import { storedSeries } from './stored-series.ts';
import type { EditDeps, Outcome } from './types.ts';

/** What an edit did. The tracker follows with its next tick. */
export interface PageEdited {
  readonly id: string;
  readonly url: string;
  readonly name: string | null;
  /** `continued`: the page has a history from before. `unchanged`: it was so already. */
  readonly outcome: Outcome;
}

type Planned = Addition | { readonly outcome: Outcome; readonly next: CheckState; readonly stored: CheckState };

/** Another worker may write the check of a page at the same time: twice in a row is rare. */
const TRIES = 10;

/**
 * Adds, removes, pauses, resumes or renames a page by one conditional write of its check, or a series by one of its
 * record. The same edit again changes nothing, but for `add`, which is refused.
 * @throws UsageError `duplicate-page`, `host-not-allowed`, `port-not-allowed`, `bad-hub`, `not-found`, `configured`,
 * `retired`, `paused` or `in-use`; StoredDataError when the record of the series cannot be read.
 */
export async function editPage(deps: EditDeps, edit: PageEdit): Promise<PageEdited | SeriesEdited> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const done = await attempt(deps, edit);
    if (done !== null) return done;
  }
  throw new ConflictError(`Other workers change the page all the time: try "${edit.action}" again`);
}

/** Null: another worker was faster. */
async function attempt(deps: EditDeps, edit: PageEdit): Promise<PageEdited | SeriesEdited | null> {
  if (edit.action === 'add-series') return addSeries(deps, edit);
  if (edit.action === 'add') return written(deps, await addition(deps, edit));
  const stored = await deps.history.check(edit.id);
  return stored === null ? changeSeries(deps, edit) : written(deps, await change(deps, edit, stored));
}

async function written({ history }: EditDeps, { outcome, next, stored }: Planned): Promise<PageEdited | null> {
  if (next !== stored && !(await replaceCheck(history, next, stored))) return null;
  const { id, url, name } = next.page;
  return { id, url, name, outcome };
}

type Change = Exclude<PageEdit, { action: 'add' | 'add-series' }>;

async function change(deps: EditDeps, edit: Change, stored: CheckState): Promise<Planned> {
  const planned = (outcome: Outcome, next: CheckState): Planned => ({ outcome, next, stored });
  const unchanged = planned('unchanged', stored);
  if (edit.action === 'remove') {
    if (stored.retired) return unchanged;
    await expectAdded(deps, stored, 'taken out');
    await expectNoHub(deps, stored);
    return planned('removed', retire(stored));
  }
  if (stored.retired) {
    throw new UsageError(
      `Page "${edit.id}" is no longer tracked: "daybook pages add ${stored.page.url} --id ${edit.id}" continues it`,
      { code: 'retired' },
    );
  }
  switch (edit.action) {
    case 'pause':
      return stored.paused === true ? unchanged : planned('paused', { ...stored, paused: true, leasedUntil: null });
    case 'resume': {
      await expectOwnPause(deps, stored);
      const { paused, ...rest } = stored;
      return paused === undefined ? unchanged : planned('resumed', dueNow(rest, deps.now().toISOString()));
    }
    case 'rename': {
      await expectAdded(deps, stored, 'renamed');
      if (stored.page.name === edit.name) return unchanged;
      return planned('renamed', { ...stored, page: { ...stored.page, name: edit.name } });
    }
  }
}

async function expectAdded(deps: EditDeps, { added, page }: CheckState, what: string): Promise<void> {
  if (added !== undefined) return;
  const series = await seriesOf(deps, page);
  const where =
    series === null
      ? `in the configuration: it is ${what} there`
      : `a member of added series "${series.id}": alone it can only be paused`;
  throw new UsageError(`Page "${page.id}" (${page.url}) is ${where}`, { code: 'configured' });
}

/** A series without its hub finds no members: nothing would say so. */
async function expectNoHub(deps: EditDeps, { page }: CheckState): Promise<void> {
  const series = (await storedSeries(deps)).tracked.series.find((one) => one.hub === page.id);
  if (series === undefined) return;
  throw new UsageError(`Page "${page.id}" is the hub of added series "${series.id}": remove that first`, {
    code: 'in-use',
  });
}

/** The tick would pause the page again. */
async function expectOwnPause(deps: EditDeps, { page }: CheckState): Promise<void> {
  const series = await seriesOf(deps, page);
  if (series?.isPaused !== true) return;
  throw new UsageError(`Page "${page.id}" is paused with its series: "daybook pages resume ${series.id}"`, {
    code: 'paused',
  });
}

/** The added series of a page, null where it has none. */
async function seriesOf(deps: EditDeps, { series: id }: PageSpec): Promise<{ id: string; isPaused: boolean } | null> {
  if (id === null) return null;
  const { tracked } = await storedSeries(deps);
  return tracked.series.some((one) => one.id === id) ? { id, isPaused: tracked.paused.has(id) } : null;
}
