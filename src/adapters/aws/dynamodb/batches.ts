type Attributes = Record<string, unknown>;

export const BATCH_WRITE = 25;

export function* chunks<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}

const BATCH_BYTES = 4 * 1024 * 1024;

/** Batches that DynamoDB takes in one write: by count and by size. */
export function bySize(items: readonly Attributes[]): Attributes[][] {
  const batches: Attributes[][] = [];
  let batch: Attributes[] = [];
  let bytes = 0;
  for (const item of items) {
    const size = String(item.data ?? '').length + ((item.packed as Uint8Array | undefined)?.byteLength ?? 0) + 500;
    if (batch.length === BATCH_WRITE || (batch.length > 0 && bytes + size > BATCH_BYTES)) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(item);
    bytes += size;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

/** Works on all items, so many at a time. */
export async function inParallel<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const item = items[next];
      next += 1;
      if (item !== undefined) await work(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
}
