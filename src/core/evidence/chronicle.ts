import type { Paragraph } from '../diff/types.ts';
import type { RevisionDocument, RevisionRecord } from '../history/types.ts';

/** The revision that is the proof of something: its number, when it was seen, and the bytes it was read from. */
export type Proof = Pick<RevisionRecord, 'number' | 'observedAt' | 'captureId' | 'sha256'>;

/** One paragraph through a period: what it said last, since when, and until when. */
export interface Told {
  readonly paragraph: Paragraph;
  /** 0-based place in the last revision in which it stood. */
  readonly at: number;
  readonly first: Proof;
  /** Since when it has these words and this date. */
  readonly changed: Proof;
  /** The revision in which it stood no more, null where it stands. */
  readonly gone: Proof | null;
}

/**
 * Folds revisions into what a page told: every paragraph once, with its proofs. Holds each paragraph that ever stood,
 * and one revision at a time.
 */
export class Chronicle {
  readonly #told = new Map<string, Told>();
  #standing = new Set<string>();

  add(record: RevisionRecord, { paragraphs }: Pick<RevisionDocument, 'paragraphs'>): void {
    const { number, observedAt, captureId, sha256 } = record;
    const proof: Proof = { number, observedAt, captureId, sha256 };
    const standing = new Set<string>();
    for (const [at, paragraph] of paragraphs.entries()) {
      standing.add(paragraph.id);
      const known = this.#told.get(paragraph.id);
      const isSame = known !== undefined && known.gone === null && says(known.paragraph, paragraph);
      this.#told.set(paragraph.id, {
        paragraph,
        at,
        first: known?.first ?? proof,
        changed: isSame ? known.changed : proof,
        gone: null,
      });
    }
    for (const id of this.#standing) {
      const known = this.#told.get(id);
      if (!standing.has(id) && known !== undefined) this.#told.set(id, { ...known, gone: proof });
    }
    this.#standing = standing;
  }

  /**
   * What stands after the last revision, in the order of the page; then what was taken away since `from` (an ISO 8601
   * instant or the beginning of one; null: ever), newest first.
   */
  told(from: string | null): { readonly standing: readonly Told[]; readonly gone: readonly Told[] } {
    const all = [...this.#told.values()];
    const gone = all.filter((one) => one.gone !== null && (from === null || one.gone.observedAt >= from));
    return {
      standing: all.filter((one) => one.gone === null).sort((a, b) => a.at - b.at),
      gone: gone.sort((a, b) => (b.gone?.number ?? 0) - (a.gone?.number ?? 0) || a.at - b.at),
    };
  }
}

function says(a: Paragraph, b: Paragraph): boolean {
  return a.text === b.text && a.date === b.date && a.dateBasis === b.dateBasis && a.kind === b.kind;
}
