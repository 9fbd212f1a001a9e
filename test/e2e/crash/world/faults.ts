import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { awsFailure } from '#adapters/aws/failure.ts';
import { UnavailableError } from '#app/errors.ts';
import { type Command, refused } from '../../../support/item-table.ts';

/**
 * What may happen at one call: the process dies before or after it, the call fails and may succeed later, the service
 * throttles it, a batch is torn (half of it is written and the process dies), a rival with the same message runs from
 * start to end before it, or the worker sleeps there, is given up, and wakes when the world has moved on.
 */
export type Fault = 'dies-before' | 'dies-after' | 'fails' | 'throttled' | 'torn' | 'rival' | 'sleeps';

/** Between the use cases and their ports, or between the history store and its database. */
export type Level = 'port' | 'database';

/** One thing that can go wrong: at the `nth` call of this name, from 0, within a step. */
export interface Point {
  readonly level: Level;
  /** As calls are named: `ingest history.flipHead`. */
  readonly call: string;
  readonly nth: number;
  /** The call's place among all calls of the level, for people to find it. */
  readonly index: number;
  readonly fault: Fault;
}

export class Died extends Error {
  constructor() {
    super('the process died');
  }
}

/** One invocation of one function: when it is dead, nothing that it still tries happens. */
export class Worker {
  dead = false;
  /** Resolves when the worker falls asleep. */
  readonly asleep: Promise<void>;
  #fallAsleep: () => void = () => {};
  #wake: () => void = () => {};

  constructor(
    readonly name: string,
    /** Runs the same message in another worker, from start to end. */
    readonly rival: () => Promise<void>,
  ) {
    this.asleep = new Promise((done) => {
      this.#fallAsleep = done;
    });
  }

  async sleep(): Promise<void> {
    const woken = new Promise<void>((done) => {
      this.#wake = done;
    });
    this.#fallAsleep();
    await woken;
  }

  wake(): void {
    this.#wake();
  }
}

/** Counts the calls of all workers by itself, level by level, and makes one of them go wrong. */
export class Injector {
  /** The calls that were made while it was armed, by level: `ingest history.flipHead`. */
  readonly calls: Record<Level, string[]> = { port: [], database: [] };
  armed = true;
  /** The worker that sleeps, once one does. */
  sleeper: Worker | null = null;

  constructor(readonly point: Point | null) {}

  async around<T>(level: Level, worker: Worker, name: string, call: () => Promise<T>, command?: Command): Promise<T> {
    if (worker.dead) throw new Died();
    if (!this.armed) return call();
    const { point } = this;
    const made = this.calls[level];
    const called = `${worker.name} ${name}`;
    made.push(called);
    if (point === null || point.level !== level || point.call !== called) return call();
    if (made.filter((one) => one === called).length !== point.nth + 1) return call();
    this.armed = false;
    switch (point.fault) {
      case 'dies-before':
        return this.kill(worker);
      case 'dies-after':
        await call();
        return this.kill(worker);
      case 'torn':
        if (command instanceof BatchWriteCommand) await half(command, call);
        return this.kill(worker);
      case 'fails':
        throw new UnavailableError(`${name} failed on purpose`);
      case 'throttled':
        // The database answers as the service does; a port throws it as the adapters throw every service's.
        throw level === 'database' ? refused('ThrottlingException') : awsFailure(refused('SlowDown', 503), name);
      case 'rival':
        await worker.rival();
        return call();
      case 'sleeps':
        this.sleeper = worker;
        await worker.sleep();
        return call();
    }
  }

  private kill(worker: Worker): never {
    worker.dead = true;
    throw new Died();
  }
}

/** Makes the call with half of its requests; of one, none. */
async function half(command: BatchWriteCommand, call: () => Promise<unknown>): Promise<void> {
  const whole = command.input.RequestItems ?? {};
  command.input.RequestItems = Object.fromEntries(
    Object.entries(whole).map(([table, requests]) => [table, requests.slice(0, Math.floor(requests.length / 2))]),
  );
  // An empty batch is an error of its own.
  if (Object.values(command.input.RequestItems).some((requests) => requests.length > 0)) await call();
}

/**
 * The same object with every method watched, whatever methods it has: what answers with a promise as one call, what
 * answers with an async iterable as one call a step. A port that gets a new method is watched without a change here.
 */
export function watched<T extends object>(
  target: T,
  around: <R>(name: string, call: () => Promise<R>) => Promise<R>,
): T {
  return new Proxy(target, {
    get(object, property) {
      const member: unknown = Reflect.get(object, property);
      if (typeof member !== 'function' || typeof property !== 'string') return member;
      return (...args: unknown[]) => {
        const made = () => Reflect.apply(member, object, args) as unknown;
        if (!isIterating(member)) return around(property, async () => made());
        return steps(property, made() as AsyncIterable<unknown>, around);
      };
    },
  });
}

/** An async generator function is recognised before it is called, so that a plain call is made inside its watch. */
function isIterating(member: unknown): boolean {
  return Object.prototype.toString.call(member) === '[object AsyncGeneratorFunction]';
}

async function* steps(
  name: string,
  iterable: AsyncIterable<unknown>,
  around: <R>(name: string, call: () => Promise<R>) => Promise<R>,
): AsyncGenerator<unknown> {
  const iterator = iterable[Symbol.asyncIterator]();
  for (;;) {
    const step = await around(name, () => iterator.next());
    if (step.done === true) return;
    yield step.value;
  }
}
