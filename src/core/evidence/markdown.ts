import { oneLine } from '../text/hostile.ts';

/**
 * Text of a page inside a line of Markdown (CommonMark and GitHub's): shown as it is, never as markup, a link, an
 * image, HTML or mathematics.
 */
export function markdownText(text: string): string {
  return oneLine(text)
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]<>|~&$^@{}]/g, '\\$&')
    .replace(/(https?|ftp|mailto|xmpp):/gi, '$1\\:')
    .replace(/\bwww\./gi, (found) => `${found.slice(0, -1)}\\.`)
    .replace(/^( ?)([#+\-=])/, '$1\\$2')
    .replace(/^( ?\d{1,9})([.)])/, '$1\\$2');
}

/** Text as a code span, with a longer fence than any run of back-ticks in it. */
export function markdownCode(text: string): string {
  const clean = oneLine(text).replace(/\s+/g, ' ');
  const longest = Math.max(0, ...(clean.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${clean} ${fence}` : `${fence}${clean}${fence}`;
}
