import type { ObjectStore } from '#app/ports.ts';

/**
 * Objects, and a second view of them for the comparison: it reads an object again only when a put of its key was
 * tried since, or when asked to forget. What is listed is asked for every time.
 */
export class SeenObjects {
  readonly #seen = new Map<string, Uint8Array | null>();

  /** What the use cases work with: nothing comes from memory. */
  readonly objects: ObjectStore;
  /** What a comparison reads. */
  readonly view: ObjectStore;

  constructor(inner: ObjectStore) {
    const seen = this.#seen;
    this.objects = {
      async putOnce(key, bytes, contentType) {
        try {
          return await inner.putOnce(key, bytes, contentType);
        } finally {
          seen.delete(key);
        }
      },
      get: (key) => inner.get(key),
      // A generator, as the adapters' own are: the watch of a port recognises them by that.
      async *list(prefix, after) {
        yield* inner.list(prefix, after);
      },
    };
    this.view = {
      ...this.objects,
      async get(key) {
        const known = seen.get(key) ?? (await inner.get(key));
        seen.set(key, known);
        return known;
      },
    };
  }

  forget(): void {
    this.#seen.clear();
  }
}
