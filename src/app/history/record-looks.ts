import {
  ALL_DAYS,
  addLook,
  dayOf,
  type Look,
  type LookRef,
  looksOf,
  newDay,
  newerRef,
  refOf,
} from '#core/schedule/looks.ts';
import type { HistoryStore } from '../ports.ts';
import type { DerivedStep } from './derive.ts';

type Looks = Pick<HistoryStore, 'looks' | 'putLooks'>;

/**
 * Stores looks of one day. The same call again changes nothing.
 * @param last the newest looks of the page so far.
 * @returns the newest looks of the page now.
 * @throws ConflictError when another worker stored a look of that day meanwhile.
 */
export async function recordLooks(
  history: Looks,
  pageId: string,
  looks: readonly [Look, ...Look[]],
  last: LookRef | null,
): Promise<LookRef> {
  const day = dayOf(looks[0]);
  const [stored = null] = await history.looks(pageId, day, day);
  const next = looks.reduce(addLook, stored ?? newDay(pageId, day, last));
  if (next !== stored) await history.putLooks(next, stored);
  return newerRef(last, refOf(next));
}

/** Stores the looks of another table again: those of checks without a capture are only there. Returns as `recordLooks`. */
export async function copyLooks(
  from: Pick<HistoryStore, 'looks'>,
  history: Looks,
  pageId: string,
  last: LookRef | null,
): Promise<LookRef | null> {
  let newest = last;
  for (const day of await from.looks(pageId, ...ALL_DAYS)) {
    const [first, ...rest] = looksOf(day).map(({ time, outcome }) => ({ at: `${day.day}T${time}:00.000Z`, outcome }));
    if (first !== undefined) newest = await recordLooks(history, pageId, [first, ...rest], newest);
  }
  return newest;
}

/** Stores the looks of captures that are judged in the order of their times: one write a day. */
export class LooksOfCaptures {
  #day: Look[] = [];

  constructor(
    private readonly history: Looks,
    private readonly pageId: string,
    private last: LookRef | null,
  ) {}

  async add({ capture, outcome }: DerivedStep): Promise<void> {
    const found = {
      revision: 'changed',
      unchanged: 'unchanged',
      expired: 'unchanged',
      quarantined: 'refused',
    } as const;
    const look = { at: capture.fetchedAt, outcome: found[outcome] };
    const [first] = this.#day;
    if (first !== undefined && dayOf(first) !== dayOf(look)) await this.end();
    this.#day.push(look);
  }

  /** Stores the last day. Returns the newest looks of the page. */
  async end(): Promise<LookRef | null> {
    const [first, ...rest] = this.#day;
    if (first !== undefined) this.last = await recordLooks(this.history, this.pageId, [first, ...rest], this.last);
    this.#day = [];
    return this.last;
  }
}
