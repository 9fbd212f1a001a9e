import { ConflictError } from '../../src/app/errors.ts';
import type { HistoryStore, ObjectStore } from '../../src/app/ports.ts';
import { type CheckState, isWatched } from '../../src/core/schedule/check.ts';
import { createMemoryHistory } from '../../test/support/memory-history.ts';

/** What the checks of all pages went through. */
export interface CheckTally {
  /** Writes of a check that conflicted with another worker's. */
  conflicts: number;
  /** Jobs that were leased again, for no answer came while their lease ran. */
  leasedAgain: number;
}

/**
 * A history for very many pages: each has a store of its own, which is made when it is first written to. Checks are
 * kept here, for planning reads all of them. Values that are stored are never changed, so they are not copied.
 */
export function createWideHistory(): { readonly history: HistoryStore; readonly tally: CheckTally } {
  const stores = new Map<string, HistoryStore>();
  const checks = new Map<string, CheckState>();
  const tally: CheckTally = { conflicts: 0, leasedAgain: 0 };
  const empty = createMemoryHistory();
  const of = (pageId: string): HistoryStore => {
    const own = stores.get(pageId) ?? createMemoryHistory();
    stores.set(pageId, own);
    return own;
  };
  const own: Partial<HistoryStore> = {
    check: async (pageId) => checks.get(pageId) ?? null,
    checks: async () => [...checks.values()],
    async due(now, limit) {
      const due = [...checks.values()].filter((check) => isWatched(check) && at(check) <= now);
      return due.sort((a, b) => (at(a) < at(b) ? -1 : 1)).slice(0, limit);
    },
    async putCheck(next, expected) {
      const { id } = next.page;
      const stored = checks.get(id);
      if ((stored?.version ?? null) !== (expected?.version ?? null)) {
        tally.conflicts += 1;
        throw new ConflictError(`The check of ${id} was changed first`);
      }
      if (stored?.leasedUntil != null && next.leasedUntil !== null) tally.leasedAgain += 1;
      checks.set(id, { ...next, version: (expected?.version ?? 0) + 1 });
    },
    // Of a page that nothing was written of, nothing is found: most pages of a day never change.
    head: async (pageId) => stores.get(pageId)?.head(pageId) ?? null,
    health: async (pageId) => stores.get(pageId)?.health(pageId) ?? null,
    append: (items) => of(items.revision.pageId).append(items),
    flipHead: (next, expected) => of(next.pageId).flipHead(next, expected),
    flipHealth: (next, expected) => of(next.pageId).flipHealth(next, expected),
    putLooks: (next, expected) => of(next.pageId).putLooks(next, expected),
    quarantine: (record) => of(record.pageId).quarantine(record),
    series: async () => [],
  };
  const history = new Proxy(empty, {
    get(target, name: keyof HistoryStore) {
      const mine = own[name];
      if (mine !== undefined) return mine;
      if (typeof target[name] !== 'function') return target[name];
      // Everything else names its page first.
      return (pageId: string, ...rest: unknown[]) => Reflect.apply(of(pageId)[name] as never, null, [pageId, ...rest]);
    },
  });
  return { history, tally };
}

function at({ leasedUntil, dueAt }: CheckState): string {
  return leasedUntil ?? dueAt;
}

/** Objects in memory; a listing reads the objects of its folder alone. */
export function createWideObjects(): ObjectStore {
  const folders = new Map<string, Map<string, Uint8Array>>();
  const folderOf = (key: string) => key.slice(0, key.lastIndexOf('/') + 1);
  return {
    async putOnce(key, bytes) {
      const folder = folders.get(folderOf(key)) ?? new Map<string, Uint8Array>();
      folders.set(folderOf(key), folder);
      if (folder.has(key)) return false;
      folder.set(key, bytes);
      return true;
    },
    get: async (key) => folders.get(folderOf(key))?.get(key) ?? null,
    async *list(prefix, after = '') {
      if (!prefix.endsWith('/')) throw new Error(`Only folders are listed here, not ${prefix}`);
      yield* [...(folders.get(prefix)?.keys() ?? [])].filter((key) => key > after).sort();
    },
  };
}
