import type { HealthRecord } from '#core/health/record.ts';
import type { HealthPolicy } from '#core/health/step.ts';
import type { Verdict } from '#core/health/types.ts';
import type { Advance } from '#core/history/advance.ts';
import type { Capture, PageSpec } from '#core/history/types.ts';
import { type CaptureReading, judgeCapture, nextRevision, readCapture } from './history/read-capture.ts';
import { READ_ALL, type TextReader } from './history/remembered.ts';
import { appendRevision, type LoadedRevision } from './history/revision-store.ts';
import { type HealthOutcome, isAwaited, stepHealth } from './history/step-health.ts';
import { keepBody } from './objects/captures.ts';
import { noteAcceptance } from './objects/documents.ts';
import type { HistoryStore, ObjectStore } from './ports.ts';

/*
 * The way of one capture into the history. `fetch/` has stored the capture. `ingest/`, imports and rebuilds
 * (`history/derive.ts`) and `verify/` all send it through here:
 *
 *   read → judge → step the health → make the next revision → append its items
 *
 * Appended items are invisible until a head names them. The caller flips the head, as the last step.
 */

/** The state of a page before a capture. Null: none yet. */
export interface PageSoFar {
  readonly baseline: LoadedRevision | null;
  readonly health: HealthRecord | null;
}

export interface Assessment {
  readonly read: CaptureReading;
  readonly verdict: Verdict;
  readonly health: HealthOutcome;
  /** The revision that the capture makes, null where it is not accepted or has nothing new. */
  readonly next: Advance | null;
}

export interface AssessOptions {
  readonly parser: string;
  /** When a bad verdict is overruled because the page stays the same; called for bad verdicts only. */
  readonly policyFor: (capture: Capture) => HealthPolicy | Promise<HealthPolicy>;
  /** What reads the page's texts; one that remembers them is faster over many captures, and gives the same. */
  readonly texts?: TextReader;
}

/** Assesses a capture. Writes nothing: the same input always gives the same assessment. */
export async function assess(
  page: PageSpec,
  capture: Capture,
  body: Uint8Array,
  before: PageSoFar,
  { parser, policyFor, texts = READ_ALL }: AssessOptions,
): Promise<Assessment> {
  const read = readCapture(capture, body, texts);
  const verdict = judgeCapture(page, before.baseline, read);
  const awaited = isAwaited(page, before.baseline);
  const seen = { at: capture.fetchedAt, verdict, fingerprint: read.fingerprint, awaited };
  const policy = verdict.verdict === 'ok' ? undefined : await policyFor(capture);
  const health = stepHealth(page.id, before.health, seen, policy);
  // An earlier attempt may have flipped the head to this capture already.
  const isRepeated = before.baseline?.head.captureId === capture.id;
  const next =
    health.accepted && !isRepeated
      ? await nextRevision(page, before.baseline, read, {
          parser,
          technical: false,
          confirmed: health.confirmed,
          keyOf: texts.keyOf,
          jsonOf: texts.jsonOf,
        })
      : null;
  return { read, verdict, health, next };
}

/** Writes the evidence of an assessment, then its items. The same call again changes nothing. */
export async function append(
  deps: { readonly history: Pick<HistoryStore, 'append' | 'quarantine'>; readonly objects: ObjectStore },
  { read: { capture, body }, verdict, health, next }: Assessment,
): Promise<void> {
  const isRefused = verdict.verdict === 'bad' && !health.accepted;
  if (isRefused || next !== null) await keepBody(deps.objects, capture, body);
  if (isRefused) {
    const { pageId, id, fetchedAt, sha256, status } = capture;
    const { reason, detail } = verdict;
    await deps.history.quarantine({ pageId, captureId: id, fetchedAt, sha256, status, reason, detail });
  }
  if (next === null) return;
  if (health.confirmed) await noteAcceptance(deps.objects, capture);
  await appendRevision(deps, next);
}
