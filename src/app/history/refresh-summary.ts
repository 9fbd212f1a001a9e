import { canonicalJson } from '#core/history/canonical.ts';
import { summarize } from '#core/schedule/summary.ts';
import { replaceCheck } from '../plan/replace-check.ts';
import type { HistoryStore } from '../ports.ts';

/**
 * Writes what lists show of a page where its head changed without a check. If another worker writes the check at the
 * same time, the next check brings the summary up to date.
 */
export async function refreshSummary(
  history: Pick<HistoryStore, 'head' | 'health' | 'check' | 'putCheck'>,
  pageId: string,
): Promise<void> {
  const check = await history.check(pageId);
  if (check === null) return;
  const [head, health] = await Promise.all([history.head(pageId), history.health(pageId)]);
  const summary = summarize(head, health);
  if (canonicalJson(summary) === canonicalJson(check.summary)) return;
  await replaceCheck(history, { ...check, summary, version: check.version + 1 }, check);
}
