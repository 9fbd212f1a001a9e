import { FetchProblem } from './failure.ts';

/** Where time comes from; injected so that a simulated day takes seconds. */
export interface Pace {
  /** Epoch milliseconds. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** A clock that is corrected by less is taken as it is. */
const CLOCK_STEP_MS = 60_000;

interface HostQueue {
  tail: Promise<void>;
  /** Epoch milliseconds at which the last request ended; null before the first. */
  endedAt: number | null;
  /** Epoch milliseconds before which nothing is sent, even after the gap. */
  heldUntil: number;
}

/** Thrown when a turn would have to wait longer than it is worth. */
export class TooLongAWait extends Error {
  readonly waitMs: number;

  constructor(waitMs: number) {
    super(`the host is to be left alone for ${Math.ceil(waitMs / 1000)} s more`);
    this.name = 'TooLongAWait';
    this.waitMs = waitMs;
  }
}

/** One request at a time to a host, and a gap between the end of one and the start of the next. */
export class HostGate {
  readonly #hosts = new Map<string, HostQueue>();
  readonly #pace: Pace;
  readonly #maxWaitMs: number;
  readonly #closing: AbortSignal;

  /**
   * @param maxWaitMs longest wait inside a turn; a longer one throws {@link TooLongAWait} instead
   * @param closing once aborted, no request gets its turn
   */
  constructor(pace: Pace, maxWaitMs: number, closing: AbortSignal) {
    this.#pace = pace;
    this.#maxWaitMs = maxWaitMs;
    this.#closing = closing;
  }

  /**
   * Waits for earlier requests to this host and the gap after them, then runs `work` alone.
   *
   * @param gapMs asked when the turn has come: the last answer may have set it (a crawl-delay)
   */
  async run<T>(host: string, gapMs: () => number, work: () => Promise<T>): Promise<T> {
    const queue = this.#queue(host);
    const before = queue.tail;
    let release: () => void = () => {};
    queue.tail = new Promise<void>((resolve) => {
      release = resolve;
    });
    await before;
    try {
      await this.#pause(queue, queue.endedAt === null ? 0 : queue.endedAt + gapMs());
      try {
        return await work();
      } finally {
        queue.endedAt = this.#pace.now();
      }
    } finally {
      release();
    }
  }

  /** Sends nothing to a host for `ms` from now, as its `Retry-After` asked. */
  hold(host: string, ms: number): void {
    const queue = this.#queue(host);
    queue.heldUntil = Math.max(queue.heldUntil, this.#pace.now() + ms);
  }

  /** Until when a host is to be left alone, epoch milliseconds; null where it was never asked. */
  freeAt(host: string, gapMs: number): number | null {
    const queue = this.#hosts.get(host);
    if (queue === undefined || (queue.endedAt === null && queue.heldUntil === 0)) return null;
    return Math.max(queue.heldUntil, (queue.endedAt ?? 0) + gapMs);
  }

  async #pause(queue: HostQueue, gapEndsAt: number): Promise<void> {
    // A loop, for the sleep may be cut short, and a hold may have come meanwhile.
    for (;;) {
      if (this.#closing.aborted) throw new FetchProblem('postponed', 'the fetcher is closed; nothing was sent');
      const now = this.#pace.now();
      // The clock was set back: its earlier times are no reason to wait.
      if (queue.endedAt !== null && now < queue.endedAt - CLOCK_STEP_MS) {
        queue.endedAt = null;
        queue.heldUntil = 0;
        return;
      }
      const waitMs = Math.max(queue.heldUntil, gapEndsAt) - now;
      if (waitMs <= 0) return;
      if (waitMs > this.#maxWaitMs) throw new TooLongAWait(waitMs);
      await this.#pace.sleep(waitMs);
    }
  }

  #queue(host: string): HostQueue {
    let queue = this.#hosts.get(host);
    if (queue === undefined) {
      queue = { tail: Promise.resolve(), endedAt: null, heldUntil: 0 };
      this.#hosts.set(host, queue);
    }
    return queue;
  }
}
