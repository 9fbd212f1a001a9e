import { AsyncLocalStorage } from 'node:async_hooks';

interface Timer {
  readonly at: number;
  readonly owner: string;
  readonly wake: () => void;
}

/**
 * Time for a simulation around real sockets: it stops while anybody works, and jumps to the next moment at
 * which somebody wakes when all sleep. Work is done for an owner, of whom one part at a time may work: an owner
 * sleeps when any of its parts does.
 */
export class VirtualClock {
  readonly #context = new AsyncLocalStorage<string>();
  readonly #timers: Timer[] = [];
  readonly #busy = new Map<string, number>();
  readonly #sleeping = new Map<string, number>();
  #at: number;

  constructor(start: string) {
    this.#at = Date.parse(start);
  }

  /** Epoch milliseconds. */
  readonly now = (): number => this.#at;
  readonly date = (): Date => new Date(this.#at);

  /** Works for an owner: time does not pass before the work is done or its owner sleeps. */
  async work<T>(owner: string, work: () => Promise<T>): Promise<T> {
    count(this.#busy, owner, 1);
    try {
      return await this.#context.run(owner, work);
    } finally {
      count(this.#busy, owner, -1);
    }
  }

  /** Sleeps simulated milliseconds, on behalf of the owner whose work this is. */
  readonly sleep = (ms: number, owner = this.#context.getStore()): Promise<void> => {
    if (owner === undefined) throw new Error('nobody sleeps here');
    count(this.#sleeping, owner, 1);
    return new Promise((done) => {
      const wake = () => {
        count(this.#sleeping, owner, -1);
        done();
      };
      const timer = { at: this.#at + Math.max(0, ms), owner, wake };
      const place = this.#timers.findIndex((other) => other.at > timer.at);
      this.#timers.splice(place === -1 ? this.#timers.length : place, 0, timer);
    });
  };

  /** Lets everybody work and sleep until the instant has come, and all that falls into it is done. */
  async runUntil(instant: number): Promise<void> {
    for (;;) {
      while (!this.#isQuiet()) await new Promise((done) => setImmediate(done));
      const next = this.#timers[0];
      if (next === undefined || next.at > instant) break;
      this.#timers.shift();
      this.#at = Math.max(this.#at, next.at);
      next.wake();
    }
    this.#at = Math.max(this.#at, instant);
  }

  #isQuiet(): boolean {
    for (const owner of this.#busy.keys()) if (!this.#sleeping.has(owner)) return false;
    return true;
  }
}

function count(counts: Map<string, number>, name: string, by: number): void {
  const next = (counts.get(name) ?? 0) + by;
  if (next === 0) counts.delete(name);
  else counts.set(name, next);
}
