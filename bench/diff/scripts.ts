import type { DatedBlock } from '#core/dates/types.ts';
import type { ChangeKind } from '#core/diff/types.ts';
import { edited, noisy, parts } from './edits.ts';
import { block, chronicle, type PageOptions } from './page.ts';
import type { Random } from './random.ts';
import { plusDays, spoken, type Writer } from './text.ts';

/** What a script does to a page, by the change it must be announced as; an edit may move as well. */
export type Operation = ChangeKind | 'edited and moved' | 'noise';

/** A change that must be found: its kind and the places of its paragraphs in the two lists. */
export interface Expected {
  readonly kind: ChangeKind;
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** A page in three revisions: what `restored` brings back is in the first and not in the second. */
export interface Script {
  readonly older: readonly DatedBlock[];
  readonly before: readonly DatedBlock[];
  readonly after: readonly DatedBlock[];
  readonly expected: readonly Expected[];
  /** Pairs of places that are the same paragraph, with the share of words kept. */
  readonly survivors: readonly { readonly before: number; readonly after: number; readonly kept: number }[];
}

interface Item {
  readonly block: DatedBlock;
}

interface Survivor {
  readonly from: Item;
  readonly to: Item;
  readonly kept: number;
}

/** Runs operations on a page and writes down what they did. */
export class Scripter {
  readonly #random: Random;
  readonly #writer: Writer;
  readonly #options: PageOptions;
  readonly #before: Item[];
  readonly #older: DatedBlock[];
  readonly #lost: DatedBlock[] = [];
  #after: Item[];
  readonly #touched = new Set<Item>();
  readonly #moved: Item[] = [];
  readonly #survivors: Survivor[] = [];
  readonly #expected: { kind: ChangeKind; before: Item[]; after: Item[] }[] = [];
  #reordered = false;

  constructor(random: Random, writer: Writer, options: PageOptions, returning: number) {
    this.#random = random;
    this.#writer = writer;
    this.#options = options;
    this.#older = chronicle(random, writer, { ...options, paragraphs: options.paragraphs + returning });
    const gone = new Set(random.shuffled(this.#older.map((_, at) => at)).slice(0, returning));
    this.#lost = this.#older.filter((_, at) => gone.has(at));
    const rest = this.#older.filter((_, at) => !gone.has(at));
    this.#before = rest.map((item) => ({ block: item }));
    this.#after = [...this.#before];
  }

  /** Does one operation at a random place; false where the page has no place for it. */
  run(operation: Operation, keep: number): boolean {
    switch (operation) {
      case 'added':
        return this.#add();
      case 'edited':
        return this.#edit(keep, false);
      case 'edited and moved':
        return this.#edit(keep, true);
      case 'redated':
        return this.#redate();
      case 'moved':
        return this.#move();
      case 'split':
        return this.#split();
      case 'merged':
        return this.#merge();
      case 'removed':
        return this.#remove();
      case 'restored':
        return this.#restore();
      case 'reordered':
        return this.#reorder();
      case 'noise':
        return this.#disturb();
    }
  }

  #free(fits: (item: Item, at: number) => boolean = () => true): Item | undefined {
    const free = this.#after.filter((item, at) => !this.#touched.has(item) && fits(item, at));
    return free.length === 0 ? undefined : this.#random.pick(free);
  }

  #replace(from: readonly Item[], to: readonly Item[], kind: ChangeKind): void {
    const at = this.#after.indexOf(from[0] ?? { block: block('', null) });
    this.#after.splice(at, from.length, ...to);
    for (const item of [...from, ...to]) this.#touched.add(item);
    this.#expected.push({ kind, before: [...from], after: [...to] });
  }

  #insert(item: Item, at: number, kind: ChangeKind): void {
    this.#after.splice(at, 0, item);
    this.#touched.add(item);
    this.#expected.push({ kind, before: [], after: [item] });
  }

  #add(): boolean {
    const random = this.#random;
    const text = random.chance(this.#options.bulletins)
      ? this.#writer.bulletin(this.#writer.place())
      : this.#writer.paragraph();
    const day = plusDays('2022-01-01', random.int(0, 300));
    const dated = random.chance(0.5);
    const item = { block: dated ? block(`On ${spoken(day)}, ${text}`, day) : block(text, null, 'inherited') };
    this.#insert(item, random.int(0, this.#after.length), 'added');
    return true;
  }

  #edit(keep: number, move: boolean): boolean {
    const item = this.#free();
    if (item === undefined) return false;
    const prefix = item.block.dateBasis === 'explicit' ? 4 : 0;
    const words = item.block.text.split(' ');
    const body = words.slice(prefix).join(' ');
    const change = edited(body, keep, this.#random, this.#writer);
    const to = { block: { ...item.block, text: [...words.slice(0, prefix), change.text].join(' ') } };
    this.#replace([item], [to], 'edited');
    this.#survivors.push({ from: item, to, kept: change.kept });
    return move ? this.#carry(to) : true;
  }

