import { createHistoryStore } from '#adapters/aws/dynamodb/history-store.ts';
import { Table } from '#adapters/aws/dynamodb/table.ts';
import { ingestCapture } from '#app/ingest/ingest-capture.ts';
import type { IngestDeps, IngestResult } from '#app/ingest/types.ts';
import { pageMarks, storeCapture } from '#app/objects/captures.ts';
import type { HistoryStore, ObjectStore } from '#app/ports.ts';
import { DEFAULT_HEALTH_POLICY } from '#core/health/step.ts';
import { captureId } from '#core/history/revision.ts';
import type { PageSpec } from '#core/history/types.ts';
import { newCheck, newestCapture } from '#core/schedule/check.ts';
import { ItemTable } from './item-table.ts';
import { createMemoryObjects } from './memory-objects.ts';
import { blockPage, chroniclePage, REPORTS } from './sample-pages.ts';

export const PAGE: PageSpec = {
  id: 'harbour-2022-01',
  url: 'https://chronicle.example/2022-01.htm',
  name: null,
  rolling: false,
  series: null,
};

export interface Seen {
  readonly at: string;
  readonly body: Uint8Array;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A store with the real item layout, in memory, and what one page went through in it. */
export class Watched {
  readonly table = new ItemTable();
  readonly history: HistoryStore = createHistoryStore(new Table(this.table.client(), 'daybook'));
  parser = '1';

  constructor(readonly objects: ObjectStore = createMemoryObjects()) {}

  get deps(): IngestDeps {
    const { history, objects, parser } = this;
    const bounds = { checkAtMostEvery: 30, checkAtLeastEvery: 1_440, checkClosedAtLeastEvery: 1_440 };
    const log = { info: () => {}, warn: () => {} };
    return {
      history,
      objects,
      log,
      bounds,
      policy: DEFAULT_HEALTH_POLICY,
      parser,
      hubs: { series: [], addresses: [] },
    };
  }

  async see(seen: Seen, page: PageSpec = PAGE): Promise<IngestResult | null> {
    const { at, body, status = 200, headers = { 'content-type': 'text/html; charset=utf-8' } } = seen;
    const fetchedAt = new Date(at).toISOString();
    const check = await this.history.check(page.id);
    if (check === null) await this.history.putCheck(newCheck(page, fetchedAt), null);
    const previous = check === null ? null : newestCapture(check);
    const meta = { pageId: page.id, url: page.url, finalUrl: page.url, fetchedAt, status, headers, ...pageMarks(page) };
    const capture = await storeCapture(this.objects, captureId(fetchedAt), meta, body, previous);
    return ingestCapture(this.deps, page, capture);
  }

  async seeAll(all: readonly Seen[], page: PageSpec = PAGE): Promise<this> {
    for (const seen of all) await this.see(seen, page);
    return this;
  }
}

/** The first so many paragraphs of the sample chronicle, and more of its kind when it is at its end. */
export function reports(count: number): string[] {
  return Array.from(
    { length: count },
    (_, at) =>
      REPORTS[at] ??
      `On ${(at % 27) + 1} January 2022 pilot boat ${at} brought ${at * 7 + 3} sacks of mail from the outer islands to the northern mole.`,
  );
}

/** Captures of a chronicle that grows, is corrected, blocked, loses most of its text for good, and noise between. */
export function eventfulCaptures(growth = 6): Seen[] {
  const all: Seen[] = [];
  let day = 3;
  const next = (hours = 24) => {
    day += hours / 24;
    return new Date(Date.UTC(2022, 0, 1) + day * 86_400_000).toISOString();
  };
  const page = (paragraphs: readonly string[], noise = '0') => chroniclePage(paragraphs, { noise });
  for (let count = 4; count < 4 + growth; count += 1) all.push({ at: next(), body: page(reports(count)) });
  const whole = reports(3 + growth);
  all.push({ at: next(), body: page(whole, '17') });
  all.push({ at: next(), body: blockPage(), status: 403 });
  all.push({ at: next(), body: page(whole, '18') });
  const edited = whole.map((text) => text.replace('21 to 14', '22 to 13'));
  all.push({ at: next(), body: page(edited) });
  all.push({ at: next(), body: page(whole) });
  all.push({ at: next(), body: page(whole.slice(1)) });
  for (let seen = 0; seen < 4; seen += 1) all.push({ at: next(3), body: page(whole.slice(0, 1), String(seen)) });
  all.push({ at: next(), body: page(whole) });
  return all;
}

/** A rolling page's issues, a day each: none contains anything of the day before. */
export function issues(count: number): Seen[] {
  const things = ['northern basin', 'customs house', 'ferry line', 'survey ship', 'pilot station', 'fish market'];
  const deeds = ['was sold for', 'measured depths of', 'took in sums of', 'carried loads of', 'was fined'];
  return Array.from({ length: count }, (_, day) => {
    const paragraphs = things.map(
      (_thing, at) =>
        `On ${day + 10} January 2022 the ${things[(day * 3 + at) % 6]} ${deeds[(day + at * 2) % 5]} ${day * 100 + at * 7}, as office number ${day * 11 + at} told at ${at + 6} o'clock.`,
    );
    return { at: `2022-01-${day + 10}T10:00:00Z`, body: chroniclePage(paragraphs, { title: `Report of day ${day}` }) };
  });
}
