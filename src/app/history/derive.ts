import { DEFAULT_HEALTH_POLICY, type HealthPolicy } from '#core/health/step.ts';
import type { Capture, ChangeRecord, PageSpec, RevisionRecord } from '#core/history/types.ts';
import { ahead, WritesBehind } from '../ahead.ts';
import { findBody } from '../objects/captures.ts';
import { wasAccepted } from '../objects/documents.ts';
import { type Assessment, append, assess, type PageSoFar } from '../pipeline.ts';
import type { HistoryStore, ObjectStore } from '../ports.ts';
import { RecallInMemory } from './recall.ts';
import { rememberingReader, type TextReader } from './remembered.ts';
import { type HealthOutcome, stepHealth } from './step-health.ts';

export interface DeriveDeps {
  readonly history: Pick<HistoryStore, 'append' | 'quarantine'>;
  readonly objects: ObjectStore;
  readonly parser: string;
  /**
   * When a suspect capture is accepted because the page stays the same. Null: only with an acceptance note, as
   * a rebuild needs it, which does not know of the checks in between.
   */
  readonly policy: HealthPolicy | null;
}

const NOTHING: PageSoFar = { baseline: null, health: null };

/** The result of one capture. */
export interface DerivedStep {
  readonly capture: Capture;
  readonly outcome: 'revision' | 'unchanged' | 'quarantined' | 'expired';
  readonly revision: RevisionRecord | null;
  readonly changes: readonly ChangeRecord[];
  readonly after: PageSoFar;
}

/** Accepted at the first capture, and never: how a recorded acceptance is repeated. */
const NOTED: HealthPolicy = { ...DEFAULT_HEALTH_POLICY, confirmAfter: 1, confirmHours: 0 };
const NOT_NOTED: HealthPolicy = { ...DEFAULT_HEALTH_POLICY, confirmAfter: Number.POSITIVE_INFINITY };

/** Captures whose bodies are read before their turn, and captures whose items are still being written behind it. */
const AHEAD = 8;
const BEHIND = 4;

/**
 * Sends captures in order through the pipeline, as `ingest` does, but flips no head: the caller publishes the last state
 * at once, or leaves invisible leftovers. A step may come before its items are written; at the end all are. Holds the
 * texts of a few captures at a time.
 */
export async function* derive(
  deps: DeriveDeps,
  page: PageSpec,
  captures: AsyncIterable<Capture> | Iterable<Capture>,
  from: PageSoFar = NOTHING,
): AsyncGenerator<DerivedStep> {
  let state = from;
  const recall = new RecallInMemory(from.baseline?.recall ?? null);
  const bodies = ahead(captures, AHEAD, async (capture) => ({ capture, body: await findBody(deps.objects, capture) }));
  const texts = rememberingReader();
  const writes = new WritesBehind(BEHIND);
  try {
    for await (const { capture, body } of bodies) {
      const { assessment, step } = await deriveOne({ ...deps, texts }, page, capture, body, state, recall);
      if (assessment !== null) await writes.begin(() => append(deps, assessment));
      state = step.after;
      yield step;
    }
  } finally {
    await writes.end();
  }
}

async function deriveOne(
  deps: DeriveDeps & { readonly texts: TextReader },
  page: PageSpec,
  capture: Capture,
  body: Uint8Array | null,
  state: PageSoFar,
  recall: RecallInMemory,
): Promise<{ readonly assessment: Assessment | null; readonly step: DerivedStep }> {
  // A record of this very instant is that of another capture here, not of an earlier delivery of this one.
  const isSameInstant = state.health?.observedAt === capture.fetchedAt;
  const before = state.health !== null && isSameInstant ? { ...state.health, observedAt: '' } : state.health;
  const kept = ({ isNews, record }: HealthOutcome) => (isNews ? record : state.health);
  if (body === null) {
    // Only bodies of captures that brought nothing new expire: of such a check its good verdict is left.
    const seen = { at: capture.fetchedAt, verdict: { verdict: 'ok' }, fingerprint: null, awaited: false } as const;
    const health = kept(stepHealth(page.id, before, seen));
    const step: DerivedStep = { capture, outcome: 'expired', revision: null, changes: [], after: { ...state, health } };
    return { assessment: null, step };
  }
  const options = { parser: deps.parser, policyFor: (one: Capture) => policyFor(deps, one), texts: deps.texts };
  const assessment = await assess(page, capture, body, { baseline: state.baseline, health: before }, options);
  const { next } = assessment;
  if (next !== null) recall.add(next);
  const step: DerivedStep = {
    capture,
    outcome: !assessment.health.accepted ? 'quarantined' : next === null ? 'unchanged' : 'revision',
    revision: next?.revision ?? null,
    changes: next?.changes ?? [],
    after: {
      baseline:
        next === null
          ? state.baseline
          : { head: next.head, document: next.document, fingerprint: next.revision.fingerprint, recall },
      health: kept(assessment.health),
    },
  };
  return { assessment, step };
}

async function policyFor(deps: DeriveDeps, capture: Capture): Promise<HealthPolicy> {
  if (await wasAccepted(deps.objects, capture)) return NOTED;
  return deps.policy ?? NOT_NOTED;
}
