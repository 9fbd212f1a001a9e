interface Timer {
  readonly at: number;
  readonly order: number;
  readonly wake: () => void;
}

/** Time that jumps to the next moment at which somebody wakes. What is woken at one moment is done before the next begins. */
export class EventClock {
  /** A binary heap: the earliest first, and of one moment the one that fell asleep first. */
  readonly #timers: Timer[] = [];
  #order = 0;
  #at: number;

  /** @param start epoch milliseconds */
  constructor(start: number) {
    this.#at = start;
  }

  readonly now = (): number => this.#at;
  readonly date = (): Date => new Date(this.#at);

  readonly sleep = (ms: number): Promise<void> =>
    new Promise((wake) => {
      this.#push({ at: this.#at + Math.max(0, Math.round(ms)), order: this.#order++, wake });
    });

  /** Lets everything happen up to an instant, epoch milliseconds. */
  async runUntil(instant: number): Promise<void> {
    for (;;) {
      // All microtasks are done before this returns: each process that is still at work sleeps by now.
      await new Promise((done) => setImmediate(done));
      const next = this.#timers[0];
      if (next === undefined || next.at > instant) break;
      this.#at = next.at;
      while (this.#timers[0]?.at === this.#at) this.#pop()?.wake();
    }
    this.#at = instant;
  }

  #push(timer: Timer): void {
    const heap = this.#timers;
    let at = heap.push(timer) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(timer, heap[parent])) break;
      heap[at] = heap[parent] as Timer;
      at = parent;
    }
    heap[at] = timer;
  }

  #pop(): Timer | undefined {
    const heap = this.#timers;
    const first = heap[0];
    const last = heap.pop();
    if (heap.length === 0 || last === undefined) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Timer, heap[child])) child += 1;
      if (!isBefore(heap[child] as Timer, last)) break;
      heap[at] = heap[child] as Timer;
      at = child;
    }
    heap[at] = last;
    return first;
  }
}

function isBefore(a: Timer, b: Timer | undefined): boolean {
  return b === undefined || a.at < b.at || (a.at === b.at && a.order < b.order);
}

/** Numbers in [0, 1) that are the same in every run with one seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    // Mulberry32.
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
