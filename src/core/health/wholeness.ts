import type { Article } from '../page/types.ts';

export interface WholenessFacts {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Decoded bytes of the body. */
  readonly bytes: number;
  /** Its characters. */
  readonly html: string;
  readonly article: Article | null;
  /** Length of the believed article's text, or null. */
  readonly previousLength: number | null;
  /** Length of this article's text. */
  readonly length: number;
}

/** How far back from the end an unfinished tag may begin. */
const TAIL = 4096;
const SENTENCE_END = /[.!?…。！？:;)\]"'”’»]$/;

/**
 * Whether the body ends before the page does; null when nothing says so, one line for people otherwise.
 *
 * Many a healthy page never closes `html` or `body`, so their absence alone says nothing: it counts where the text also
 * stops in the middle of a sentence and is shorter than it was.
 */
export function cutShort(facts: WholenessFacts): string | null {
  if (facts.status === 206) return 'HTTP 206: a part of the page that was not asked for';
  const announced = facts.headers['content-length'];
  const isPlain = !('content-encoding' in facts.headers) && !('transfer-encoding' in facts.headers);
  if (announced !== undefined && isPlain && /^\d{1,15}$/.test(announced) && facts.bytes < Number(announced)) {
    return `${facts.bytes} of ${announced} bytes arrived`;
  }
  const tail = facts.html.slice(-TAIL);
  const open = tail.lastIndexOf('<');
  if (open > tail.lastIndexOf('>') && /^<[a-z/!][^<]*$/i.test(tail.slice(open))) return 'the page ends inside a tag';
  if (facts.previousLength === null || facts.length >= facts.previousLength) return null;
  const ending = facts.html.slice(-TAIL).toLowerCase();
  if (ending.includes('</html') || ending.includes('</body')) return null;
  const last = facts.article?.blocks.at(-1);
  if (last === undefined || last.kind === 'heading' || SENTENCE_END.test(last.text)) return null;
  return 'the page ends in the middle of a sentence';
}
