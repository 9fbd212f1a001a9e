import { beforeEach, describe, expect, it } from 'vitest';
import { UnavailableError } from '#app/errors.ts';
import { fetchPage } from '#app/fetch/fetch.ts';
import { ingest } from '#app/ingest/ingest.ts';
import { notifyPage } from '#app/notify/notify.ts';
import { DEFAULT_RULES } from '#core/alerts/rules.ts';
import { blockPage, chroniclePage, REPORTS } from '../../support/sample-pages.ts';
import { HARBOUR, openWorld, PAGE, type Store, type World } from '../world.ts';

let store: Store;
let world: World;
const four = REPORTS.slice(0, 4);

beforeEach(async () => {
  ({ store, world } = await openWorld(chroniclePage(four)));
  return () => store.close();
});

const suppressed = async () =>
  (await store.history.alerts(PAGE.id)).flatMap((record) => record.suppressed.map((one) => one.reason));

describe('news', () => {
  it('sends one alert for a revision, however often it runs', async () => {
    await world.turn();
    world.shows(chroniclePage(REPORTS.slice(0, 5)));
    await world.tomorrow();
    for (let again = 0; again < 3; again += 1) expect(await notifyPage(world.notifyDeps, PAGE.id)).toEqual([]);
    expect(world.mailbox.sent).toHaveLength(1);
    expect(await store.history.cursors(PAGE.id)).toMatchObject([{ revision: 2 }]);
  });

  it('sends one alert for every unsent revision, in order', async () => {
    await world.turn();
    const sent = world.mailbox.sent.length;
    for (const count of [5, 6, 7]) {
      await unsentRevision(count);
    }
    expect(world.mailbox.sent).toHaveLength(sent);
    const alerts = await notifyPage(world.notifyDeps, PAGE.id);
    expect(alerts.map((alert) => alert.data.revision)).toEqual([2, 3, 4]);
  });

  it('does not repeat a recorded alert when only the cursor is behind', async () => {
    await world.turn();
    await unsentRevision(5);
    const history = {
      ...store.history,
      advanceCursor: async () => Promise.reject(new UnavailableError('the table is away')),
    };
    const sent = world.mailbox.sent.length;
    await expect(notifyPage({ ...world.notifyDeps, history }, PAGE.id)).rejects.toThrow('the table is away');
    expect(world.mailbox.sent).toHaveLength(sent + 1);
    expect(await notifyPage(world.notifyDeps, PAGE.id)).toEqual([]);
    expect(await store.history.cursors(PAGE.id)).toMatchObject([{ revision: 2 }]);
    expect(world.mailbox.sent).toHaveLength(sent + 1);
  });

  it('repeats an alert under the same key when its record could not be written', async () => {
    await world.turn();
    await unsentRevision(5);
    const history = {
      ...store.history,
      recordAlert: async () => Promise.reject(new UnavailableError('the table is away')),
    };
    await expect(notifyPage({ ...world.notifyDeps, history }, PAGE.id)).rejects.toThrow('the table is away');
    await notifyPage(world.notifyDeps, PAGE.id);
    const [first, second] = world.mailbox.keys();
    expect(first).toBe(second);
    expect(world.mailbox.sent).toHaveLength(2);
    expect((await store.history.alerts(PAGE.id)).filter((record) => record.key === first)).toHaveLength(1);
  });

  it('records no alert that was not delivered', async () => {
    await world.turn();
    await unsentRevision(5);
    const notifier = { send: async () => Promise.reject(new UnavailableError('no mail today')) };
    await expect(notifyPage({ ...world.notifyDeps, channels: { mail: notifier } }, PAGE.id)).rejects.toThrow(
      'no mail today',
    );
    expect(await store.history.cursors(PAGE.id)).toMatchObject([{ revision: 1 }]);
    expect((await store.history.alerts(PAGE.id)).filter((record) => record.key.includes('/revision/2/'))).toEqual([]);
  });

  it('alerts of a first sight only if the rules ask for it', async () => {
    world.rules = { ...DEFAULT_RULES, firstSight: true };
    const { alerts } = await world.turn();
    expect(alerts).toMatchObject([{ topic: 'news', data: { revision: 1 } }]);
  });

  it('sends nothing for an unknown page', async () => {
    expect(await notifyPage(world.notifyDeps, 'nobody')).toEqual([]);
  });
});

