import { Document, type Element, isText, Text } from 'domhandler';
import type { TokenizerCallbacks } from 'htmlparser2';
import { TooLargeError } from '../errors.ts';
import { limits } from '../limits.ts';
import { BLOCK, DOCUMENT, FOREIGN, FORMATTING, HEADING, LINK_END, VOID } from './elements.ts';
import { attach, makeElement, NO_ATTRIBUTES } from './nodes.ts';
import { isTablePart, OpenElements } from './stack.ts';

/** Attributes that say what an element is, whether it is visible, or what it links to. Others are not kept. */
const KEPT = new Set(
  'id class role style hidden aria-hidden aria-modal href itemprop content name property http-equiv datetime summary border type title colspan'.split(
    ' ',
  ),
);
const ITEMS = new Set(['li']);
const DEFINITIONS = new Set(['dt', 'dd']);
/** Their text is never part of a page's text, so it is not stored. */
const UNREAD = new Set(['script', 'style', 'textarea', 'iframe', 'noembed']);
/** Elements whose content is code, so that it is markup and no words. */
const CODE = new Set(['script', 'style']);

/**
 * Builds the document of a page from tokens, by the rules of the HTML standard that matter to text: what closes what, walls
 * around table cells, end tags that close nothing. It differs on purpose where the standard costs quadratic time or
 * splits the article: there is one html, head and body, whatever the page's tags for them say, formatting tags make no
 * nodes, and depth is bounded. `docs/decisions/0003-extraction.md` has the reasons.
 */
export class TreeBuilder implements TokenizerCallbacks {
  private readonly source: string;
  /** Holds one element, so that queries are linear: cheerio's are quadratic in the number of elements they start from. */
  readonly document = new Document([]);
  readonly body = makeElement('body', NO_ATTRIBUTES);
  private readonly head = makeElement('head', NO_ATTRIBUTES);
  private readonly open = new OpenElements(this.body);
  private title: Text | null = null;
  private titleOpen: 'own' | 'foreign' | null = null;
  private nodes = 0;
  /** Start and end of each piece of text in the source, as far as `limits.markup`. */
  private readonly words: number[] = [];

  private tag = '';
  private attributes: Record<string, string> | null = null;
  private attribute = '';
  private value = '';

  constructor(source: string) {
    this.source = source;
    const html = makeElement('html', NO_ATTRIBUTES);
    attach(this.document, html);
    attach(html, this.head);
    attach(html, this.body);
  }

  ontext(start: number, end: number): void {
    if (start < limits.markup && !CODE.has(this.open.top.name)) this.words.push(start, end);
    this.text(this.source.slice(start, end));
  }

  ontextentity(codePoint: number): void {
    this.text(String.fromCodePoint(codePoint));
  }

  onopentagname(start: number, end: number): void {
    this.tag = this.source.slice(start, end).toLowerCase();
    this.attributes = null;
  }

  onattribname(start: number, end: number): void {
    const name = end - start > 20 ? '' : this.source.slice(start, end).toLowerCase();
    this.attribute = KEPT.has(name) ? name : '';
    this.value = '';
  }

  onattribdata(start: number, end: number): void {
    if (this.attribute === '' || this.value.length > limits.attribute) return;
    this.value += this.source.slice(start, Math.min(end, start + limits.attribute));
  }

  onattribentity(codePoint: number): void {
    if (this.attribute !== '' && this.value.length < limits.attribute) this.value += String.fromCodePoint(codePoint);
  }

  onattribend(): void {
    if (this.attribute === '') return;
    this.attributes ??= {};
    this.attributes[this.attribute] ??= this.value;
  }

  onselfclosingtag(): void {
    if (FOREIGN.has(this.tag) || this.open.isOpen('svg') || this.open.isOpen('math')) return;
    this.onopentagend();
  }

  onopentagend(): void {
    const name = this.tag;
    const attributes = this.attributes ?? NO_ATTRIBUTES;
    if (DOCUMENT.has(name)) return;
    if (name === 'title' && !this.open.isOpen('svg')) {
      // Only the first title is the page's own: a second one belongs to a document pasted into it.
      this.titleOpen = this.title === null ? 'own' : 'foreign';
      this.title ??= this.titleText();
      return;
    }
    if (FORMATTING.has(name) && !mayHide(attributes)) return;
    if (name === 'form' && this.open.isOpen('form')) return;
    if (!this.makeRoom(name)) return;
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
    else if (HEADING.has(name)) this.closeHeading();
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

  /** The source without its words, as far as `limits.markup`. */
  markup(): string {
    const parts: string[] = [];
    let at = 0;
    for (let i = 0; i < this.words.length; i += 2) {
      parts.push(this.source.slice(at, this.words[i]));
      at = this.words[i + 1] ?? at;
    }
    parts.push(this.source.slice(at, Math.max(at, limits.markup)));
    return parts.join(' ');
  }

  /** Closes what the start tag closes. False where the tag makes no element. */
  private makeRoom(name: string): boolean {
    const { top } = this.open;
    if (name === 'a') this.open.closeInline('a');
    if (name === 'option' && top.name === 'option') this.open.closeInScope('option');
    if (name === 'colgroup') return false;
    if (isTablePart(name)) return this.makeRoomForTablePart(name);
    if (!BLOCK.has(name)) return true;
    if (name !== 'option' && name !== 'optgroup') this.open.closeInScope('select');
    if (FOREIGN.has(top.name)) this.open.closeInScope(top.name);
    if (name === 'li') this.open.closeItem(ITEMS);
    if (name === 'dt' || name === 'dd') this.open.closeItem(DEFINITIONS);
    if (name !== 'option' && name !== 'optgroup' && name !== 'iframe') this.open.closeInScope('p');
    if (HEADING.has(name) && HEADING.has(this.open.top.name)) this.closeHeading();
    const table = this.open.top.name;
    if (name === 'table' && (table === 'table' || table === 'tr' || table === 'tbody'))
      this.open.closeTablePart('table');
    return true;
  }

  private makeRoomForTablePart(name: string): boolean {
    if (!this.open.clearForTablePart(name)) return false;
    const { top } = this.open;
    if ((name === 'td' || name === 'th') && top.name !== 'tr') this.open.push(this.append('tr'));
    return true;
  }

  private closeLink(): void {
    if (!this.open.closeInline('a') && this.open.isOpen('a')) this.append(LINK_END);
  }

  private closeHeading(): void {
    this.open.close(
      (open) => HEADING.has(open),
      (open) => open === 'td' || open === 'th' || open === 'table',
    );
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
        `The page has more than ${limits.nodes} elements and pieces of text: too many to be an article. Track a smaller page.`,
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

/** Whether an attribute could make an element's text invisible: only then is a formatting element worth a node. */
function mayHide(attributes: Readonly<Record<string, string>>): boolean {
  return (
    attributes.hidden !== undefined ||
    attributes['aria-hidden'] !== undefined ||
    attributes.class !== undefined ||
    /display|visibility/i.test(attributes.style ?? '')
  );
}
