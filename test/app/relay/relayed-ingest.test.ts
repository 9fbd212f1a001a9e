import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fetchPage } from '#app/fetch/fetch.ts';
import type { IngestCall } from '#app/fetch/fetch-call.ts';
import { ingest } from '#app/ingest/ingest.ts';
import { notifyPage } from '#app/notify/notify.ts';
import { jobOf } from '#app/plan/plan.ts';
import { verify } from '#app/verify/verify.ts';
import { blockPage } from '../../support/sample-pages.ts';
import { PAGE, type Store } from '../world.ts';
import { openRelayWorld, pageWith, type RelayWorld } from './relay-world.ts';

let store: Store;
let world: RelayWorld;

beforeEach(async () => {
  ({ store, world } = await openRelayWorld());
});
afterEach(() => store.close());

const check = async () => {
  const found = await store.history.check(PAGE.id);
  if (found === null) throw new Error('no check');
  return found;
};
const revisions = async () => (await store.history.revisions(PAGE.id)).length;
const outcomes = (results: readonly { readonly outcome: string }[]) => results.map(({ outcome }) => outcome);
const warnings = () => world.deployed.log.lines.filter(({ level }) => level === 'warn').map(({ message }) => message);
async function findings(): Promise<string[]> {
  const found: string[] = [];
  for await (const event of verify({ ...store, parser: '1', expires: false })) {
    if (event.type === 'finding') found.push(`${event.finding.where}: ${event.finding.problem}`);
  }
  return found;
}

describe('what a relay brings is judged as what the functions fetch', () => {
  it('from the first revision to a change that is alerted, and the store verifies', async () => {
    await world.deployed.plan();
    await world.once();
    expect(outcomes(await world.take())).toEqual(['first']);
    world.later(2);
    world.deployed.shows(pageWith(5));
    await world.once();
    expect(outcomes(await world.take())).toEqual(['revision']);
    expect(await notifyPage(world.deployed.notifyDeps, PAGE.id)).toHaveLength(1);
    expect(await check()).toMatchObject({ failures: 0, leasedUntil: null });
    expect(await findings()).toEqual([]);
  });

  it('down after three walls, and recovered', async () => {
    await world.deployed.plan();
    world.deployed.shows(blockPage(), 403);
    const events: unknown[] = [];
    for (let at = 0; at < 3; at += 1) {
      await world.once();
      events.push(...(await world.take()).map(({ event }) => event));
      world.later(1);
    }
    world.deployed.shows(pageWith(4));
    await world.once();
    events.push(...(await world.take()).map(({ event }) => event));
    expect(events).toEqual([null, null, 'down', 'recovered']);
  });

  it('once, however often and in whatever order it is delivered', async () => {
    await world.deployed.plan();
    const calls: IngestCall[] = [];
    for (const count of [4, 5, 6]) {
      world.deployed.shows(pageWith(count));
      await world.once();
      calls.push(...world.queue.drain());
      world.later(1);
    }
    const results = await world.take(
      [calls[2], calls[0], calls[1], calls[2], calls[0]].filter((call) => call !== undefined),
    );
    expect(outcomes(results)).toEqual(['first', 'revision', 'revision']);
    expect(await revisions()).toBe(3);
    expect(await findings()).toEqual([]);
  });

  it('late, after one that was seen later: it is left', async () => {
    await world.deployed.plan();
    world.deployed.site.say(PAGE.url, { failure: 'timeout' });
    await world.once();
    const [late] = world.queue.drain();
    world.later(2);
    world.deployed.shows(pageWith(4));
    await world.once();
    await world.take();
    const before = await check();
    expect(await world.take(late === undefined ? [] : [late])).toEqual([]);
    expect(await check()).toEqual(before);
  });
});

describe('two who bring one page', () => {
  it('two relays at once make one history', async () => {
    await world.deployed.plan();
    const [one, other] = [world.relay(), world.relay()];
    for (const count of [4, 5, 6]) {
      world.deployed.shows(pageWith(count));
      await Promise.all([one.round([{ page: PAGE, every: null }]), other.round([{ page: PAGE, every: null }])]);
      await world.take(world.queue.drain().reverse());
      world.later(25);
    }
    expect(await revisions()).toBe(3);
    expect(await findings()).toEqual([]);
  });

  it.each([
    ['the relay first', true],
    ['the function first', false],
  ])(
    'a relay and a function that has its lease, %s: both looks count, nothing is made twice',
    async (_, relayFirst) => {
      world.deployed.relayed = () => false;
      await world.deployed.plan();
      const [job] = world.deployed.fetchQueue.drain();
      if (job === undefined) throw new Error('nothing was due');
      world.later(0.1);
      await world.once();
      const seen = await fetchPage(world.deployed.fetchDeps, job);
      if (seen === null) throw new Error('the job expired');
      const own = async () => outcomes(await ingest(world.ingestDeps, seen));
      const relayed = async () => outcomes(await world.take());
      const first = relayFirst ? await relayed() : await own();
      const second = relayFirst ? await own() : await relayed();
      expect([first, second].flat().filter((outcome) => outcome === 'first')).toHaveLength(1);
      expect(await revisions()).toBe(1);
      expect((await check()).leasedUntil).toBeNull();
      expect(await findings()).toEqual([]);
    },
  );

  it('a function goes on where the relay stopped', async () => {
    await world.deployed.plan();
    await world.once();
    await world.take();
    world.deployed.relayed = () => false;
    world.deployed.shows(pageWith(5));
    const turn = await world.deployed.tomorrow();
    expect(outcomes(turn.results)).toEqual(['revision']);
    expect(await findings()).toEqual([]);
  });
});

