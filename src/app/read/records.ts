import type { AlertRecord } from '#core/alerts/record.ts';
import type { QuarantineRecord } from '#core/health/quarantine.ts';
import type { HistoryStore, Listing, Paging } from '../ports.ts';
import { badCursor, decodeCursor, encodeCursor } from './cursor.ts';
import { Heads } from './heads.ts';
import { findTracked } from './pages.ts';

/** A cursor becomes a key of the store, which takes no control characters and no more than 1,024 bytes. */
const CAPTURE = /^[\w.-]{1,80}$/;
const KEY = /^[\x21-\x7e]{1,300}$/;

/** Captures of a page in quarantine, newest first. @throws NotFoundError when no such page is tracked. */
export async function readQuarantine(
  history: HistoryStore,
  pageId: string,
  { limit, after }: Paging,
): Promise<Listing<QuarantineRecord>> {
  const start = after === undefined ? undefined : decodeCursor('quarantine', { capture: 'string' }, after).capture;
  if (start !== undefined && !CAPTURE.test(start)) throw badCursor();
  await findTracked(history, new Heads(history), pageId);
  const found = await history.quarantined(pageId, limit + 1, start);
  return partOf(found, limit, ({ captureId }) => encodeCursor('quarantine', { capture: captureId }));
}

/** What was sent about a page, channel by channel. @throws NotFoundError when no such page is tracked. */
export async function readAlerts(
  history: HistoryStore,
  pageId: string,
  { limit, after }: Paging,
): Promise<Listing<AlertRecord>> {
  const start = after === undefined ? undefined : decodeCursor('alerts', { channel: 'string?', key: 'string' }, after);
  if (start !== undefined && ![start.channel ?? 'all', start.key].every((part) => KEY.test(part))) throw badCursor();
  await findTracked(history, new Heads(history), pageId);
  const found = await history.alerts(pageId, limit + 1, start);
  return partOf(found, limit, ({ channel, key }) => encodeCursor('alerts', { channel, key }));
}

/** One record more than `limit` was asked for: it shows that there is a next part. */
function partOf<T>(found: readonly T[], limit: number, cursor: (last: T) => string): Listing<T> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, next: found.length > limit && last !== undefined ? cursor(last) : null };
}
