import type { HistoryStore } from '../../src/app/ports.ts';
import type { DaybookConfig } from '../../src/core/config.ts';
import { sha256 } from '../../src/core/history/canonical.ts';
import { newCheck } from '../../src/core/schedule/check.ts';
import { pauseOf } from '../../src/core/schedule/interval.ts';
import { configuredPages } from '../../src/core/schedule/series.ts';
import type { PageTimes } from './page-times.ts';
import { changedAt, pageAt } from './world.ts';

/** Pages that nobody has looked at yet when the day begins. */
const NEW_SHARE = 0.05;

/**
 * The checks of a deployment that has watched its pages for a while: each is somewhere within its pause. What was read of
 * them is left out, for that most pages stay as they are; the first change of a page counts as its first revision.
 */
export async function seed(
  history: HistoryStore,
  config: DaybookConfig,
  start: number,
  random: () => number,
  times: PageTimes,
): Promise<void> {
  const iso = (at: number) => new Date(at).toISOString();
  for (const page of configuredPages(config, new Date(start))) {
    if (random() < NEW_SHARE) {
      times.begin(page.id, start);
      continue;
    }
    const lastChangedAt = iso(changedAt(page.id, start, start));
    const outcome = { pageId: page.id, lastChangedAt, period: null, failures: 0, checkedAt: iso(start) };
    const pause = pauseOf(outcome, config.schedule);
    const checkedAt = start - random() * pause;
    const { body, etag } = pageAt(page.id, start, start);
    const check = {
      ...newCheck(page, iso(checkedAt + pause)),
      lastCheckedAt: iso(checkedAt),
      lastFullAt: iso(checkedAt - random() * 20 * 3_600_000),
      lastChangedAt,
      etag,
      knownSha256: sha256(body),
    };
    times.begin(page.id, checkedAt);
    await history.putCheck(check, null);
  }
}
