import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHistoryStore } from '#adapters/aws/dynamodb/history-store.ts';
import { openEmbeddedTable } from '#adapters/local/embedded-table.ts';
import { createFolderObjects } from '#adapters/local/folder-objects.ts';
import { MemoryQueue } from '#adapters/local/memory-queue.ts';
import { bulletinOf } from '#app/bulletins/record.ts';
import { type FetchDeps, fetchPage } from '#app/fetch/fetch.ts';
import { ingest } from '#app/ingest/ingest.ts';
import type { IngestDeps, IngestResult } from '#app/ingest/types.ts';
import { type NotifyDeps, notifyPage } from '#app/notify/notify.ts';
import { listCaptureIds } from '#app/objects/captures.ts';
import { loadDocument } from '#app/objects/documents.ts';
import { type PlanResult, plan } from '#app/plan/plan.ts';
import type { FetchJob, HistoryStore, ObjectStore, Observation } from '#app/ports.ts';
import { DEFAULT_RULES } from '#core/alerts/rules.ts';
import type { Alert } from '#core/alerts/types.ts';
import type { AlertRules, SeriesConfig } from '#core/config.ts';
import { DEFAULT_HEALTH_POLICY } from '#core/health/step.ts';
import type { PageSpec } from '#core/history/types.ts';
import { Clock } from '../support/clock.ts';
import { RecordingLog, RecordingNotifier, ScriptedSite } from '../support/recording.ts';

export const PAGE: PageSpec = {
  id: 'harbour-2022-01',
  url: 'https://chronicle.example/2022-01.htm',
  name: null,
  rolling: false,
  series: null,
};

/** The series of which that page is the first month. */
export const HARBOUR: SeriesConfig = {
  id: 'harbour',
  pattern: 'https://chronicle.example/{yyyy}-{MM}.htm',
  from: '2022-01',
};

/** The pauses of a world's schedule, minutes. */
export const BOUNDS = { checkAtMostEvery: 30, checkAtLeastEvery: 1_440, checkClosedAtLeastEvery: 1_440 };

export interface Store {
  readonly history: HistoryStore;
  readonly objects: ObjectStore;
  close(): Promise<void>;
}

/** The real adapters of one machine: the embedded table in memory, objects in a temporary folder. */
export async function openStore(): Promise<Store> {
  const { table, close } = await openEmbeddedTable(null);
  const folder = await mkdtemp(join(tmpdir(), 'world-'));
  return {
    history: createHistoryStore(table),
    objects: createFolderObjects(folder, { durable: false }),
    async close() {
      await close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The results of one turn. */
export interface Turn {
  readonly planned: PlanResult;
  readonly observations: readonly Observation[];
  readonly results: readonly IngestResult[];
  readonly alerts: readonly Alert[];
}

/** A whole Daybook around one store, with a clock, a site and a mailbox in the hands of the test. */
export class World {
  readonly log = new RecordingLog();
  readonly fetchQueue = new MemoryQueue<FetchJob>();
  readonly ingestQueue = new MemoryQueue<Observation>();
  pages: readonly PageSpec[] = [PAGE];
  series: readonly SeriesConfig[] = [];
  hubs: IngestDeps['hubs'] = { series: [], addresses: [] };
  relayed: (url: string) => boolean = () => false;
  rules: AlertRules = DEFAULT_RULES;
  parser = '1';

  constructor(
    readonly store: Store,
    readonly site = new ScriptedSite(),
    readonly mailbox = new RecordingNotifier(),
    readonly clock = new Clock(),
  ) {}

  get fetchDeps(): FetchDeps {
    const { site: fetcher, store, ingestQueue, log, clock } = this;
    return { fetcher, objects: store.objects, ingestQueue, log, now: clock.now };
  }

  get ingestDeps(): IngestDeps {
    const { store, log, parser } = this;
    const { history, objects } = store;
    return { history, objects, log, bounds: BOUNDS, policy: DEFAULT_HEALTH_POLICY, parser, hubs: this.hubs };
  }

  get notifyDeps(): NotifyDeps {
    const { store, mailbox, rules, log, clock } = this;
    const channels = { mail: mailbox };
    return { history: store.history, channels, rules, readerUrl: 'https://reader.example/', log, now: clock.now };
  }

  plan(): Promise<PlanResult> {
    const { store, fetchQueue, log, pages, series, relayed, clock } = this;
    const input = { pages, series, now: clock.iso(), limit: 100, leaseMinutes: 30, relayed, bounds: BOUNDS };
    return plan({ history: store.history, fetchQueue, log }, input);
  }

  /** Plan, fetch, ingest, notify: everything that is due now, a second each. */
  async turn(): Promise<Turn> {
    const planned = await this.plan();
    const observations: Observation[] = [];
    for (const job of this.fetchQueue.drain()) {
      this.clock.advance({ milliseconds: 1_000 });
      const seen = await fetchPage(this.fetchDeps, job);
      if (seen !== null) observations.push(seen);
    }
    const results: IngestResult[] = [];
    const alerts: Alert[] = [];
    for (const observation of this.ingestQueue.drain()) {
      results.push(...(await ingest(this.ingestDeps, observation)));
      alerts.push(...(await notifyPage(this.notifyDeps, observation.page.id)));
      alerts.push(...(await notifyPage(this.notifyDeps, bulletinOf(observation.page.url))));
    }
    return { planned, observations, results, alerts };
  }

  /** A turn a day and an hour later, when the page is due again with any pause. */
  async tomorrow(): Promise<Turn> {
    this.clock.advance({ hours: 25 });
    return this.turn();
  }

  /** A turn so many hours later. */
  async after(hours: number): Promise<Turn> {
    this.clock.advance({ hours });
    return this.turn();
  }

  /** The site now answers with this body. */
  shows(body: Uint8Array, status = 200, url = PAGE.url): void {
    this.site.say(url, { body, status });
  }

  async captureIds(pageId = PAGE.id): Promise<string[]> {
    const ids: string[] = [];
    for await (const id of listCaptureIds(this.store.objects, pageId)) ids.push(id);
    return ids;
  }
}

/** A world over a store of its own, with a site that shows `body`. The caller closes the store. */
export async function openWorld(body: Uint8Array): Promise<{ readonly store: Store; readonly world: World }> {
  const store = await openStore();
  const world = new World(store);
  world.shows(body);
  return { store, world };
}

/** The paragraphs of the page's newest revision, without headings; null without a revision. */
export async function textOf({ history, objects }: Store): Promise<string[] | null> {
  const head = await history.head(PAGE.id);
  if (head === null) return null;
  const { paragraphs } = await loadDocument(objects, {
    pageId: PAGE.id,
    number: head.revision,
    document: head.document,
  });
  return paragraphs.filter(({ kind }) => kind === 'paragraph').map(({ text }) => text);
}
