import { plainSubject } from '#core/alerts/message.ts';
import { type CheckState, isWatched, periodOf } from '#core/schedule/check.ts';
import { type Bounds, boundsOf, longestPause } from '#core/schedule/interval.ts';
import { safeLines } from '#core/text/hostile.ts';
import { errorFields } from '../error-fields.ts';
import { type BulletinStore, named, replaceBulletin, withMessages } from '../notify/bulletin.ts';
import { type Bulletin, type BulletinMessage, bulletinOf } from '../notify/bulletin-record.ts';
import type { Log } from '../ports.ts';

export interface RelayRules {
  /** All checks, as a tick reads them. */
  readonly checks: readonly CheckState[];
  /** ISO 8601. */
  readonly now: string;
  readonly bounds: Bounds;
  /** Whether the page of an address is asked from elsewhere. */
  readonly relayed: (url: string) => boolean;
}

/** The pages of one relayed host. */
interface RelayedHost {
  readonly pages: number;
  /** Ids of those that were not checked for too long. */
  readonly overdue: readonly string[];
  /** When any page of the host was last checked; null: never. */
  readonly last: string | null;
}

/** So many of its longest pauses without a check, and a page is overdue. */
const PAUSES = 3;
/** From one mail about a host to the next about more of its pages. */
const NEXT_MAIL_MS = 72 * 3_600_000;

/**
 * Reports relayed hosts of which pages were not checked for three of their longest pauses, and those that are relayed
 * again: a mail each. Whoever relays runs elsewhere, so that nothing here fails when it stops. What fails is logged, and
 * tried again with the next tick.
 * @returns the bulletins with a new message
 */
export async function reportUnrelayed(
  { history, log }: { readonly history: BulletinStore; readonly log: Log },
  rules: RelayRules,
): Promise<string[]> {
  const reported: string[] = [];
  for (const [id, host] of relayedHosts(rules)) {
    try {
      if (await report(history, id, host, rules.now)) reported.push(id);
    } catch (error) {
      log.warn('a relayed host was not looked after', { host: id.slice(1), ...errorFields(error) });
    }
  }
  return reported;
}

function report(history: BulletinStore, id: string, host: RelayedHost, now: string): Promise<boolean> {
  return replaceBulletin(history, id, async (before) => {
    const message = messageOf(before, id.slice(1), host, now);
    if (message === null) return before;
    const { unrelayed: _, ...rest } = withMessages(before, [message]);
    const pages = host.overdue.length;
    return pages === 0 ? rest : { ...rest, unrelayed: { at: now, pages } };
  });
}

/** The relayed hosts, by the ids of their bulletins. */
function relayedHosts(rules: RelayRules): ReadonlyMap<string, RelayedHost> {
  const { checks, relayed } = rules;
  const hosts = new Map<string, { pages: number; overdue: string[]; last: string | null }>();
  for (const check of checks) {
    const { page, lastCheckedAt } = check;
    if (!isWatched(check) || !relayed(page.url)) continue;
    const id = bulletinOf(page.url);
    const host = hosts.get(id) ?? { pages: 0, overdue: [], last: null };
    hosts.set(id, host);
    host.pages += 1;
    if (isOverdue(check, rules)) host.overdue.push(page.id);
    if (lastCheckedAt !== null && lastCheckedAt > (host.last ?? '')) host.last = lastCheckedAt;
  }
  return hosts;
}

/** A page that was never checked waits from the time at which it was tracked, which is when it fell due. */
function isOverdue({ page, summary, added, lastCheckedAt, dueAt }: CheckState, { now, bounds }: RelayRules): boolean {
  const at = Date.parse(now);
  const pause = longestPause(periodOf(page, summary.period), at, boundsOf(added?.every ?? null, bounds));
  return at - Date.parse(lastCheckedAt ?? dueAt) > PAUSES * pause;
}

/** What is to be said of a host; null: nothing new. */
function messageOf({ seq, unrelayed }: Bulletin, host: string, found: RelayedHost, at: string): BulletinMessage | null {
  const { pages, overdue, last } = found;
  const isOver = overdue.length === 0;
  const saidAt = unrelayed === undefined ? null : Date.parse(unrelayed.at);
  const isDue = saidAt === null || Math.abs(Date.parse(at) - saidAt) >= NEXT_MAIL_MS;
  if (isOver ? saidAt === null : !isDue || overdue.length <= (unrelayed?.pages ?? 0)) return null;
  const headline = isOver
    ? `${host} is relayed again`
    : `${overdue.length} of ${pages} pages of ${host} are not relayed`;
  const lines = isOver
    ? [`${headline}: each of its ${pages} pages was checked.`, `Seen at ${at}.`]
    : [
        `${headline}: nothing came of them for ${PAUSES} of their longest pauses.`,
        last === null
          ? 'Nothing of this host was ever relayed.'
          : `The last check of a page of this host was at ${last}.`,
        'This host is named in "fetch.relayed": the deployed functions do not ask it, "daybook relay --aws" does from elsewhere.',
        'See whether it still runs and may still write: docs/relay.md, "When it stops". One mail follows when all are relayed again.',
        ...named('Not relayed:', overdue),
      ];
  return {
    seq: seq + 1,
    at,
    subject: plainSubject(`[Daybook] ${headline}`),
    text: safeLines(lines.join('\n')),
    data: { host, kind: isOver ? 'host-relayed' : 'host-unrelayed', overdue, of: pages, last, at },
  };
}
