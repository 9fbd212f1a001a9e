import type { ChangeRecord } from '#core/history/types.ts';
import type { HistoryStore, Listing } from '../ports.ts';
import { badCursor, decodeCursor, encodeCursor } from './cursor.ts';
import { Heads } from './heads.ts';
import { findTracked } from './pages.ts';
import type { ChangesRequest } from './types.ts';

/** Most stored changes that one request reads before it returns its items and a cursor. */
const SCAN_LIMIT = 20_000;
const BATCH_LOW = 50;
const BATCH_HIGH = 250;

/** The store's own position before the batch that holds the last change handed out, and that change's address. */
const CURSOR = { store: 'string?', page: 'string', revision: 'number', id: 'string', seq: 'number' } as const;

interface Address {
  readonly page: string;
  readonly revision: number;
  readonly id: string;
  readonly seq: number;
}

/**
 * Changes in the order in which they were observed.
 * @throws NotFoundError for an unknown page, UsageError for a cursor of another listing.
 */
export async function readChanges(history: HistoryStore, request: ChangesRequest): Promise<Listing<ChangeRecord>> {
  const heads = new Heads(history);
  if (request.page !== undefined) await findTracked(history, heads, request.page);
  const start = request.after === undefined ? null : decodeCursor('changes', CURSOR, request.after);
  const query = {
    ...(request.page === undefined ? {} : { pageId: request.page }),
    ...(request.since === undefined ? {} : { since: request.since }),
    ...(request.until === undefined ? {} : { until: request.until }),
    newestFirst: request.newestFirst === true,
    limit: Math.min(BATCH_HIGH, Math.max(BATCH_LOW, request.limit)),
  };
  const found: ChangeRecord[] = [];
  let seen: Address | null = start;
  let last = { store: start?.store ?? null, address: start as Address | null };
  let store = start?.store ?? null;
  let scanned = 0;
  for (;;) {
    const batch = await history.changes({ ...query, ...(store === null ? {} : { after: store }) });
    const visible = new Set(await heads.visible(batch.items));
    for (const item of batch.items) {
      if (seen !== null) {
        if (isAt(item, seen)) seen = null;
        continue;
      }
      if (!visible.has(item) || !isWanted(item, request)) continue;
      if (found.length === request.limit) return { items: found, next: cursor(last.store, last.address) };
      found.push(item);
      last = { store, address: addressOf(item) };
    }
    scanned += Math.max(1, batch.items.length);
    // The cursor's change is stored for good: a cursor that finds none was not made here.
    if (seen !== null && (batch.next === null || scanned >= SCAN_LIMIT)) throw badCursor();
    if (batch.next === null) return { items: found, next: null };
    const end = batch.items.at(-1);
    if (scanned >= SCAN_LIMIT && end !== undefined) return { items: found, next: cursor(store, addressOf(end)) };
    store = batch.next;
  }
}

function isWanted(item: ChangeRecord, { kinds, late }: ChangesRequest): boolean {
  if (kinds !== undefined && kinds.length > 0 && !kinds.includes(item.kind)) return false;
  return late === undefined || (item.late === true) === late;
}

function addressOf(item: ChangeRecord): Address {
  return { page: item.pageId, revision: item.revision, id: item.revisionId, seq: item.seq };
}

function isAt(item: ChangeRecord, at: Address): boolean {
  return item.pageId === at.page && item.revisionId === at.id && item.seq === at.seq;
}

function cursor(store: string | null, address: Address | null): string | null {
  return address === null ? null : encodeCursor('changes', { store, ...address });
}
