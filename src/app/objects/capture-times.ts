import type { Capture } from '#core/history/types.ts';
import { ahead } from '../ahead.ts';
import { StoredDataError } from '../errors.ts';
import type { ObjectStore } from '../ports.ts';
import { findCapture, listCaptureIds } from './captures.ts';

/** Records that are read at the same time. */
const READ_AHEAD = 16;

/** The captures of a page that have these names, in their order; only the names are held. */
export async function* capturesAt(
  objects: ObjectStore,
  pageId: string,
  times: readonly Pick<CaptureTime, 'id'>[],
): AsyncGenerator<Capture> {
  for (const { id } of times) {
    const capture = await findCapture(objects, pageId, id);
    if (capture === null) throw new StoredDataError(`Capture ${id} of ${pageId} was listed and is missing`);
    yield capture;
  }
}

export interface CaptureTime {
  readonly id: string;
  readonly fetchedAt: string;
  /** Whether its record marks the page as rolling. */
  readonly rolling?: boolean;
}

/** Names and times of a page's captures, in the order in which they were taken. */
export async function captureTimes(objects: ObjectStore, pageId: string): Promise<CaptureTime[]> {
  const all: CaptureTime[] = [];
  const captures = ahead(listCaptureIds(objects, pageId), READ_AHEAD, (id) => findCapture(objects, pageId, id));
  for await (const capture of captures) {
    if (capture === null) continue;
    const { id, fetchedAt, rolling } = capture;
    all.push({ id, fetchedAt, rolling: rolling === true });
  }
  return all.sort(byTime);
}

export function byTime(a: CaptureTime, b: CaptureTime): number {
  if (a.fetchedAt !== b.fetchedAt) return a.fetchedAt < b.fetchedAt ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
