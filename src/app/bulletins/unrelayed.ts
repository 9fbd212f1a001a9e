import { plainSubject } from '#core/alerts/message.ts';
import { type CheckState, isWatched, periodOf } from '#core/schedule/check.ts';
import { type Bounds, boundsOf, longestPause } from '#core/schedule/interval.ts';
import { safeLines } from '#core/text/hostile.ts';
import { errorFields } from '../error-fields.ts';
import type { Log } from '../ports.ts';
import { type BulletinStore, named, replaceBulletin, withMessages } from './bulletin.ts';
import { type Bulletin, type BulletinMessage, bulletinOf } from './record.ts';
import { type SettleInput, turnOf } from './settle-hosts.ts';

export interface RelayRules extends SettleInput {
  readonly bounds: Bounds;
  /** Whether the page of an address is asked from elsewhere. */
  readonly relayed: (url: string) => boolean;
}

/** The pages of one relayed host. */
interface RelayedHost {
  readonly pages: number;
  /** Those that were not checked for too long. */
  readonly overdue: readonly CheckState[];
  /** When any page of the host was last checked; null: never. */
  readonly last: string | null;
}

/** So many of its longest pauses without a check, and a page is overdue. */
const PAUSES = 3;
/** From one mail about a host to the next about more of its pages. */
const NEXT_MAIL_MS = 72 * 3_600_000;
/** Pages that programs get: a message stays small however many pages it is about. */
const MOST_NAMED = 50;

/**
 * Reports relayed hosts of which pages were not checked for three of their longest pauses, and those that are relayed
 * again: a mail each. A relay runs elsewhere, so nothing here fails when it stops. What fails is logged, and tried again with
 * a later tick. An item is read of each host: where there are many, a tick looks at some that have overdue pages and at some
 * that have none.
 * @returns the bulletins with a new message
 */
export async function writeUnrelayed(
  { history, log }: { readonly history: BulletinStore; readonly log: Log },
  rules: RelayRules,
): Promise<string[]> {
  const hosts = relayedHosts(rules);
  const isMissing = (id: string) => (hosts.get(id)?.overdue.length ?? 0) > 0;
  const ids = [...hosts.keys()].sort();
  const turn = [ids.filter(isMissing), ids.filter((id) => !isMissing(id))].flatMap((some) => turnOf(some, rules));
  const reported = await Promise.all(
    turn.map(async (id) => {
      try {
        const host = hosts.get(id);
        return host !== undefined && (await report(history, id, host, rules.now)) ? [id] : [];
      } catch (error) {
        log.warn('a relayed host was not looked after', { host: id.slice(1), ...errorFields(error) });
        return [];
      }
    }),
  );
  return reported.flat();
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
  const hosts = new Map<string, { pages: number; overdue: CheckState[]; last: string | null }>();
  for (const check of checks) {
    const { page, lastCheckedAt } = check;
    if (!isWatched(check) || !relayed(page.url)) continue;
    const id = bulletinOf(page.url);
    const host = hosts.get(id) ?? { pages: 0, overdue: [], last: null };
    hosts.set(id, host);
    host.pages += 1;
    if (isOverdue(check, rules)) host.overdue.push(check);
    if (lastCheckedAt !== null && lastCheckedAt > (host.last ?? '')) host.last = lastCheckedAt;
  }
  return hosts;
}

/**
 * A page that was never checked waits from the time at which it was tracked, which is when it fell due. One that was resumed,
 * or has come back, falls due long after its last check: it has waited for one pause then.
 */
function isOverdue({ page, summary, added, lastCheckedAt, dueAt }: CheckState, { now, bounds }: RelayRules): boolean {
  const at = Date.parse(now);
  const pause = longestPause(periodOf(page, summary.period), at, boundsOf(added?.every ?? null, bounds));
  const since =
    lastCheckedAt === null ? Date.parse(dueAt) : Math.max(Date.parse(lastCheckedAt), Date.parse(dueAt) - pause);
  return at - since > PAUSES * pause;
}

/**
 * What is to be said of a host; null: nothing new. Pages that were checked after the last mail and are missing again are
 * news, however many it named: the relay ran meanwhile, or the host was not relayed.
 */
function messageOf({ seq, unrelayed }: Bulletin, host: string, found: RelayedHost, at: string): BulletinMessage | null {
  const { pages, overdue, last } = found;
  const isOver = overdue.length === 0;
  const saidAt = unrelayed === undefined ? null : Date.parse(unrelayed.at);
  const isDue = saidAt === null || Math.abs(Date.parse(at) - saidAt) >= NEXT_MAIL_MS;
  const isSince = ({ lastCheckedAt }: CheckState) =>
    lastCheckedAt !== null && saidAt !== null && Date.parse(lastCheckedAt) > saidAt;
  const isMore = overdue.length > (unrelayed?.pages ?? 0) || overdue.some(isSince);
  if (isOver ? saidAt === null : !isDue || !isMore) return null;
  const missing = overdue.map(({ page }) => page.id);
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
        ...named('Not relayed:', missing),
      ];
  return {
    seq: seq + 1,
    at,
    subject: plainSubject(`[Daybook] ${headline}`),
    text: safeLines(lines.join('\n')),
    data: {
      host,
      kind: isOver ? 'host-relayed' : 'host-unrelayed',
      overdue: missing.slice(0, MOST_NAMED),
      count: missing.length,
      of: pages,
      last,
      at,
    },
  };
}
