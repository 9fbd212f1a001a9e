import { Document, type Element, isText, Text } from 'domhandler';
import { TooLargeError } from '../errors.ts';
import { limits } from '../limits.ts';
import { attach, makeElement, NO_ATTRIBUTES } from './nodes.ts';

/** The document of one page while it grows: one html, a head that holds only the title, and one body. */
export class GrowingDocument {
  /** Has one element at the top: cheerio's queries are quadratic in the number of elements that they start from. */
  readonly root = new Document([]);
  readonly body = makeElement('body', NO_ATTRIBUTES);
  private readonly head = makeElement('head', NO_ATTRIBUTES);
  private nodes = 0;

  constructor() {
    const html = makeElement('html', NO_ATTRIBUTES);
    attach(this.root, html);
    attach(html, this.head);
    attach(html, this.body);
  }

  appendElement(parent: Element, name: string, attributes = NO_ATTRIBUTES): Element {
    this.count();
    const element = makeElement(name, attributes);
    attach(parent, element);
    return element;
  }

  /** Adds text at the end of the parent, to its last text where it ends with one. */
  appendText(parent: Element, text: string): void {
    const { lastChild } = parent;
    if (lastChild !== null && isText(lastChild)) lastChild.data += text;
    else {
      this.count();
      attach(parent, new Text(text));
    }
  }

  /** The empty text of a title in the head. */
  appendTitle(): Text {
    const title = makeElement('title', NO_ATTRIBUTES);
    const text = new Text('');
    attach(this.head, title);
    attach(title, text);
    return text;
  }

  private count(): void {
    this.nodes += 1;
    if (this.nodes > limits.nodes) {
      throw new TooLargeError(
        `The page has more than ${limits.nodes} elements and pieces of text: more than an article has. Track a smaller page.`,
      );
    }
  }
}
