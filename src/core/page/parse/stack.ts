import type { Element } from 'domhandler';
import { limits } from '../limits.ts';
import { BLOCK, HEADING, SCOPE, TABLE_SECTION } from './elements.ts';

/** The elements that may hold each part of a table. */
const TABLE_PARENTS = new Map<string, readonly string[]>([
  ...[...TABLE_SECTION, 'caption'].map((part) => [part, ['table']] as const),
  ['tr', ['table', ...TABLE_SECTION]],
  ['td', ['tr', 'table', ...TABLE_SECTION]],
  ['th', ['tr', 'table', ...TABLE_SECTION]],
]);

/** Elements through which a tag cannot close one outside of them. */
const INLINE_WALLS = new Set([...BLOCK, ...SCOPE]);
const ITEM_WALLS = new Set([...INLINE_WALLS].filter((name) => !/^(?:address|div|p)$/.test(name)));
const HEADING_WALLS = new Set(['td', 'th', 'table']);
const TABLE_WALLS = new Set(['table']);

/** The stack of open elements with the closing rules of the HTML standard. Invariant: never deeper than `limits.depth`. */
export class OpenElements {
  private readonly open: Element[];
  /** How many of each name are open: most tags look for one that is not. */
  private readonly counts = new Map<string, number>();
  /** Open elements beyond the deepest level. */
  private beyond = 0;

  constructor(root: Element) {
    this.open = [root];
  }

  get top(): Element {
    const top = this.open.at(-1);
    if (top === undefined) throw new RangeError('The stack of open elements has no root.');
    return top;
  }

  push(element: Element): void {
    if (this.open.length >= limits.depth) this.beyond += 1;
    else {
      this.open.push(element);
      this.counts.set(element.name, (this.counts.get(element.name) ?? 0) + 1);
    }
  }

  isOpen(name: string): boolean {
    return (this.counts.get(name) ?? 0) > 0;
  }

  closeInScope(name: string): boolean {
    return this.closeNamed(name, SCOPE);
  }

  /** For formatting and links: an end tag that crosses a block is a mistake and closes nothing. */
  closeInline(name: string): boolean {
    return this.closeNamed(name, INLINE_WALLS);
  }

  /** A list item closes the one before it, but not an item of the outer list. */
  closeItem(names: ReadonlySet<string>): void {
    this.close((open) => names.has(open), ITEM_WALLS);
  }

  /** Closes down to where a part of the nearest table belongs. False where no table is open: the tag is ignored. */
  clearForTablePart(name: string): boolean {
    if (!this.isOpen('table')) return false;
    const parents = TABLE_PARENTS.get(name);
    const at = this.open.findLastIndex((element) => parents?.includes(element.name) === true);
    const table = this.open.findLastIndex((element) => element.name === 'table');
    const wall = this.open.findLastIndex((element) => element.name === 'template' || element.name === 'object');
    if (at < 1 || at < table || wall > at) return false;
    this.truncate(at + 1);
    return true;
  }

  /** Closes the nearest heading, but not one outside of a cell. */
  closeHeading(): void {
    this.close((open) => HEADING.has(open), HEADING_WALLS);
  }

  /** End tags of tables and their parts reach through cells, but not out of their table. */
  closeTablePart(name: string): void {
    this.closeNamed(name, TABLE_WALLS);
  }

  /** A form's end tag closes only the form, not the elements opened in it: forms are often misnested. */
  closeForm(): void {
    const at = this.open.findLastIndex((element) => element.name === 'form');
    if (at < 1) return;
    this.open.splice(at, 1);
    this.counts.set('form', 0);
  }

  private closeNamed(name: string, walls: ReadonlySet<string>): boolean {
    return this.isOpen(name) && this.close((open) => open === name, walls);
  }

  /** Closes the nearest open element that `matches`, unless one of the walls is between. Returns whether it did. */
  private close(matches: (name: string) => boolean, walls: ReadonlySet<string>): boolean {
    for (let at = this.open.length - 1; at > 0; at -= 1) {
      const name = this.open[at]?.name ?? '';
      if (matches(name)) {
        this.truncate(at);
        return true;
      }
      if (walls.has(name)) return false;
    }
    return false;
  }

  private truncate(length: number): void {
    for (const { name } of this.open.slice(length)) this.counts.set(name, (this.counts.get(name) ?? 1) - 1);
    this.open.length = length;
    this.beyond = 0;
  }

  /** Closes an element beyond the deepest level; false where there is none. */
  closeBeyond(): boolean {
    if (this.beyond === 0) return false;
    this.beyond -= 1;
    return true;
  }
}

export function isTablePart(name: string): boolean {
  return TABLE_PARENTS.has(name);
}
