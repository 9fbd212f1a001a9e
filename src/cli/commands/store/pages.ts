import { resolve } from 'node:path';
import { findOwner } from '#adapters/local/owner.ts';
import { editPage, type PageEdited } from '#app/pages/edit-pages.ts';
import type { SeriesEdited } from '#app/pages/edit-series.ts';
import { UsageError } from '#core/errors.ts';
import { type PageEdit, parsePageEdit } from '#core/pages/edit.ts';
import { oneLine } from '#core/text/hostile.ts';
import { sendEdit } from '../../control.ts';
import { EXIT } from '../../failure.ts';
import { createOutput } from '../../output.ts';
import { configOf, loadTracking, orDefault, remedyOf, type Tracking } from '../../tracking.ts';
import { type StoreOptions, withWholeStore } from '../../whole-store.ts';

export interface EditOptions extends StoreOptions {
  /** The configuration of the deployed functions, with `aws`. */
  readonly config?: string;
}

const WORDS: Readonly<Record<PageEdited['outcome'], string>> = {
  added: 'added, and checked from now on',
  continued: 'added again, and its history continues',
  removed: 'removed; its history stays readable',
  paused: 'paused; its history stays readable',
  resumed: 'resumed, and checked from now on',
  renamed: 'renamed',
  unchanged: 'nothing to change',
};

/** Changes the list of pages that is kept in the store, next to the configuration. */
export async function editPages(input: object, options: EditOptions): Promise<number> {
  const output = createOutput(options);
  const done = await make(parsePageEdit(input), options);
  const { id, name, outcome } = done;
  const url = 'pattern' in done ? done.pattern : done.url;
  if (output.json) output.value(done);
  else output.line(oneLine(`${id}  ${WORDS[outcome]} (${name === null ? url : `"${name}", ${url}`})`));
  return EXIT.ok;
}

async function make(edit: PageEdit, options: EditOptions): Promise<PageEdited | SeriesEdited> {
  if (options.aws === true) return makeIn({ urls: [], config: resolve(options.config ?? CONFIG) }, edit, options);
  if (options.config !== undefined) {
    throw new UsageError(`--config goes with --aws: ${options.data} has a configuration from "daybook up"`);
  }
  const folder = resolve(options.data);
  const owner = await findOwner(folder);
  // The store has one process at a time, and this one checks the new page at once.
  if (owner !== null) return sendEdit(owner, edit);
  return makeIn(null, edit, options);
}

const CONFIG = 'daybook.config.ts';

async function makeIn(
  deployed: Tracking | null,
  edit: PageEdit,
  options: EditOptions,
): Promise<PageEdited | SeriesEdited> {
  let done: PageEdited | SeriesEdited | undefined;
  await withWholeStore(options, async ({ history }) => {
    const tracking = deployed ?? (await orDefault(await loadTracking(resolve(options.data))));
    const config = await configOf(tracking);
    done = await editPage(
      { history, config, remedy: remedyOf(tracking, deployed !== null), now: () => new Date() },
      edit,
    );
    return EXIT.ok;
  });
  if (done === undefined) throw new Error('the edit ended without a result');
  return done;
}
