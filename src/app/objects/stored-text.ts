import { isAscii } from 'node:buffer';
import type { RevisionDocument, StoredParagraph } from '#core/history/types.ts';
import { escapeJson } from '#core/text/hostile.ts';

/** What a document holds next to its paragraphs. */
export type DocumentFacts = Omit<RevisionDocument, 'paragraphs'>;

/** A paragraph as JSON in UTF-8. */
export type Piece = Uint8Array;

const LIST = '"paragraphs":[';
const LIST_END = '],"period":';
/** Between two paragraphs. */
const BOUNDARY = '},{"date":';
const COMMA = Buffer.from(',');
const DELETE = 0x7f;

/**
 * A document as the bytes that it is stored as, so that an answer can pass its paragraphs on without reading and writing
 * each of them. Canonical JSON has the keys of every object in order: a paragraph begins with its date, no other object
 * does, and a quote within a text is escaped. So the characters that are looked for are nowhere else.
 */
export class StoredText {
  readonly facts: DocumentFacts;
  readonly pieces: readonly Piece[];

  /** @param json a document as canonical JSON. @throws SyntaxError when it is none. */
  constructor(json: Uint8Array) {
    const bytes = Buffer.from(json.buffer, json.byteOffset, json.byteLength);
    const start = bytes.indexOf(LIST) + LIST.length;
    const end = bytes.lastIndexOf(LIST_END);
    const facts = bytes.toString('utf8', 0, start) + bytes.toString('utf8', Math.max(end, 0));
    const { paragraphs: _, ...rest } = JSON.parse(facts) as RevisionDocument;
    this.facts = rest;
    const pieces: Piece[] = [];
    for (let at = start; at < end; ) {
      const found = bytes.indexOf(BOUNDARY, at);
      const behind = found === -1 ? end : found + 1;
      pieces.push(bytes.subarray(at, behind));
      at = behind + 1;
    }
    this.pieces = pieces;
  }
}

/** The piece with hostile characters escaped. */
export function escapePiece(piece: Piece): Piece {
  // JSON has no other hostile character in ASCII that is not escaped already.
  if (isAscii(piece) && !piece.includes(DELETE)) return piece;
  const json = Buffer.from(piece).toString('utf8');
  const escaped = escapeJson(json);
  return escaped === json ? piece : Buffer.from(escaped);
}

/** The pieces of a list with commas between them. */
export function joinPieces(pieces: readonly Piece[]): Buffer<ArrayBuffer> {
  return Buffer.concat(pieces.flatMap((piece, at) => (at === 0 ? [piece] : [COMMA, piece])));
}

/** The paragraphs that pieces are, escaped or not. */
export function paragraphsOf(pieces: readonly Piece[]): StoredParagraph[] {
  return JSON.parse(`[${joinPieces(pieces).toString('utf8')}]`) as StoredParagraph[];
}
