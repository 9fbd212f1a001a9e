import type { HealthRecord } from '#core/health/record.ts';
import { DEFAULT_HEALTH_POLICY, type HealthPolicy } from '#core/health/step.ts';
import type { Verdict } from '#core/health/types.ts';
import { advance, fingerprintOf } from '#core/history/advance.ts';
import type { Capture, ChangeRecord, PageSpec, RevisionRecord } from '#core/history/types.ts';
import { StoredDataError } from '../errors.ts';
import { findBody, findCapture, keepBody, listCaptureIds } from '../objects/captures.ts';
import { noteAcceptance, wasAccepted } from '../objects/documents.ts';
import type { HistoryStore, ObjectStore } from '../ports.ts';
import { appendRevision, judge, type Known, quarantineRecord, sighting, tryRead } from './assess.ts';
import { type HealthOutcome, judgeHealth } from './step-health.ts';

export interface DeriveDeps {
  readonly history: Pick<HistoryStore, 'append' | 'quarantine'>;
  readonly objects: ObjectStore;
  readonly parser: string;
  /**
   * When a page that looks wrong is believed because it stays so. Null: only where that was noted when it happened, as
   * a rebuild needs it, which does not know of the checks in between.
   */
  readonly policy: HealthPolicy | null;
}

/** A page between two captures. */
export interface Derived {
  readonly known: Known | null;
  readonly health: HealthRecord | null;
}

export const NOTHING_DERIVED: Derived = { known: null, health: null };

/** What one capture came to. */
export interface DerivedStep {
  readonly capture: Capture;
  readonly outcome: 'revision' | 'unchanged' | 'quarantined' | 'expired';
  readonly revision: RevisionRecord | null;
  readonly changes: readonly ChangeRecord[];
  readonly after: Derived;
}

/** Believed at first sight, and never: how a noted judgement is repeated. */
const NOTED: Partial<HealthPolicy> = { confirmAfter: 1, confirmHours: 0 };
const NOT_NOTED: Partial<HealthPolicy> = { confirmAfter: Number.POSITIVE_INFINITY };

/**
 * Judges captures in order as `ingest` does and appends what comes of them, but flips nothing: whoever asked for it
 * makes the last state true at once, or leaves leftovers that nobody sees. Holds one page's text at a time.
 */
export async function* derive(
  deps: DeriveDeps,
  page: PageSpec,
  captures: AsyncIterable<Capture> | Iterable<Capture>,
  from: Derived = NOTHING_DERIVED,
): AsyncGenerator<DerivedStep> {
  let state = from;
  for await (const capture of captures) {
    const step = await deriveOne(deps, page, capture, state);
    state = step.after;
    yield step;
  }
}

async function deriveOne(deps: DeriveDeps, page: PageSpec, capture: Capture, state: Derived): Promise<DerivedStep> {
  const body = await findBody(deps.objects, capture);
  const nothing = { capture, revision: null, changes: [] };
  if (body === null) {
    // Only bodies of captures that said what was known expire: such a check is all that is left to be repeated.
    const health = stepHealth(page, state, capture, { verdict: 'ok' }, null, deps.policy ?? undefined);
    return { ...nothing, outcome: 'expired', after: { ...state, health: health.kept } };
  }
  const read = tryRead(body, capture);
  const verdict = judge(page, state.known, capture, body, read);
  const fingerprint = 'reading' in read ? fingerprintOf(read.reading.dated.blocks) : null;
  const policy = verdict.verdict === 'ok' ? undefined : await policyFor(deps, capture);
  const { accepted, kept: health } = stepHealth(page, state, capture, verdict, fingerprint, policy);
  if (verdict.verdict === 'bad' && !accepted) {
    await keepBody(deps.objects, capture, body);
    await deps.history.quarantine(quarantineRecord(capture, verdict));
    return { ...nothing, outcome: 'quarantined', after: { ...state, health } };
  }
  const options = { parser: deps.parser, technical: false, confirmed: accepted };
  const next = 'reading' in read ? advance(state.known, sighting(page, capture, read.reading), options) : null;
  if (next === null) return { ...nothing, outcome: 'unchanged', after: { ...state, health } };
  await keepBody(deps.objects, capture, body);
  if (accepted) await noteAcceptance(deps.objects, capture);
  await appendRevision(deps, next);
  const { head, document, revision, changes } = next;
  return { capture, outcome: 'revision', revision, changes, after: { known: { head, document }, health } };
}

async function policyFor(deps: DeriveDeps, capture: Capture): Promise<Partial<HealthPolicy> | undefined> {
  if (await wasAccepted(deps.objects, capture)) return NOTED;
  return deps.policy ?? NOT_NOTED;
}

function stepHealth(
  page: PageSpec,
  state: Derived,
  capture: Capture,
  verdict: Verdict,
  fingerprint: string | null,
  policy: Partial<HealthPolicy> = {},
): HealthOutcome & { readonly kept: HealthRecord } {
  const judged = { at: capture.fetchedAt, verdict, fingerprint };
  // A record of this very instant is that of another capture here, not of an earlier delivery of this one.
  const before = state.health?.observedAt === judged.at ? { ...state.health, observedAt: '' } : state.health;
  const outcome = judgeHealth(page.id, before, judged, { ...DEFAULT_HEALTH_POLICY, ...policy });
  // As `recordCheck` does: a page that is well and stays well keeps the record that says so.
  const believed = verdict.verdict === 'ok' || outcome.accepted;
  const isNews = state.health === null || outcome.wasBad || !believed || outcome.record.seq !== state.health.seq;
  return { ...outcome, kept: isNews || state.health === null ? outcome.record : state.health };
}

/** A page's captures in the order in which they were taken; only their names are held. */
export async function* capturesInOrder(
  objects: ObjectStore,
  pageId: string,
  wanted: (capture: Capture) => boolean = () => true,
): AsyncGenerator<Capture> {
  for (const { id } of await captureTimes(objects, pageId)) {
    const capture = await findCapture(objects, pageId, id);
    if (capture === null) throw new StoredDataError(`Capture ${id} of ${pageId} was listed and is gone`);
    if (wanted(capture)) yield capture;
  }
}

export interface CaptureTime {
  readonly id: string;
  readonly fetchedAt: string;
  /** Whether its record says that the page rolls. */
  readonly rolling?: boolean;
}

/** Names and times of a page's captures, in the order in which they were taken. */
export async function captureTimes(objects: ObjectStore, pageId: string): Promise<CaptureTime[]> {
  const all: CaptureTime[] = [];
  for await (const id of listCaptureIds(objects, pageId)) {
    const capture = await findCapture(objects, pageId, id);
    if (capture !== null) all.push({ id, fetchedAt: capture.fetchedAt, rolling: capture.rolling === true });
  }
  return all.sort(byTime);
}

export function byTime(a: CaptureTime, b: CaptureTime): number {
  if (a.fetchedAt !== b.fetchedAt) return a.fetchedAt < b.fetchedAt ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
