/** An item's marker: "1/", "2/14", "3.", "(4)", "5)", "6:", "#7". Digits and one mark, so linear to match. */
const ITEM = /^(?:[([#]\s?)?(\d{1,3})(?:\/(\d{0,3})|[.)\]:])?\s+(?=\S)/u;
const MARKED = /^(?:[([#]\s?)?\d{1,3}[./)\]:]|^#\s?\d/u;

/** A text that begins with a list number. */
export interface Item {
  readonly number: number;
  /** The 14 of "2/14"; null where the marker has no total. */
  readonly total: number | null;
  /** The marker as written, up to the first word. */
  readonly marker: string;
  /** The text without the marker. */
  readonly rest: string;
}

/** Reads a text as a list item; null where it is none. */
export function itemOf(text: string): Item | null {
  if (!MARKED.test(text)) return null;
  const found = ITEM.exec(text);
  if (found === null) return null;
  const [marker, number, total] = found;
  const rest = text.slice(marker.length);
  if (!/\p{L}/u.test(rest)) return null;
  return { number: Number(number), total: total === undefined || total === '' ? null : Number(total), marker, rest };
}

/** An item's place in its list. */
export interface Listed {
  readonly list: List;
  /** 0-based. */
  readonly place: number;
}

/** Successive items that count up or down in one style; other paragraphs may be between them. */
export interface List {
  readonly index: number;
  /** 1 counts up, -1 counts down, 0 for a single item. */
  step: -1 | 0 | 1;
  length: number;
  readonly first: number;
  /** The last item's number so far. */
  last: number;
}

/** Finds the lists that items form; null where there is no item. Linear. */
export function listsOf(items: readonly (Item | null)[]): (Listed | null)[] {
  const places: (Listed | null)[] = items.map(() => null);
  const found = items.flatMap((item, at) => (item === null ? [] : [{ item, at }]));
  let list: List | undefined;
  let style = '';
  let count = 0;
  found.forEach(({ item, at }, index) => {
    const own = item.marker.replace(/\d+/gu, '');
    const step = list === undefined ? 0 : item.number - list.last;
    // "3. 2. 1. 2.": the 1 begins a new list, though it also continues the count down.
    const begins = item.number === 1 && found[index + 1]?.item.number === 2;
    const continues = (step === 1 || step === -1) && own === style && !begins;
    if (list !== undefined && continues && (list.step === 0 || list.step === step)) {
      list.step = step === 1 ? 1 : -1;
      list.last = item.number;
      list.length++;
    } else {
      list = { index: count++, step: 0, length: 1, first: item.number, last: item.number };
      style = own;
    }
    places[at] = { list, place: list.length - 1 };
  });
  return places;
}

/**
 * Whether two lists can be one list before and after insertions and removals: they count in one direction from the same
 * number. A list that counts down has its first number at its end.
 */
export function sameCount(before: List, after: List): boolean {
  const step = before.step === 0 ? after.step : before.step;
  if (step === 0 || (after.step !== 0 && after.step !== step)) return before.first === after.first;
  return step === 1 ? before.first === after.first : before.last === after.last;
}
