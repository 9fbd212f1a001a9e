/** An item's marker: "1/", "2/14", "3.", "(4)", "5)", "6:", "#7". Digits and one mark, so linear to match. */
const ITEM = /^(?:[([#]\s?)?(\d{1,3})(?:\/(\d{0,3})|[.)\]:])?\s+(?=\S)/u;
const MARKED = /^(?:[([#]\s?)?\d{1,3}[./)\]:]|^#\s?\d/u;

/** A numbered list's item: its marker, what that counts, and what it says without it. */
export interface Item {
  readonly number: number;
  /** Of how many, as in "2/14"; null where the marker does not say. */
  readonly total: number | null;
  /** The marker as written, up to the first word. */
  readonly marker: string;
  readonly rest: string;
}

/** Reads a list item's number off a text; null where there is none. */
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

/** A run of items that count on, up or down, in one style; what stands between them is no item. */
export interface List {
  readonly index: number;
  /** 1 counts up, -1 counts down, 0 for a single item. */
  step: -1 | 0 | 1;
  length: number;
  readonly first: number;
  /** The last item's number so far. */
  last: number;
}

/** Tells the lists that items form; null where there is no item. Linear. */
export function listsOf(items: readonly (Item | null)[]): (Listed | null)[] {
  const places: (Listed | null)[] = items.map(() => null);
  const found = items.flatMap((item, at) => (item === null ? [] : [{ item, at }]));
  let list: List | undefined;
  let style = '';
  let count = 0;
  found.forEach(({ item, at }, index) => {
    const own = item.marker.replace(/\d+/gu, '');
    const step = list === undefined ? 0 : item.number - list.last;
    // A new list may begin below one that could seem to count down to it.
    const begins = item.number === 1 && found[index + 1]?.item.number === 2;
    const goesOn = (step === 1 || step === -1) && own === style && !begins;
    if (list !== undefined && goesOn && (list.step === 0 || list.step === step)) {
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
 * Whether two lists can be one before and after items were put in or taken out: they count the same way, from the same
 * number. One that counts down does so from its end.
 */
export function sameCount(before: List, after: List): boolean {
  const step = before.step === 0 ? after.step : before.step;
  if (step === 0 || (after.step !== 0 && after.step !== step)) return before.first === after.first;
  return step === 1 ? before.first === after.first : before.last === after.last;
}
