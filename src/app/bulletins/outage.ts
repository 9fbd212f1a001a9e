/*
 * Outages of a host: which of its pages went down for one reason, and when a mail reports them. Pure: the caller stores what
 * comes out before it acts on it.
 *
 * The first page alerts at once, by an alert of its own. Pages that follow share a mail: an hour later, then at most
 * once in three days, and once when all of them can be read again. After three quiet days a page alerts at once again.
 */

/** A page that went down, by the number of that event among those of its health. */
export interface Member {
  readonly page: string;
  readonly seq: number;
  /** It has an alert of its own; false: it shares the mail of the others. */
  readonly alone: boolean;
  readonly reported: boolean;
  /** The event with which it recovered. */
  readonly up: {
    readonly seq: number;
    readonly at: string;
    readonly alone: boolean;
    readonly reported: boolean;
  } | null;
}

export interface Outage {
  readonly reason: string;
  /** Names it in the records of alerts that were not sent by themselves. */
  readonly key: string;
  readonly lastMailAt: string;
  /** Mails about several pages so far. */
  readonly summaries: number;
  readonly members: readonly Member[];
  /** Pages beyond {@link MOST_MEMBERS}, counted and not named; one may be counted twice after a crash. */
  readonly more: number;
  /** The site answers some page of it and refuses. */
  readonly isRefused?: true;
  /** All of its pages can be read again. It stays until the next one, so that a repeated event finds its decision. */
  readonly closed: boolean;
}

/** What one page's health did. */
export interface Turn {
  readonly page: string;
  readonly kind: 'down' | 'recovered';
  readonly reason: string;
  readonly seq: number;
  /** The site answers and refuses. Default false. */
  readonly isRefused?: boolean;
}

/** Alone: an alert of its own; else the key of the outage whose mail reports it. */
export type Place = 'alone' | { readonly key: string };

/** What a mail about several pages says: the pages of an outage since the last one that said that they can be read. */
export interface Summary {
  readonly reason: string;
  readonly down: readonly string[];
  readonly recovered: readonly string[];
  readonly more: number;
  readonly isRefused: boolean;
}

export type IsGone = (member: Member) => boolean;

const HOUR_MS = 3_600_000;
/** From the first page's alert to the mail about those that followed. */
export const FIRST_SUMMARY_MS = HOUR_MS;
/** From one mail about an outage to the next about more of its pages. */
export const NEXT_SUMMARY_MS = 72 * HOUR_MS;
/** For so long recovered pages wait for the others. */
export const RECOVERY_MS = 36 * HOUR_MS;
/** Pages of an outage that are remembered. */
export const MOST_MEMBERS = 500;

/** Which alert reports an event, and the outages after it: the same ones where nothing changes. The same event again gives the same. */
export function place(
  outages: readonly Outage[],
  turn: Turn,
  nextKey: string,
  now: string,
): { readonly place: Place; readonly outages: readonly Outage[] } {
  for (const outage of outages) {
    const member = outage.members.find(({ page, seq, up }) => page === turn.page && turn.seq === (up?.seq ?? seq));
    const first = outage.members.find(({ page, seq }) => page === turn.page && seq === turn.seq);
    const alone = turn.kind === 'down' ? first?.alone : member?.up?.alone;
    if (alone !== undefined) return { place: alone ? 'alone' : { key: outage.key }, outages };
  }
  return turn.kind === 'down' ? goDown(outages, turn, nextKey, now) : comeBack(outages, turn, now);
}

function goDown(outages: readonly Outage[], turn: Turn, nextKey: string, now: string): ReturnType<typeof place> {
  // Later events of the page are known already: this one was delivered very late.
  if (outages.some(({ members }) => members.some((one) => one.page === turn.page && one.seq > turn.seq)))
    return { place: 'alone', outages };
  const open = outages.find(({ reason, closed }) => reason === turn.reason && !closed);
  const outage: Outage = open ?? {
    reason: turn.reason,
    key: nextKey,
    lastMailAt: now,
    summaries: 0,
    members: [],
    more: 0,
    closed: false,
  };
  const isQuiet = passed(outage.lastMailAt, now) >= NEXT_SUMMARY_MS && outage.members.every(({ reported }) => reported);
  const alone = open === undefined || isQuiet;
  const members = outage.members.length < MOST_MEMBERS ? outage.members : outage.members.filter(isLive);
  const hasRoom = members.length < MOST_MEMBERS;
  const next: Outage = {
    ...outage,
    ...(turn.isRefused === true ? { isRefused: true } : {}),
    lastMailAt: alone ? now : outage.lastMailAt,
    // A page that is down again before its recovery was reported is down, and nothing else.
    members: hasRoom
      ? [
          ...members.filter(({ page }) => page !== turn.page),
          { page: turn.page, seq: turn.seq, alone, reported: alone, up: null },
        ]
      : members,
    more: hasRoom ? outage.more : outage.more + 1,
  };
  const others = outages.map((one) => (one.reason === turn.reason ? one : without(one, turn.page)));
  return { place: alone ? 'alone' : { key: next.key }, outages: replaced(others, next) };
}

