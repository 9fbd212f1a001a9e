import { revisionAlertKey } from '#core/alerts/key.ts';
import type { ChangeRecord, Head, RevisionRecord } from '#core/history/types.ts';
import { Visibility, type VisibilityStore } from '../history/visibility.ts';
import type { HistoryStore } from '../ports.ts';

/** Why a revision that was not observed live sends no alert. Stable: it is stored with every change. */
export type Unwatched = 'imported' | 'rebuilt' | 'restored';

/**
 * Records for every change of a revision that it is not sent, and why. One record holds for all channels, so that its
 * cost does not depend on them. A revision of the present history was handled when it was seen: its record stays.
 * @param channels where some channels are still to send it: the others, a record each.
 */
export async function suppress(
  history: VisibilityStore & Pick<HistoryStore, 'recordAlert'>,
  present: Head | null,
  { revision, changes }: { readonly revision: RevisionRecord | null; readonly changes: readonly ChangeRecord[] },
  reason: Unwatched,
  now: string,
  channels: readonly (string | null)[] = [null],
): Promise<void> {
  if (revision === null) return;
  const item = { revision: revision.number, revisionId: revision.id };
  if ((await new Visibility(history).filter(present, [item])).length > 0) return;
  for (const channel of channels) {
    await history.recordAlert({
      pageId: revision.pageId,
      key: revisionAlertKey(revision.pageId, revision.number, revision.id),
      channel,
      at: now,
      sent: false,
      suppressed: changes.map((change) => ({ seq: change.seq, reason })),
      subject: null,
    });
  }
}
