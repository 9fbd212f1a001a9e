import { type Chunks, chunkName, chunksToLoad, isSound, isVisible, lookUp } from '#core/history/lineage.ts';
import type { Head } from '#core/history/types.ts';
import { StoredDataError } from '../errors.ts';
import type { HistoryStore } from '../ports.ts';

export type VisibilityStore = Pick<HistoryStore, 'chunks'>;

interface Item {
  readonly revision: number;
  readonly revisionId: string;
}

/**
 * Which stored items belong to a page's history: those whose revision the head's lineage names. Loads the chunks of the
 * lineage that this takes, each once. Chunks never change, so that what is loaded stays true for every later head.
 */
export class Visibility {
  readonly #store: VisibilityStore;
  readonly #pages = new Map<string, Map<string, string>>();

  constructor(store: VisibilityStore) {
    this.#store = store;
  }

  /** @throws StoredDataError when a chunk of the lineage is missing or damaged. */
  async filter<T extends Item>(head: Head | null | undefined, items: readonly T[]): Promise<T[]> {
    if (head === null || head === undefined) return [];
    const loaded = await this.#load(
      head,
      items.map(({ revision }) => revision),
    );
    return items.filter((item) => isVisible(head, item, loaded));
  }

  /** The short id of a revision, null where the head has no such revision. */
  async shortIdOf(head: Head, number: number): Promise<string | null> {
    const found = lookUp(head, number, await this.#load(head, [number]));
    return typeof found === 'string' ? found : null;
  }

  async #load(head: Head, numbers: readonly number[]): Promise<Chunks> {
    const { pageId } = head;
    const loaded = this.#pages.get(pageId) ?? new Map<string, string>();
    this.#pages.set(pageId, loaded);
    for (;;) {
      const wanted = chunksToLoad(head, numbers, loaded);
      if (wanted.length === 0) return loaded;
      for (const chunk of await this.#store.chunks(pageId, wanted)) {
        if (!isSound(chunk))
          throw new StoredDataError(`The lineage of ${pageId} is damaged: chunk ${chunkName(chunk)}`);
        loaded.set(chunkName(chunk), chunk.entries);
      }
      const missing = wanted.find((address) => !loaded.has(chunkName(address)));
      if (missing !== undefined)
        throw new StoredDataError(`The lineage of ${pageId} is incomplete: chunk ${chunkName(missing)} is missing`);
    }
  }
}
