import type { DaybookError } from '../errors.ts';
import type { Article } from '../page/types.ts';
import type { Verdict } from './types.ts';

/** The believed revision that a new capture is measured against. */
export interface Baseline {
  /** UTF-16 units of article text (see `articleLength`). */
  readonly textLength: number;
  readonly paragraphs: number;
}

/** Everything that the judgement of one answer rests on. */
export interface ResponseFacts {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The page's own URL, and the one that answered. */
  readonly url: string;
  readonly finalUrl: string;
  /** The body's bytes with content codings undone. */
  readonly body: Uint8Array;
  /** What reading the body gave: the article, or the error that says why there is none (by its `code`). */
  readonly article: Article | DaybookError;
  readonly previous: Baseline | null;
  /** The page's whole content is replaced as a matter of course: neither shrinking nor replacing is suspicious. */
  readonly rolling: boolean;
  /** Share (0-1) of the baseline's paragraphs that are still there, where it is known. */
  readonly kept?: number | null;
}

/** Length of an article's tracked text: what {@link Baseline} counts. */
export function articleLength(article: Article): number {
  return article.blocks.reduce((sum, block) => sum + block.text.length, 0);
}

export function judgeResponse(facts: ResponseFacts): Verdict {
  if (facts.status < 200 || facts.status > 299) return bad('http-status', `HTTP ${facts.status}`);
  if (facts.article instanceof Error) return bad('no-article', facts.article.message);
  const length = articleLength(facts.article);
  if (length === 0) return bad('no-article', 'no article text was found');
  if (facts.previous !== null && !facts.rolling && length < facts.previous.textLength / 2) {
    return bad('shrunk', `${length} characters of article text, ${facts.previous.textLength} before`);
  }
  return { verdict: 'ok' };
}

function bad(reason: Extract<Verdict, { verdict: 'bad' }>['reason'], detail: string): Verdict {
  return { verdict: 'bad', reason, detail };
}
