import { rebuildPage } from '../history/rebuild.ts';
import { carryOut } from '../import/import.ts';
import { capturedPages, listCaptureIds } from '../objects/captures.ts';
import type { HistoryStore, ObjectStore } from '../ports.ts';

export interface WaitingDeps {
  readonly history: HistoryStore;
  readonly objects: ObjectStore;
  readonly parser: string;
  readonly now: () => Date;
}

/** What became of the captures of one page that the restored table did not know. */
export interface Judged {
  readonly pageId: string;
  readonly captures: number;
  readonly revisions: number;
  readonly changes: number;
}

/**
 * Judges the captures that were stored after the copy was taken, in order, and makes pages that only captures know. Their
 * alerts went out before the damage, so none is sent: each change is recorded as `restored`, or as `rebuilt` where a page
 * is made from its first capture. Alerts that the copy has not sent yet are left to be sent. The same call again completes
 * what was interrupted.
 */
export async function* judgeWaiting(deps: WaitingDeps): AsyncGenerator<Judged> {
  const { history, objects } = deps;
  for await (const pageId of capturedPages(objects)) {
    const check = await history.check(pageId);
    if (check === null) {
      for await (const { finished, captures, revisions, changes } of rebuildPage(
        { ...deps, source: objects, inUse: true },
        pageId,
        null,
      )) {
        if (finished) yield { pageId, captures, revisions, changes };
      }
      continue;
    }
    const captures = await waitingOf(objects, pageId, check.lastCaptureId);
    if (captures === 0) continue;
    const plan = { pageId, mode: 'append', captures, from: null, to: null, revisions: 0 } as const;
    let last = null;
    for await (const step of carryOut({ ...deps, policy: null, reason: 'restored' }, check.page, plan)) last = step;
    yield { pageId, captures, revisions: last?.revisions ?? 0, changes: last?.changes ?? 0 };
  }
}

async function waitingOf(objects: ObjectStore, pageId: string, judged: string | null): Promise<number> {
  let waiting = 0;
  for await (const _ of listCaptureIds(objects, pageId, judged)) waiting += 1;
  return waiting;
}
