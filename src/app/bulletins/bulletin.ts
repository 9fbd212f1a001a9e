import { plainSubject } from '#core/alerts/message.ts';
import type { Alert } from '#core/alerts/types.ts';
import { safeLines } from '#core/text/hostile.ts';
import { ConflictError } from '../errors.ts';
import type { HistoryStore } from '../ports.ts';
import { type IsGone, type Place, place, type Summary, settle, type Turn } from './outage.ts';
import { type Bulletin, type BulletinMessage, bulletinOf } from './record.ts';

export type BulletinStore = Pick<HistoryStore, 'bulletin' | 'putBulletin'>;
type Bulletins = BulletinStore & Pick<HistoryStore, 'pages'>;

/** A notifier that is further behind misses the oldest. */
const MESSAGES_KEPT = 20;
/** Tries against other notifiers of the same host. */
const TRIES = 20;
/** Pages that a mail names. */
const NAMED = 50;
/** Pages that are read to count those of a host; with more of them the mail does not say how many there are. */
const COUNTED = 1_000;

/** Which message reports an event of a page's health. The decision is stored before it is returned, so that a repeated call gives the same. */
export async function placeTurn(history: Bulletins, url: string, turn: Turn, now: string): Promise<Place> {
  const id = bulletinOf(url);
  let found: Place = 'alone';
  await replaceBulletin(history, id, async (before) => {
    const key = `${id}/outage/${before.count + 1}`;
    const after = place(before.outages, turn, key, now);
    found = after.place;
    if (after.outages === before.outages) return before;
    const isNew = after.outages.some((one) => one.key === key);
    return { ...before, outages: after.outages, count: before.count + (isNew ? 1 : 0) };
  });
  return found;
}

/** Adds the messages that are due about the host of an address. */
export async function settleHost(history: Bulletins, url: string, now: string): Promise<void> {
  const id = bulletinOf(url);
  await settleBulletin(history, id, now, () => pagesOf(history, id));
}

/**
 * Adds the messages that are due about the pages of a host; true where something was written. Reads one item where nothing is.
 * @param count how many pages of the host are watched, null: unknown
 * @param isGone see {@link settle}
 */
export async function settleBulletin(
  history: BulletinStore,
  id: string,
  now: string,
  count: () => Promise<number | null>,
  isGone?: IsGone,
): Promise<boolean> {
  return replaceBulletin(history, id, async (before) => {
    const { summaries, outages } = settle(before.outages, now, isGone);
    if (outages === before.outages) return before;
    if (summaries.length === 0) return { ...before, outages };
    const of = await count();
    const messages = summaries.map((one, index) => hostMessage(id, one, of, before.seq + index + 1, now));
    return { ...withMessages(before, messages), outages };
  });
}

/** A bulletin with newer messages, of which it keeps the newest. */
export function withMessages(
  before: Bulletin,
  messages: readonly BulletinMessage[],
  kept: number = MESSAGES_KEPT,
): Bulletin {
  const seq = before.seq + messages.length;
  return { ...before, seq, messages: [...before.messages, ...messages].slice(-kept) };
}

/** Writes what `change` makes of the stored bulletin, unless it is the same: then false. Again where another worker was faster. */
export async function replaceBulletin(
  history: BulletinStore,
  pageId: string,
  change: (before: Bulletin) => Promise<Bulletin>,
): Promise<boolean> {
  for (let tried = 1; ; tried += 1) {
    const stored = await history.bulletin(pageId);
    const before = stored ?? { pageId, seq: 0, messages: [], outages: [], count: 0, version: 0 };
    const after = await change(before);
    if (after === before) return false;
    try {
      await history.putBulletin({ ...after, version: before.version + 1 }, stored);
      return true;
    } catch (error) {
      if (!(error instanceof ConflictError) || tried === TRIES) throw error;
    }
  }
}

/** How many pages of a host are watched, null: more pages are tracked than are counted. */
async function pagesOf(history: Bulletins, id: string): Promise<number | null> {
  const { items, next } = await history.pages({ limit: COUNTED });
  if (next !== null) return null;
  const watched = items.filter(({ retired, paused }) => !retired && paused === undefined);
  return watched.filter(({ page }) => bulletinOf(page.url) === id).length;
}

function hostMessage(id: string, summary: Summary, of: number | null, seq: number, at: string): BulletinMessage {
  const host = id.slice(1);
  const { reason, down, recovered, more, isRefused } = summary;
  const count = (pages: number) =>
    `${pages + more}${more > 0 ? ' or more' : ''}${of === null ? '' : ` of ${of}`} pages`;
  const isOver = down.length === 0;
  const headline = isOver
    ? `${count(recovered.length)} of ${host} can be read again`
    : `${count(down.length)} of ${host} are down: ${reason}`;
  const lines = [
    isOver ? `${headline}. They were down: ${reason}.` : `${headline}.`,
    `${isOver ? 'Seen' : 'Counted'} at ${at}.`,
    ...(isOver
      ? []
      : ['Further pages of this host that go down for this reason come in one mail, at most one in three days.']),
    ...named(isOver ? 'Can be read again:' : 'Down:', isOver ? recovered : down),
    ...(isOver ? [] : named('Can be read again:', recovered)),
  ];
  return {
    seq,
    at,
    subject: plainSubject(`[Daybook] ${headline}`),
    text: safeLines(lines.join('\n')),
    data: {
      host,
      kind: isOver ? 'host-recovered' : 'host-down',
      reason,
      down,
      recovered,
      more,
      of,
      isRefused: isRefused && !isOver,
      at,
    },
  };
}

/** Lines of a message that name pages, as many as a mail takes. */
export function named(title: string, pages: readonly string[]): string[] {
  if (pages.length === 0) return [];
  const rest = pages.length - NAMED;
  return ['', title, ...pages.slice(0, NAMED).map((page) => `* ${page}`), ...(rest > 0 ? [`… and ${rest} more`] : [])];
}

/** The alert of a message. */
export function bulletinAlert({ pageId }: Pick<Bulletin, 'pageId'>, message: BulletinMessage): Alert {
  const { seq, subject, text, data } = message;
  return { key: `${pageId}/message/${seq}`, topic: 'health', pageId, subject, text, data };
}
