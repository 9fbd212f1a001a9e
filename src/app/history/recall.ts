import { addTo } from '#core/groups.ts';
import type { Advance } from '#core/history/advance.ts';
import { RECALL_LIMIT, type Recalled } from '#core/history/past.ts';
import type { Head, PastText, TextMark } from '#core/history/types.ts';
import type { HistoryStore, Listing, Paging } from '../ports.ts';
import { Visibility, type VisibilityStore } from './visibility.ts';

/** What a page once had: asked for by key, so that an answer costs the same however old the page is. */
export interface Recall {
  texts(keys: readonly string[]): Promise<Recalled>;
  /** The newest revision that has a text of this fingerprint, other than the present one (the head's, unless given), or null. */
  sameText(fingerprint: string, present?: number): Promise<number | null>;
}

export type RecallStore = VisibilityStore & Pick<HistoryStore, 'pastTexts' | 'textMarks'>;

/** Keys looked up at the same time. */
const PARALLEL = 16;

/** The past of a page as it is stored, seen from one of its heads. */
export function storedRecall(history: RecallStore, head: Head): Recall {
  const visibility = new Visibility(history);
  const visible = <T extends PastText | TextMark>(items: readonly T[]) => visibility.filter(head, items);

  async function newest<T extends PastText | TextMark>(
    ask: (paging: Paging) => Promise<Listing<T>>,
    limit: number,
  ): Promise<T[]> {
    const found: T[] = [];
    let after: string | null = null;
    do {
      const listing: Listing<T> = await ask({ limit, ...(after === null ? {} : { after }) });
      found.push(...(await visible(listing.items)));
      after = listing.next;
    } while (after !== null && found.length < limit);
    return found.slice(0, limit);
  }

  return {
    async texts(keys) {
      const texts: PastText[] = [];
      const crowded = new Set<string>();
      for (let at = 0; at < keys.length; at += PARALLEL) {
        const some = keys.slice(at, at + PARALLEL);
        const found = await Promise.all(
          some.map((key) => newest((paging) => history.pastTexts(head.pageId, key, paging), RECALL_LIMIT + 1)),
        );
        found.forEach((all, index) => {
          if (all.length > RECALL_LIMIT) crowded.add(some[index] ?? '');
          texts.push(...all.slice(0, RECALL_LIMIT));
        });
      }
      return { texts, crowded };
    },
    async sameText(fingerprint, present = head.revision) {
      // The present revision may be among them: being equal to that is no return.
      const marks = await newest((paging) => history.textMarks(head.pageId, fingerprint, paging), 2);
      return marks.find(({ revision }) => revision !== present)?.revision ?? null;
    },
  };
}

/**
 * The past of a history that is being made and has no head yet: in memory, after that of the head that it began from.
 * Gives the same answers as the store will.
 */
export class RecallInMemory implements Recall {
  readonly #older: Recall | null;
  readonly #texts = new Map<string, PastText[]>();
  readonly #marks = new Map<string, number[]>();
  #last = 0;

  constructor(older: Recall | null) {
    this.#older = older;
  }

  add({ past, mark }: Pick<Advance, 'past' | 'mark'>): void {
    for (const text of past) addTo(this.#texts, text.key, text);
    addTo(this.#marks, mark.fingerprint, mark.revision);
    this.#last = mark.revision;
  }

  async texts(keys: readonly string[]): Promise<Recalled> {
    const older = await this.#older?.texts(keys);
    const stored = new Map<string, PastText[]>();
    for (const text of older?.texts ?? []) addTo(stored, text.key, text);
    const crowded = new Set(older?.crowded);
    const texts = keys.flatMap((key) => {
      const all = [...(this.#texts.get(key) ?? []), ...(stored.get(key) ?? [])].sort(asStored);
      if (all.length > RECALL_LIMIT) crowded.add(key);
      return all.slice(0, RECALL_LIMIT);
    });
    return { texts, crowded };
  }

  async sameText(fingerprint: string): Promise<number | null> {
    const here = this.#marks.get(fingerprint)?.findLast((number) => number !== this.#last);
    // From the first revision made here on, the head that this began from is one to return to.
    const present = this.#last === 0 ? undefined : this.#last;
    return here ?? (await this.#older?.sameText(fingerprint, present)) ?? null;
  }
}

/** The order in which a store lists past texts: of those that it cuts off at the limit, the same are left here. */
function asStored(a: PastText, b: PastText): number {
  return b.revision - a.revision || b.seq - a.seq;
}
