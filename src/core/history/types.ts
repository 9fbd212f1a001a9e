import type { DateBasis, Mention } from '../dates/types.ts';
import type { Change, Paragraph } from '../diff/types.ts';
import type { BlockKind } from '../page/types.ts';
import type { Lineage } from './lineage.ts';

/** A tracked page: one watched URL. */
export interface PageSpec {
  readonly id: string;
  readonly url: string;
  readonly name: string | null;
  readonly rolling: boolean;
  /**
   * The series that it belongs to, or null. A member of a series may not exist yet: until its first sight it alerts
   * nobody.
   */
  readonly series: string | null;
}

/** One fetch that brought bytes, as it is stored with them. Instants are ISO 8601 UTC with milliseconds. */
export interface Capture {
  /** Names the capture within its page and sorts by time, e.g. `20220109T101500000Z`. */
  readonly id: string;
  readonly pageId: string;
  readonly url: string;
  readonly finalUrl: string;
  /** When the bytes were fetched: the observed time of everything that is read out of them. */
  readonly fetchedAt: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** SHA-256 of the raw (decoded from its transfer and content coding) body, hex. */
  readonly sha256: string;
  /** Length of the raw body, bytes. */
  readonly bytes: number;
  /**
   * The page was tracked as one that rolls, which decides how its captures are judged. Absent otherwise, and in records
   * that were written before this was kept.
   */
  readonly rolling?: true;
  /** SHA-256 over this record without its seal, hex: what a revision names its capture by. */
  readonly seal: string;
}

/** Names a capture with its place in the chain of its page. */
export interface CaptureRef {
  readonly id: string;
  readonly link: string;
}

/** A capture as it is stored: its facts under their seal, and its place in the order of storing. */
export interface StoredCapture extends Capture {
  /** The capture before it, as far as its writer knew: null where none was known. */
  readonly previous: CaptureRef | null;
  /** `chainHash` over `seal` and `previous`: through `previous` over all captures before. */
  readonly link: string;
}

/** What a revision is, without its paragraphs and changes. */
export interface RevisionRecord {
  readonly pageId: string;
  /** 1, 2, 3 … */
  readonly number: number;
  /** SHA-256 over this record (without `id`) and through `previous` over all before it, hex. */
  readonly id: string;
  /** `id` of the revision before, or null for the first. */
  readonly previous: string | null;
  readonly observedAt: string;
  readonly captureId: string;
  readonly sha256: string;
  /** `seal` of the capture's record: binds its address, headers, status and time to the chain as well as its bytes. */
  readonly captureSeal: string;
  /** SHA-256 of the revision document's canonical JSON, hex. */
  readonly document: string;
  /** Short hash of its text, blind to noise: equal for a revision that another one reverts to. */
  readonly fingerprint: string;
  readonly parser: string;
  readonly title: string | null;
  readonly period: string | null;
  /** How many paragraphs it has, and how many changes led to it. */
  readonly paragraphs: number;
  readonly changes: number;
  /** A parser upgrade, not the page, made this revision: no news. */
  readonly technical: boolean;
  /** Number of the earlier revision whose text is back, or null. */
  readonly revertedTo: number | null;
  /** A rolling page's new issue. */
  readonly replaced: boolean;
  /** A mass change that was accepted after it had stayed. */
  readonly confirmed: boolean;
}

/** A revision in which something was observed, and when: ISO 8601 UTC. */
export interface Sight {
  readonly revision: number;
  readonly observedAt: string;
}

/** A paragraph of a revision, with when it was observed: the rest of its life is in its states. */
export interface StoredParagraph extends Paragraph {
  readonly firstSeen: Sight;
  /** Since when it is present without a break. */
  readonly presentSince: Sight;
}

/** The whole text of one revision, kept as one immutable object. */
export interface RevisionDocument {
  readonly pageId: string;
  readonly number: number;
  readonly title: string | null;
  readonly period: string | null;
  readonly charset: string;
  readonly lastModified: string | null;
  readonly paragraphs: readonly StoredParagraph[];
}

/** A text that a page had before a revision and no longer has after it, under one of its keys. */
export interface PastText {
  readonly pageId: string;
  readonly key: string;
  /** The revision that removed or reworded it. */
  readonly revision: number;
  readonly revisionId: string;
  /** 0-based among the texts that left with the revision. */
  readonly seq: number;
  /** As it was last. */
  readonly paragraph: StoredParagraph;
}

/** That a revision has a text of this fingerprint: what a revert is recognised by. */
export interface TextMark {
  readonly pageId: string;
  readonly fingerprint: string;
  readonly revision: number;
  readonly revisionId: string;
}

/** Where the revision with an id is: how its address finds it, also when it is no longer part of the history. */
export interface RevisionPlace {
  readonly pageId: string;
  readonly revision: number;
  readonly revisionId: string;
  readonly observedAt: string;
}

/** One change of one revision, with its address. */
export interface ChangeRecord extends Change {
  readonly pageId: string;
  readonly revision: number;
  readonly revisionId: string;
  /** 0-based among the revision's changes. */
  readonly seq: number;
  readonly observedAt: string;
  /** A parser upgrade made it, not the page. */
  readonly technical: boolean;
}

/**
 * What a paragraph is from one revision on, until its next state. Written when it appears, changes its text, date or
 * kind, and when it leaves: then `present` is false and the rest is as it was last.
 */
export interface ParagraphState {
  readonly pageId: string;
  readonly paragraphId: string;
  readonly revision: number;
  readonly revisionId: string;
  readonly observedAt: string;
  readonly present: boolean;
  readonly firstSeen: Sight;
  /** When the presence began that goes on or ends with this state. */
  readonly presentSince: Sight;
  /** Event date, ISO 8601, or null where the paragraph has none. */
  readonly date: string | null;
  readonly dateBasis: DateBasis;
  readonly kind: BlockKind;
  readonly text: string;
  /** 0-based place in the revision that wrote the state; in the one before where the paragraph left. */
  readonly at: number;
}

/**
 * From one revision on, a paragraph is present under a day that it reports, or no longer. Of a paragraph's entries under a
 * day, the last one that is not newer than the requested time decides.
 */
export interface TimelineEntry extends ParagraphState {
  /** The day, ISO 8601: the paragraph's event date, or another day that it mentions as one of an event. */
  readonly date: string | null;
  /** The rule that gave the day. */
  readonly dateBasis: DateBasis;
  /** The paragraph's event date: equal to `date` where this is its main entry. */
  readonly eventDate: string | null;
  /** Days that the paragraph mentions beyond the limit of entries; only in its main entry, absent where there are none. */
  readonly omittedDays?: number;
  readonly mentions: readonly Mention[];
}

/** What readers may see of a page. Changed by one conditional update. */
export interface Head {
  readonly pageId: string;
  readonly url: string;
  readonly name: string | null;
  readonly title: string | null;
  readonly period: string | null;
  readonly revision: number;
  readonly revisionId: string;
  /** The short ids of all revisions, bounded: what makes a stored item part of this history. */
  readonly lineage: Lineage;
  readonly firstObservedAt: string;
  readonly observedAt: string;
  readonly captureId: string;
  readonly sha256: string;
  readonly document: string;
  readonly paragraphs: number;
  /** Length of the tracked text, UTF-16 units: what "shrunk" is measured against. */
  readonly textLength: number;
  readonly oldestDate: string | null;
  readonly newestDate: string | null;
  /** Newest event day that any revision reported as having happened: what "late" is measured against. */
  readonly newestReport: string | null;
  readonly parser: string;
}
