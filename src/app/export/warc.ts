import { factsOf } from '#core/evidence/seal.ts';
import { type CaptureContext, type CaptureOutcome, warcInfo, warcMetadata, warcResponse } from '#core/evidence/warc.ts';
import { captureId } from '#core/history/revision.ts';
import type { Capture } from '#core/history/types.ts';
import type { CheckState } from '#core/schedule/check.ts';
import { StoredDataError } from '../errors.ts';
import { captureTimes } from '../objects/capture-times.ts';
import { findBody, findCapture } from '../objects/captures.ts';
import { wasAccepted } from '../objects/documents.ts';
import { type ExportDeps, isWithin, type Period } from './period.ts';

const SOFTWARE = 'daybook';
/** Quarantined captures that are looked up at once. */
const QUARANTINED = 100_000;

/** Every capture of the period, accepted or not, in the order of their times, except those with an expired body. */
export async function* exportWarc(deps: ExportDeps, pageId: string, period: Period): AsyncGenerator<Uint8Array> {
  const { objects } = deps;
  const times = (await captureTimes(objects, pageId)).filter((time) => isWithin(time.fetchedAt, period));
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) return;
  const outcomes = await outcomesOf(deps, pageId);
  const check = await deps.history.check(pageId);
  const page: CaptureContext['page'] = check?.page ?? {
    name: (await deps.history.head(pageId))?.name ?? null,
    rolling: times.some((time) => time.rolling),
    series: null,
  };
  const load = async (id: string): Promise<Capture> => {
    const capture = await findCapture(objects, pageId, id);
    if (capture === null) throw new StoredDataError(`Capture ${id} of ${pageId} was listed and is missing`);
    return factsOf(capture);
  };
  yield warcInfo(pageId, await load(first.id), await load(last.id), SOFTWARE);
  for (const [index, { id }] of times.entries()) {
    const capture = await load(id);
    const body = await findBody(objects, capture);
    const outcome = outcomes.get(id) ?? { kind: withoutTrace(check, id) };
    if (body !== null) {
      yield warcResponse(capture, body);
      const accepted =
        (outcome.kind === 'revision' && outcome.revision.confirmed) || (await wasAccepted(objects, capture));
      yield warcMetadata(capture, outcome, { page, accepted });
    } else if (outcome.kind === 'revision' || outcome.kind === 'quarantined') {
      throw new StoredDataError(`The body ${capture.sha256} of capture ${id} of ${pageId} is missing`);
    }
    deps.progress?.(pageId, index + 1, times.length);
  }
}

/** The outcome of a capture that neither a revision nor a quarantine item names. */
function withoutTrace(check: CheckState | null, id: string): 'unchanged' | 'unjudged' | 'unknown' {
  if (check === null || check.lastCaptureId === null || id > check.lastCaptureId) return 'unjudged';
  // The capture that the page waits for is not judged yet, even if one with a later name is.
  if (check.importing !== true && captureId(check.dueAt) === id) return 'unjudged';
  return check.importing === true ? 'unknown' : 'unchanged';
}

async function outcomesOf({ history }: ExportDeps, pageId: string): Promise<Map<string, CaptureOutcome>> {
  const outcomes = new Map<string, CaptureOutcome>();
  for (const { captureId, reason, detail } of await history.quarantined(pageId, QUARANTINED)) {
    outcomes.set(captureId, { kind: 'quarantined', reason, detail });
  }
  for (const revision of await history.revisions(pageId)) {
    // A technical revision reads a capture again; the outcome is the first revision of it.
    if (outcomes.get(revision.captureId)?.kind !== 'revision') {
      outcomes.set(revision.captureId, { kind: 'revision', revision });
    }
  }
  return outcomes;
}
