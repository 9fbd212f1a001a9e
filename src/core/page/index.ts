export { decode } from './decode/decode.ts';
export { EmptyPageError, NoArticleError, NotHtmlError, TooLargeError, UndecodableError } from './errors.ts';
export { extractArticle } from './extract/article.ts';
export { comparisonKey } from './text/comparison.ts';
export { normalise } from './text/normalise.ts';
