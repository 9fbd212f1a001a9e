import type { ObjectStore } from '#app/ports.ts';

/** An `ObjectStore` in memory, faithful to the port: written once, listed in byte order, nothing shared with callers. */
export function createMemoryObjects(): ObjectStore & { readonly size: () => number } {
  const objects = new Map<string, Uint8Array>();
  return {
    size: () => objects.size,
    async putOnce(key, bytes) {
      if (objects.has(key)) return false;
      objects.set(key, Uint8Array.from(bytes));
      return true;
    },
    async get(key) {
      const bytes = objects.get(key);
      return bytes === undefined ? null : Uint8Array.from(bytes);
    },
    async *list(prefix, after) {
      const keys = [...objects.keys()].filter(
        (key) => key.startsWith(prefix) && (after === undefined || order(key, after) > 0),
      );
      yield* keys.sort(order);
    },
  };
}

function order(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
