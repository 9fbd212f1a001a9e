/** Words that only join the parts of a list; its order is no fact. */
const JOINS = /^(?:and|or|und|et|y|\u0438|\u0442\u0430)$/u;
const PASSIVE = new Set('be been being is are was were by'.split(' '));
/** Terms that may trade places together. */
const LONGEST_PART = 6;

/** Whether who did what has changed though the words are the same: two parts traded places, or a verb became passive. */
export function movedFacts(old: readonly string[], fresh: readonly string[]): boolean {
  return haveTraded(old, fresh) || isTurned(old, fresh) || isTurned(fresh, old);
}

/** "Orlan accused Petrakis" and "Petrakis accused Orlan", but not "Orlan and Petrakis". */
function haveTraded(old: readonly string[], fresh: readonly string[]): boolean {
  if (old.length !== fresh.length) return false;
  let start = 0;
  while (start < old.length && old[start] === fresh[start]) start++;
  let end = old.length;
  while (end > start && old[end - 1] === fresh[end - 1]) end--;
  const a = old.slice(start, end);
  const b = fresh.slice(start, end);
  for (let first = 1; first <= LONGEST_PART; first++) {
    for (let last = 1; last <= LONGEST_PART; last++) {
      const between = a.slice(first, -last);
      if (between.every((form) => JOINS.test(form))) break;
      const traded = [...a.slice(-last), ...between, ...a.slice(0, first)];
      if (traded.every((form, at) => form === b[at])) return true;
    }
  }
  return false;
}

/** Whether nothing but a form of "be" and "by" was put in. */
function isTurned(active: readonly string[], passive: readonly string[]): boolean {
  const put: string[] = [];
  let at = 0;
  for (const form of passive) {
    if (form === active[at]) at++;
    else if (PASSIVE.has(form)) put.push(form);
    else return false;
  }
  return at === active.length && put.length > 1 && put.includes('by');
}
