import { revisionAlertKey } from '#core/alerts/key.ts';
import { healthAlert, newsAlert } from '#core/alerts/message.ts';
import type { AlertRecord } from '#core/alerts/record.ts';
import { decide } from '#core/alerts/rules.ts';
import type { Alert } from '#core/alerts/types.ts';
import type { AlertRules } from '#core/config.ts';
import { isAbsence, isRefusal, statusIn } from '#core/health/failure.ts';
import type { HealthEvent } from '#core/health/record.ts';
import type { Head } from '#core/history/types.ts';
import { bulletinAlert, placeTurn, settleHost } from '../bulletins/bulletin.ts';
import type { Place } from '../bulletins/outage.ts';
import { DAYBOOK, isBulletin } from '../bulletins/record.ts';
import { NotifyLateError, StoredDataError } from '../errors.ts';
import type { HistoryStore, Log } from '../ports.ts';
import { beginChannels, type ChannelRun, type Channels } from './channels.ts';

export interface NotifyDeps {
  readonly history: HistoryStore;
  readonly channels: Channels;
  readonly rules: AlertRules;
  readonly readerUrl: string | null;
  /** What to do where a site refuses this Daybook, one sentence; absent: nothing is advised. */
  readonly remedy?: string;
  /** Whether this call's time to send is over: then nothing more is sent, and {@link notifyPage} throws. Absent: never. */
  readonly isLate?: () => boolean;
  readonly log: Log;
  readonly now: () => Date;
}

/** An alert that is to be sent, and the changes that it leaves out. */
interface Outgoing {
  readonly alert: Alert;
  readonly suppressed: AlertRecord['suppressed'];
}

/**
 * Sends the alerts about a page that were not sent yet, in order: first those of its revisions, then those of its health.
 * A channel's cursor moves on only after the alert went out and its record was written, so that a crash repeats an alert
 * (under the same key) and loses none. A channel that fails holds up no other; its failure is thrown at the end, so that
 * the work is tried again. Returns the alerts that were sent, each once.
 */
export async function notifyPage(deps: NotifyDeps, pageId: string): Promise<Alert[]> {
  if (isBulletin(pageId)) return notifyBulletin(deps, pageId);
  const [head, health] = await Promise.all([deps.history.head(pageId), deps.history.health(pageId)]);
  if (head === null && health === null) return [];
  const runs = await beginChannels(deps.history, deps.channels, pageId);
  const sent = new Map<string, Alert>();

  for (let number = firstUnsent(runs); head !== null && number <= head.revision; number += 1) {
    const waiting = runs.filter((run) => run.isWaitingFor({ revision: number }));
    if (waiting.length === 0) continue;
    const outgoing = await decideRevision(deps, head, number);
    await deliver(deps, waiting, outgoing, { revision: number }, sent);
  }
  for (const event of health?.events ?? []) {
    const waiting = runs.filter((run) => run.isWaitingFor({ healthSeq: event.seq }));
    if (waiting.length === 0) continue;
    const outgoing = await decideEvent(deps, head, pageId, event, health?.events ?? []);
    await deliver(deps, waiting, outgoing, { healthSeq: event.seq }, sent);
  }

  const url = head?.url ?? (await deps.history.check(pageId))?.page.url;
  if (url !== undefined) await settleHost(deps.history, url, deps.now().toISOString());
  return finish(deps, pageId, runs, sent);
}

/** Sends the messages about several pages that were not sent yet. A flip of their record starts it, as of a page. */
async function notifyBulletin(deps: NotifyDeps, id: string): Promise<Alert[]> {
  const bulletin = await deps.history.bulletin(id);
  if (bulletin === null || bulletin.seq === 0) return [];
  const runs = await beginChannels(deps.history, deps.channels, id);
  const sent = new Map<string, Alert>();
  for (const message of bulletin.messages) {
    const waiting = runs.filter((run) => run.isWaitingFor({ healthSeq: message.seq }));
    const alert = bulletinAlert(bulletin, message);
    const read = id === DAYBOOK && deps.readerUrl !== null ? `Read the history: ${deps.readerUrl}` : undefined;
    const remedy = message.data.isRefused === true ? deps.remedy : undefined;
    const outgoing = { alert: withLines(withLines(alert, remedy), read), suppressed: [] };
    await deliver(deps, waiting, outgoing, { healthSeq: message.seq }, sent);
  }
  return finish(deps, id, runs, sent);
}

function finish(
  deps: NotifyDeps,
  pageId: string,
  runs: readonly ChannelRun[],
  sent: ReadonlyMap<string, Alert>,
): Alert[] {
  if (sent.size > 0) deps.log.info('alerted', { page: pageId, alerts: [...sent.keys()] });
  const failed = runs.filter((run) => run.failure !== null);
  for (const { channel, failure } of failed)
    deps.log.warn('a channel failed', { page: pageId, channel, error: String(failure?.error) });
  if (failed[0] !== undefined) throw failed[0].failure?.error;
  return [...sent.values()];
}

const firstUnsent = (runs: readonly ChannelRun[]) => Math.min(...runs.map((run) => run.revision)) + 1;

