import type { EventClock } from './clock.ts';

/** What a function is configured with, as far as it matters for time and money. */
export interface FunctionSetup<T> {
  readonly name: string;
  readonly memoryGb: number;
  readonly timeoutMs: number;
  /** Further tries of a call that failed. */
  readonly retries: number;
  /** A call that could not begin for so long is given up. */
  readonly maxAgeMs: number;
  /** A process that starts: what outlives its calls. `life.isOver` ends everything that it does. */
  readonly start: (life: Life) => (payload: T) => Promise<void>;
}

/** A process of a function. When it is over, nothing that sleeps in it wakes. */
export interface Life {
  isOver: boolean;
  readonly sleep: (ms: number) => Promise<void>;
}

export interface Ran {
  calls: number;
  starts: number;
  failed: number;
  /** Calls that Lambda ended at the time limit, and those that it gave up. */
  killed: number;
  givenUp: number;
  /** Tries that found no room among the calls that may run at once. */
  throttled: number;
  gbSeconds: number;
  longestMs: number;
  longestWaitMs: number;
}

/** The calls of all functions that run at once in an account. */
export class Account {
  running = 0;
  most = 0;

  constructor(
    readonly clock: EventClock,
    readonly limit: number,
  ) {}
}

/** Starting a process, billed like the rest. */
const START_MS = 1_200;
/** An idle process is kept for about so long. */
const IDLE_MS = 7 * 60_000;
const FIRST_BACKOFF_MS = 1_000;
const LONGEST_BACKOFF_MS = 5 * 60_000;

interface Process<T> extends Life {
  readonly handle: (payload: T) => Promise<void>;
  idleSince: number;
}

/** Asynchronous calls of one function: each in a process of its own, put off while the account has no room. */
export class LambdaFunction<T> {
  readonly ran: Ran = {
    calls: 0,
    starts: 0,
    failed: 0,
    killed: 0,
    givenUp: 0,
    throttled: 0,
    gbSeconds: 0,
    longestMs: 0,
    longestWaitMs: 0,
  };
  readonly #idle: Process<T>[] = [];

  constructor(
    private readonly account: Account,
    private readonly setup: FunctionSetup<T>,
  ) {}

  /** Accepts the call; what becomes of it is in `ran`. */
  invoke(payload: T): void {
    void this.#deliver(payload, this.account.clock.now());
  }

  async #deliver(payload: T, acceptedAt: number): Promise<void> {
    const { clock } = this.account;
    const { retries, maxAgeMs } = this.setup;
    let backoffMs = FIRST_BACKOFF_MS;
    for (let failures = 0; ; ) {
      if (clock.now() - acceptedAt > maxAgeMs) break;
      if (this.account.running >= this.account.limit) {
        this.ran.throttled += 1;
        await clock.sleep(backoffMs);
        backoffMs = Math.min(backoffMs * 2, LONGEST_BACKOFF_MS);
        continue;
      }
      if (failures === 0) this.ran.longestWaitMs = Math.max(this.ran.longestWaitMs, clock.now() - acceptedAt);
      if (await this.#run(payload)) return;
      failures += 1;
      if (failures > retries) break;
      await clock.sleep(failures * 60_000);
    }
    this.ran.givenUp += 1;
  }

  /** Whether the call succeeded. */
  async #run(payload: T): Promise<boolean> {
    const { account, setup, ran } = this;
    account.running += 1;
    account.most = Math.max(account.most, account.running);
    ran.calls += 1;
    const startedAt = account.clock.now();
    const process = this.#warm() ?? this.#start();
    const work = async () => {
      if (process.idleSince === NEVER) await process.sleep(START_MS);
      await process.handle(payload);
      return 'done' as const;
    };
    const outcome = await Promise.race([
      work().catch((error: unknown) => ({ error })),
      account.clock.sleep(setup.timeoutMs).then(() => 'killed' as const),
    ]);
    const tookMs = account.clock.now() - startedAt;
    ran.gbSeconds += (tookMs / 1_000) * setup.memoryGb;
    ran.longestMs = Math.max(ran.longestMs, tookMs);
    account.running -= 1;
    if (outcome === 'killed') {
      process.isOver = true;
      ran.killed += 1;
      return false;
    }
    process.idleSince = account.clock.now();
    this.#idle.push(process);
    if (outcome === 'done') return true;
    ran.failed += 1;
    return false;
  }

  #warm(): Process<T> | undefined {
    const now = this.account.clock.now();
    while ((this.#idle[0]?.idleSince ?? now) < now - IDLE_MS) this.#idle.shift();
    return this.#idle.pop();
  }

  #start(): Process<T> {
    this.ran.starts += 1;
    const { clock } = this.account;
    const life: Life = {
      isOver: false,
      sleep: async (ms) => {
        await clock.sleep(ms);
        if (life.isOver) await new Promise(() => {});
      },
    };
    return Object.assign(life, { handle: this.setup.start(life), idleSince: NEVER });
  }
}

const NEVER = Number.NEGATIVE_INFINITY;
