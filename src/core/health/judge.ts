import { PageError } from '../errors.ts';
import type { OpenedPage } from '../page/open-page.ts';
import type { Article } from '../page/types.ts';
import { ledAway } from './location.ts';
import { recognise } from './recognise.ts';
import type { HealthReason, Verdict } from './types.ts';
import { cutShort } from './wholeness.ts';

/** The last accepted revision, which a new capture is compared with. */
export interface Baseline {
  /** UTF-16 units of article text, as {@link articleLength} counts them. */
  readonly textLength: number;
  readonly paragraphs: number;
}

/** All that the judgement of one answer uses. */
export interface ResponseFacts {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The page's URL, and the URL that answered after redirects. */
  readonly url: string;
  readonly finalUrl: string;
  /** The opened body, content codings removed. */
  readonly page: OpenedPage;
  /** Null for the first capture of a page. */
  readonly previous: Baseline | null;
  /** The page replaces its whole content regularly, so a shorter or different text is normal. */
  readonly rolling: boolean;
  /** Share (0-1) of the baseline's paragraphs that the capture still has; null or absent where the caller did not count. */
  readonly kept?: number | null;
}

/** Share of the baseline's length below which a page has shrunk. */
const MIN_LENGTH_SHARE = 0.5;
/** The same for rolling pages, whose issues differ in length. */
const MIN_ROLLING_LENGTH_SHARE = 0.1;
/** UTF-16 units; one small edit can halve a shorter baseline. */
const MIN_BASELINE_LENGTH = 100;
/** Share of the baseline's paragraphs below which the content was replaced. */
const MIN_KEPT_SHARE = 0.1;
/** An editor may rewrite every paragraph of a shorter baseline. */
const MIN_BASELINE_PARAGRAPHS = 5;

/** Reasons by the codes of extraction errors. */
const REASON_BY_CODE: ReadonlyMap<string, HealthReason> = new Map<string, HealthReason>([
  ['not-html', 'content-type'],
  ['empty', 'empty'],
  ['undecodable', 'undecodable'],
  ['too-large', 'too-large'],
]);

/** Length of an article's blocks in UTF-16 units, as in {@link Baseline.textLength}. */
export function articleLength(article: Article): number {
  return article.blocks.reduce((sum, block) => sum + block.text.length, 0);
}

/**
 * Judges whether one answer is the page, and returns the first reason against it. The order goes from specific to
 * general: recognised walls and status, redirects, content, and last the difference from the baseline.
 */
export function judgeResponse(facts: ResponseFacts): Verdict {
  const { status, headers, page } = facts;
  const article = page.article instanceof PageError ? null : page.article;
  const recognised = recognise(page, headers);

  if (status < 200 || status > 299) {
    // With an error status a "not found" page is an ordinary 404, not a soft one.
    if (recognised === null || recognised.reason === 'soft-404') return bad('http-status', `HTTP ${status}`);
    return bad(recognised.reason, `HTTP ${status}: ${recognised.who}`);
  }
  if (recognised !== null) return bad(recognised.reason, `the page is ${recognised.who}, with HTTP ${status}`);
  const away = ledAway(facts.url, facts.finalUrl);
  if (away !== null) return bad('redirected', `redirected ${away}`);
  if (page.article instanceof PageError && page.article.code !== 'no-article') {
    return bad(REASON_BY_CODE.get(page.article.code) ?? 'no-article', page.article.message);
  }
  if (article?.foundBy === 'plain-text') return bad('content-type', 'the page is plain text, not HTML');

  const length = article === null ? 0 : articleLength(article);
  const cut = cutShort({
    status,
    headers,
    bytes: page.size,
    html: page.text,
    article,
    previousLength: facts.previous?.textLength ?? null,
    length,
  });
  if (cut !== null) return bad('truncated', cut);
  if (article === null && page.outline().text === '') return bad('empty', 'the page has no visible text');
  if (article === null || !article.blocks.some(({ kind }) => kind !== 'heading' && kind !== 'frontMatter')) {
    return bad('no-article', 'no paragraph of an article was found');
  }
  return compare(facts, length);
}

/** Compares the article with the baseline. An edit can cause these reasons too, so `step` can still accept the capture. */
function compare(facts: ResponseFacts, length: number): Verdict {
  const { previous, rolling } = facts;
  if (previous === null || previous.textLength < MIN_BASELINE_LENGTH) return { verdict: 'ok' };
  const share = length / previous.textLength;
  if (share < (rolling ? MIN_ROLLING_LENGTH_SHARE : MIN_LENGTH_SHARE)) {
    const lost = Math.round((1 - share) * 100);
    return bad('shrunk', `the article lost ${lost} % of its text: ${length} characters, ${previous.textLength} before`);
  }
  const kept = facts.kept ?? null;
  if (!rolling && kept !== null && kept < MIN_KEPT_SHARE && previous.paragraphs >= MIN_BASELINE_PARAGRAPHS) {
    return bad('mass-change', `${Math.round(kept * 100)} % of ${previous.paragraphs} paragraphs remain`);
  }
  return { verdict: 'ok' };
}

function bad(reason: HealthReason, detail: string): Verdict {
  return { verdict: 'bad', reason, detail };
}