describe('a page that is not tracked', () => {
  it('yet: what was seen waits, and is judged in its order when plan has started it', async () => {
    await world.once();
    expect(await world.take()).toEqual([]);
    expect(await store.history.check(PAGE.id)).toBeNull();
    expect(await store.history.head(PAGE.id)).toBeNull();
    expect(warnings()).toEqual(['left what was seen of a page that is not watched']);
    world.later(1);
    await world.deployed.plan();
    world.deployed.shows(pageWith(5));
    await world.once();
    expect(outcomes(await world.take())).toEqual(['first', 'revision']);
  });

  it.each([
    ['any more', { retired: true }],
    ['at present', { paused: true as const }],
    ['under this address', { page: { ...PAGE, url: 'https://chronicle.example/moved.htm' } }],
  ])('%s: nothing is written', async (_, change) => {
    await world.deployed.plan();
    const stored = await check();
    await store.history.putCheck({ ...stored, ...change, version: stored.version + 1 }, stored);
    const before = await check();
    await world.once();
    expect(await world.take()).toEqual([]);
    expect(await check()).toEqual(before);
    expect(await revisions()).toBe(0);
  });
});

describe('captures of another address than the page has now', () => {
  const MOVED = { ...PAGE, url: 'https://chronicle.example/moved.htm' };
  const move = async () => {
    const stored = await check();
    await store.history.putCheck({ ...stored, page: MOVED, version: stored.version + 1 }, stored);
  };

  it('never enter its history, also when its own address is relayed later', async () => {
    await world.deployed.plan();
    await move();
    // A relay with an older configuration.
    world.deployed.shows(blockPage());
    await world.once();
    expect(await world.take()).toEqual([]);
    world.later(1);
    world.deployed.shows(pageWith(4), 200, MOVED.url);
    await world.relay().round([{ page: MOVED, every: null }]);
    expect(outcomes(await world.take())).toEqual(['first']);
    expect(await store.history.quarantined(PAGE.id, 10)).toEqual([]);
    world.later(1);
    await world.once();
    world.later(1);
    world.deployed.shows(pageWith(5), 200, MOVED.url);
    await world.relay().round([{ page: MOVED, every: null }]);
    expect(outcomes(await world.take())).toEqual(['revision']);
    expect(await findings()).toEqual([]);
  });
});

describe('an answer "unchanged"', () => {
  /** Three good captures over days, so that the relay sends validators. */
  async function settle(): Promise<void> {
    await world.deployed.plan();
    for (let at = 0; at < 3; at += 1) {
      await world.once();
      await world.take();
      world.later(2);
    }
  }

  it('counts where the bytes are those that were accepted', async () => {
    await settle();
    const before = await check();
    await world.once();
    expect(world.deployed.site.requests.at(-1)?.etag).not.toBeNull();
    expect(outcomes(await world.take())).toEqual(['unchanged']);
    expect((await check()).lastCheckedAt).not.toBe(before.lastCheckedAt);
  });

  it('ends a failure, although no accepted bytes are known then: the head has them', async () => {
    await settle();
    world.deployed.site.say(PAGE.url, { failure: 'timeout' });
    await world.once();
    await world.take();
    expect((await check()).knownSha256).toBeNull();
    world.later(2);
    world.deployed.shows(pageWith(4));
    await world.once();
    expect(outcomes(await world.take())).toEqual(['recovered']);
  });

  it('does not make a wall a page: quarantined bytes that stay the same stay refused', async () => {
    await world.deployed.plan();
    await world.once();
    await world.take();
    world.later(2);
    world.deployed.shows(blockPage());
    const seen: string[] = [];
    for (let at = 0; at < 30; at += 1) {
      await world.once();
      seen.push(...outcomes(await world.take()));
      world.later(2);
    }
    expect(new Set(seen)).toEqual(new Set(['quarantined']));
    expect((await store.history.health(PAGE.id))?.state.state).toBe('down');
    // It is still looked at, once a day.
    expect(seen.length).toBeGreaterThan(4);
  });

  it('does not count for a job of the functions either, where something else was accepted meanwhile', async () => {
    await settle();
    const job = jobOf(await check(), world.deployed.clock.iso(), '2099-01-01T00:00:00.000Z');
    world.deployed.shows(pageWith(5));
    await world.once();
    world.later(1);
    world.deployed.shows(pageWith(4));
    const seen = await fetchPage(world.deployed.fetchDeps, { ...job, full: false });
    expect(seen?.kind).toBe('unchanged');
    await world.take();
    const before = await check();
    expect(seen === null ? null : await ingest(world.ingestDeps, seen)).toEqual([]);
    expect(await check()).toEqual(before);
  });
});
