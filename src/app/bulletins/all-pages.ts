import { plainSubject } from '#core/alerts/message.ts';
import { safeLines } from '#core/text/hostile.ts';
import { counted } from '../counted.ts';
import { errorFields } from '../error-fields.ts';
import type { HistoryStore, Log } from '../ports.ts';
import { type BulletinStore, named, replaceBulletin, withMessages } from './bulletin.ts';
import { type BadPage, groupPages, hasBegun, isRoundOver, type PageGroups, ROUND_MS } from './page-groups.ts';
import { type Bulletin, type BulletinMessage, DAYBOOK } from './record.ts';
import type { SettleInput } from './settle-hosts.ts';

export interface DaybookDeps {
  readonly history: BulletinStore & Pick<HistoryStore, 'health'>;
  readonly log: Log;
  /** Whether somebody was asked to confirm an address, and nobody has yet: a message would reach none of them. Absent: no. */
  readonly isUnconfirmed?: () => Promise<boolean>;
}

/** What is said of all pages together. */
export interface DaybookRules {
  readonly signOfLife: 'never' | 'weekly';
}

/** For so long the welcome waits for an address that is confirmed. */
export const CONFIRM_MS = 3 * 24 * 3_600_000;
export const WEEK_MS = 7 * 24 * 3_600_000;
/** Messages that are kept: every tick reads them. */
const MESSAGES_KEPT = 2;

/**
 * Adds the message about all pages that is due: once the welcome after the first round, then, if wished, a sign of life a
 * week after the message before. A conditional write, so that there is one of each however many ticks see it due.
 * @returns true where the bulletin was written
 */
export async function writeAboutAll(deps: DaybookDeps, input: SettleInput & DaybookRules): Promise<boolean> {
  return replaceBulletin(deps.history, DAYBOOK, (before) =>
    before.seq === 0 ? welcome(deps, input, before) : signOfLife(deps, input, before),
  );
}

async function welcome(deps: DaybookDeps, { checks, now }: SettleInput, stored: Bulletin): Promise<Bulletin> {
  if (!hasBegun(checks)) return stored;
  const { roundSince, waitingSince, ...before } = stored;
  if (!isRoundOver(checks, now) && !hasPassed(ROUND_MS, roundSince ?? now, now))
    return roundSince === undefined ? { ...stored, roundSince: now } : stored;
  const isPatient = waitingSince === undefined || !hasPassed(CONFIRM_MS, waitingSince, now);
  if (isPatient && (await isUnconfirmed(deps)))
    return waitingSince === undefined ? { ...stored, waitingSince: now } : stored;
  const groups = await groupPages(deps.history, checks);
  const headline = `Watching ${counts(groups)}`;
  const lines = [
    `${headline}.`,
    `Counted at ${now}, after the first look at each page.`,
    ...pagesOf(groups),
    '',
    'What comes next:',
    '* A change of a page comes as a message of its own. So does a page, or a host, that cannot be read for some checks.',
    '* "daybook pages" lists the pages with the state of each, "daybook pages add ADDRESS" adds one.',
    '* "daybook timeline" and "daybook changes" show what the pages say, and what they said before.',
  ];
  return withMessages(before, [messageOf(before, headline, lines, { kind: 'welcome', ...groups }, now)], MESSAGES_KEPT);
}

/** Whether two instants are so far apart, whichever is first: a time of a clock that ran ahead holds up nothing for longer. */
function hasPassed(milliseconds: number, since: string, now: string): boolean {
  return Math.abs(Date.parse(now) - Date.parse(since)) >= milliseconds;
}

/** A failure counts as unconfirmed: the wait has an end. */
async function isUnconfirmed({ isUnconfirmed: ask, log }: DaybookDeps): Promise<boolean> {
  if (ask === undefined) return false;
  try {
    return await ask();
  } catch (error) {
    log.warn('the subscriptions could not be listed', errorFields(error));
    return true;
  }
}

async function signOfLife(
  { history }: DaybookDeps,
  { checks, now, signOfLife: wish }: SettleInput & DaybookRules,
  before: Bulletin,
): Promise<Bulletin> {
  const since = before.messages.at(-1)?.at ?? now;
  if (wish === 'never' || !hasPassed(WEEK_MS, since, now)) return before;
  const groups = await groupPages(history, checks);
  const weekAgo = new Date(Date.parse(now) - WEEK_MS).toISOString();
  const changed = checks.filter(
    ({ lastChangedAt, summary }) => summary.revision > 1 && lastChangedAt !== null && lastChangedAt > weekAgo,
  ).length;
  const headline = `Still watching ${counts(groups)}`;
  const lines = [
    `${headline}.`,
    `In the last seven days ${counted(changed, 'page')} changed. The newest check was at ${groups.newestCheckAt ?? 'no time'}.`,
    ...pagesOf(groups),
    '',
    'This message comes every week (alerts.signOfLife in the configuration).',
  ];
  return withMessages(
    before,
    [messageOf(before, headline, lines, { kind: 'sign-of-life', changed, ...groups }, now)],
    MESSAGES_KEPT,
  );
}

/** "62 pages: 61 read, 1 refused". */
function counts({ watched, read, refused, failed, awaited, unchecked }: PageGroups): string {
  const others = [
    [refused.length, 'refused'],
    [failed.length, 'not readable'],
    [awaited.length, 'not published yet'],
    [unchecked.length, 'not checked yet'],
  ] as const;
  const shown = others.flatMap(([count, word]) => (count === 0 ? [] : [`${count} ${word}`]));
  return `${counted(watched, 'page')}: ${[`${read} read`, ...shown].join(', ')}`;
}

function pagesOf({ refused, failed, awaited, unchecked }: PageGroups): string[] {
  const why = (pages: readonly BadPage[]) => pages.map(({ page, reason }) => `${page} (${reason})`);
  return [
    ...named('Refused by the site:', why(refused)),
    ...named('Not readable:', why(failed)),
    ...named('Not published yet:', awaited),
    ...named('Not checked yet:', unchecked),
  ];
}

/** Pages of a group that programs get. */
const MOST_NAMED = 50;

function messageOf(
  { seq }: Bulletin,
  headline: string,
  lines: readonly string[],
  { kind, ...groups }: { readonly kind: string; readonly changed?: number } & PageGroups,
  at: string,
): BulletinMessage {
  const shortened = Object.fromEntries(
    Object.entries(groups).map(([name, value]) => [name, Array.isArray(value) ? value.slice(0, MOST_NAMED) : value]),
  );
  return {
    seq: seq + 1,
    at,
    subject: plainSubject(`[Daybook] ${headline}`),
    text: safeLines(lines.join('\n')),
    data: { kind, ...shortened, isRefused: groups.refused.length > 0, at },
  };
}
