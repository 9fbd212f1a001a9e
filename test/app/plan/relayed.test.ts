import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bulletinOf } from '#app/bulletins/record.ts';
import { writeDueMessages } from '#app/bulletins/write-due.ts';
import { notifyPage } from '#app/notify/notify.ts';
import { plan } from '#app/plan/plan.ts';
import { tickOf } from '#app/plan/tick.ts';
import { parseConfig } from '#core/config.ts';
import type { PageSpec } from '#core/history/types.ts';
import { chroniclePage } from '../../support/sample-pages.ts';
import { reports } from '../../support/watched.ts';
import { BOUNDS, openWorld, PAGE, type Store, type World } from '../world.ts';

const OTHER: PageSpec = { ...PAGE, id: 'ferry', url: 'https://ferry.example/log.htm' };
const HOST = bulletinOf(PAGE.url);
const page = (count: number) => chroniclePage(reports(count));

let store: Store;
let world: World;

beforeEach(async () => {
  ({ store, world } = await openWorld(page(4)));
  world.pages = [PAGE, OTHER];
  world.shows(page(4), 200, OTHER.url);
  world.relayed = (url) => new URL(url).hostname === 'chronicle.example';
});
afterEach(() => store.close());

const check = async (id = PAGE.id) => {
  const found = await store.history.check(id);
  if (found === null) throw new Error('no check');
  return found;
};
/** The relay brought the page: its check is as ingest leaves it. */
async function relayedNow(): Promise<void> {
  const before = await check();
  const at = world.clock.iso();
  await store.history.putCheck({ ...before, lastCheckedAt: at, version: before.version + 1 }, before);
}
async function mails(): Promise<string[]> {
  await notifyPage(world.notifyDeps, HOST);
  return world.mailbox.sent.filter(({ pageId }) => pageId === HOST).map(({ subject }) => subject);
}
/** A tick every six hours for so many days. */
async function days(count: number): Promise<void> {
  for (let quarter = 0; quarter < count * 4; quarter += 1) {
    world.clock.advance({ hours: 6 });
    const { checks } = await world.plan();
    const { log, relayed } = world;
    await writeDueMessages({ ...store, log }, { checks, now: world.clock.iso(), bounds: BOUNDS, relayed });
    world.fetchQueue.drain();
  }
}

describe('a page of a relayed host', () => {
  it('is tracked and never handed out; pages of other hosts are', async () => {
    for (let day = 0; day < 3; day += 1) {
      const { planned } = await world.tomorrow();
      expect(planned.planned).toEqual([OTHER.id]);
    }
    expect(await check()).toMatchObject({ page: PAGE, leasedUntil: null, lastCheckedAt: null, retired: false });
    expect(world.site.requests.map(({ url }) => url)).not.toContain(PAGE.url);
  });

  it('is handed out again where its host is not relayed any more', async () => {
    await world.turn();
    world.relayed = () => false;
    expect((await world.turn()).planned.planned).toEqual([PAGE.id]);
  });

  it('loses the times of a clock that ran ahead, and is still not handed out', async () => {
    await world.turn();
    const before = await check();
    const ahead = '2031-01-01T00:00:00.000Z';
    await store.history.putCheck(
      { ...before, dueAt: ahead, lastCheckedAt: ahead, version: before.version + 1 },
      before,
    );
    expect((await world.turn()).planned.planned).toEqual([]);
    expect(await check()).toMatchObject({ dueAt: world.clock.iso(), lastCheckedAt: null, leasedUntil: null });
    expect(JSON.stringify(world.log)).toContain('a clock that ran ahead');
  });
});

describe('a relayed host as it is deployed', () => {
  it('loses the times of a clock that ran ahead also while another of its pages is due', async () => {
    const pages = ['one', 'two'].map((id) => ({ id, url: `https://chronicle.example/${id}.htm` }));
    const config = parseConfig({ pages, fetch: { relayed: ['chronicle.example'] } });
    const tick = () =>
      plan({ ...store, fetchQueue: world.fetchQueue, log: world.log }, tickOf(config, world.clock.now()));
    await tick();
    const before = await check('one');
    const ahead = '2031-01-01T00:00:00.000Z';
    const wrong = { dueAt: ahead, lastCheckedAt: ahead, version: before.version + 1 };
    await store.history.putCheck({ ...before, ...wrong }, before);
    expect((await tick()).planned).toEqual([]);
    expect(await check('one')).toMatchObject({ dueAt: world.clock.iso(), lastCheckedAt: null });
  });
});

describe('a relay that stops', () => {
  it('rings once after three of the longest pauses, and once when it is back', async () => {
    await world.plan();
    await relayedNow();
    await days(3);
    expect(await mails()).toEqual([]);
    await days(9);
    expect(await mails()).toEqual(['[Daybook] 1 of 1 pages of chronicle.example are not relayed']);
    await relayedNow();
    await days(2);
    const [, back, ...more] = await mails();
    expect([back, more]).toEqual(['[Daybook] chronicle.example is relayed again', []]);
  });

  it('rings where nothing was ever relayed, and says so', async () => {
    await days(4);
    await mails();
    const [mail] = world.mailbox.sent.filter(({ pageId }) => pageId === HOST);
    expect(mail?.text).toContain('Nothing of this host was ever relayed.');
    expect(mail?.text).toContain(`* ${PAGE.id}`);
    expect(mail?.topic).toBe('health');
  });

  it('is not rung for by pages of a host that the functions ask', async () => {
    world.relayed = () => false;
    await days(12);
    expect(await mails()).toEqual([]);
    expect(await store.history.bulletin(HOST)).toBeNull();
  });

  it('rings again for more pages, at most once in three days', async () => {
    const second = { ...PAGE, id: 'harbour-2022-02', url: 'https://chronicle.example/2022-02.htm' };
    await days(4);
    world.pages = [PAGE, second, OTHER];
    await days(8);
    expect(await mails()).toEqual([
      '[Daybook] 1 of 1 pages of chronicle.example are not relayed',
      '[Daybook] 2 of 2 pages of chronicle.example are not relayed',
    ]);
  });

  it('does not ring for a page that is paused', async () => {
    await world.plan();
    const before = await check();
    await store.history.putCheck({ ...before, paused: true, version: before.version + 1 }, before);
    await days(12);
    expect(await mails()).toEqual([]);
  });
});
