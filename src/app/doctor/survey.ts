import type { CoverageDay, ListedPage, PageSummary } from '#app/read/reader.ts';
import { isAbsence, statusIn } from '#core/health/failure.ts';
import { parseUrl } from '#core/net/parse-url.ts';
import type { Listing, Paging } from '../ports.ts';

/** Where pages are read from: a reader in this process, or one that answers elsewhere. */
export interface PageSource {
  pages(paging: Paging): Promise<Listing<ListedPage>>;
  page(pageId: string): Promise<Pick<PageSummary, 'health'>>;
  /** The days of the last month, the oldest first. */
  coverage(pageId: string): Promise<readonly CoverageDay[]>;
}

/** What the checks need of a page: addresses, times and reasons, and none of its text. Instants are ISO 8601 UTC. */
export interface SurveyedPage {
  readonly id: string;
  readonly url: string;
  readonly isWatched: boolean;
  readonly isMember: boolean;
  readonly source: ListedPage['source'];
  readonly revisions: number;
  readonly lastChangedAt: string | null;
  readonly state: ListedPage['health']['state'];
  readonly reason: string | null;
  readonly since: string | null;
  /** The status of the answer that was not believed, null where it is not known. */
  readonly status: number | null;
  /** A member of a series that was never seen, and whose site says that there is no such page. */
  readonly isUnpublished: boolean;
  readonly lastCheckedAt: string | null;
  readonly isOverdue: boolean;
  /** When its answer was last believed, null: not within a month, or not asked for. */
  readonly lastBelievedAt: string | null;
}

/** Pages that are looked at more closely than the list shows them; each costs two reads. */
const MOST_DETAILS = 50;
const PART = 100;

/** All pages of a store, with more about those that are not well. */
export async function survey(source: PageSource): Promise<SurveyedPage[]> {
  const listed: ListedPage[] = [];
  let after: string | null = null;
  do {
    const part: Listing<ListedPage> = await source.pages({ limit: PART, ...(after === null ? {} : { after }) });
    listed.push(...part.items);
    after = part.next;
  } while (after !== null);
  let left = MOST_DETAILS;
  const surveyed: SurveyedPage[] = [];
  for (const page of listed) {
    const isBad = isWatched(page) && (page.health.state === 'suspect' || page.health.state === 'down');
    surveyed.push(isBad && left-- > 0 ? await closely(source, page) : surveyedOf(page, null, null));
  }
  return surveyed;
}

async function closely(source: PageSource, page: ListedPage): Promise<SurveyedPage> {
  const { health } = await source.page(page.id);
  return surveyedOf(page, health.detail, lastBelieved(await source.coverage(page.id)));
}

function surveyedOf(page: ListedPage, detail: string | null, believedAt: string | null): SurveyedPage {
  const { state, reason, since, lastCheckedAt, overdue } = page.health;
  return {
    id: page.id,
    url: page.url,
    isWatched: isWatched(page),
    isMember: page.series !== null,
    source: page.source,
    revisions: page.revisions,
    lastChangedAt: page.lastChangedAt,
    state,
    reason,
    since,
    status: statusIn(detail),
    isUnpublished: page.series !== null && page.revisions === 0 && isAbsence(reason, detail),
    lastCheckedAt,
    isOverdue: overdue,
    // A page is ok when its last check was believed.
    lastBelievedAt: state === 'ok' ? lastCheckedAt : believedAt,
  };
}

const isWatched = ({ retired, paused }: ListedPage): boolean => !retired && !paused;

/** The newest look with an answer that was believed. */
function lastBelieved(days: readonly CoverageDay[]): string | null {
  for (const { day, looks } of [...days].reverse()) {
    const look = looks.findLast(({ outcome }) => outcome === 'unchanged' || outcome === 'changed');
    if (look !== undefined) return `${day}T${look.time}:00.000Z`;
  }
  return null;
}

/** The host of an address, with its port where it has one. */
export function hostOf(url: string): string {
  return parseUrl(url)?.host ?? url;
}
