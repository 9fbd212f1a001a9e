import { MemoryQueue } from '#adapters/local/memory-queue.ts';
import type { IngestCall } from '#app/fetch/fetch-call.ts';
import { ingest } from '#app/ingest/ingest.ts';
import type { IngestDeps, IngestResult } from '#app/ingest/types.ts';
import { Relay, type RelayDeps, type RelayResult } from '#app/relay/relay.ts';
import { DEFAULT_HEALTH_POLICY } from '#core/health/step.ts';
import { chroniclePage } from '../../support/sample-pages.ts';
import { reports } from '../../support/watched.ts';
import { BOUNDS, openStore, PAGE, type Store, World } from '../world.ts';

/** The page with so many reports. */
export const pageWith = (count: number): Uint8Array => chroniclePage(reports(count));

/** A relay of an empty deployment whose page shows four reports. */
export async function openRelayWorld(): Promise<{ readonly store: Store; readonly world: RelayWorld }> {
  const store = await openStore();
  const world = new RelayWorld(store);
  world.deployed.shows(pageWith(4));
  return { store, world };
}

/** A relay and the deployment that it brings captures to: what the relay sends waits until the deployment takes it. */
export class RelayWorld {
  readonly deployed: World;
  readonly queue = new MemoryQueue<IngestCall>();
  /** By how much the clock of the relay is ahead, hours. */
  aheadHours = 0;
  /** What the relay knows of that, milliseconds. */
  knownAheadMs: number | null = null;
  stopped = false;
  every: number | null = null;

  constructor(readonly store: Store) {
    this.deployed = new World(store);
    this.deployed.relayed = () => true;
  }

  relay(over: Partial<RelayDeps> = {}): Relay {
    const { store, deployed, queue } = this;
    return new Relay({
      fetcher: deployed.site,
      objects: store.objects,
      ingestQueue: queue,
      log: deployed.log,
      now: () => new Date(deployed.clock.now().getTime() + this.aheadHours * 3_600_000),
      bounds: BOUNDS,
      policy: DEFAULT_HEALTH_POLICY,
      aheadMs: () => this.knownAheadMs,
      every: this.every,
      stopped: () => this.stopped,
      ...over,
    });
  }

  /** One relay that is started, asks what is due and ends, as a scheduled job does. */
  once(over: Partial<RelayDeps> = {}): Promise<RelayResult[]> {
    return this.relay(over).round([{ page: PAGE, every: null }]);
  }

  get ingestDeps(): IngestDeps {
    return { ...this.deployed.ingestDeps, watchedOnly: true };
  }

  /** The deployment takes what waits. */
  async take(calls: readonly IngestCall[] = this.queue.drain()): Promise<IngestResult[]> {
    const results: IngestResult[] = [];
    for (const { observations } of calls) {
      for (const observation of observations) results.push(...(await ingest(this.ingestDeps, observation)));
    }
    return results;
  }

  later(hours: number): void {
    this.deployed.clock.advance({ hours });
  }
}
