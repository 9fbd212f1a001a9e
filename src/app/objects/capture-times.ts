import type { Capture } from '#core/history/types.ts';
import { StoredDataError } from '../errors.ts';
import type { ObjectStore } from '../ports.ts';
import { findCapture, listCaptureIds } from './captures.ts';

/** A page's captures in the order in which they were taken; only their names are held. */
export async function* capturesInOrder(
  objects: ObjectStore,
  pageId: string,
  wanted: (capture: Capture) => boolean = () => true,
): AsyncGenerator<Capture> {
  for (const { id } of await captureTimes(objects, pageId)) {
    const capture = await findCapture(objects, pageId, id);
    if (capture === null) throw new StoredDataError(`Capture ${id} of ${pageId} was listed and is missing`);
    if (wanted(capture)) yield capture;
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
  for await (const id of listCaptureIds(objects, pageId)) {
    const capture = await findCapture(objects, pageId, id);
    if (capture !== null) all.push({ id, fetchedAt: capture.fetchedAt, rolling: capture.rolling === true });
  }
  return all.sort(byTime);
}

export function byTime(a: CaptureTime, b: CaptureTime): number {
  if (a.fetchedAt !== b.fetchedAt) return a.fetchedAt < b.fetchedAt ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