  #redate(): boolean {
    // Only paragraphs from which no other has its date, be it since removed to elsewhere: these would be redated too.
    const alone = (items: readonly Item[], at: number): boolean =>
      at === items.length - 1 || items[at + 1]?.block.dateBasis === 'explicit';
    const item = this.#free(
      (own, at) =>
        own.block.dateBasis === 'explicit' &&
        alone(this.#after, at) &&
        (!this.#before.includes(own) || alone(this.#before, this.#before.indexOf(own))),
    );
    const date = item?.block.date;
    if (item === undefined || date === null || date === undefined) return false;
    const day = plusDays(date, this.#random.pick([-3, -2, -1, 1, 2, 3]));
    const text = item.block.text.replace(spoken(date), spoken(day));
    const to = { block: { ...item.block, text, date: day } };
    this.#replace([item], [to], 'redated');
    this.#survivors.push({ from: item, to, kept: 0.9 });
    return true;
  }

  #move(): boolean {
    const item = this.#free();
    if (item === undefined || !this.#carry(item)) return false;
    this.#touched.add(item);
    this.#expected.push({ kind: 'moved', before: [item], after: [item] });
    return true;
  }

  /** Takes an item at least three places away. */
  #carry(item: Item): boolean {
    const from = this.#after.indexOf(item);
    const places = this.#after.map((_, at) => at).filter((at) => Math.abs(at - from) >= 3);
    if (places.length === 0) return false;
    this.#after.splice(from, 1);
    this.#after.splice(this.#random.pick(places), 0, item);
    this.#moved.push(item);
    return true;
  }

  #split(): boolean {
    const item = this.#free(({ block: own }) => own.text.split(' ').length >= 12);
    if (item === undefined) return false;
    const pieces = parts(item.block.text, this.#random.chance(0.75) ? 2 : 3, this.#random);
    if (pieces.length < 2) return false;
    const to = pieces.map((text, at) => ({
      block: at === 0 ? { ...item.block, text } : block(text, item.block.date, 'inherited'),
    }));
    this.#replace([item], to, 'split');
    return true;
  }

  #merge(): boolean {
    const count = this.#random.chance(0.75) ? 2 : 3;
    const item = this.#free((_, at) => {
      const run = this.#after.slice(at, at + count);
      return run.length === count && run.every((one) => !this.#touched.has(one));
    });
    if (item === undefined) return false;
    const at = this.#after.indexOf(item);
    const run = this.#after.slice(at, at + count);
    const text = run.map(({ block: own }) => own.text).join(' ');
    this.#replace(run, [{ block: { ...item.block, text } }], 'merged');
    return true;
  }

  #remove(): boolean {
    const item = this.#free();
    if (item === undefined) return false;
    this.#replace([item], [], 'removed');
    return true;
  }

  #restore(): boolean {
    const lost = this.#lost.pop();
    if (lost === undefined) return false;
    const item = { block: lost };
    this.#insert(item, this.#random.int(0, this.#after.length), 'restored');
    return true;
  }

  /** Reverses the order of the days, or shuffles the page. */
  #reorder(): boolean {
    if (this.#reordered) return false;
    this.#reordered = true;
    if (this.#random.chance(0.3)) {
      this.#after = this.#random.shuffled(this.#after);
      return true;
    }
    const days: Item[][] = [];
    for (const item of this.#after) {
      const day = days.at(-1);
      if (day === undefined || item.block.dateBasis === 'explicit') days.push([item]);
      else day.push(item);
    }
    this.#after = days.reverse().flat();
    return true;
  }

  #disturb(): boolean {
    const item = this.#free();
    if (item === undefined) return false;
    const to = { block: { ...item.block, text: noisy(item.block.text, this.#random) } };
    this.#after.splice(this.#after.indexOf(item), 1, to);
    this.#touched.add(item);
    this.#touched.add(to);
    this.#survivors.push({ from: item, to, kept: 1 });
    return true;
  }

  /** What was done, with places for items; dates that are only inherited are read off the finished page. */
  finish(): Script {
    const placeBefore = new Map(this.#before.map((item, at) => [item, at]));
    const placeAfter = new Map(this.#after.map((item, at) => [item, at]));
    const at = (places: ReadonlyMap<Item, number>, item: Item): number => places.get(item) ?? -1;
    const same = this.#before.filter((item) => placeAfter.has(item)).map((item) => ({ from: item, to: item, kept: 1 }));
    const expected = this.#expected
      .filter(({ kind }) => !(this.#reordered && kind === 'moved'))
      .map(({ kind, before, after }) => ({
        kind,
        before: before.map((item) => at(placeBefore, item)),
        after: after.map((item) => at(placeAfter, item)),
      }));
    return {
      older: inherit(this.#older),
      before: inherit(this.#before.map((item) => item.block)),
      after: inherit(this.#after.map((item) => item.block)),
      expected: this.#reordered ? [...expected, { kind: 'reordered', before: [], after: [] }] : expected,
      survivors: [...this.#survivors, ...same].map(({ from, to, kept }) => ({
        before: at(placeBefore, from),
        after: at(placeAfter, to),
        kept,
      })),
    };
  }
}

/** Gives paragraphs without a date of their own that of the nearest dated one above. */
function inherit(blocks: readonly DatedBlock[]): DatedBlock[] {
  let last: string | null = null;
  return blocks.map((own) => {
    if (own.dateBasis === 'explicit') {
      last = own.date;
      return own;
    }
    return { ...own, date: last, dateBasis: last === null ? 'none' : 'inherited' };
  });
}