/** The outage without a page whose recovery is not reported yet: it is down again, for another reason. */
function without(outage: Outage, page: string): Outage {
  const members = outage.members.filter((one) => one.page !== page || !isLive(one));
  return members.length === outage.members.length ? outage : { ...outage, members, closed: !members.some(isLive) };
}

function comeBack(outages: readonly Outage[], turn: Turn, now: string): ReturnType<typeof place> {
  const outage = outages.find(({ members }) => members.some((one) => one.page === turn.page && one.up === null));
  if (outage === undefined) {
    const crowd =
      outages.find(({ members }) => members.some((one) => one.page === turn.page && one.seq > turn.seq)) ??
      outages.find(({ more, closed }) => more > 0 && !closed);
    return { place: crowd === undefined ? 'alone' : { key: crowd.key }, outages };
  }
  const alone = outage.more === 0 && outage.members.filter(isLive).every((one) => one.alone);
  const up = { seq: turn.seq, at: now, alone, reported: alone };
  const members = outage.members.map((one) => (one.page === turn.page ? { ...one, up } : one));
  const next = { ...outage, members, closed: !members.some(isLive) };
  return { place: alone ? 'alone' : { key: next.key }, outages: replaced(outages, next) };
}

/**
 * The mails that are due, and the outages after them: the same ones where nothing changes.
 * @param isGone whether a page is not watched on this host any more, so that nobody waits for its recovery
 */
export function settle(
  outages: readonly Outage[],
  now: string,
  isGone: IsGone = () => false,
): { readonly summaries: readonly Summary[]; readonly outages: readonly Outage[] } {
  const summaries: Summary[] = [];
  const next = outages.map((stored) => {
    const outage = withoutGone(stored, isGone);
    if (!isDue(outage, now)) return outage;
    const live = outage.members.filter(isLive);
    const pages = (some: readonly Member[]) => some.map(({ page }) => page);
    const down = live.filter(({ up }) => up === null);
    summaries.push({
      reason: outage.reason,
      down: pages(down),
      recovered: pages(live.filter(({ up }) => up !== null)),
      more: outage.more,
      isRefused: outage.isRefused === true,
    });
    const members = outage.members.map((one) => ({
      ...one,
      reported: true,
      up: one.up && { ...one.up, reported: true },
    }));
    return { ...outage, members, lastMailAt: now, summaries: outage.summaries + 1, closed: down.length === 0 };
  });
  return next.every((one, at) => one === outages[at]) ? { summaries, outages } : { summaries, outages: next };
}

/** The outage without the pages that are down and gone. Where nothing else is left it is over, and no mail says so. */
function withoutGone(outage: Outage, isGone: IsGone): Outage {
  const members = outage.members.filter((one) => one.up !== null || !isGone(one));
  if (members.length === outage.members.length) return outage;
  return { ...outage, members, closed: outage.closed || !members.some(isLive) };
}

function isDue(outage: Outage, now: string): boolean {
  const live = outage.members.filter(isLive);
  if (outage.closed || live.length === 0) return false;
  if (live.every(({ up }) => up !== null)) return true;
  const pause = outage.summaries === 0 ? FIRST_SUMMARY_MS : NEXT_SUMMARY_MS;
  if (live.some(({ reported }) => !reported) && passed(outage.lastMailAt, now) >= pause) return true;
  return live.some(({ up }) => up !== null && passed(up.at, now) >= RECOVERY_MS);
}

/** It is down, or people do not know yet that it is not. */
function isLive({ up }: Member): boolean {
  return up === null || !up.reported;
}

/** Milliseconds between two instants, whichever is first: a time of a clock that ran ahead must not silence an outage. */
function passed(since: string, now: string): number {
  return Math.abs(Date.parse(now) - Date.parse(since));
}

function replaced(outages: readonly Outage[], next: Outage): Outage[] {
  return [...outages.filter(({ reason }) => reason !== next.reason), next];
}
