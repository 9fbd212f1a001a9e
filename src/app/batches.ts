export interface BatchLimits {
  /** Most items of one batch. */
  readonly items: number;
  /** Most bytes of the items as JSON. One item that is larger makes a batch alone. */
  readonly bytes: number;
}

/** The items in their order, in as few batches as the limits let. */
export function batches<T>(items: readonly T[], limits: BatchLimits): T[][] {
  const made: T[][] = [];
  let bytes = 0;
  for (const item of items) {
    const size = jsonBytes(item);
    const batch = made.at(-1);
    if (batch === undefined || batch.length >= limits.items || bytes + size > limits.bytes) {
      made.push([item]);
      bytes = size;
    } else {
      batch.push(item);
      bytes += size;
    }
  }
  return made;
}

/** Bytes of a value as JSON, with the comma that follows it in a list. */
export function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value)) + 1;
}
