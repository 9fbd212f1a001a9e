import type { RevisionDocument, StoredParagraph } from '#core/history/types.ts';

/** What a document holds next to its paragraphs. */
export type DocumentFacts = Omit<RevisionDocument, 'paragraphs'>;

const LIST = '"paragraphs":[';
/** Between two paragraphs. */
const BOUNDARY = '},{"date":';

/**
 * A document as it is stored, so that an answer can pass its paragraphs on without reading and writing each of them.
 * Canonical JSON has the keys of every object in order: a paragraph begins with its date, no other object does, and a quote
 * within a text is escaped. So the characters that are looked for are nowhere else.
 */
export class StoredText {
  readonly facts: DocumentFacts;
  /** The paragraphs, each as JSON. */
  readonly pieces: readonly string[];

  /** @param json a document as canonical JSON. @throws SyntaxError when it is none. */
  constructor(json: string) {
    const start = json.indexOf(LIST) + LIST.length;
    const end = json.lastIndexOf('],"period":');
    const { paragraphs: _, ...facts } = JSON.parse(json.slice(0, start) + json.slice(end)) as RevisionDocument;
    this.facts = facts;
    const pieces: string[] = [];
    for (let at = start; at < end; ) {
      const found = json.indexOf(BOUNDARY, at);
      const behind = found === -1 ? end : found + 1;
      pieces.push(json.slice(at, behind));
      at = behind + 1;
    }
    this.pieces = pieces;
  }
}

/** The paragraphs that pieces of a stored text are, hostile characters escaped or not. */
export function paragraphsOf(pieces: readonly string[]): StoredParagraph[] {
  return JSON.parse(`[${pieces.join(',')}]`) as StoredParagraph[];
}
