import type { Paragraph } from '../diff/types.ts';
import type { RevisionDocument, RevisionRecord } from '../history/types.ts';

/** The revision that proves something: its number, when it was seen, and the bytes that it was read from. */
export type Proof = Pick<RevisionRecord, 'number' | 'observedAt' | 'captureId' | 'sha256'>;

/** One paragraph through a period: its last text, since when, and until when. */
export interface ParagraphSpan {
  readonly paragraph: Paragraph;
  /** 0-based place in the last revision that has the paragraph. */
  readonly at: number;
  readonly first: Proof;
  /** The revision since which its text and date are the same. */
  readonly changed: Proof;
  /** The revision that removed it, null while it is present. */
  readonly removed: Proof | null;
}

/**
 * Folds revisions into one span for each paragraph, with its proofs. Holds every paragraph that the page has ever had,
 * and one revision at a time.
 */
export class ParagraphHistory {
  readonly #spans = new Map<string, ParagraphSpan>();
  #present = new Set<string>();

  add(record: RevisionRecord, { paragraphs }: Pick<RevisionDocument, 'paragraphs'>): void {
    const { number, observedAt, captureId, sha256 } = record;
    const proof: Proof = { number, observedAt, captureId, sha256 };
    const present = new Set<string>();
    for (const [at, paragraph] of paragraphs.entries()) {
      present.add(paragraph.id);
      const before = this.#spans.get(paragraph.id);
      const isSame = before !== undefined && before.removed === null && isEqual(before.paragraph, paragraph);
      this.#spans.set(paragraph.id, {
        paragraph,
        at,
        first: before?.first ?? proof,
        changed: isSame ? before.changed : proof,
        removed: null,
      });
    }
    for (const id of this.#present) {
      const before = this.#spans.get(id);
      if (!present.has(id) && before !== undefined) this.#spans.set(id, { ...before, removed: proof });
    }
    this.#present = present;
  }

  /**
   * The paragraphs of the last revision, in the order of the page; and those removed since `from` (an ISO 8601 instant
   * or the beginning of one; null: at any time), newest removal first.
   */
  spans(from: string | null): {
    readonly present: readonly ParagraphSpan[];
    readonly removed: readonly ParagraphSpan[];
  } {
    const all = [...this.#spans.values()];
    const removed = all.filter((span) => span.removed !== null && (from === null || span.removed.observedAt >= from));
    return {
      present: all.filter((span) => span.removed === null).sort((a, b) => a.at - b.at),
      removed: removed.sort((a, b) => (b.removed?.number ?? 0) - (a.removed?.number ?? 0) || a.at - b.at),
    };
  }
}

function isEqual(a: Paragraph, b: Paragraph): boolean {
  return a.text === b.text && a.date === b.date && a.dateBasis === b.dateBasis && a.kind === b.kind;
}
