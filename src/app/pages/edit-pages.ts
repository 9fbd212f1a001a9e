import { UsageError } from '#core/errors.ts';
import type { PageEdit } from '#core/pages/edit.ts';
import { type CheckState, dueNow, retire } from '#core/schedule/check.ts';
import { ConflictError } from '../errors.ts';
import { replaceCheck } from '../plan/replace-check.ts';
import { type Addition, addition } from './addition.ts';
import type { EditDeps } from './types.ts';

/** What an edit did. The tracker follows with its next tick. */
export interface PageEdited {
  readonly id: string;
  readonly url: string;
  readonly name: string | null;
  /** `continued`: the page has a history from before. `unchanged`: it was so already. */
  readonly outcome: 'added' | 'continued' | 'removed' | 'paused' | 'resumed' | 'renamed' | 'unchanged';
}

type Outcome = PageEdited['outcome'];
type Planned = Addition | { readonly outcome: Outcome; readonly next: CheckState; readonly stored: CheckState };

/** Another worker may write the check of a page at the same time: twice in a row is rare. */
const TRIES = 10;

/**
 * Adds, removes, pauses, resumes or renames a page by one conditional write of its check. The same edit again changes
 * nothing, but for `add`, which is refused.
 * @throws UsageError `duplicate-page`, `host-not-allowed`, `port-not-allowed`, `not-found`, `configured` or `retired`.
 */
export async function editPage(deps: EditDeps, edit: PageEdit): Promise<PageEdited> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const { outcome, next, stored } = edit.action === 'add' ? await addition(deps, edit) : await change(deps, edit);
    if (next === stored || (await replaceCheck(deps.history, next, stored))) {
      const { id, url, name } = next.page;
      return { id, url, name, outcome };
    }
  }
  throw new ConflictError(`Other workers change the page all the time: try "${edit.action}" again`);
}

async function change(deps: EditDeps, edit: Exclude<PageEdit, { action: 'add' }>): Promise<Planned> {
  const stored = await deps.history.check(edit.id);
  if (stored === null) {
    throw new UsageError(`No page has the id "${edit.id}": "daybook pages" lists the pages`, { code: 'not-found' });
  }
  const planned = (outcome: Outcome, next: CheckState): Planned => ({ outcome, next, stored });
  const unchanged = planned('unchanged', stored);
  if (edit.action === 'remove') {
    if (stored.retired) return unchanged;
    expectAdded(stored, 'taken out');
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
      const { paused, ...rest } = stored;
      return paused === undefined ? unchanged : planned('resumed', dueNow(rest, deps.now().toISOString()));
    }
    case 'rename': {
      expectAdded(stored, 'renamed');
      if (stored.page.name === edit.name) return unchanged;
      return planned('renamed', { ...stored, page: { ...stored.page, name: edit.name } });
    }
  }
}

function expectAdded({ added, page }: CheckState, what: string): void {
  if (added !== undefined) return;
  throw new UsageError(`Page "${page.id}" (${page.url}) is in the configuration: it is ${what} there`, {
    code: 'configured',
  });
}
