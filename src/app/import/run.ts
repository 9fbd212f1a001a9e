import { ConflictError } from '../errors.ts';
import type { HistoryStore } from '../ports.ts';

const DAY = 86_400_000;
/** How far clocks of other machines may run ahead, milliseconds. */
const CLOCK_SKEW = DAY;
const TRIES = 5;

/** The place of an instant that the capture before took: captures of one instant are a millisecond apart each. */
export interface Place {
  readonly shift: number;
  readonly sha256: string;
  readonly id: string;
}

/** The captures of one import so far, for decisions that need more than one. */
export class ImportRun {
  readonly #places = new Map<string, Place>();
  readonly #now: Date;
  readonly #beforeNew: (pageId: string) => Promise<void>;

  /** @param beforeNew is awaited before a capture is stored that was not there. */
  constructor(now: Date, beforeNew: (pageId: string) => Promise<void> = async () => {}) {
    this.#now = now;
    this.#beforeNew = beforeNew;
  }

  /** Whether a capture is dated in the future: if accepted, it would come before every check until then. */
  isAhead(fetchedAt: string): boolean {
    return Date.parse(fetchedAt) > this.#now.getTime() + CLOCK_SKEW;
  }

  /** Where the capture before of the same instant went. */
  before(pageId: string, fetchedAt: string): Place | null {
    return this.#places.get(`${pageId} ${fetchedAt}`) ?? null;
  }

  note(pageId: string, fetchedAt: string, place: Place): void {
    this.#places.set(`${pageId} ${fetchedAt}`, place);
  }

  beforeNew(pageId: string): Promise<void> {
    return this.#beforeNew(pageId);
  }
}

/**
 * Notes with a page that captures are being stored that its history does not contain yet; `publish` removes the
 * note. So an import that crashed in between differs from one that had nothing new, with any later parser.
 * @throws ConflictError when the page's check is changed by others all the time.
 */
export function noteImport(history: Pick<HistoryStore, 'check' | 'putCheck'>): (pageId: string) => Promise<void> {
  const noted = new Set<string>();
  return async (pageId) => {
    if (noted.has(pageId)) return;
    for (let attempt = 1; ; attempt += 1) {
      const check = await history.check(pageId);
      if (check === null || check.importing === true) break;
      try {
        await history.putCheck({ ...check, importing: true, version: check.version + 1 }, check);
        break;
      } catch (error) {
        // A worker that checks the page meanwhile has written it: both are kept.
        if (!(error instanceof ConflictError) || attempt === TRIES) throw error;
      }
    }
    noted.add(pageId);
  };
}
