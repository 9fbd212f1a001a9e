import { UsageError } from '#core/errors.ts';
import type { PageSpec } from '#core/history/types.ts';
import type { PageEdit } from '#core/pages/edit.ts';
import { pageId } from '#core/pages/page-id.ts';
import type { CheckState } from '#core/schedule/check.ts';
import { seriesAt } from '#core/schedule/discover.ts';
import { canonicalPattern, memberPage } from '#core/schedule/pattern.ts';
import { configuredPages } from '#core/schedule/series.ts';
import { StoredDataError } from '../errors.ts';
import { hasMemberId } from '../series/member-ids.ts';
import { type AddedSeries, newRecord, unreadableSentence } from '../series/record.ts';
import { SeriesNames } from '../series/tracked.ts';
import { describer, duplicate, ownedBySeries, takenIds } from './addition.ts';
import { reachable } from './reachable.ts';
import { type AllSeries, storedSeries } from './stored-series.ts';
import type { EditDeps } from './types.ts';

type Added = Extract<PageEdit, { action: 'add-series' }>;

export interface SeriesAddition {
  readonly outcome: 'added' | 'continued';
  readonly next: AddedSeries;
  readonly stored: { readonly version: number } | null;
}

/**
 * The record that starts an added series, or continues a removed one of the same pattern.
 * @throws UsageError `duplicate-page`, `host-not-allowed`, `port-not-allowed`, `bad-url` or `bad-hub`
 */
export async function seriesAddition(deps: EditDeps, edit: Added): Promise<SeriesAddition> {
  const { action: _, name, id: givenId, ...spec } = edit;
  const [year = 0, month = 1] = spec.from.split('-').map(Number);
  reachable(deps, memberPage({ id: '', pattern: spec.pattern }, { year, month, day: 1 }).url);
  const configured = configuredPages(deps.config, deps.now());
  const checks = await deps.history.checks();
  const all = await storedSeries(deps);
  const names = namesOf(deps, configured, all);
  const owner = names.ownerOfPattern(spec.pattern);
  if (owner !== null) throw duplicate(`The series of ${spec.pattern} is tracked already: it is ${owner}`);

  const earlier = all.stored.find(
    ({ id, record }) =>
      record?.removed === true &&
      canonicalPattern(record.series.pattern) === canonicalPattern(spec.pattern) &&
      (givenId ?? id) === id,
  );
  const taken = takenIds(deps, [...checks.map(({ page }) => page), ...configured], all);
  const id = givenId ?? earlier?.id ?? idOf(spec.pattern, taken);
  const series = { ...spec, id };
  expectNewId(id, names, checks, all, earlier !== undefined);
  expectNoMembers(series, configured, checks, all);
  expectHub(spec.hub, configured, checks);

  const before = all.stored.find((one) => one.id === id) ?? null;
  const record = newRecord(series, name ?? before?.record?.name ?? null);
  if (before === null) return { outcome: 'added', next: record, stored: null };
  return { outcome: 'continued', next: record, stored: { version: before.version ?? 0 } };
}

/** `https://example.org/news/crisis-{yyyy}-{MM}.htm` gives `crisis`. */
function idOf(pattern: string, taken: Set<string>): string {
  const { origin, pathname } = new URL(pattern.replace(/[-_.]?\{\w+\}/g, ''));
  const part = pathname.split('/').findLast((one) => /[a-z0-9]/i.test(one.replace(/\.\w{1,5}$/, '')));
  return pageId(`${origin}/${part ?? ''}`, taken);
}

function namesOf({ config }: EditDeps, configured: readonly PageSpec[], { tracked }: AllSeries): SeriesNames {
  const names = new SeriesNames({ series: config.series, pages: new Set(configured.map((page) => page.id)) });
  for (const one of tracked.series) names.take(one, `added series "${one.id}"`);
  return names;
}

function expectNewId(
  id: string,
  names: SeriesNames,
  checks: readonly CheckState[],
  { stored, tracked }: AllSeries,
  isEarlier: boolean,
): void {
  const owner = names.ownerOfId(id);
  if (owner !== null) throw duplicate(`The id "${id}" is the one of ${owner}: give another with --id`);
  const check = checks.find(({ page }) => page.id === id);
  if (check !== undefined) {
    const what = check.retired ? 'a retired page' : describer(tracked)(check);
    throw duplicate(`The id "${id}" is the one of ${what} at ${check.page.url}: give another with --id`);
  }
  const one = stored.find((series) => series.id === id);
  if (one === undefined || isEarlier) return;
  if (one.record !== null) throw ownedBySeries(id);
  // A damaged record is written again; a newer version's is not touched.
  if (one.isNewer || one.version === null) throw new StoredDataError(unreadableSentence(one));
}

/** No page is tracked under two ids, and no id means two pages. */
function expectNoMembers(
  series: AddedSeries['series'],
  configured: readonly PageSpec[],
  checks: readonly CheckState[],
  { tracked, isGone }: AllSeries,
): void {
  const { id, pattern } = series;
  const described = describer(tracked);
  const named = configured.find((page) => seriesAt([series], page.url) !== null);
  const tracks = checks.find(
    (check) => !isGone(check) && check.page.series !== id && seriesAt([series], check.page.url) !== null,
  );
  const owner = named === undefined ? tracks && described(tracks) : `page "${named.id}" of the configuration`;
  const url = named?.url ?? tracks?.page.url;
  if (owner !== undefined) {
    throw duplicate(`The series of ${pattern} would have ${url}, which is ${owner}: give other months, or remove that`);
  }
  const other = [...configured, ...checks.map((check) => check.page)].find(
    (page) => page.series !== id && hasMemberId(series, page),
  );
  if (other === undefined) return;
  throw duplicate(`The id "${other.id}" of a member is the one of the page at ${other.url}: give another with --id`);
}

function expectHub(hub: string | undefined, configured: readonly PageSpec[], checks: readonly CheckState[]): void {
  if (hub === undefined) return;
  const page =
    configured.find((one) => one.id === hub) ?? checks.find((one) => !one.retired && one.page.id === hub)?.page;
  if (page !== undefined && page.series === null) return;
  const what = page === undefined ? 'no tracked page has this id' : `it is a member of series "${page.series}"`;
  throw new UsageError(`hub: ${what} (given: "${hub}"): "daybook pages" lists the pages`, { code: 'bad-hub' });
}
