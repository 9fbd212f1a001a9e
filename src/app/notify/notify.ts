import { revisionAlertKey } from '#core/alerts/key.ts';
import { healthAlert, newsAlert } from '#core/alerts/message.ts';
import type { AlertRecord, NotifyCursor } from '#core/alerts/record.ts';
import { decide } from '#core/alerts/rules.ts';
import type { Alert } from '#core/alerts/types.ts';
import type { AlertRules } from '#core/config.ts';
import type { Head } from '#core/history/types.ts';
import { StoredDataError } from '../errors.ts';
import type { HistoryStore, Log, Notifier } from '../ports.ts';

export interface NotifyDeps {
  readonly history: HistoryStore;
  readonly notifier: Notifier;
  readonly rules: AlertRules;
  readonly readerUrl: string | null;
  readonly log: Log;
  readonly now: () => Date;
}

const NOTHING_YET: NotifyCursor = { revision: 0, healthSeq: 0, version: 0 };

/**
 * Sends the alerts about a page that were not sent yet, in order: first those of its revisions, then those of its health.
 * The cursor moves on only after the alert went out and its record was written, so that a crash repeats an alert (under
 * the same key) and loses none. Returns the alerts that were sent.
 */
export async function notifyPage(deps: NotifyDeps, pageId: string): Promise<Alert[]> {
  const [head, health, cursor] = await Promise.all([
    deps.history.head(pageId),
    deps.history.health(pageId),
    deps.history.cursor(pageId),
  ]);
  const sent: Alert[] = [];
  let at = cursor;
  const advance = async (step: Partial<NotifyCursor>) => {
    const next = { ...(at ?? NOTHING_YET), ...step, version: (at?.version ?? 0) + 1 };
    await deps.history.advanceCursor(pageId, next, at);
    at = next;
  };

  for (let number = (cursor?.revision ?? 0) + 1; head !== null && number <= head.revision; number += 1) {
    const alert = await notifyRevision(deps, head, number);
    if (alert !== null) sent.push(alert);
    await advance({ revision: number });
  }
  for (const event of health?.events ?? []) {
    if (event.seq <= (cursor?.healthSeq ?? 0)) continue;
    const spec = (await deps.history.check(pageId))?.page ?? null;
    const page = head ?? (spec === null ? null : { ...spec, pageId, title: null });
    const alert = page === null ? null : healthAlert(page, event);
    if (alert !== null && !(await isNotified(deps, pageId, alert.key))) {
      // A month of a series that was never published is not down, and when it appears it has not recovered. Times decide
      // this, so that a late notifier decides the same.
      const unpublished = spec !== null && spec.series !== null && (head === null || event.at <= head.firstObservedAt);
      if (!unpublished) {
        await deps.notifier.send(alert);
        sent.push(alert);
      }
      await deps.history.recordAlert({
        pageId,
        key: alert.key,
        at: deps.now().toISOString(),
        sent: !unpublished,
        suppressed: unpublished ? [{ seq: event.seq, reason: 'never-published' }] : [],
        subject: alert.subject,
      });
    }
    await advance({ healthSeq: event.seq });
  }
  if (sent.length > 0) deps.log.info('alerted', { page: pageId, alerts: sent.map((alert) => alert.key) });
  return sent;
}

/** Whether an earlier attempt that crashed before the cursor moved, or another worker, has handled it already. */
async function isNotified(deps: NotifyDeps, pageId: string, key: string): Promise<boolean> {
  return (await deps.history.alert(pageId, key)) !== null;
}

async function notifyRevision(deps: NotifyDeps, head: Head, number: number): Promise<Alert | null> {
  const revision = await deps.history.revision(head.pageId, number);
  if (revision === null) throw new StoredDataError(`Revision ${number} of ${head.pageId} is missing`);
  const changes = await deps.history.changesOf(head.pageId, number);
  const { notify: notable, suppressed } = decide(revision, changes, deps.rules);
  const firstSight = number === 1 && deps.rules.firstSight;
  const alert = notable.length > 0 || firstSight ? newsAlert(head, revision, notable, deps.readerUrl) : null;
  const key = alert?.key ?? revisionAlertKey(head.pageId, number, revision.id);
  if (await isNotified(deps, head.pageId, key)) return null;
  if (alert !== null) await deps.notifier.send(alert);
  const record: AlertRecord = {
    pageId: head.pageId,
    key,
    at: deps.now().toISOString(),
    sent: alert !== null,
    suppressed,
    subject: alert?.subject ?? null,
  };
  await deps.history.recordAlert(record);
  return alert;
}
