import { captureId } from '#core/history/revision.ts';
import type { StoredCapture } from '#core/history/types.ts';
import { findCapture, listCaptureIds } from '../objects/captures.ts';
import type { ObjectStore } from '../ports.ts';

const DAY_MS = 86_400_000;
/** How far back names are listed, days: most pages have captures in the first span, and a list gives the oldest first. */
const SPANS = [3, 45];

/** The newest captures of a page by their names, the oldest of them first; `count` at most. */
export async function newestCaptures(
  objects: ObjectStore,
  pageId: string,
  count: number,
  now: Date,
): Promise<StoredCapture[]> {
  const ids = await newestIds(objects, pageId, count, now);
  const found = await Promise.all(ids.map((id) => findCapture(objects, pageId, id)));
  return found.filter((capture) => capture !== null);
}

async function newestIds(objects: ObjectStore, pageId: string, count: number, now: Date): Promise<string[]> {
  for (const days of SPANS) {
    const ids = await idsAfter(objects, pageId, captureId(new Date(now.getTime() - days * DAY_MS).toISOString()));
    if (ids.length >= count) return ids.slice(-count);
  }
  return (await idsAfter(objects, pageId, null)).slice(-count);
}

async function idsAfter(objects: ObjectStore, pageId: string, after: string | null): Promise<string[]> {
  const ids: string[] = [];
  for await (const id of listCaptureIds(objects, pageId, after)) ids.push(id);
  return ids;
}
