import type { Article } from '../page/types.ts';

export interface WholenessFacts {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes of the body, content codings removed. */
  readonly bytes: number;
  /** Characters of the body. */
  readonly html: string;
  readonly article: Article | null;
  /** Length of the baseline's text, or null. */
  readonly previousLength: number | null;
  /** Length of this article's text. */
  readonly length: number;
}

/** Characters at the end in which an unfinished or closing tag is looked for. */
const TAIL_LENGTH = 4096;
const SENTENCE_END = /[.!?…。！？:;)\]"'”’»]$/;

/**
 * Why the body is not the whole page, as one line for people; null where it seems complete.
 *
 * Many good pages never close `html` or `body`. A missing end tag counts only where the text also stops in the middle
 * of a sentence and is shorter than the baseline.
 */
export function cutShort(facts: WholenessFacts): string | null {
  if (facts.status === 206) return 'HTTP 206: only a part of the page, without a range in the request';
  const announced = facts.headers['content-length'];
  const isPlain = !('content-encoding' in facts.headers) && !('transfer-encoding' in facts.headers);
  if (announced !== undefined && isPlain && /^\d{1,15}$/.test(announced) && facts.bytes < Number(announced)) {
    return `${facts.bytes} of ${announced} bytes arrived`;
  }
  const tail = facts.html.slice(-TAIL_LENGTH);
  const open = tail.lastIndexOf('<');
  if (open > tail.lastIndexOf('>') && /^<[a-z/!][^<]*$/i.test(tail.slice(open))) return 'the page ends inside a tag';
  if (facts.previousLength === null || facts.length >= facts.previousLength) return null;
  if (/<\/(?:html|body)/i.test(tail)) return null;
  const last = facts.article?.blocks.at(-1);
  if (last === undefined || last.kind === 'heading' || SENTENCE_END.test(last.text)) return null;
  return 'the page ends in the middle of a sentence';
}
