import { isRefusal } from '#core/health/failure.ts';
import type { FetchOutcome, PageFetcher } from '../fetch/page-fetcher.ts';
import { adviceFor, type Place } from './advice.ts';
import { type Finding, fault, note, ok, warning } from './finding.ts';
import { hostOf, type SurveyedPage } from './survey.ts';

/** Hosts that are asked; a report is no crawl. */
export const MOST_HOSTS = 10;

/** A host of the watched pages, and the page of it that is asked for. */
interface Target {
  readonly host: string;
  readonly page: SurveyedPage;
  /** Pages of the host that its site refuses to those who check. */
  readonly isRefusedThere: boolean;
}

/**
 * Asks each host for robots.txt and one page, from this machine, one host after another. The pages of hosts that refuse
 * those who check come first.
 */
export async function reach(
  pages: readonly SurveyedPage[],
  fetcher: Pick<PageFetcher, 'fetch'>,
  place: Place,
): Promise<Finding[]> {
  const all = targetsOf(pages);
  const findings: Finding[] = [];
  for (const target of all.slice(0, MOST_HOSTS)) {
    const outcome = await fetcher.fetch({ url: target.page.url, etag: null, lastModified: null, full: true });
    findings.push(found(target, outcome, place));
  }
  const rest = all.length - MOST_HOSTS;
  if (rest > 0) findings.push(note('reach', `${rest} more hosts were not asked: at most ${MOST_HOSTS} are`));
  return findings;
}

function targetsOf(pages: readonly SurveyedPage[]): Target[] {
  const targets = new Map<string, Target>();
  for (const page of pages) {
    // A page that is not published yet says nothing of its host.
    if (!page.isWatched || page.isUnpublished) continue;
    const host = hostOf(page.url);
    const before = targets.get(host);
    const isRefusedThere = before?.isRefusedThere === true || isRefusal(page.reason, page.status);
    const isBetter = before === undefined || (before.page.revisions === 0 && page.revisions > 0);
    targets.set(host, { host, page: isBetter ? page : before.page, isRefusedThere });
  }
  return [...targets.values()].sort((a, b) => Number(b.isRefusedThere) - Number(a.isRefusedThere));
}

function found({ host, page, isRefusedThere }: Target, outcome: FetchOutcome, place: Place): Finding {
  const from = place === 'aws' ? 'from this machine, not from AWS' : 'from this machine';
  const status = outcome.kind === 'response' ? outcome.status : null;
  const reason = outcome.kind === 'failure' ? outcome.reason : null;
  const facts = { host, page: page.id, status, reason, from: 'this machine' };
  if (outcome.kind === 'failure') {
    if (reason === 'postponed')
      return note('reach', `${host} asks to be left alone for a while (${from})`, null, facts);
    const what = `${host} gives no answer ${from} (${reason}): ${page.id}`;
    const todo = REMEDIES[outcome.reason] ?? adviceFor('unreachable', null, 'local');
    return fault('reach', what, todo, facts);
  }
  if (status !== null && (status < 200 || status > 299)) {
    const what = `${host} answers ${from} with HTTP ${status}: ${page.id}`;
    const todo = adviceFor('http-status', status, 'local');
    return warning('reach', what, todo, facts);
  }
  if (place === 'aws' && isRefusedThere) {
    const what = `${host} answers ${from}, and refuses AWS: its wall is about where the request comes from`;
    return note('reach', what, adviceFor('block-page', null, 'aws'), facts);
  }
  return ok('reach', `${host} answers ${from}: ${page.id} can be fetched`, facts);
}

const REMEDIES: Readonly<Record<string, string>> = {
  robots: adviceFor('robots', null, 'local'),
  'off-list': adviceFor('refused', null, 'local'),
  'forbidden-address': 'The name leads to an address that is not public: correct the address',
  dns: 'The name was not found: see whether it is written well, and whether this machine has a network',
  connect: 'See whether the host answers in a browser, and whether "fetch.ports" has its port',
  tls: 'The certificate of the host is not valid here: see the clock of this machine, and what a browser says',
  timeout: 'The host did not answer in time: try again later',
};
