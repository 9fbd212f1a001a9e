import type { Place } from '#app/doctor/advice.ts';
import type { Group } from '#app/doctor/checkup.ts';
import { type Loaded, tracked } from '#app/doctor/configuration.ts';
import { type Finding, note } from '#app/doctor/finding.ts';
import { type Around, clocksAhead, hostsOf, lastChecks } from '#app/doctor/pages.ts';
import { reach } from '#app/doctor/reach.ts';
import { type PageSource, type SurveyedPage, survey } from '#app/doctor/survey.ts';
import type { DaybookConfig } from '#core/config.ts';

/** What the checks of pages share, wherever the pages are. */
export interface Pages {
  readonly place: Place;
  readonly loaded: Loaded;
  readonly isTracked: boolean;
  /** What starts checking where nothing checks. */
  readonly start: string;
  /** Whether the first rounds are still to come. */
  isNew?(): boolean;
  /** Null where there is nothing to read: another check says why. */
  open(): Promise<PageSource | null>;
  readonly now: () => Date;
}

/** The checks of pages, and what they were made of: null where it could not be read. */
export function pageChecks(from: Pages): { readonly groups: Group[]; pages(): readonly SurveyedPage[] | null } {
  let pages: readonly SurveyedPage[] | null = null;
  const around = (): Around => ({
    now: from.now().getTime(),
    place: from.place,
    longestPause: configOf(from.loaded)?.schedule.checkAtLeastEvery ?? null,
    isTracked: from.isTracked,
    start: from.start,
  });
  const groups: Group[] = [
    {
      check: 'pages',
      async run() {
        const source = await from.open();
        if (source === null) return [];
        pages = await survey(source);
        return tracked(pages, from.loaded, from.now(), from.start, from.isNew?.() ?? false);
      },
    },
    { check: 'checks', run: async () => lastChecks(pages ?? [], around()) },
    { check: 'hosts', run: async () => hostsOf(pages ?? [], around()) },
    { check: 'clocks', run: async () => clocksAhead(pages ?? [], around().now) },
  ];
  return { groups, pages: () => pages };
}

export interface Reaching {
  readonly place: Place;
  readonly loaded: Loaded;
  readonly offline: boolean;
  /** Null where they could not be read. */
  pages(): readonly SurveyedPage[] | null;
}

/** Asks the hosts of the pages, from this machine. */
export function reachCheck({ place, loaded, offline, pages }: Reaching): Group {
  return {
    check: 'reach',
    async run(): Promise<readonly Finding[]> {
      const watched = pages() ?? [];
      if (watched.length === 0) return [];
      if (offline) return [note('reach', 'No host was asked: --offline')];
      const config = configOf(loaded);
      if (config === null) return [note('reach', 'No host was asked: the configuration says which may be')];
      const { composeFetcher } = await import('#adapters/http/compose.ts');
      const fetcher = composeFetcher(config, { info: () => {}, warn: () => {} }, { maxWaitMs: 30_000 });
      try {
        return await reach(watched, fetcher, place);
      } finally {
        await fetcher.close();
      }
    },
  };
}

export const configOf = (loaded: Loaded): DaybookConfig | null =>
  loaded !== null && 'config' in loaded ? loaded.config : null;
