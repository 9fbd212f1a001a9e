import { type ChildNode, type Element, isTag } from 'domhandler';
import { DomUtils } from 'htmlparser2';
import { BLOCK, HEADING, LINK_END } from '../parse/elements.ts';
import { dataOf } from '../parse/tree.ts';
import type { Block, BlockKind } from '../types.ts';
import { BlockText } from './block-text.ts';
import { splitPreformatted } from './preformatted.ts';
import { hasText, isDataTable } from './tables.ts';
import { isHidden } from './visibility.ts';

/** What a run of text is, by the nearest element around it that says so. */
interface Context {
  readonly kind: BlockKind;
  readonly level?: number;
  /** Set once a heading has given its text: an unclosed one takes in the paragraphs that follow it. */
  spent?: boolean;
}

const PARAGRAPH: Context = Object.freeze({ kind: 'paragraph' });
const KIND_OF: Readonly<Record<string, BlockKind>> = {
  li: 'listItem',
  dt: 'listItem',
  dd: 'listItem',
  blockquote: 'quote',
  figcaption: 'caption',
  caption: 'caption',
};
const PREFORMATTED = new Set(['pre', 'listing', 'xmp', 'plaintext']);
const CAPTION_CLASS = /(?:^|\s)(?:wp-caption-text|caption|thumbcaption|image-caption|photo-caption)(?:\s|$)/i;
const TABLE_SECTION = new Set(['tbody', 'thead', 'tfoot']);
/** After one line break, a line that is moved in by non-breaking spaces opens a paragraph as in print. */
const INDENTED = /^[\t\n\r ]*\u00a0[\t\n\r ]*\u00a0[\s\u00a0]*[^\s\u00a0]/;
const CELL_SEPARATOR = ' | ';

/**
 * Collects the tracked blocks below one element in document order. Text flows into the block that is open; the
 * edges of block elements, two line breaks and rules end it. So every visible character comes out exactly once,
 * however the elements are nested. Recursion is bounded by `limits.depth`.
 */
export class BlockCollector {
  private readonly blocks: Block[] = [];
  private readonly isFurniture: (element: Element) => boolean;
  private text = new BlockText();
  private context = PARAGRAPH;
  private href: string | null = null;
  /** Line breaks since the last visible character. */
  private breaks = 0;
  private inRow = false;

  constructor(isFurniture: (element: Element) => boolean) {
    this.isFurniture = isFurniture;
  }

  collect(root: Element): Block[] {
    this.children(root);
    this.endBlock();
    return this.blocks;
  }

  private children(element: Element): void {
    for (const child of element.children) {
      if (isTag(child)) this.element(child);
      else this.words(dataOf(child));
    }
  }

  private words(text: string): void {
    if (this.breaks > 0 && INDENTED.test(text)) this.endBlock();
    if (this.breaks > 0 && /\S/.test(text)) this.breaks = 0;
    this.text.add(text);
  }

  private element(element: Element): void {
    const { name } = element;
    if (name === 'br') this.lineBreak();
    else if (name === 'hr') this.endBlock();
    else if (isHidden(element) || this.isFurniture(element)) this.skip(element);
    else if (name === 'a') this.link(element);
    else if (name === LINK_END) this.endLink();
    else if (name === 'table') this.table(element);
    else if (PREFORMATTED.has(name)) this.preformatted(element);
    else if (BLOCK.has(name)) this.block(element);
    else this.children(element);
  }

  private skip(element: Element): void {
    if (BLOCK.has(element.name)) this.endBlock();
  }

  private lineBreak(): void {
    this.breaks += 1;
    this.text.add(' ');
    if (this.breaks > 1) this.endBlock();
  }

  private link(element: Element): void {
    const outer = this.href;
    this.href = element.attribs.href?.trim() || outer;
    this.text.link(this.href);
    this.children(element);
    this.href = outer;
    this.text.link(outer);
  }

  private endLink(): void {
    this.href = null;
    this.text.link(null);
  }

  private block(element: Element): void {
    const outer = this.context;
    this.endBlock();
    this.context = this.contextOf(element, outer);
    this.children(element);
    this.endBlock();
    this.context = outer;
  }

  private contextOf(element: Element, outer: Context): Context {
    const { name } = element;
    if (HEADING.has(name)) return { kind: 'heading', level: Number(name.charAt(1)) };
    const kind = KIND_OF[name];
    if (kind !== undefined) return { kind };
    if (element.attribs.class !== undefined && CAPTION_CLASS.test(element.attribs.class)) return { kind: 'caption' };
    if (outer.kind === 'heading' && outer.spent === true) return PARAGRAPH;
    return outer;
  }

  private table(table: Element): void {
    this.endBlock();
    if (this.inRow || !isDataTable(table)) {
      this.children(table);
      this.endBlock();
      return;
    }
    const outer = this.context;
    this.context = { kind: 'tableRow' };
    for (const child of captionFirst(table)) this.rows(child);
    this.context = outer;
  }

  /** Text that stands in a table but in no cell is shown before it by browsers; here it keeps its place as a row. */
  private rows(child: ChildNode): void {
    if (isTag(child) && (isHidden(child) || this.isFurniture(child))) return;
    if (isTag(child) && child.name === 'caption') this.element(child);
    else if (isTag(child) && TABLE_SECTION.has(child.name)) for (const inner of child.children) this.rows(inner);
    else if (isTag(child) && child.name === 'tr') this.row(child.children);
    else this.row([child]);
  }

  private row(cells: readonly ChildNode[]): void {
    this.inRow = true;
    for (const cell of cells) {
      if (isTag(cell) ? isHidden(cell) || !hasText(cell) : dataOf(cell).trim() === '') continue;
      if (!this.text.isEmpty) this.text.add(CELL_SEPARATOR);
      if (isTag(cell)) this.element(cell);
      else this.words(dataOf(cell));
    }
    this.inRow = false;
    this.endBlock();
  }

  /** Links inside preformatted text are lost: its lines are put together anew. */
  private preformatted(element: Element): void {
    this.endBlock();
    for (const text of splitPreformatted(DomUtils.textContent(element))) {
      this.text.add(text);
      this.endBlock();
    }
  }

  private endBlock(): void {
    this.breaks = 0;
    if (this.inRow) {
      this.text.add(' ');
      return;
    }
    if (!this.text.isEmpty) {
      const { kind, level } = this.context;
      if (kind === 'heading') this.context.spent = true;
      const { text, links, written } = this.text.finish();
      this.blocks.push({
        text,
        kind,
        ...(level === undefined ? {} : { level }),
        links,
        ...(written === undefined ? {} : { written }),
      });
    }
    this.text = new BlockText();
    this.text.link(this.href);
  }
}

function captionFirst(table: Element): ChildNode[] {
  const isCaption = (child: ChildNode) => isTag(child) && child.name === 'caption';
  return [...table.children.filter(isCaption), ...table.children.filter((child) => !isCaption(child))];
}
