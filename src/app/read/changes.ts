import type { ChangeRecord, RevisionRecord } from '#core/history/types.ts';
import type { HistoryStore, Listing } from '../ports.ts';
import { badCursor, decodeCursor, encodeCursor } from './cursor.ts';
import { Heads } from './heads.ts';
import { noSuchPage } from './pages.ts';
import type { ChangeItem, ChangesRequest } from './types.ts';

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

type Bounds = Pick<ChangesRequest, 'since' | 'until'>;

/**
 * Changes in the order in which they were observed.
 * @throws NotFoundError for an unknown page, UsageError for a cursor of another listing.
 */
export async function readChanges(history: HistoryStore, request: ChangesRequest): Promise<Listing<ChangeItem>> {
  const heads = new Heads(history);
  const bounds = await observedBounds(history, heads, request);
  if (bounds === null) return { items: [], next: null };
  const { items, next } = await collect(history, heads, request, bounds);
  return { items: await markTechnical(history, items), next };
}

async function collect(
  history: HistoryStore,
  heads: Heads,
  request: ChangesRequest,
  bounds: Bounds,
): Promise<Listing<ChangeRecord>> {
  const start = request.after === undefined ? null : decodeCursor('changes', CURSOR, request.after);
  const query = {
    ...(request.page === undefined ? {} : { pageId: request.page }),
    ...bounds,
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

/** The observed times between which there can be changes: a store keeps a year a partition. */
async function observedBounds(history: HistoryStore, heads: Heads, request: ChangesRequest): Promise<Bounds | null> {
  const asked: Bounds = {
    ...(request.since === undefined ? {} : { since: request.since }),
    ...(request.until === undefined ? {} : { until: request.until }),
  };
  if (request.page !== undefined) {
    if ((await heads.of(request.page)) !== null) return asked;
    if ((await history.check(request.page)) === null) throw noSuchPage(request.page);
    return null;
  }
  const all = await heads.all();
  const [first] = all.map((head) => head.firstObservedAt).sort();
  const newest = all
    .map((head) => head.observedAt)
    .sort()
    .at(-1);
  if (first === undefined || newest === undefined) return null;
  const end = new Date(Date.parse(newest) + 1).toISOString();
  const since = request.since === undefined || request.since < first ? first : request.since;
  const until = request.until === undefined || request.until > end ? end : request.until;
  return since < until ? { since, until } : null;
}

function isWanted(item: ChangeRecord, { kinds, late }: ChangesRequest): boolean {
  if (kinds !== undefined && kinds.length > 0 && !kinds.includes(item.kind)) return false;
  return late === undefined || (item.late === true) === late;
}

/** Only the revision knows whether the page or a new parser made it: each is asked for once. */
async function markTechnical(history: HistoryStore, items: readonly ChangeRecord[]): Promise<ChangeItem[]> {
  const wanted = new Map(items.map((item) => [item.revisionId, item]));
  const records = await Promise.all([...wanted.values()].map((item) => history.revision(item.pageId, item.revision)));
  const technical = new Set(records.filter(isTechnical).map((record) => record.id));
  return items.map((item) => ({ ...item, technical: technical.has(item.revisionId) }));
}

function isTechnical(record: RevisionRecord | null): record is RevisionRecord {
  return record?.technical === true;
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
