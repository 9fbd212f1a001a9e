import type { ObjectStore } from '#app/ports.ts';

/** Objects in a map: as quick as a matrix of thousands of histories needs, and copied in one go. */
export class ObjectMap implements ObjectStore {
  readonly #objects: Map<string, Buffer>;

  constructor(objects: ReadonlyMap<string, Buffer> = new Map()) {
    this.#objects = new Map(objects);
  }

  clone(): ObjectMap {
    return new ObjectMap(this.#objects);
  }

  async putOnce(key: string, bytes: Uint8Array): Promise<boolean> {
    if (this.#objects.has(key)) return false;
    this.#objects.set(key, Buffer.from(bytes));
    return true;
  }

  async get(key: string): Promise<Uint8Array | null> {
    return this.#objects.get(key) ?? null;
  }

  async *list(prefix: string, after = ''): AsyncGenerator<string> {
    const keys = [...this.#objects.keys()].filter((key) => key.startsWith(prefix) && key > after);
    yield* keys.sort();
  }
}
