import type { Head } from '#core/history/types.ts';
import { Visibility } from '../history/visibility.ts';
import type { HistoryStore } from '../ports.ts';

interface Item {
  readonly pageId: string;
  readonly revision: number;
  readonly revisionId: string;
}

/**
 * The heads that one request needs, each asked for once. One request sees one head of a page, so that its answer is
 * about one state of the page even while a revision is being added.
 */
export class Heads {
  readonly #history: HistoryStore;
  readonly #visibility: Visibility;
  readonly #loaded = new Map<string, Head | null>();

  constructor(history: HistoryStore) {
    this.#history = history;
    this.#visibility = new Visibility(history);
  }

  async of(pageId: string): Promise<Head | null> {
    await this.load([pageId]);
    return this.#loaded.get(pageId) ?? null;
  }

  /** Loads those that were not loaded yet, together. */
  async load(pageIds: Iterable<string>): Promise<void> {
    const missing = [...new Set(pageIds)].filter((id) => !this.#loaded.has(id));
    if (missing.length === 0) return;
    const found = await this.#history.heads(missing);
    for (const id of missing) this.#loaded.set(id, found.get(id) ?? null);
  }

  /** Those of the items that are part of their page's history: no leftovers, nothing newer than the head. */
  async visible<T extends Item>(items: readonly T[]): Promise<T[]> {
    await this.load(items.map((item) => item.pageId));
    const byPage = new Map<string, T[]>();
    for (const item of items) {
      const some = byPage.get(item.pageId);
      if (some === undefined) byPage.set(item.pageId, [item]);
      else some.push(item);
    }
    const visible = await Promise.all(
      [...byPage].map(([pageId, some]) => this.#visibility.filter(this.#loaded.get(pageId), some)),
    );
    const kept = new Set(visible.flat());
    return items.filter((item) => kept.has(item));
  }
}
