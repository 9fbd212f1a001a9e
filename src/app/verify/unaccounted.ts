import { DEFAULT_HEALTH_POLICY } from '#core/health/step.ts';
import type { Capture, PageSpec } from '#core/history/types.ts';
import type { LoadedRevision } from '../history/revision-store.ts';
import { byTime, type CaptureTime } from '../objects/capture-times.ts';
import { bodyKey, evidenceKey } from '../objects/captures.ts';
import { assess } from '../pipeline.ts';
import type { ObjectChecks } from './objects.ts';
import { finding, type VerifyEvent } from './types.ts';

/**
 * The state of a capture that has neither a revision nor a quarantine item.
 * `unchanged`: it was accepted and equals its baseline. `unjudged`: it differs and nothing was written, so it was never
 * judged. `unrecorded`: it was quarantined, and its quarantine item is missing.
 */
export type Account = 'unchanged' | 'unjudged' | 'unrecorded';

export const unrecorded = (pageId: string, { id }: Capture): VerifyEvent =>
  finding(pageId, `quarantined capture ${id}`, 'its item is missing: the body of the capture is kept as quarantined');

/** What a capture was compared with at its time. */
export interface BaselineThen {
  readonly baseline: LoadedRevision | null;
  /** Whether this parser made it from the page as it was then; otherwise the capture is judged without a baseline. */
  readonly isComparable: boolean;
}

/** A page's captures without a revision and a quarantine item, judged again in the order of their times. */
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

  /** Captures before `until`, or all remaining ones where it is null. */
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
    // Without a body, which is reported elsewhere, nothing can be judged.
    if (body === null) return 'unchanged';
    const before = { baseline: isComparable ? baseline : null, health: null };
    const { verdict, next } = await assess(this.page, capture, body, before, {
      parser: this.parser,
      policyFor: () => DEFAULT_HEALTH_POLICY,
    });
    const isBad = verdict.verdict === 'bad';
    // A quarantined body is kept before its item is written; the body of an unchanged page is not kept.
    if (isBad && kept !== 'missing') return 'unrecorded';
    if (!isComparable) return 'unchanged';
    return isBad || next !== null ? 'unjudged' : 'unchanged';
  }
}
