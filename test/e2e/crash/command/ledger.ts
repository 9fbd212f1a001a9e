import type { Deviation, Outcome, Whole } from '../life.ts';
import type { Life } from '../lives.ts';
import { describePoint } from '../points.ts';

/** What a process is asked to run, one at a time. */
export type Task = { readonly life: Life } | { readonly whole: Whole };

/** What came of it: of a life its outcome, of a whole scenario without faults its deviation. */
export type Result = { readonly outcome: Outcome } | { readonly whole: Deviation | null };

/**
 * What is to be run and what came of it. Points that a life did not come to, because its calls were other ones among
 * earlier faults or because it deviated, get a life of their own at the end; a point counts when its call was made and
 * the state was the known one after it.
 */
export class Ledger {
  readonly deviations: Deviation[] = [];
  /** Points whose call was not made in a life of their own either. */
  readonly unreached: string[] = [];
  points = 0;
  /** Tasks that are done, of those there are. */
  done = 0;
  total: number;
  /** Lives that are done, and how many of them were run again for one point alone. */
  lives = 0;
  alone = 0;
  readonly #tasks: Task[];
  readonly #again = new Set<Task>();

  constructor(lives: readonly Life[], wholes: readonly Whole[]) {
    this.#tasks = [...wholes.map((whole): Task => ({ whole })), ...lives.map((life): Task => ({ life }))];
    this.total = this.#tasks.length;
  }

  next(): Task | undefined {
    return this.#tasks.shift();
  }

  recordCheck(task: Task, result: Result): void {
    this.done += 1;
    if ('whole' in result) {
      if (result.whole !== null) this.deviations.push(result.whole);
      return;
    }
    const { ran, again, deviation } = result.outcome;
    this.points += ran;
    this.lives += 1;
    if (deviation !== null) this.deviations.push(deviation);
    if (this.#again.has(task)) {
      this.alone += 1;
      if (deviation === null) {
        this.unreached.push(...again.map(({ step, point }) => `${describePoint(point)} in step ${step + 1}`));
      }
      return;
    }
    for (const slot of again) {
      const own: Task = { life: [slot] };
      this.#again.add(own);
      this.#tasks.push(own);
      this.total += 1;
    }
  }
}
