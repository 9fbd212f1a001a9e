/** The role of a block in the article. */
export type BlockKind = 'paragraph' | 'heading' | 'listItem' | 'tableRow' | 'quote' | 'caption' | 'frontMatter';

/** A link inside a block's text; offsets are UTF-16 positions in `Block.text`. The address is data and not compared. */
export interface Link {
  readonly href: string;
  readonly start: number;
  readonly end: number;
}

/** One block of an article. */
export interface Block {
  /** Normalised visible text: one line, single spaces, no control characters, mojibake repaired where certain. */
  readonly text: string;
  readonly kind: BlockKind;
  /** 1-6, for headings only. */
  readonly level?: number;
  readonly links: readonly Link[];
  /** The text as it is on the page, only where `text` was repaired. */
  readonly written?: string;
}

/** The decoded characters of a page and how they were decoded. */
export interface Decoded {
  readonly text: string;
  /** WHATWG label of the encoding used, e.g. `utf-8`, `windows-1252`. */
  readonly charset: string;
  /** The source of the charset; `default` where nothing names or proves one. */
  readonly charsetFrom: 'bom' | 'header' | 'meta' | 'detected' | 'default';
}

/** The result of extraction. */
export interface Article {
  readonly title: string | null;
  readonly blocks: readonly Block[];
  readonly charset: string;
  /** The page's "last modified" stamp as written: data, never used as the time of a check. */
  readonly lastModified: string | null;
  /** The profile that found the article: `globalsecurity`, `semantic`, `density`, `body` or `plain-text`. */
  readonly foundBy: string;
}
