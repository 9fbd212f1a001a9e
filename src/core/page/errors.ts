import { PageError } from '../errors.ts';

/** The bytes are something else than HTML (a PDF, an image, JSON, a feed, text without any markup). */
export class NotHtmlError extends PageError {
  constructor(message: string) {
    super(message, { code: 'not-html' });
  }
}

/** There are no bytes, or only white space. */
export class EmptyPageError extends PageError {
  constructor(message: string) {
    super(message, { code: 'empty' });
  }
}

/** The bytes cannot be turned into readable characters by any encoding that was declared or detected. */
export class UndecodableError extends PageError {
  constructor(message: string) {
    super(message, { code: 'undecodable' });
  }
}

/** The page was parsed, and holds no text that belongs to an article. */
export class NoArticleError extends PageError {
  constructor(message: string) {
    super(message, { code: 'no-article' });
  }
}

/** The page is beyond what one extraction may cost in memory; see `limits.ts`. */
export class TooLargeError extends PageError {
  constructor(message: string) {
    super(message, { code: 'too-large' });
  }
}
