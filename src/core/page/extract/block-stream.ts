import type { Block, BlockKind } from '../types.ts';
import { BlockText } from './block-text.ts';

/** The kind of the text that follows, by the nearest element around it that decides it. */
export interface Context {
  readonly kind: BlockKind;
  readonly level?: number;
  /** Set once a heading has given its text: an unclosed heading also contains the paragraphs after it. */
  spent?: boolean;
}

export const PARAGRAPH: Context = Object.freeze({ kind: 'paragraph' });

/** Line breaks that a block may have in a row. */
const MAX_BREAKS = 1;
/** After one line break, a line that non-breaking spaces indent begins a paragraph as in print. */
const INDENTED = /^[\t\n\r ]*\u00a0[\t\n\r ]*\u00a0[\s\u00a0]*[^\s\u00a0]/;

/** Turns text, line breaks, links and ends of blocks, in document order, into blocks. */
export class BlockStream {
  readonly blocks: Block[] = [];
  context = PARAGRAPH;
  /** The link that the following text belongs to, or null. */
  href: string | null = null;
  /** Whether a row of a table is open: all its cells are one block. */
  inRow = false;
  private text = new BlockText();
  /** Line breaks since the last visible character. */
  private breaks = 0;

  words(text: string): void {
    if (this.breaks > 0 && INDENTED.test(text)) this.endBlock();
    if (this.breaks > 0 && /\S/.test(text)) this.breaks = 0;
    this.text.add(text);
  }

  lineBreak(): void {
    this.breaks += 1;
    this.text.add(' ');
    if (this.breaks > MAX_BREAKS) this.endBlock();
  }

  link(href: string | null): void {
    this.href = href;
    this.text.link(href);
  }

  startRow(): void {
    this.inRow = true;
  }

  cell(): void {
    if (!this.text.isEmpty) this.text.add(' | ');
  }

  endRow(): void {
    this.inRow = false;
    this.endBlock();
  }

  endBlock(): void {
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
