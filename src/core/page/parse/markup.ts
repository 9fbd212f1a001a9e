import { limits } from '../limits.ts';

/** The beginning of a source without its text: tags, comments and scripts, up to `limits.markup` characters. */
export class Markup {
  private readonly source: string;
  /** Start and end of each piece of text. */
  private readonly pieces: number[] = [];

  constructor(source: string) {
    this.source = source;
  }

  leaveOut(start: number, end: number): void {
    if (start < limits.markup) this.pieces.push(start, end);
  }

  toString(): string {
    const parts: string[] = [];
    let at = 0;
    for (let i = 0; i < this.pieces.length; i += 2) {
      parts.push(this.source.slice(at, this.pieces[i]));
      at = this.pieces[i + 1] ?? at;
    }
    parts.push(this.source.slice(at, Math.max(at, limits.markup)));
    return parts.join(' ');
  }
}
