/** What a tracked block is in the article. */
export type BlockKind = 'paragraph' | 'heading' | 'listItem' | 'tableRow' | 'quote' | 'caption' | 'frontMatter';

/** A link inside a block's text; offsets are UTF-16 positions in `Block.text`. Its target is data, never content. */
export interface Link {
  readonly href: string;
  readonly start: number;
  readonly end: number;
}

/** One tracked block of an article, in document order. */
export interface Block {
  /** Normalised visible text: one line, single spaces, no control characters, mojibake repaired where certain. */
  readonly text: string;
  readonly kind: BlockKind;
  /** 1-6, for headings only. */
  readonly level?: number;
  readonly links: readonly Link[];
  /** The text as the page had it, present only where `text` was repaired. */
  readonly written?: string;
}

/** The decoded characters of a capture and how they were decoded. */
export interface Decoded {
  readonly text: string;
  /** WHATWG label of the encoding used, e.g. `utf-8`, `windows-1252`. */
  readonly charset: string;
  /** Where the charset was learnt: byte order mark, HTTP header, meta element, or assumed. */
  readonly charsetFrom: 'bom' | 'header' | 'meta' | 'detected' | 'default';
}

/** What extraction reads out of one page. */
export interface Article {
  readonly title: string | null;
  readonly blocks: readonly Block[];
  readonly charset: string;
  /** The page's own "last modified" stamp, verbatim: data, never the observed time. */
  readonly lastModified: string | null;
  /** How the article was found: the profile's name, e.g. `globalsecurity`, `semantic`, `density`, `body`. */
  readonly foundBy: string;
}
