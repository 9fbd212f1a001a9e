import type { SeriesConfig } from '#core/config.ts';
import type { PageSpec } from '#core/history/types.ts';
import { memberOf, memberPage } from '#core/schedule/pattern.ts';

/** What the id of a member has after the id of its series: its month or day. */
const MEMBER = /^-\d{4}-\d{2}(-\d{2})?$/;

/**
 * Whether a page has the id of a member of the series, also of a later month, and is another page: planning would give it
 * the address of that member.
 */
export function hasMemberId(
  series: Pick<SeriesConfig, 'id' | 'pattern'>,
  { id, url }: Pick<PageSpec, 'id' | 'url'>,
): boolean {
  if (!id.startsWith(series.id) || !MEMBER.test(id.slice(series.id.length))) return false;
  const member = memberOf(series, url);
  return member === null || memberPage(series, member).id !== id;
}
