import { PageError } from '../errors.ts';
import type { OpenedPage } from '../page/open-page.ts';
import type { Article } from '../page/types.ts';
import { ledAway } from './location.ts';
import { recognise } from './recognise.ts';
import type { HealthReason, Verdict } from './types.ts';
import { cutShort } from './wholeness.ts';

/** The believed revision that a new capture is measured against. */
export interface Baseline {
  /** UTF-16 units of article text, as {@link articleLength} counts them. */
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
  /** The body, opened with content codings undone: with its article, or the error that says why there is none. */
  readonly page: OpenedPage;
  /** Null at first sight. */
  readonly previous: Baseline | null;
  /** The page's whole content is replaced as a matter of course: neither shrinking nor replacing is suspicious. */
  readonly rolling: boolean;
  /** Share (0-1) of the baseline's paragraphs that are still there, where the caller knows it. */
  readonly kept?: number | null;
}

/** A page that lost more than this share of its text is suspect. */
const SHRUNK_SHARE = 0.5;
/** A rolling page's issues differ in length; only next to nothing is suspect there. */
const ROLLING_SHRUNK_SHARE = 0.1;
/** Shorter baselines than this halve with one small edit. */
const SHRINKABLE = 100;
/** A baseline of so many paragraphs does not lose nearly all of them by editing. */
const REPLACEABLE = 5;
const REPLACED_KEPT = 0.1;

/** Reasons by the stable codes of extraction's errors. */
const REASON_BY_CODE: ReadonlyMap<string, HealthReason> = new Map<string, HealthReason>([
  ['not-html', 'content-type'],
  ['empty', 'empty'],
  ['undecodable', 'undecodable'],
  ['too-large', 'too-large'],
]);

/** Length of an article's tracked text in UTF-16 units: what {@link Baseline.textLength} counts. */
export function articleLength(article: Article): number {
  return article.blocks.reduce((sum, block) => sum + block.text.length, 0);
}

/**
 * Judges one answer: whether it is the page, and if not, why. The first reason that fits is given, the more telling
 * before the more general: what the server says, what the page says of itself, where it came from, what is in it, and
 * only then how it differs from what was believed.
 */
export function judgeResponse(facts: ResponseFacts): Verdict {
  const { status, headers, page } = facts;
  const article = page.article instanceof PageError ? null : page.article;
  const recognised = recognise(page, headers);

  if (status < 200 || status > 299) {
    // A "not found" page with its status is no soft 404: the status says it.
    if (recognised === null || recognised.reason === 'soft-404') return bad('http-status', `HTTP ${status}`);
    return bad(recognised.reason, `HTTP ${status}: ${recognised.who}`);
  }
  if (recognised !== null) return bad(recognised.reason, `the page is ${recognised.who}, with HTTP ${status}`);
  const away = ledAway(facts.url, facts.finalUrl);
  if (away !== null) return bad('redirected', `redirected ${away}`);
  if (page.article instanceof PageError && page.article.code !== 'no-article') {
    return bad(REASON_BY_CODE.get(page.article.code) ?? 'no-article', page.article.message);
  }
  if (article?.foundBy === 'plain-text') return bad('content-type', 'the page came as plain text, not as HTML');

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

/** How the article differs from the one that was believed: nothing here rules it out for good. */
function compare(facts: ResponseFacts, length: number): Verdict {
  const { previous, rolling } = facts;
  if (previous === null || previous.textLength < SHRINKABLE) return { verdict: 'ok' };
  const share = length / previous.textLength;
  if (share < (rolling ? ROLLING_SHRUNK_SHARE : SHRUNK_SHARE)) {
    const lost = Math.round((1 - share) * 100);
    return bad('shrunk', `the article lost ${lost} % of its text: ${length} characters, ${previous.textLength} before`);
  }
  const kept = facts.kept ?? null;
  if (!rolling && kept !== null && kept < REPLACED_KEPT && previous.paragraphs >= REPLACEABLE) {
    return bad('mass-change', `${Math.round(kept * 100)} % of ${previous.paragraphs} paragraphs are still there`);
  }
  return { verdict: 'ok' };
}

function bad(reason: HealthReason, detail: string): Verdict {
  return { verdict: 'bad', reason, detail };
}
