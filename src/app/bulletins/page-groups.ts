import { isAbsence, isRefusal, statusIn } from '#core/health/failure.ts';
import type { HealthState } from '#core/health/types.ts';
import { type CheckState, isWatched } from '#core/schedule/check.ts';
import { ahead } from '../ahead.ts';
import type { HistoryStore } from '../ports.ts';

/** A page with the reason why it is not read: `http-403`, `captcha`. */
export interface BadPage {
  readonly page: string;
  readonly reason: string;
}

/** The watched pages by the outcome of their last check. Each is in one of the groups. */
export interface PageGroups {
  readonly watched: number;
  /** Read and believed at the last check. */
  readonly read: number;
  /** The site answers and refuses. */
  readonly refused: readonly BadPage[];
  /** Not read, or not believed, for another reason. */
  readonly failed: readonly BadPage[];
  /** Months of a series that are not published yet. */
  readonly awaited: readonly string[];
  /** Not checked yet. */
  readonly unchecked: readonly string[];
  /** Instant of the newest check, ISO 8601; null: none yet. */
  readonly newestCheckAt: string | null;
}

/** Pages whose health is read for its details. What is beyond is grouped by the reason alone. */
export const MOST_HEALTHS = 500;
const READS_AT_ONCE = 25;
/** A page that was due for so long and is not checked delays no first round, nor do all of them that long after the first check. */
export const ROUND_MS = 6 * 3_600_000;

/** Whether some watched page was checked. */
export function hasBegun(checks: readonly CheckState[]): boolean {
  return checks.some((check) => isWatched(check) && check.lastCheckedAt !== null);
}

/**
 * Whether every watched page was checked, or has been due for hours.
 * @param now ISO 8601
 */
export function isRoundOver(checks: readonly CheckState[], now: string): boolean {
  const isDone = ({ lastCheckedAt, dueAt }: CheckState) =>
    lastCheckedAt !== null || Date.parse(now) - Date.parse(dueAt) >= ROUND_MS;
  return checks.filter(isWatched).every(isDone);
}

/** Groups the watched pages. Reads the health of those that are not fine, of at most {@link MOST_HEALTHS}. */
export async function groupPages(
  history: Pick<HistoryStore, 'health'>,
  checks: readonly CheckState[],
): Promise<PageGroups> {
  const watched = checks.filter(isWatched);
  const bad = watched.filter(({ summary: { state } }) => state === 'suspect' || state === 'down');
  // Only the detail says whether a page is absent or refused. That matters for members that were never seen: they come first.
  const asked = [...bad].sort((a, b) => Number(isUnseenMember(b)) - Number(isUnseenMember(a))).slice(0, MOST_HEALTHS);
  const details = await detailsOf(history, asked);
  const groups = { refused: [] as BadPage[], failed: [] as BadPage[], awaited: [] as string[] };
  for (const check of bad) {
    const { id } = check.page;
    const { reason } = check.summary;
    const state = details.get(id);
    const detail = state?.reason === reason ? state.detail : null;
    const found = { page: id, reason: shortReason(reason, detail) };
    if (isUnseenMember(check) && isAbsence(reason, detail)) groups.awaited.push(id);
    else if (isRefusal(reason, statusIn(detail))) groups.refused.push(found);
    else groups.failed.push(found);
  }
  const times = watched.flatMap(({ lastCheckedAt }) => (lastCheckedAt === null ? [] : [lastCheckedAt])).sort();
  return {
    watched: watched.length,
    read: watched.filter(({ summary }) => summary.state === 'ok').length,
    ...groups,
    unchecked: watched.filter(({ summary }) => summary.state === null).map(({ page }) => page.id),
    newestCheckAt: times.at(-1) ?? null,
  };
}

function isUnseenMember({ page, summary }: CheckState): boolean {
  return page.series !== null && summary.revision === 0;
}

async function detailsOf(
  history: Pick<HistoryStore, 'health'>,
  checks: readonly CheckState[],
): Promise<ReadonlyMap<string, HealthState>> {
  const found = new Map<string, HealthState>();
  const records = ahead(checks, READS_AT_ONCE, ({ page }) => history.health(page.id));
  for await (const record of records) if (record !== null) found.set(record.pageId, record.state);
  return found;
}

function shortReason(reason: string | null, detail: string | null): string {
  const status = reason === 'http-status' ? statusIn(detail) : null;
  return status === null ? (reason ?? 'unknown') : `http-${status}`;
}
