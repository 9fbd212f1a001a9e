import type { Capture } from '#core/history/types.ts';
import { ALL_DAYS, hasLookAt, type LookDay, type LookRef, refOf } from '#core/schedule/looks.ts';
import type { Anchors } from './anchors.ts';
import { unlessBad } from './refusal.ts';
import { finding, type VerifyDeps, type VerifyEvent } from './types.ts';

/**
 * Walks the chain of a page's looks: each day names the newest looks before it, the check the newest of all. What is named
 * must be there and unchanged, and every capture that was accepted with news or quarantined has a look in its minute.
 * @param captures those, where the check counts them as judged
 * @param all every capture of the page, also of an import that ended early; null: a damaged one
 */
export async function* verifyLooks(
  deps: VerifyDeps,
  pageId: string,
  { check }: Anchors,
  captures: readonly Capture[],
  all: Iterable<Capture | null>,
): AsyncGenerator<VerifyEvent> {
  const stored = await unlessBad(
    () => deps.history.looks(pageId, ...ALL_DAYS),
    () => {},
  );
  // A damaged day is reported by the audit; the days around it cannot be compared.
  if (stored === undefined) return;
  const days = new Map(stored.map((day) => [day.day, day]));
  const last = check?.lastLook ?? null;
  const refs = [...stored.map((day) => ({ by: nameOf(day.day), ref: day.previous })), { by: 'check', ref: last }];
  for (const { by, ref } of refs) {
    const problem = ref === null ? null : faultOf(days.get(ref.day), ref);
    if (ref !== null && problem !== null) yield finding(pageId, nameOf(ref.day), `${problem}, which the ${by} names`);
  }
  const named = new Set(refs.map(({ ref }) => ref?.day));
  const newest = stored.at(-1)?.day;
  const seenDays = new Set([...all].map((capture) => capture?.fetchedAt.slice(0, 10)));
  for (const { day, previous } of stored) {
    if (day === newest || named.has(day) || isLate(day, previous)) continue;
    if (!isFork(day, days, seenDays.has(day))) yield finding(pageId, nameOf(day), 'no later looks name it');
  }
  for (const { id, fetchedAt } of captures) {
    const day = days.get(fetchedAt.slice(0, 10));
    if (day === undefined || !hasLookAt(day, fetchedAt))
      yield finding(pageId, nameOf(fetchedAt.slice(0, 10)), `the look of capture ${id} is missing`);
  }
}

const [, LAST_DAY] = ALL_DAYS;
const nameOf = (day: string) => `looks of ${day}`;

/** A day that was begun after a later one: no chain leads to it, but its captures do. */
const isLate = (day: string, previous: LookRef | null) => previous !== null && previous.day > day;

/**
 * Whether two chains part before a day that nothing names: two workers began a day at the same time, or a clock that ran
 * ahead began a later day, which names what was the newest then. After one that was far ahead, a chain begins again, and
 * goes on past the day at which the old one ended. A day by itself began one if it has a capture (`isSeen`): a crash before
 * the first check leaves a day that no check names, and an import then begins with an earlier one.
 */
function isFork(day: string, days: ReadonlyMap<string, LookDay>, isSeen: boolean): boolean {
  const all = [...days.values()];
  const seen = new Set<string>();
  for (let at = days.get(day); at !== undefined && !seen.has(at.day); at = days.get(at.previous?.day ?? '')) {
    const { day: begun, previous } = at;
    seen.add(begun);
    const isBranch = (other: LookDay) => !seen.has(other.day) && other.previous?.day === previous?.day;
    const isAhead = (other: LookDay) => other.day > day && (other.previous?.day ?? LAST_DAY) <= begun;
    const isOtherChain = (other: LookDay) => other.previous === null && !seen.has(other.day);
    if (previous === null) return all.some(isAhead) || ((begun !== day || isSeen) && all.some(isOtherChain));
    if (all.some((other) => isBranch(other) && (begun === day || other.day > day))) return true;
  }
  return false;
}

function faultOf(day: LookDay | undefined, ref: LookRef): string | null {
  if (day === undefined) return 'they are missing';
  return refOf(day, ref.count).seal === ref.seal ? null : `they differ from the first ${ref.count}`;
}
