import { beforeEach, describe, expect, it } from 'vitest';
import { fetchPage } from '#app/fetch/fetch.ts';
import { ingest } from '#app/ingest/ingest.ts';
import { notifyPage } from '#app/notify/notify.ts';
import { plan } from '#app/plan/plan.ts';
import { chroniclePage, REPORTS } from '../../support/sample-pages.ts';
import { ConfiguredWorld } from '../configured-world.ts';

const PAGE = 'harbour';
const URL_OF_PAGE = 'https://harbour.example/2022-01.htm';
const READS = ['head', 'health', 'check', 'looks', 'cursors', 'bulletin', 'checks', 'due', 'get', 'list'];

/** Every call of every port, by name, and what was written. */
class Ledger {
  readonly calls: string[] = [];
  readonly written: unknown[] = [];

  watch<T extends object>(port: T): T {
    return new Proxy(port, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return (...given: unknown[]) => {
          this.calls.push(String(name));
          if (!READS.includes(String(name))) this.written.push(given[0]);
          return member.apply(target, given);
        };
      },
    });
  }

  of(...names: string[]): number {
    return this.calls.filter((call) => names.includes(call)).length;
  }

  writes(): string[] {
    return this.calls.filter((call) => !READS.includes(call) && call !== 'fetch');
  }
}

let world: ConfiguredWorld;
beforeEach(() => {
  world = new ConfiguredWorld({ pages: [{ id: PAGE, url: URL_OF_PAGE }] });
  world.serves(URL_OF_PAGE, chroniclePage(REPORTS.slice(0, 5)));
});

/** One check, from the job to the alerts, with every call counted; planning is not part of it. */
async function checked(): Promise<Ledger> {
  const { dueAt } = await world.check(PAGE);
  if (dueAt > world.clock.iso()) world.clock.set(dueAt);
  await world.plan();
  const ledger = new Ledger();
  const [history, objects] = [ledger.watch(world.store.history), ledger.watch(world.store.objects)];
  for (const job of world.fetchQueue.drain()) {
    world.clock.advance({ milliseconds: 1_000 });
    const seen = await fetchPage({ ...world.fetchDeps, objects, fetcher: ledger.watch(world.site) }, job);
    world.ingestQueue.drain();
    if (seen === null) throw new Error('the job had expired');
    await ingest({ ...world.ingestDeps, history, objects }, seen);
    await notifyPage({ ...world.notifyDeps, history }, PAGE);
  }
  return ledger;
}

describe('an unchanged page costs one request, no body and two small writes', () => {
  it.each([
    ['by a 304', () => undefined, { full: false }],
    [
      'by the same bytes from a server without validators',
      () => {
        world.site.validates = false;
      },
      { full: false },
    ],
    ['by the same bytes at the full look of the day', () => world.clock.advance({ hours: 30 }), { full: true }],
  ])('%s', async (_, prepare, request) => {
    await world.turn();
    prepare();
    const ledger = await checked();
    expect(ledger.of('fetch')).toBe(1);
    expect(world.site.requests.at(-1)).toMatchObject(request);
    // The one read of an object asks whether this job was done before; no body, no document, no capture is touched.
    expect(ledger.of('get')).toBe(1);
    expect(ledger.of('list', 'putOnce')).toBe(0);
    expect(ledger.writes()).toEqual(['putLooks', 'putCheck']);
    for (const value of ledger.written) expect(JSON.stringify(value).length).toBeLessThan(1_000);
  });

  it('a hundred times, and no capture is kept', async () => {
    await world.turn();
    for (let turn = 0; turn < 100; turn += 1) expect((await checked()).writes()).toEqual(['putLooks', 'putCheck']);
    expect(await world.captureIds(PAGE)).toHaveLength(1);
    expect(world.site.requests).toHaveLength(101);
    expect(world.mailbox.sent).toEqual([]);
  });
});

it('the first sight writes health ok once', async () => {
  await world.plan();
  world.fetchQueue.drain();
  world.clock.advance({ minutes: 30 });
  const ledger = await checked();
  expect(ledger.of('flipHealth')).toBe(1);
  expect((await checked()).of('flipHealth')).toBe(0);
});

it('a page that differs only by noise costs a capture and no revision', async () => {
  await world.turn();
  world.serves(URL_OF_PAGE, chroniclePage(REPORTS.slice(0, 5), { noise: '7' }));
  const ledger = await checked();
  expect(ledger.of('fetch')).toBe(1);
  expect(ledger.of('append', 'flipHead', 'flipHealth', 'quarantine')).toBe(0);
});

it('planning writes nothing when nothing is due', async () => {
  await world.turn();
  const ledger = new Ledger();
  const history = ledger.watch(world.store.history);
  const input = { pages: [{ id: PAGE, url: URL_OF_PAGE, name: null, rolling: false, series: null }], series: [] };
  await plan(
    { history, fetchQueue: world.fetchQueue, log: world.log },
    { ...input, now: world.clock.iso(), limit: 9, leaseMinutes: 30, bounds: world.config.schedule },
  );
  expect(ledger.calls).toEqual(['checks', 'series', 'due']);
});
