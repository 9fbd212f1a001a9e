import { Document, type Element, isText, Text } from 'domhandler';
import type { TokenizerCallbacks } from 'htmlparser2';
import { TooLargeError } from '../errors.ts';
import { limits } from '../limits.ts';
import { Attributes } from './attributes.ts';
import { DOCUMENT, FOREIGN, FORMATTING, HEADING, LINK_END, VOID } from './elements.ts';
import { Markup } from './markup.ts';
import { attach, makeElement, NO_ATTRIBUTES } from './nodes.ts';
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
  /** Has one element at the top: cheerio's queries are quadratic in the number of elements that they start from. */
  readonly document = new Document([]);
  readonly body = makeElement('body', NO_ATTRIBUTES);
  private readonly head = makeElement('head', NO_ATTRIBUTES);
  private readonly open = new OpenElements(this.body);
  private title: Text | null = null;
  private titleOpen: 'own' | 'foreign' | null = null;
  private nodes = 0;
  private tag = '';

  constructor(source: string) {
    this.source = source;
    this.attributes = new Attributes(source);
    this.markupOnly = new Markup(source);
    const html = makeElement('html', NO_ATTRIBUTES);
    attach(this.document, html);
    attach(html, this.head);
    attach(html, this.body);
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
    const attributes = this.attributes.all();
    if (DOCUMENT.has(name)) return;
    if (name === 'title' && !this.open.isOpen('svg')) {
      // A second title belongs to a document that was pasted into the page.
      this.titleOpen = this.title === null ? 'own' : 'foreign';
      this.title ??= this.titleText();
      return;
    }
    if (FORMATTING.has(name) && !mayHide(attributes)) return;
    if (name === 'form' && this.open.isOpen('form')) return;
    if (!closeBefore(name, this.open)) return;
    if ((name === 'td' || name === 'th') && this.open.top.name !== 'tr') this.open.push(this.append('tr'));
    const element = this.append(name, attributes);
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

  private append(name: string, attributes = NO_ATTRIBUTES): Element {
    this.count();
    const element = makeElement(name, attributes);
    attach(this.open.top, element);
    return element;
  }

  private text(text: string): void {
    if (this.titleOpen !== null) {
      if (this.titleOpen === 'own' && this.title !== null) this.title.data += text;
      return;
    }
    const { top } = this.open;
    if (UNREAD.has(top.name)) return;
    const { lastChild } = top;
    if (lastChild !== null && isText(lastChild)) lastChild.data += text;
    else {
      this.count();
      attach(top, new Text(text));
    }
  }

  private count(): void {
    this.nodes += 1;
    if (this.nodes > limits.nodes) {
      throw new TooLargeError(
        `The page has more than ${limits.nodes} elements and pieces of text: more than an article has. Track a smaller page.`,
      );
    }
  }

  private titleText(): Text {
    const title = makeElement('title', NO_ATTRIBUTES);
    const text = new Text('');
    attach(this.head, title);
    attach(title, text);
    return text;
  }
}

/** Whether an attribute may hide an element's text: only then does a formatting element need a node. */
function mayHide(attributes: Readonly<Record<string, string>>): boolean {
  return (
    attributes.hidden !== undefined ||
    attributes['aria-hidden'] !== undefined ||
    attributes.class !== undefined ||
    /display|visibility/i.test(attributes.style ?? '')
  );
}
