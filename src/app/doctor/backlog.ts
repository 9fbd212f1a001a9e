import { unlessDamaged } from '../errors.ts';
import { findCapture, listCaptureIds } from '../objects/captures.ts';
import type { HistoryStore, ObjectStore } from '../ports.ts';
import { type Finding, fault, note, ok, some, warning } from './finding.ts';
import type { SurveyedPage } from './survey.ts';

/** Pages whose captures and alerts are counted; each costs a few reads. */
export const MOST_PAGES = 100;
/** What is younger may still be under way, milliseconds. */
const UNDER_WAY_MS = 15 * 60_000;

type Reads = Pick<HistoryStore, 'checksOf' | 'cursors' | 'heads' | 'health'>;

/** Captures that were stored and not judged, or lost since, and alerts that were not sent. */
export async function backlog(
  pages: readonly SurveyedPage[],
  { history, objects }: { readonly history: Reads; readonly objects: ObjectStore },
  now: number,
  todo: string,
): Promise<Finding[]> {
  const seen = pages.filter((page) => page.lastCheckedAt !== null);
  const ids = seen.slice(0, MOST_PAGES).map(({ id }) => id);
  const checks = await history.checksOf(ids);
  const newest = new Map(ids.map((id) => [id, checks.get(id)?.lastCaptureId ?? null]));
  const lost = await lostCaptures(newest, objects);
  const waiting = await waitingCaptures(newest, objects, now);
  const unsent = await unsentAlerts(ids, history, now);
  const findings = [
    ...(lost.length === 0
      ? []
      : [fault('captures', `The newest capture of ${some(lost)} is lost or damaged`, LOST, { lost: lost.length })]),
    waiting.length === 0
      ? ok('captures', 'No capture waits to be judged')
      : warning('captures', `Captures of ${some(waiting)} wait to be judged`, `The next check judges them; ${todo}`, {
          pages: waiting.length,
        }),
    unsent.length === 0
      ? ok('alerts', 'No alert waits to be sent')
      : warning('alerts', `Alerts of ${some(unsent)} were not sent`, `The next check sends them; ${todo}`, {
          pages: unsent.length,
        }),
  ];
  const rest = seen.length - ids.length;
  if (rest > 0) findings.push(note('captures', `Captures and alerts of ${rest} more pages were not counted`));
  return findings;
}

const LOST =
  'Bring the captures back from a back-up or an older version of their objects; "daybook verify" names all that is missing';

/** Ids of captures by page; null: none was judged yet. */
type Newest = ReadonlyMap<string, string | null>;

/** Pages whose newest judged capture is not there, or not what was stored. Records of captures are kept for ever. */
async function lostCaptures(newest: Newest, objects: ObjectStore): Promise<string[]> {
  const found: string[] = [];
  for (const [id, capture] of newest) {
    if (capture === null) continue;
    if ((await unlessDamaged(() => findCapture(objects, id, capture), null)) === null) found.push(id);
  }
  return found;
}

async function waitingCaptures(newest: Newest, objects: ObjectStore, now: number): Promise<string[]> {
  const found: string[] = [];
  for (const [id, after] of newest) {
    for await (const capture of listCaptureIds(objects, id, after)) {
      if (now - timeOf(capture) > UNDER_WAY_MS) found.push(id);
      break;
    }
  }
  return found;
}

/** When a capture was made, epoch milliseconds: its id begins with the time, `20220109T101500000Z`. */
function timeOf(captureId: string): number {
  const [, year, month, day, hour, minute] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)/.exec(captureId) ?? [];
  return year === undefined ? 0 : Date.parse(`${year}-${month}-${day}T${hour}:${minute}Z`);
}

async function unsentAlerts(ids: readonly string[], history: Reads, now: number): Promise<string[]> {
  const heads = await history.heads(ids);
  const found: string[] = [];
  for (const id of ids) {
    const [cursors, health] = await Promise.all([history.cursors(id), history.health(id)]);
    const head = heads.get(id);
    const isOld = (at: string | undefined) => at !== undefined && now - Date.parse(at) > UNDER_WAY_MS;
    const event = health?.events.at(-1);
    const behind = (cursors.length > 0 ? cursors : [{ revision: 0, healthSeq: 0 }]).some(
      ({ revision, healthSeq }) =>
        (revision < (head?.revision ?? 0) && isOld(head?.observedAt)) ||
        (healthSeq < (event?.seq ?? 0) && isOld(event?.at)),
    );
    if (behind) found.push(id);
  }
  return found;
}
