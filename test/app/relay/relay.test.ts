import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UnavailableError } from '#app/errors.ts';
import { findCapture } from '#app/objects/captures.ts';
import { newestCaptures } from '#app/relay/newest-captures.ts';
import { relayJob } from '#app/relay/relay-job.ts';
import { captureId } from '#core/history/revision.ts';
import type { PageSpec, StoredCapture } from '#core/history/types.ts';
import { blockPage } from '../../support/sample-pages.ts';
import { BOUNDS, PAGE, type Store } from '../world.ts';
import { openRelayWorld, pageWith, type RelayWorld } from './relay-world.ts';

const RULES = { bounds: BOUNDS, policy: { confirmAfter: 3, confirmHours: 2 } };
const ONE = { page: PAGE, every: null };

let store: Store;
let world: RelayWorld;

beforeEach(async () => {
  ({ store, world } = await openRelayWorld());
});
afterEach(() => store.close());

const asked = () => world.deployed.site.requests.length;
const dueInHours = (dueAt: string | undefined) =>
  (Date.parse(dueAt ?? '') - world.deployed.clock.now().getTime()) / 3_600_000;

describe('a page is asked', () => {
  it('once in its shortest pause, however many relays are started', async () => {
    await world.once();
    world.later(0.4);
    expect(await world.once()).toEqual([]);
    expect(asked()).toBe(1);
    world.later(0.2);
    expect(await world.once()).toMatchObject([{ outcome: 'captured', status: 200, detail: null }]);
  });

  it('at once where a person names it', async () => {
    await world.once();
    expect(await world.relay().round([{ ...ONE, named: true }])).toMatchObject([{ outcome: 'captured' }]);
    expect(asked()).toBe(2);
  });

  it('at the pauses of the schedule while a relay runs', async () => {
    const relay = world.relay();
    const [first] = await relay.round([ONE]);
    expect(dueInHours(first?.dueAt)).toBeCloseTo(0.5, 1);
    expect(await relay.round([ONE])).toEqual([]);
    world.later(48);
    const [second] = await relay.round([ONE]);
    // A twelfth of two days.
    expect(dueInHours(second?.dueAt)).toBeGreaterThan(3.9);
    expect(dueInHours(second?.dueAt)).toBeLessThan(4.5);
  });

  it('at a fixed pause where one is given, and never before a Retry-After is over', async () => {
    world.every = 10;
    const relay = world.relay();
    const [first] = await relay.round([ONE]);
    expect(dueInHours(first?.dueAt)).toBeCloseTo(1 / 6, 2);
    world.later(1);
    world.deployed.site.say(PAGE.url, { body: blockPage(), status: 429, headers: { 'retry-after': '7200' } });
    const [second] = await relay.round([ONE]);
    expect(second).toMatchObject({ outcome: 'captured', status: 429 });
    expect(dueInHours(second?.dueAt)).toBeCloseTo(2, 2);
  });

  it('less and less often while it fails', async () => {
    world.deployed.site.say(PAGE.url, { failure: 'timeout' });
    const relay = world.relay();
    const pauses: number[] = [];
    for (let at = 0; at < 4; at += 1) {
      const [result] = await relay.round([ONE]);
      expect(result).toMatchObject({ outcome: 'failed', detail: expect.stringMatching(/^timeout: /) });
      // A share of up to a tenth is added.
      pauses.push(Math.floor(dueInHours(result?.dueAt) * 2) / 2);
      world.later(dueInHours(result?.dueAt));
    }
    expect(pauses).toEqual([0.5, 1, 2, 4]);
  });

  it('again when its host may be asked, which is no failure', async () => {
    world.deployed.site.say(PAGE.url, { failure: 'postponed', retryAfterSeconds: 600 });
    const [result] = await world.once();
    expect(result?.outcome).toBe('postponed');
    expect(dueInHours(result?.dueAt)).toBeCloseTo(1 / 6, 2);
  });

  it('after the others of its host; a page whose store fails keeps no other back', async () => {
    const pages: PageSpec[] = ['a', 'b', 'c'].map((id) => ({ ...PAGE, id, url: `https://chronicle.example/${id}` }));
    for (const { url } of pages) world.deployed.shows(pageWith(4), 200, url);
    const objects = {
      ...store.objects,
      putOnce: async (key: string, bytes: Uint8Array, type: string) => {
        if (key.startsWith('captures/b/')) throw new UnavailableError('the bucket is away');
        return store.objects.putOnce(key, bytes, type);
      },
    };
    const relay = world.relay({ objects });
    const results = await relay.round(pages.map((one) => ({ page: one, every: null })));
    expect(results.map(({ pageId, outcome }) => [pageId, outcome])).toEqual([
      ['a', 'captured'],
      ['b', 'error'],
      ['c', 'captured'],
    ]);
    expect(results[1]?.detail).toBe('the bucket is away');
    expect(world.queue.drain()).toHaveLength(2);
  });

  it('no more when the relay is to end', async () => {
    world.stopped = true;
    expect(await world.once()).toEqual([]);
    expect(asked()).toBe(0);
  });
});

