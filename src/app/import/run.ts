import type { CaptureRef } from '#core/history/types.ts';
import { newestCapture } from '#core/schedule/check.ts';
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
  readonly #taken = new Map<string, CaptureRef>();
  readonly #beforeNew: (pageId: string) => Promise<CaptureRef | null>;

  /** @param beforeNew is awaited before a capture is stored that was not there; gives the page's newest judged capture. */
  constructor(now: Date, beforeNew: (pageId: string) => Promise<CaptureRef | null> = async () => null) {
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

  /**
   * What a new capture names as the one before it: the one that this import took before, new or not, so that a repeated
   * import makes the same chain; for the first one the newest judged capture of the page.
   */
  async previous(pageId: string): Promise<CaptureRef | null> {
    const judged = await this.#beforeNew(pageId);
    return this.#taken.get(pageId) ?? judged;
  }

  took(pageId: string, { id, link }: CaptureRef): void {
    this.#taken.set(pageId, { id, link });
  }
}

/**
 * Notes with a page that captures are being stored that its history does not contain yet; `publish` removes the
 * note. So an import that crashed in between differs from one that had nothing new, with any later parser.
 * @throws ConflictError when the page's check is changed by others all the time.
 */
export function noteImport(
  history: Pick<HistoryStore, 'check' | 'putCheck'>,
): (pageId: string) => Promise<CaptureRef | null> {
  const noted = new Map<string, CaptureRef | null>();
  return async (pageId) => {
    const before = noted.get(pageId);
    if (before !== undefined) return before;
    let newest: CaptureRef | null = null;
    for (let attempt = 1; ; attempt += 1) {
      const check = await history.check(pageId);
      newest = check === null ? null : newestCapture(check);
      if (check === null || check.importing === true) break;
      try {
        await history.putCheck({ ...check, importing: true, version: check.version + 1 }, check);
        break;
      } catch (error) {
        // A worker that checks the page meanwhile has written it: both are kept.
        if (!(error instanceof ConflictError) || attempt === TRIES) throw error;
      }
    }
    noted.set(pageId, newest);
    return newest;
  };
}
