/**
 * Works on items ahead of the one that takes the results, which come in the order of the items: while one is used, the
 * next are on their way. An error comes in its turn too. Nothing is left running when the results end or are no longer
 * wanted.
 * @param width most items that are on their way at a time: so much more memory is in use.
 */
export async function* ahead<T, R>(
  items: AsyncIterable<T> | Iterable<T>,
  width: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  const take = async (): Promise<IteratorResult<R>> => {
    const next = await iterator.next();
    return next.done === true ? { done: true, value: undefined } : { done: false, value: await work(next.value) };
  };
  const running: Promise<IteratorResult<R>>[] = [];
  try {
    for (;;) {
      while (running.length < width) running.push(inItsTurn(take()));
      const next = await running.shift();
      if (next === undefined || next.done === true) return;
      yield next.value;
    }
  } finally {
    await Promise.allSettled(running);
    await iterator.return?.();
  }
}

/** Writes that go on while the work does, `width` of them at most. */
export class WritesBehind {
  readonly #running: Promise<void>[] = [];

  constructor(private readonly width: number) {}

  /** Begins a write; waits first while there are too many. @throws the error of an earlier one. */
  async begin(write: () => Promise<void>): Promise<void> {
    if (this.#running.length >= this.width) await this.#running.shift();
    this.#running.push(inItsTurn(write()));
  }

  /** Waits for all of them. @throws the first error, when none is left running. */
  async end(): Promise<void> {
    const ended = await Promise.allSettled(this.#running.splice(0));
    for (const one of ended) if (one.status === 'rejected') throw one.reason;
  }
}

/** Keeps an error until somebody waits for it: until then it is not unhandled. */
function inItsTurn<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {
    // It is not lost: the promise keeps it.
  });
  return promise;
}
