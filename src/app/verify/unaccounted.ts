import { DEFAULT_HEALTH_POLICY } from '#core/health/step.ts';
import type { Capture, PageSpec } from '#core/history/types.ts';
import type { LoadedRevision } from '../history/revision-store.ts';
import { byTime, type CaptureTime } from '../objects/capture-times.ts';
import { bodyKey, evidenceKey } from '../objects/captures.ts';
import { assess } from '../pipeline.ts';
import type { ObjectChecks } from './objects.ts';
import { finding, type VerifyEvent } from './types.ts';

/**
 * The outcome of a capture that has neither a revision nor a quarantine item.
 * `unchanged`: it was believed and equals its baseline. `unjudged`: it differs, and nothing was written, so it was stored
 * and never judged. `unrecorded`: it was judged and not believed, and its quarantine item is missing.
 */
export type Account = 'unchanged' | 'unjudged' | 'unrecorded';

export const unrecorded = (pageId: string, { id }: Capture): VerifyEvent =>
  finding(pageId, `quarantined capture ${id}`, 'its item is missing: the capture is kept as one that was not believed');

/** What a capture was compared with at its time. */
export interface BaselineThen {
  readonly baseline: LoadedRevision | null;
  /** Whether this parser made it, and made it of the page as it was then: otherwise only the capture by itself counts. */
  readonly isComparable: boolean;
}

/** A page's captures without a revision and a quarantine item, judged once more in the order of their times. */
export class Unaccounted {
  readonly #rest: Capture[];

  constructor(
    private readonly checks: ObjectChecks,
    private readonly page: PageSpec,
    private readonly parser: string,
    captures: readonly Capture[],
  ) {
    this.#rest = [...captures].sort(byTime).reverse();
  }

  /** Those before `until`, all that are left where it is null. */
  async *before(until: CaptureTime | null, then: BaselineThen): AsyncGenerator<readonly [Capture, Account]> {
    for (;;) {
      const capture = this.#rest.at(-1);
      if (capture === undefined || (until !== null && byTime(capture, until) >= 0)) return;
      this.#rest.pop();
      yield [capture, await this.account(capture, then)];
    }
  }

  private async account(capture: Capture, { baseline, isComparable }: BaselineThen): Promise<Account> {
    const { fetched, kept } = await this.checks.body(capture);
    const key = kept === 'sound' ? evidenceKey(capture.sha256) : fetched === 'sound' ? bodyKey(capture) : null;
    const body = key === null ? null : await this.checks.content(key);
    // Expired, missing or damaged: reported elsewhere, and nothing is left to be judged.
    if (body === null) return 'unchanged';
    const before = { baseline: isComparable ? baseline : null, health: null };
    const { verdict, next } = await assess(this.page, capture, body, before, {
      parser: this.parser,
      policyFor: () => DEFAULT_HEALTH_POLICY,
    });
    const isBad = verdict.verdict === 'bad';
    // A refused body is kept before its item is written, and a body that brings nothing new is not kept.
    if (isBad && kept !== 'missing') return 'unrecorded';
    if (!isComparable) return 'unchanged';
    return isBad || next !== null ? 'unjudged' : 'unchanged';
  }
}
