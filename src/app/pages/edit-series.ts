import { UsageError } from '#core/errors.ts';
import type { PageEdit } from '#core/pages/edit.ts';
import type { AddedSeries } from '../series/record.ts';
import { replaceSeries } from '../series/replace-series.ts';
import { type SeriesAddition, seriesAddition } from './series-addition.ts';
import { recordOf, storedSeries } from './stored-series.ts';
import type { EditDeps, Outcome } from './types.ts';

/** What an edit of a series did. Its members follow with the next tick. */
export interface SeriesEdited {
  readonly id: string;
  readonly pattern: string;
  readonly name: string | null;
  /** `continued`: the series was there before. `unchanged`: it was so already. */
  readonly outcome: Outcome;
}

type Change = Exclude<PageEdit, { action: 'add' | 'add-series' }>;
type Planned = SeriesAddition | { readonly outcome: Outcome; readonly next: AddedSeries; readonly stored: AddedSeries };

/** Adds a series by one conditional write. Null: another worker was faster. */
export async function addSeries(
  deps: EditDeps,
  edit: Extract<PageEdit, { action: 'add-series' }>,
): Promise<SeriesEdited | null> {
  return written(deps, await seriesAddition(deps, edit));
}

/**
 * Removes, pauses, resumes or renames a series by one conditional write. Null: another worker was faster.
 * @throws UsageError `not-found` where neither a page nor a series has the id, `configured` or `retired`
 */
export async function changeSeries(deps: EditDeps, edit: Change): Promise<SeriesEdited | null> {
  const configured = deps.config.series.find((one) => one.id === edit.id);
  if (configured !== undefined) {
    const remedy = edit.action === 'pause' ? '; its pages can be paused one by one' : '';
    throw new UsageError(
      `Series "${edit.id}" (${configured.pattern}) is in the configuration: it is changed there${remedy}`,
      { code: 'configured' },
    );
  }
  const one = (await storedSeries(deps)).stored.find((series) => series.id === edit.id);
  if (one === undefined) {
    throw new UsageError(`No page or series has the id "${edit.id}": "daybook pages" lists them`, {
      code: 'not-found',
    });
  }
  return written(deps, changed(recordOf(one), edit));
}

function changed(stored: AddedSeries, edit: Change): Planned {
  const planned = (outcome: Outcome, next: AddedSeries): Planned => ({ outcome, next, stored });
  const unchanged = planned('unchanged', stored);
  if (edit.action === 'remove') {
    return stored.removed ? unchanged : planned('removed', { ...stored, removed: true, paused: false });
  }
  if (stored.removed) {
    const { id, pattern, from, hub } = stored.series;
    const typed = `${pattern} --from ${from}${hub === undefined ? '' : ` --hub ${hub}`} --id ${id}`;
    throw new UsageError(`Series "${id}" is no longer tracked: "daybook pages add ${typed}" continues it`, {
      code: 'retired',
    });
  }
  switch (edit.action) {
    case 'pause':
      return stored.paused ? unchanged : planned('paused', { ...stored, paused: true });
    case 'resume':
      return stored.paused ? planned('resumed', { ...stored, paused: false }) : unchanged;
    case 'rename':
      return stored.name === edit.name ? unchanged : planned('renamed', { ...stored, name: edit.name });
  }
}

async function written({ history }: EditDeps, { outcome, next, stored }: Planned): Promise<SeriesEdited | null> {
  if (next !== stored && !(await replaceSeries(history, next, stored))) return null;
  return { id: next.series.id, pattern: next.series.pattern, name: next.name, outcome };
}
