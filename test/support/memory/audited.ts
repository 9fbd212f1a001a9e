import type { AuditItem, StoredRecord } from '#app/ports.ts';
import { copy } from './listing.ts';

/** Nothing in a map can be damaged: what an audit finds is all there is, and sound. */
export function* audited<T>(
  kind: StoredRecord['kind'],
  items: ReadonlyMap<string, T>,
  pageOf: (value: T) => string = (value) => (value as { pageId: string }).pageId,
): Generator<AuditItem> {
  for (const [key, value] of items) {
    const record = { kind, value: copy(value) } as unknown as StoredRecord;
    yield { where: `${kind} ${key.replaceAll('\n', ' ')}`, pageId: pageOf(value), record, faults: [] };
  }
}
