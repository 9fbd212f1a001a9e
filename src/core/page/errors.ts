import { PageError } from '../errors.ts';

/** The bytes are not HTML but a PDF, an image, JSON, a feed, or text without markup. */
export class NotHtmlError extends PageError {
  constructor(message: string) {
    super(message, { code: 'not-html' });
  }
}

/** No bytes, or only white space. */
export class EmptyPageError extends PageError {
  constructor(message: string) {
    super(message, { code: 'empty' });
  }
}

/** The bytes give no readable text in the declared or detected encoding. */
export class UndecodableError extends PageError {
  constructor(message: string) {
    super(message, { code: 'undecodable' });
  }
}

/** The page has no text that belongs to an article. */
export class NoArticleError extends PageError {
  constructor(message: string) {
    super(message, { code: 'no-article' });
  }
}

/** The page exceeds `limits.ts`. */
export class TooLargeError extends PageError {
  constructor(message: string) {
    super(message, { code: 'too-large' });
  }
}