describe('a clock that is wrong', () => {
  it.each([
    ['5 hours ahead', 5 * 3_600_000, /is 300 minutes ahead of that of AWS: set it/],
    ['3 hours behind', -3 * 3_600_000, /is 180 minutes behind that of AWS: set it/],
  ])('by %s asks nothing and stores nothing', async (_, ahead, message) => {
    world.knownAheadMs = ahead;
    await expect(world.once()).rejects.toMatchObject({ code: 'wrong-clock', message: expect.stringMatching(message) });
    expect(asked()).toBe(0);
    expect(await world.deployed.captureIds()).toEqual([]);
  });

  it('by five minutes is taken as it is', async () => {
    world.knownAheadMs = 5 * 60_000;
    expect(await world.once()).toHaveLength(1);
  });

  it.each([9, -9])('that nobody noticed, by %i hours for one capture, silences no later one', async (hours) => {
    await world.deployed.plan();
    await world.once();
    await world.take();
    world.aheadHours = hours;
    world.later(1);
    world.deployed.shows(pageWith(5));
    const wrong = world.relay({ bounds: { ...BOUNDS, checkAtMostEvery: 1 } });
    await wrong.round([ONE]);
    await world.take();
    world.aheadHours = 0;
    for (const count of [6, 7]) {
      // Plan mends the times of the check that were written by the clock that ran ahead.
      await world.deployed.plan();
      world.later(12);
      world.deployed.shows(pageWith(count));
      await world.once();
      expect((await world.take()).map(({ outcome }) => outcome)).toEqual(['revision']);
    }
    const ids = await world.deployed.captureIds();
    expect(ids).toEqual([...ids].sort());
  });
});

describe('the job of a page', () => {
  const NOW = '2022-01-20T08:00:00.000Z';
  const at = (hoursAgo: number) => new Date(Date.parse(NOW) - hoursAgo * 3_600_000).toISOString();
  const capture = (hoursAgo: number, sha256 = 'a', status = 200): StoredCapture => ({
    id: captureId(at(hoursAgo)),
    pageId: PAGE.id,
    url: PAGE.url,
    finalUrl: PAGE.url,
    fetchedAt: at(hoursAgo),
    status,
    headers: { etag: `"${sha256}"`, 'last-modified': 'Wed, 12 Jan 2022 07:00:00 GMT' },
    sha256,
    bytes: 1,
    seal: 's',
    previous: null,
    link: `link of ${hoursAgo}`,
  });
  const job = (...newest: StoredCapture[]) => relayJob(ONE, newest, new Date(NOW), RULES);

  it('of bytes that confirm a mass change has their validators, and names the newest capture', () => {
    expect(job(capture(6), capture(4), capture(2))).toMatchObject({
      etag: '"a"',
      lastModified: 'Wed, 12 Jan 2022 07:00:00 GMT',
      knownSha256: 'a',
      full: false,
      dueAt: NOW,
      previous: { id: captureId(at(2)), link: 'link of 2' },
    });
  });

  it.each<[string, StoredCapture[]]>([
    ['nothing is stored', []],
    ['too few checks stored them', [capture(6), capture(2)]],
    ['they are of less than two hours', [capture(3.5), capture(3), capture(2)]],
    ['others came between', [capture(6), capture(4, 'b'), capture(2)]],
    ['the site refused', [capture(6, 'a', 403), capture(4, 'a', 403), capture(2, 'a', 403)]],
    ['the last of them is a day old', [capture(29), capture(27), capture(24)]],
  ])('asks for the whole page where %s', (_, newest) => {
    expect(job(...newest)).toMatchObject({ full: true, etag: null, lastModified: null, knownSha256: null });
  });

  it('asks for the whole page at every second longest pause, so that a wall is reported before silence rings', () => {
    const often = { ...ONE, every: 60 };
    const newest = [capture(5), capture(4), capture(1.9)];
    expect(relayJob(often, newest, new Date(NOW), RULES).full).toBe(false);
    expect(relayJob(often, [capture(5), capture(4), capture(2)], new Date(NOW), RULES).full).toBe(true);
  });

  it('has a name after every stored one, whatever clocks gave them', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50_000, max: 50_000 }), { maxLength: 5 }), (minutes) => {
        const newest = [...minutes].sort((a, b) => b - a).map((ago) => capture(ago / 60));
        const name = captureId(job(...newest).dueAt);
        expect(newest.every(({ id }) => id < name)).toBe(true);
        expect(name >= captureId(NOW)).toBe(true);
      }),
    );
  });
});

it('the newest captures are found without listing all names', async () => {
  for (const [at, hours] of [0, 24 * 80, 24 * 20, 1, 1].entries()) {
    world.later(hours);
    world.deployed.shows(pageWith(4 + at));
    await world.once();
  }
  const ids = await world.deployed.captureIds();
  expect(ids).toHaveLength(5);
  const starts: (string | undefined)[] = [];
  const objects = {
    ...store.objects,
    list: (prefix: string, after?: string) => {
      starts.push(after);
      return store.objects.list(prefix, after);
    },
  };
  const newest = async (count: number) => {
    starts.length = 0;
    const found = await newestCaptures(objects, PAGE.id, count, world.deployed.clock.now());
    return [found.map(({ id }) => id), starts.length];
  };
  expect(await newest(2)).toEqual([ids.slice(-2), 1]);
  expect(await newest(4)).toEqual([ids.slice(-4), 2]);
  expect(await newest(9)).toEqual([ids, 3]);
  expect(starts.at(-1)).toBeUndefined();
  expect(await findCapture(store.objects, PAGE.id, ids[0] ?? '')).not.toBeNull();
});
