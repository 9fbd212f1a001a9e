import { limits } from '../limits.ts';
import { NO_ATTRIBUTES } from './nodes.ts';

/** Attributes that decide what an element is, whether it is visible, or what it links to. Others are dropped. */
const KEPT = new Set(
  'id class role style hidden aria-hidden aria-modal href itemprop content name property http-equiv datetime summary border type title colspan'.split(
    ' ',
  ),
);

/** Collects the attributes of one start tag after the other. */
export class Attributes {
  private readonly source: string;
  private found: Record<string, string> | null = null;
  private name = '';
  private value = '';

  constructor(source: string) {
    this.source = source;
  }

  /** Starts a new tag. */
  clear(): void {
    this.found = null;
  }

  startName(start: number, end: number): void {
    const name = this.source.slice(start, Math.min(end, start + limits.attribute)).toLowerCase();
    this.name = KEPT.has(name) ? name : '';
    this.value = '';
  }

  addSource(start: number, end: number): void {
    if (this.name !== '') this.add(this.source.slice(start, Math.min(end, start + limits.attribute)));
  }

  add(text: string): void {
    if (this.name !== '') this.value += text.slice(0, limits.attribute - this.value.length);
  }

  /** Ends one attribute. The first of two with the same name counts. */
  end(): void {
    if (this.name === '') return;
    this.found ??= {};
    this.found[this.name] ??= this.value;
  }

  all(): Record<string, string> {
    return this.found ?? NO_ATTRIBUTES;
  }

  /** Whether an attribute may hide the element's text: only then does a formatting element need a node. */
  mayHide(): boolean {
    const { hidden, class: names, style = '', 'aria-hidden': ariaHidden } = this.all();
    return hidden !== undefined || ariaHidden !== undefined || names !== undefined || /display|visibility/i.test(style);
  }
}
