import { PageError } from '../errors.ts';

/** An error that always has the same code. */
const coded = (code: string) =>
  class extends PageError {
    constructor(message: string) {
      super(message, { code });
    }
  };

/** The bytes are not HTML but a PDF, an image, JSON, a feed, or text without markup. */
export class NotHtmlError extends coded('not-html') {}

/** No bytes, or only white space. */
export class EmptyPageError extends coded('empty') {}

/** The bytes give no readable text in the declared or detected encoding. */
export class UndecodableError extends coded('undecodable') {}

/** The page has no text that belongs to an article. */
export class NoArticleError extends coded('no-article') {}

/** The page exceeds `limits.ts`. */
export class TooLargeError extends coded('too-large') {}
