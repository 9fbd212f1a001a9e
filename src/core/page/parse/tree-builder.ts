import type { Element, Text } from 'domhandler';
import type { TokenizerCallbacks } from 'htmlparser2';
import { Attributes } from './attributes.ts';
import { GrowingDocument } from './document.ts';
import { DOCUMENT, FOREIGN, FORMATTING, HEADING, LINK_END, VOID } from './elements.ts';
import { Markup } from './markup.ts';
import { isTablePart, OpenElements } from './stack.ts';
import { closeBefore } from './start-tag.ts';

/** Elements whose text is never text of the page and is not stored. */
const UNREAD = new Set(['script', 'style', 'textarea', 'iframe', 'noembed']);
/** Elements whose content is code and counts as markup. */
const CODE = new Set(['script', 'style']);

/**
 * Builds the document of a page from tokens, by the rules of the HTML standard that affect text: which tags close which
 * elements, and which end tags are ignored. It differs on purpose where the standard takes quadratic time or splits the
 * article: the document has one html, head and body, formatting tags make no nodes, and the depth is bounded.
 * `docs/decisions/0003-extraction.md` has the reasons.
 */
export class TreeBuilder implements TokenizerCallbacks {
  private readonly source: string;
  private readonly attributes: Attributes;
  private readonly markupOnly: Markup;
  readonly document = new GrowingDocument();
  private readonly open = new OpenElements(this.document.body);
  private title: Text | null = null;
  private titleOpen: 'own' | 'foreign' | null = null;
  private tag = '';

  constructor(source: string) {
    this.source = source;
    this.attributes = new Attributes(source);
    this.markupOnly = new Markup(source);
  }

  ontext(start: number, end: number): void {
    if (!CODE.has(this.open.top.name)) this.markupOnly.leaveOut(start, end);
    this.text(this.source.slice(start, end));
  }

  ontextentity(codePoint: number): void {
    this.text(String.fromCodePoint(codePoint));
  }

  onopentagname(start: number, end: number): void {
    this.tag = this.source.slice(start, end).toLowerCase();
    this.attributes.clear();
  }

  onattribname(start: number, end: number): void {
    this.attributes.startName(start, end);
  }

  onattribdata(start: number, end: number): void {
    this.attributes.addSource(start, end);
  }

  onattribentity(codePoint: number): void {
    this.attributes.add(String.fromCodePoint(codePoint));
  }

  onattribend(): void {
    this.attributes.end();
  }

  onselfclosingtag(): void {
    if (FOREIGN.has(this.tag) || this.open.isOpen('svg') || this.open.isOpen('math')) return;
    this.onopentagend();
  }

  onopentagend(): void {
    const name = this.tag;
    if (DOCUMENT.has(name)) return;
    if (name === 'title' && !this.open.isOpen('svg')) {
      // A second title belongs to a document that was pasted into the page.
      this.titleOpen = this.title === null ? 'own' : 'foreign';
      this.title ??= this.document.appendTitle();
      return;
    }
    if (FORMATTING.has(name) && !this.attributes.mayHide()) return;
    if (name === 'form' && this.open.isOpen('form')) return;
    if (!closeBefore(name, this.open)) return;
    if ((name === 'td' || name === 'th') && this.open.top.name !== 'tr') this.open.push(this.append('tr'));
    const element = this.document.appendElement(this.open.top, name, this.attributes.all());
    if (!VOID.has(name)) this.open.push(element);
  }

  onclosetag(start: number, end: number): void {
    const name = this.source.slice(start, end).toLowerCase();
    if (name === 'title' && this.titleOpen !== null) {
      this.titleOpen = null;
      return;
    }
    if (DOCUMENT.has(name)) return;
    if (name === 'br') this.append('br');
    else if (name === 'table' || isTablePart(name)) this.open.closeTablePart(name);
    else if (name === 'form') this.open.closeForm();
    else if (FORMATTING.has(name)) this.open.closeInline(name);
    else if (name === 'a') this.closeLink();
    else if (this.open.closeBeyond() || VOID.has(name)) return;
    else if (HEADING.has(name)) this.open.closeHeading();
    else if (!this.open.closeInScope(name) && name === 'p') this.append('p');
  }

  oncdata(start: number, end: number): void {
    if (this.open.isOpen('svg') || this.open.isOpen('math')) this.ontext(start, end);
  }

  // Comments, doctypes and processing instructions are no text.
  oncomment(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onend(): void {}

  /** Tags, comments and scripts of the source. */
  markup(): string {
    return this.markupOnly.toString();
  }

  private closeLink(): void {
    if (!this.open.closeInline('a') && this.open.isOpen('a')) this.append(LINK_END);
  }

  private append(name: string): Element {
    return this.document.appendElement(this.open.top, name);
  }

  private text(text: string): void {
    if (this.titleOpen !== null) {
      if (this.titleOpen === 'own' && this.title !== null) this.title.data += text;
      return;
    }
    const { top } = this.open;
    if (!UNREAD.has(top.name)) this.document.appendText(top, text);
  }
}
