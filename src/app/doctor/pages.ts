import { isRefusal } from '#core/health/failure.ts';
import { CLOCK_SKEW_MS, isImplausible } from '#core/schedule/plausible.ts';
import { counted } from '../counted.ts';
import { adviceFor, type Place } from './advice.ts';
import { type Finding, fault, note, ok, some, span, warning } from './finding.ts';
import { hostOf, type SurveyedPage } from './survey.ts';

/** What is known around the pages. */
export interface Around {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly place: Place;
  /** Longest pause between two checks, minutes; null where no configuration could be read. */
  readonly longestPause: number | null;
  /** False of a folder that nothing tracks, such as one of imported captures: late checks are no fault there. */
  readonly isTracked: boolean;
  /** What starts checking where nothing checks. */
  readonly start: string;
}

const INTERVALS = 3;

/** When pages were last checked, and last believed. */
export function lastChecks(pages: readonly SurveyedPage[], around: Around): Finding[] {
  const watched = pages.filter((page) => page.isWatched);
  if (watched.length === 0) return [];
  const late = watched.filter((page) => page.isOverdue);
  const never = watched.filter((page) => page.lastCheckedAt === null && !page.isOverdue);
  const newest = latest(watched.map((page) => page.lastCheckedAt));
  const findings: Finding[] = [];
  const facts = { lastCheckedAt: newest, late: late.length, watched: watched.length };
  if (late.length > 0) {
    const of = late.length === watched.length ? 'every page' : `${late.length} of ${watched.length} pages`;
    const what = `Checks of ${of} are late by more than three intervals: ${some(late.map(({ id }) => id))}`;
    findings.push(
      around.isTracked ? fault('checks', what, around.start, facts) : note('checks', what, around.start, facts),
    );
  } else {
    findings.push(
      newest === null
        ? note('checks', 'No page was checked yet', around.start, facts)
        : ok('checks', `Last check ${ago(newest, around.now)}`, facts),
    );
  }
  if (never.length > 0 && newest !== null)
    findings.push(
      note('checks', `${counted(never.length, 'page')} not checked yet: ${some(never.map(({ id }) => id))}`),
    );
  return [...findings, ...believed(watched, around)];
}

/** Whether any page was believed lately: walls and captchas that answer are no success. */
function believed(watched: readonly SurveyedPage[], { now, longestPause, place, isTracked }: Around): Finding[] {
  if (watched.every((page) => page.lastCheckedAt === null)) return [];
  const newest = latest(watched.map((page) => page.lastBelievedAt));
  const facts = { lastBelievedAt: newest };
  const todo =
    place === 'aws'
      ? 'Read the findings about hosts below, then "No page was checked" in docs/runbook.md'
      : 'Read the findings about hosts below';
  if (newest === null) return [fault('believed', 'No page was believed within a month', todo, facts)];
  const limit = INTERVALS * (longestPause ?? 1_440) * 60_000;
  const isOld = now - Date.parse(newest) > limit;
  if (!isOld) return [ok('believed', `A page was last read and believed ${ago(newest, now)}`, facts)];
  const what = `No page was read and believed for ${span(now - Date.parse(newest))}`;
  return [isTracked ? fault('believed', what, todo, facts) : note('believed', what, todo, facts)];
}

/** Pages that are not believed, those of one host with one reason in one finding. */
export function hostsOf(pages: readonly SurveyedPage[], { now, place }: Around): Finding[] {
  const watched = pages.filter((page) => page.isWatched);
  const bad = watched.filter((page) => (page.state === 'down' || page.state === 'suspect') && !page.isUnpublished);
  const unpublished = watched.filter((page) => page.isUnpublished);
  const findings: Finding[] = [];
  for (const group of grouped(bad)) findings.push(ofGroup(group, now, place));
  if (unpublished.length > 0) {
    const what = `${counted(unpublished.length, 'page')} of series not published yet: ${some(unpublished.map(({ id }) => id))}`;
    findings.push(note('hosts', what, null, { pages: unpublished.length }));
  }
  if (bad.length === 0 && watched.some((page) => page.state === 'ok')) {
    findings.unshift(ok('hosts', `No page is suspect or down, of ${counted(watched.length, 'page')}`));
  }
  return findings;
}

type Bad = readonly [SurveyedPage, ...SurveyedPage[]];

function grouped(bad: readonly SurveyedPage[]): Bad[] {
  const groups = new Map<string, [SurveyedPage, ...SurveyedPage[]]>();
  for (const page of bad) {
    const key = [hostOf(page.url), page.state, page.reason, page.status].join(' ');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [page]);
    else group.push(page);
  }
  return [...groups.values()];
}

function ofGroup(group: Bad, now: number, place: Place): Finding {
  const [{ url, state, reason, status }] = group;
  const host = hostOf(url);
  const since = earliest(group.map((page) => page.since));
  const answer = `${reason ?? 'no reason'}${status === null ? '' : `, HTTP ${status}`}`;
  const verb = isRefusal(reason, status) ? 'refused' : state;
  const lasting = since === null ? '' : ` for ${span(now - Date.parse(since))}`;
  const what = `${host}: ${counted(group.length, 'page')} ${verb}${lasting} (${answer}): ${some(group.map(({ id }) => id))}`;
  const facts = { host, state, reason, status, since, pages: group.length };
  return (state === 'down' ? fault : warning)('hosts', what, adviceFor(reason, status, place), facts);
}

/** Times that no clock that is right can have written. */
export function clocksAhead(pages: readonly SurveyedPage[], now: number): Finding[] {
  const ahead = pages.filter((page) =>
    [page.lastCheckedAt, page.lastChangedAt, page.since].some((time) => isImplausible(time, now + CLOCK_SKEW_MS)),
  );
  if (ahead.length === 0) return [];
  const what = `${counted(ahead.length, 'page')} with times in the future: ${some(ahead.map(({ id }) => id))}`;
  const todo = 'Compare the clock of this machine with that of others; the next checks mend the times of pages';
  return [fault('clocks', what, todo, { pages: ahead.length })];
}

const present = (times: readonly (string | null)[]) => times.filter((time) => time !== null).sort();
const latest = (times: readonly (string | null)[]): string | null => present(times).at(-1) ?? null;
const earliest = (times: readonly (string | null)[]): string | null => present(times)[0] ?? null;
const ago = (time: string, now: number): string => `${span(now - Date.parse(time))} ago (${time.slice(0, 16)}Z)`;