describe('every change that was not sent has a reason', () => {
  it('names spelling, moves and missing keywords', async () => {
    await world.turn();
    world.shows(chroniclePage(four.map((text) => text.replace('lighthouse', 'light-house'))));
    await world.tomorrow();
    expect(await suppressed()).toEqual(['cosmetic']);

    world.rules = { ...DEFAULT_RULES, keywords: ['Submarine'] };
    world.shows(chroniclePage(REPORTS.slice(0, 5)));
    await world.tomorrow();
    expect(world.mailbox.sent).toEqual([]);
    expect(await suppressed()).toContain('no-keyword');
  });

  it('sends changes with a keyword, in any case, and suppresses the others', async () => {
    await world.turn();
    world.rules = { ...DEFAULT_RULES, keywords: ['ORION'] };
    world.shows(chroniclePage(REPORTS.slice(0, 6)));
    const { alerts } = await world.tomorrow();
    expect(alerts).toHaveLength(1);
    expect(alerts[0]?.data.total).toBe(1);
    expect(await suppressed()).toEqual(['no-keyword']);
  });
});

describe('health', () => {
  const bad = async (checks: number) => {
    const alerts = [];
    for (let check = 0; check < checks; check += 1) alerts.push(...(await world.tomorrow()).alerts);
    return alerts;
  };

  it('alerts once when a page is down, and once when it is back', async () => {
    await world.turn();
    world.shows(blockPage(), 403);
    const down = await bad(6);
    expect(down).toMatchObject([{ topic: 'health', key: `${PAGE.id}/health/1`, data: { kind: 'down' } }]);
    world.shows(chroniclePage(four));
    expect(await bad(2)).toMatchObject([{ topic: 'health', key: `${PAGE.id}/health/2`, data: { kind: 'recovered' } }]);
    expect((await store.history.head(PAGE.id))?.revision).toBe(1);
  });

  it('sends nothing for a page that was only suspect', async () => {
    await world.turn();
    world.shows(blockPage(), 403);
    expect(await bad(2)).toEqual([]);
    world.shows(chroniclePage(four));
    expect(await bad(2)).toEqual([]);
  });

  it('alerts of a page that never answered', async () => {
    world.site.say(PAGE.url, { failure: 'dns' });
    await world.turn();
    expect(await bad(4)).toMatchObject([{ data: { kind: 'down', reason: 'unreachable' } }]);
  });

  it('alerts of a month that was published and disappeared', async () => {
    world.pages = [{ ...PAGE, series: 'harbour' }];
    world.series = [HARBOUR];
    await world.turn();
    world.shows(blockPage(), 404);
    expect(await bad(5)).toMatchObject([{ data: { kind: 'down' } }]);
  });
});

/** A day later the page has so many reports: a new revision, whose alert is not sent yet. */
async function unsentRevision(count: number): Promise<void> {
  world.shows(chroniclePage(REPORTS.slice(0, count)));
  world.clock.advance({ hours: 25 });
  await checkWithoutNotify();
}

/** Plans, fetches and ingests, and sends no alert. */
async function checkWithoutNotify(): Promise<void> {
  await world.plan();
  for (const job of world.fetchQueue.drain()) {
    world.clock.advance({ milliseconds: 1_000 });
    await fetchPage(world.fetchDeps, job);
  }
  for (const observation of world.ingestQueue.drain()) await ingest(world.ingestDeps, observation);
}