async function deliver(
  deps: NotifyDeps,
  waiting: readonly ChannelRun[],
  outgoing: Outgoing | null,
  step: { readonly revision: number } | { readonly healthSeq: number },
  sent: Map<string, Alert>,
): Promise<void> {
  for (const run of waiting) {
    await run.attempt(async () => {
      if (outgoing !== null && (await sendOnce(deps, run, outgoing))) sent.set(outgoing.alert.key, outgoing.alert);
      await run.advance(step);
    });
  }
}

/** False where an earlier attempt that crashed before the cursor moved, or another worker, has sent it already. */
async function sendOnce(deps: NotifyDeps, run: ChannelRun, { alert, suppressed }: Outgoing): Promise<boolean> {
  const { pageId, key, subject } = alert;
  if ((await deps.history.alert(pageId, key, run.channel)) !== null) return false;
  if (deps.isLate?.() === true) throw new NotifyLateError();
  await run.send(alert);
  await record(deps, { pageId, key, channel: run.channel, sent: true, suppressed, subject });
  return true;
}

/** The alert of a revision. Null where it sends none, which is recorded for all channels together. */
async function decideRevision(deps: NotifyDeps, head: Head, number: number): Promise<Outgoing | null> {
  const { pageId } = head;
  const revision = await deps.history.revision(pageId, number);
  if (revision === null) throw new StoredDataError(`Revision ${number} of ${pageId} is missing`);
  const key = revisionAlertKey(pageId, number, revision.id);
  if (await isSuppressed(deps, pageId, key)) return null;
  const changes = await deps.history.changesOf(pageId, number);
  const { notify: notable, suppressed } = decide(revision, changes, deps.rules);
  const firstSight = number === 1 && deps.rules.firstSight;
  if (notable.length > 0 || firstSight)
    return { alert: newsAlert(head, revision, notable, deps.readerUrl), suppressed };
  await record(deps, { pageId, key, channel: null, sent: false, suppressed, subject: null });
  return null;
}

/** The alert of a health event. Null where it sends none. */
async function decideEvent(
  deps: NotifyDeps,
  head: Head | null,
  pageId: string,
  event: HealthEvent,
  events: readonly HealthEvent[],
): Promise<Outgoing | null> {
  const spec = (await deps.history.check(pageId))?.page ?? null;
  const page = head ?? (spec === null ? null : { ...spec, pageId, title: null });
  const alert = page === null ? null : healthAlert(page, event);
  if (alert === null || (await isSuppressed(deps, pageId, alert.key))) return null;
  // A month of a series that is not published yet is not down, and when it appears it has not recovered. Times decide
  // this, so that a late notifier decides the same.
  const unseen = spec !== null && spec.series !== null && (head === null || event.at <= head.firstObservedAt);
  const withheld = { pageId, key: alert.key, channel: null, sent: false, subject: alert.subject };
  if (unseen && isAwaiting(event, events)) {
    await record(deps, { ...withheld, suppressed: [{ seq: event.seq, reason: 'never-published' }] });
    return null;
  }
  const place = page === null ? 'alone' : await placeEvent(deps, page, event);
  const remedy = event.kind === 'down' && isRefusal(event.reason, statusIn(event.detail)) ? deps.remedy : undefined;
  if (place === 'alone') return { alert: withLines(alert, remedy), suppressed: [] };
  await record(deps, { ...withheld, suppressed: [{ seq: event.seq, reason: 'grouped' }], group: place.key });
  return null;
}

function withLines(alert: Alert, lines: string | undefined): Alert {
  return lines === undefined ? alert : { ...alert, text: `${alert.text}\n\n${lines}` };
}

/** Whether a page's event has an alert of its own or shares one with others of its host. */
async function placeEvent(
  { history, now }: NotifyDeps,
  { pageId, url }: Pick<Head, 'pageId' | 'url'>,
  { kind, reason, detail, seq }: HealthEvent,
): Promise<Place> {
  if (kind === 'odd-link') return 'alone';
  const turn = { page: pageId, kind, reason: reason ?? 'unknown', seq, isRefused: isRefusal(reason, statusIn(detail)) };
  return placeTurn(history, url, turn, now().toISOString());
}

/** Whether an event of a page that was never seen says no more than that it is absent, or ends nothing but absence. */
function isAwaiting(event: HealthEvent, events: readonly HealthEvent[]): boolean {
  if (event.kind !== 'recovered') return isAbsence(event.reason, event.detail);
  const before = events.filter(({ seq, kind }) => seq < event.seq && kind !== 'odd-link');
  const since = before.slice(before.findLastIndex(({ kind }) => kind === 'recovered') + 1);
  return (since.length > 0 ? since : [event]).every(({ reason, detail }) => isAbsence(reason, detail));
}

async function isSuppressed({ history }: NotifyDeps, pageId: string, key: string): Promise<boolean> {
  return (await history.alert(pageId, key, null)) !== null;
}

async function record({ history, now }: NotifyDeps, decided: Omit<AlertRecord, 'at'>): Promise<void> {
  await history.recordAlert({ ...decided, at: now().toISOString() });
}
