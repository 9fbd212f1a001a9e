import { type CheckState, isWatched } from '#core/schedule/check.ts';
import { errorFields } from '../error-fields.ts';
import type { Log } from '../ports.ts';
import { type BulletinStore, settleBulletin } from './bulletin.ts';
import type { Member } from './outage.ts';
import { bulletinOf } from './record.ts';

/** Hosts that one tick looks at: an item is read of each. With more of them, the next ticks look at the others. */
export const HOSTS_A_TICK = 50;
/** For so long a page that is not watched any more keeps its host looked at: longer than any mail waits. */
const UNWATCHED_MS = 5 * 24 * 3_600_000;

export interface SettleInput {
  /** All checks, as a tick reads them. */
  readonly checks: readonly CheckState[];
  /** ISO 8601. */
  readonly now: string;
  /** Time between two ticks, minutes: chooses the hosts of a tick where there are too many. Default 1. */
  readonly tickMinutes?: number;
}

/**
 * Adds the mails about hosts that became due while none of their pages changed. Asks for hosts with a page that is down,
 * and for no others: an outage with something to say has such a page. A page that is removed, paused or moved to another host
 * is not waited for. What fails is logged, and tried again with a later tick.
 * @returns the bulletins that were written
 */
export async function settleHosts(
  { history, log }: { readonly history: BulletinStore; readonly log: Log },
  input: SettleInput,
): Promise<string[]> {
  const turn = turnOf(hostsDown(input), input);
  if (turn.length === 0) return [];
  const checks = new Map(input.checks.map((check) => [check.page.id, check]));
  const settled = await Promise.all(
    turn.map(async (id) => {
      try {
        const count = async () => watchedOn(id, input.checks);
        const isNew = await settleBulletin(history, id, input.now, count, (one) =>
          isGone(checks.get(one.page), one, id),
        );
        return isNew ? [id] : [];
      } catch (error) {
        log.warn('the mails about a host were not settled', { host: id.slice(1), ...errorFields(error) });
        return [];
      }
    }),
  );
  return settled.flat();
}

/** A page that is paused before a mail named it is named: it is down, and says nothing of that when it is resumed. */
function isGone(check: CheckState | undefined, { reported }: Member, id: string): boolean {
  if (check === undefined || check.retired || bulletinOf(check.page.url) !== id) return true;
  return reported && !isWatched(check);
}

/** Bulletins of the hosts with a page that is down, in their order. */
function hostsDown({ checks, now }: SettleInput): string[] {
  const isRecent = ({ lastCheckedAt }: CheckState) =>
    lastCheckedAt !== null && Date.parse(now) - Date.parse(lastCheckedAt) < UNWATCHED_MS;
  const down = checks.filter((check) => check.summary.state === 'down' && (isWatched(check) || isRecent(check)));
  return [...new Set(down.map(({ page }) => bulletinOf(page.url)))].sort();
}

/** The hosts of this tick: all of them, or the next ones in a ring. */
export function turnOf(
  ids: readonly string[],
  { now, tickMinutes = 1 }: Pick<SettleInput, 'now' | 'tickMinutes'>,
): readonly string[] {
  if (ids.length <= HOSTS_A_TICK) return ids;
  const tick = Math.floor(Date.parse(now) / (tickMinutes * 60_000));
  const start = (tick * HOSTS_A_TICK) % ids.length;
  return [...ids.slice(start), ...ids.slice(0, start)].slice(0, HOSTS_A_TICK);
}

function watchedOn(id: string, checks: readonly CheckState[]): number {
  return checks.filter((check) => isWatched(check) && bulletinOf(check.page.url) === id).length;
}
