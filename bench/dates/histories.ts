import type { HistoryDocument, Timex } from './data.ts';
import { type Counts, type Dated, match, noCounts } from './matching.ts';
import type { System } from './systems.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MONTH = /^\d{4}-\d{2}$/;
const DAY_OF_TIME = /^(\d{4}-\d{2}-\d{2})T/;

function golds(timexes: readonly Timex[], value: RegExp): Dated[] {
  return timexes.filter((t) => t.type === 'DATE' && t.value !== null && value.test(t.value));
}

/** Expressions of another type that name a day: a night, an hour. A day found on them is neither right nor wrong. */
function times(timexes: readonly Timex[]): Dated[] {
  return timexes.filter((t) => t.type === 'TIME' && t.value !== null && DAY_OF_TIME.test(t.value));
}

/** One system on some documents: counts for days and for months. */
export function scoreHistories(documents: readonly HistoryDocument[], system: System): { day: Counts; month: Counts } {
  const counts = { day: noCounts(), month: noCounts() };
  for (const document of documents) {
    const read = system.read(document.paragraphs.map((p) => p.text));
    for (const [i, { timexes }] of document.paragraphs.entries()) {
      const spans = read[i];
      if (spans === undefined) continue;
      match(golds(timexes, DAY), spans.day, times(timexes), counts.day);
      match(golds(timexes, MONTH), spans.month, [], counts.month);
    }
  }
  return counts;
}
