import { type ChildNode, type Element, isTag } from 'domhandler';
import { DomUtils } from 'htmlparser2';
import { BLOCK, HEADING, LINK_END, TABLE_SECTION } from '../parse/elements.ts';
import { dataOf } from '../parse/tree.ts';
import type { Block, BlockKind } from '../types.ts';
import { BlockStream, type Context, PARAGRAPH } from './block-stream.ts';
import { splitPreformatted } from './preformatted.ts';
import { hasText, isDataTable } from './tables.ts';
import { isHidden } from './visibility.ts';

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

/**
 * Collects the blocks below one element in document order. Text is added to the open block, which ends at the edges of
 * block elements, at two line breaks and at rules, so each visible character is in exactly one block, however the
 * elements are nested. Recursion is bounded by `limits.depth`.
 */
export class BlockCollector {
  private readonly out = new BlockStream();
  private readonly isFurniture: (element: Element) => boolean;

  constructor(isFurniture: (element: Element) => boolean) {
    this.isFurniture = isFurniture;
  }

  collect(root: Element): Block[] {
    this.children(root);
    this.out.endBlock();
    return this.out.blocks;
  }

  private children(element: Element): void {
    for (const child of element.children) {
      if (isTag(child)) this.element(child);
      else this.out.words(dataOf(child));
    }
  }

  private element(element: Element): void {
    const { name } = element;
    if (name === 'br') this.out.lineBreak();
    else if (name === 'hr') this.out.endBlock();
    else if (isHidden(element) || this.isFurniture(element)) this.skip(element);
    else if (name === 'a') this.link(element);
    else if (name === LINK_END) this.out.link(null);
    else if (name === 'table') this.table(element);
    else if (PREFORMATTED.has(name)) this.preformatted(element);
    else if (BLOCK.has(name)) this.block(element);
    else this.children(element);
  }

  private skip(element: Element): void {
    if (BLOCK.has(element.name)) this.out.endBlock();
  }

  private link(element: Element): void {
    const outer = this.out.href;
    this.out.link(element.attribs.href?.trim() || outer);
    this.children(element);
    this.out.link(outer);
  }

  private block(element: Element): void {
    const outer = this.out.context;
    this.out.endBlock();
    this.out.context = contextOf(element, outer);
    this.children(element);
    this.out.endBlock();
    this.out.context = outer;
  }

  private table(table: Element): void {
    this.out.endBlock();
    if (this.out.inRow || !isDataTable(table)) {
      this.children(table);
      this.out.endBlock();
      return;
    }
    const outer = this.out.context;
    this.out.context = { kind: 'tableRow' };
    for (const child of captionFirst(table)) this.rows(child);
    this.out.context = outer;
  }

  /** Browsers show a table's text outside of cells before the table; here it is a row at its place. */
  private rows(child: ChildNode): void {
    if (isTag(child) && (isHidden(child) || this.isFurniture(child))) return;
    if (isTag(child) && child.name === 'caption') this.element(child);
    else if (isTag(child) && TABLE_SECTION.has(child.name)) for (const inner of child.children) this.rows(inner);
    else if (isTag(child) && child.name === 'tr') this.row(child.children);
    else this.row([child]);
  }

  private row(cells: readonly ChildNode[]): void {
    this.out.startRow();
    for (const cell of cells) {
      if (isTag(cell) ? isHidden(cell) || !hasText(cell) : dataOf(cell).trim() === '') continue;
      this.out.cell();
      if (isTag(cell)) this.element(cell);
      else this.out.words(dataOf(cell));
    }
    this.out.endRow();
  }

  /** Links in preformatted text are lost, because its lines are joined. */
  private preformatted(element: Element): void {
    this.out.endBlock();
    for (const text of splitPreformatted(DomUtils.textContent(element))) {
      this.out.words(text);
      this.out.endBlock();
    }
  }
}

function contextOf(element: Element, outer: Context): Context {
  const { name } = element;
  if (HEADING.has(name)) return { kind: 'heading', level: Number(name.charAt(1)) };
  const kind = KIND_OF[name];
  if (kind !== undefined) return { kind };
  if (element.attribs.class !== undefined && CAPTION_CLASS.test(element.attribs.class)) return { kind: 'caption' };
  if (outer.kind === 'heading' && outer.spent === true) return PARAGRAPH;
  return outer;
}

function captionFirst(table: Element): ChildNode[] {
  const isCaption = (child: ChildNode) => isTag(child) && child.name === 'caption';
  return [...table.children.filter(isCaption), ...table.children.filter((child) => !isCaption(child))];
}
