import type { IngestDeps } from '#app/ingest/types.ts';
import { type PlanResult, plan } from '#app/plan/plan.ts';
import { type DaybookConfig, type DaybookConfigInput, parseConfig } from '#core/config.ts';
import { hubsOf } from '#core/config-hosts.ts';
import type { CheckState } from '#core/schedule/check.ts';
import { configuredPages } from '#core/schedule/series.ts';
import { tickBudget } from '#core/schedule/share.ts';
import { createMemoryHistory } from '../support/memory-history.ts';
import { createMemoryObjects } from '../support/memory-objects.ts';
import { type Store, World } from './world.ts';

/** A world that follows its configuration, as the planning function does. All in memory. */
export class ConfiguredWorld extends World {
  config: DaybookConfig;

  constructor(input: DaybookConfigInput, store: Store = memoryStore()) {
    super(store);
    this.config = parseConfig(input);
  }

  /** From the next turn on. */
  configure(input: DaybookConfigInput): void {
    this.config = parseConfig(input);
  }

  override get ingestDeps(): IngestDeps {
    const { config } = this;
    return { ...super.ingestDeps, bounds: config.schedule, policy: config.health, hubs: hubsOf(config) };
  }

  override plan(): Promise<PlanResult> {
    const { config, clock, store, fetchQueue, log } = this;
    const pages = configuredPages(config, clock.now());
    const input = {
      pages,
      series: config.series,
      now: clock.iso(),
      limit: (watched: number) => tickBudget(config, watched).limit,
      perHost: tickBudget(config, 0).perHost,
      leaseMinutes: 30,
      bounds: config.schedule,
    };
    return plan({ history: store.history, fetchQueue, log }, input);
  }

  async check(pageId: string): Promise<CheckState> {
    const check = await this.store.history.check(pageId);
    if (check === null) throw new Error(`no check of ${pageId}`);
    return check;
  }

  /** Goes on to the moment at which the page is due, and turns. */
  async whenDue(pageId: string): ReturnType<World['turn']> {
    const { dueAt } = await this.check(pageId);
    if (dueAt > this.clock.iso()) this.clock.set(dueAt);
    return this.turn();
  }

  /** Hours until the page is due. */
  async pause(pageId: string): Promise<number> {
    const { dueAt, lastCheckedAt } = await this.check(pageId);
    return (Date.parse(dueAt) - Date.parse(lastCheckedAt ?? dueAt)) / 3_600_000;
  }

  /** Pages that are tracked and not retired. */
  async tracked(): Promise<string[]> {
    const checks = await this.store.history.checks();
    return checks.filter((check) => !check.retired).map((check) => check.page.id);
  }

  serves(url: string, body: Uint8Array, status = 200, headers: Readonly<Record<string, string>> = {}): void {
    this.site.say(url, { body, status, headers });
  }
}

export function memoryStore(): Store {
  return { history: createMemoryHistory(), objects: createMemoryObjects(), close: async () => {} };
}

/** A page of a hub: an article, and links in its text and in its navigation. */
export function hubPage(links: readonly string[], navigation: readonly string[] = [], news = ''): Uint8Array {
  const list = (hrefs: readonly string[]) => hrefs.map((href) => `<li><a href="${href}">Report</a></li>`).join('');
  return new TextEncoder().encode(
    `<!doctype html><html><head><meta charset="utf-8"><title>Day by day</title></head><body>
<nav><ul>${list(navigation)}</ul></nav><article><h1>Day by day</h1>
<p>Every day of the dispute over the harbour of Alba has a report of its own, and this page links to all of them. ${news}</p>
<p>The reports are written in the evening from what the harbour office, the council and the ferry line have said.</p>
<ul>${list(links)}</ul></article><footer><p>Imprint</p></footer></body></html>`,
  );
}
