import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapePiece, type Piece, paragraphsOf, StoredText } from '#app/objects/stored-text.ts';
import { canonicalJson } from '#core/history/canonical.ts';
import type { RevisionDocument, StoredParagraph } from '#core/history/types.ts';
import { escapeJson } from '#core/text/hostile.ts';

const asText = (piece: Piece) => Buffer.from(piece).toString('utf8');

/** What a text would need to pass for a part of the document. */
const TRAPS = ['\u007f', '"paragraphs":[', '],"period":', '},{"date":', '\\', '"', ',{"date":null', '\u202e', '😀'];
const words = fc
  .array(fc.oneof(fc.constantFrom(...TRAPS), fc.string({ unit: 'binary', maxLength: 9 })), { maxLength: 6 })
  .map((all) => all.join(''));
const sight = fc.record({ revision: fc.nat(), observedAt: words });
const paragraph: fc.Arbitrary<StoredParagraph> = fc.record(
  {
    id: words,
    text: words,
    kind: fc.constant('heading' as const),
    level: fc.constant(2),
    links: fc.array(fc.record({ href: words, start: fc.nat(), end: fc.nat() }), { maxLength: 2 }),
    written: words,
    marker: words,
    date: fc.option(words),
    dateBasis: fc.constant('none' as const),
    mentions: fc.array(
      fc.record({
        text: words,
        start: fc.nat(),
        end: fc.nat(),
        granularity: fc.constant('day' as const),
        literal: words,
        value: fc.option(words),
        role: fc.constant('event' as const),
        basis: fc.constant('explicit' as const),
      }),
      { maxLength: 2 },
    ),
    firstSeen: sight,
    presentSince: sight,
  },
  { requiredKeys: ['id', 'text', 'kind', 'links', 'date', 'dateBasis', 'mentions', 'firstSeen', 'presentSince'] },
);
const document: fc.Arbitrary<RevisionDocument> = fc.record({
  pageId: words,
  number: fc.nat(),
  title: fc.option(words),
  period: fc.option(words),
  charset: words,
  lastModified: fc.option(words),
  paragraphs: fc.array(paragraph, { maxLength: 5 }),
});

describe('a stored text', () => {
  it('has the facts and the paragraphs of its document, whatever characters are in its texts', () => {
    fc.assert(
      fc.property(document, (given) => {
        // As JSON can have it: lone surrogates are escaped, and come back.
        const json = canonicalJson(given);
        const { paragraphs, ...facts } = JSON.parse(json) as RevisionDocument;
        const text = new StoredText(Buffer.from(json));
        expect(text.facts).toEqual(facts);
        expect(text.pieces.map(asText)).toEqual(paragraphs.map((one) => JSON.stringify(one)));
        expect(text.pieces.map((piece) => asText(escapePiece(piece)))).toEqual(
          paragraphs.map((one) => escapeJson(JSON.stringify(one))),
        );
        expect(paragraphsOf(text.pieces)).toEqual(paragraphs);
      }),
      { numRuns: 500 },
    );
  });

  it('has no paragraphs where its document has none', () => {
    const facts = { pageId: 'road', number: 1, title: null, period: null, charset: 'utf-8', lastModified: null };
    const text = new StoredText(Buffer.from(canonicalJson({ ...facts, paragraphs: [] })));
    expect([text.facts, text.pieces, paragraphsOf(text.pieces)]).toEqual([facts, [], []]);
  });

  it('is not made of anything but a document', () => {
    expect(() => new StoredText(Buffer.from(''))).toThrow(SyntaxError);
    expect(() => new StoredText(Buffer.from('{"a":1'))).toThrow(SyntaxError);
  });
});
