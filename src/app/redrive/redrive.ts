import type { Queue } from '../ports.ts';
import { type DeadLetter, type FunctionNames, type Given, readLetter } from './letter.ts';
import { type Alerted, unsentPages } from './unsent.ts';

/** The queue of dead letters. */
export interface DeadLetters {
  /** All that are there, each once, hidden from others meanwhile. */
  take(): AsyncIterable<DeadLetter>;
  /** Deletes one that was taken. */
  remove(letter: DeadLetter): Promise<void>;
  /** Lets others see one again that was taken. */
  release(letter: DeadLetter): Promise<void>;
}

export interface RedriveDeps {
  readonly letters: DeadLetters;
  readonly functions: FunctionNames;
  /** Calls of ingest: accepted, and tried again by Lambda. */
  readonly ingest: Queue<unknown>;
  /** Lets notify send what it has not sent of some pages, and waits for its end. */
  readonly notify: (pageIds: readonly string[]) => Promise<void>;
  readonly history: Alerted;
  /** The channels that notify sends to. */
  readonly channels: readonly string[];
}

/** Redriven: its work was handed over again. Settled: it needs no work. Both are deleted; what is kept stays. */
export type Outcome = 'redriven' | 'settled' | 'kept';

export type RedriveStep =
  | { readonly type: 'looked'; readonly pages: number }
  /** Pages of which notify sent alerts, or would. */
  | { readonly type: 'alerts'; readonly pages: readonly string[] }
  | {
      readonly type: 'letter';
      readonly id: string;
      readonly sentAt: string | null;
      readonly from: Given['from'];
      readonly pages: readonly string[];
      readonly outcome: Outcome;
      /** Why it is kept; else what the call had failed with. */
      readonly why: string | null;
    };

/** Pages of one call of notify, as the stream hands them over. */
const PAGES_A_CALL = 10;

/**
 * Hands the work of dead letters over again, and deletes each letter after its work was accepted. A letter of the
 * stream holds no record, so the pages with unsent alerts are looked for, once for all of them. What fails or is not
 * understood is kept, and seen by others again.
 * @param dryRun says what would be done, and does nothing.
 */
export async function* redrive(deps: RedriveDeps, { dryRun = false } = {}): AsyncGenerator<RedriveStep> {
  /** What was taken and is not deleted. */
  const held = new Set<DeadLetter>();
  const finish = (letter: DeadLetter, work: () => Promise<void>) =>
    failureOf(async () => {
      if (dryRun) return;
      await work();
      await deps.letters.remove(letter);
      held.delete(letter);
    });
  const ofNotify: [DeadLetter, Given][] = [];
  try {
    for await (const letter of deps.letters.take()) {
      held.add(letter);
      const given = readLetter(letter, deps.functions);
      if (given.from === 'notify') ofNotify.push([letter, given]);
      else if (given.from === null) yield stepOf(letter, given, given.why);
      else yield stepOf(letter, given, await finish(letter, () => handOver(deps, given)));
    }
    if (ofNotify.length === 0) return;
    const pages = yield* lookForUnsent(deps);
    const failure = dryRun ? null : await sendAlerts(deps, pages);
    yield { type: 'alerts', pages };
    for (const [letter, given] of ofNotify) {
      yield stepOf(letter, given, failure ?? (await finish(letter, async () => {})));
    }
  } finally {
    await releaseAll(deps.letters, held);
  }
}

/** Gives back each letter, also after one that cannot be given back. @throws what the first of these failed with */
async function releaseAll(letters: DeadLetters, held: Iterable<DeadLetter>): Promise<void> {
  const failures: unknown[] = [];
  for (const letter of held) {
    await letters.release(letter).catch((error: unknown) => void failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
}

/** What other functions were handed is planned again by itself. */
async function handOver({ ingest }: RedriveDeps, given: Given): Promise<void> {
  if (given.from === 'ingest') await ingest.send(given.payload);
}

async function* lookForUnsent({ history, channels }: RedriveDeps): AsyncGenerator<RedriveStep, string[]> {
  const looking = unsentPages(history, channels);
  for (;;) {
    const step = await looking.next();
    if (step.done === true) return step.value;
    yield { type: 'looked', pages: step.value };
  }
}

/** Calls notify for all pages, whatever becomes of some. Returns the first failure. */
async function sendAlerts({ notify }: RedriveDeps, pages: readonly string[]): Promise<string | null> {
  let first: string | null = null;
  for (let at = 0; at < pages.length; at += PAGES_A_CALL) {
    const failure = await failureOf(() => notify(pages.slice(at, at + PAGES_A_CALL)));
    first ??= failure;
  }
  return first;
}

async function failureOf(work: () => Promise<void>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function stepOf({ id, sentAt }: DeadLetter, given: Given, failure: string | null): RedriveStep {
  const { from } = given;
  const done = from === 'ingest' || from === 'notify' ? 'redriven' : 'settled';
  return {
    type: 'letter',
    id,
    sentAt,
    from,
    pages: given.from === 'ingest' ? given.pages : [],
    outcome: failure === null ? done : 'kept',
    why: failure ?? (given.from === null ? given.why : given.error),
  };
}
