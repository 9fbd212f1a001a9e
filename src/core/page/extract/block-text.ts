import { detached } from '../../text/detached.ts';
import { repairMojibake } from '../text/mojibake.ts';
import { normalisePiece } from '../text/normalise.ts';
import type { Link } from '../types.ts';

/** Joins pieces of text into one line: white space at their edges becomes one space, none at the ends. */
class Line {
  private readonly parts: string[] = [];
  private spaced = false;
  length = 0;

  /** Takes a result of `normalisePiece`. Returns the offset of its first visible character, or null where it has none. */
  add(piece: string): number | null {
    const words = piece.trim();
    if (words === '') {
      this.spaced ||= piece !== '';
      return null;
    }
    if (this.length > 0 && (this.spaced || piece.startsWith(' '))) this.put(' ');
    const start = this.length;
    this.put(words);
    this.spaced = piece.endsWith(' ');
    return start;
  }

  /** Detached from the page: histories keep texts, not pages. */
  toString(): string {
    return detached(this.parts.join(''));
  }

  private put(part: string): void {
    this.parts.push(part);
    this.length += part.length;
  }
}

/** Collects the text of one block, its links and, where mojibake was repaired, the text before the repair. */
export class BlockText {
  private readonly line = new Line();
  private readonly asWritten = new Line();
  private repaired = false;
  private readonly found: Link[] = [];
  private href: string | null = null;
  private linkStart: number | null = null;

  add(raw: string): void {
    const good = repairMojibake(raw);
    this.repaired ||= good !== raw;
    const start = this.line.add(normalisePiece(good));
    this.asWritten.add(good === raw ? normalisePiece(good) : normalisePiece(raw));
    if (this.href !== null && start !== null) this.linkStart ??= start;
  }

  /** The following text belongs to this link, or to none, until the next call. */
  link(href: string | null): void {
    if (this.href !== null && this.linkStart !== null) {
      this.found.push({ href: this.href, start: this.linkStart, end: this.line.length });
    }
    this.href = href;
    this.linkStart = null;
  }

  get isEmpty(): boolean {
    return this.line.length === 0;
  }

  /** Ends the block: an open link ends with it. */
  finish(): { readonly text: string; readonly links: readonly Link[]; readonly written?: string } {
    this.link(null);
    const block = { text: this.line.toString(), links: this.found };
    return this.repaired ? { ...block, written: this.asWritten.toString() } : block;
  }
}
