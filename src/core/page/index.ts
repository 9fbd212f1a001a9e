export { decode } from './decode/decode.ts';
export { EmptyPageError, NoArticleError, NotHtmlError, TooLargeError, UndecodableError } from './errors.ts';
export { extractArticle, type OpenedPage, openPage } from './open-page.ts';
export { comparisonKey } from './text/comparison.ts';
export { normalise } from './text/normalise.ts';
