import { beforeEach, describe, expect, it } from 'vitest';
import { blockPage, chroniclePage, REPORTS } from '../../support/sample-pages.ts';
import { openWorld, PAGE, type Store, textOf, type World } from '../world.ts';

let store: Store;
let world: World;
const five = REPORTS.slice(0, 5);

beforeEach(async () => {
  ({ store, world } = await openWorld(chroniclePage(five)));
  return () => store.close();
});

describe('health', () => {
  it('keeps a block page as evidence, never as the text, and asks without validators next time', async () => {
    await world.turn();
    world.shows(blockPage(), 403);
    const { results, alerts } = await world.tomorrow();
    expect(results).toMatchObject([{ outcome: 'quarantined', revision: null, changes: [], event: null }]);
    expect(results[0]?.reason).not.toBeNull();
    expect(alerts).toEqual([]);
    expect(await textOf(store)).toEqual([...five]);
    const [evidence] = await store.history.quarantined(PAGE.id, 5);
    expect(evidence).toMatchObject({ status: 403, captureId: (await world.captureIds())[1] });
    expect((await store.history.health(PAGE.id))?.state.state).toBe('suspect');
    await world.after(2);
    expect(world.site.requests.at(-1)).toMatchObject({ etag: null, lastModified: null, full: true });
  });

  it('recovers to the same text without a change or an alert', async () => {
    await world.turn();
    world.shows(blockPage(), 403);
    await world.tomorrow();
    world.shows(chroniclePage(five));
    const { results, alerts } = await world.tomorrow();
    expect(results).toMatchObject([{ outcome: 'recovered', revision: null, changes: [], event: null }]);
    expect(alerts).toEqual([]);
    expect((await store.history.head(PAGE.id))?.revision).toBe(1);
    expect((await store.history.health(PAGE.id))?.state.state).toBe('ok');
    expect(await world.captureIds()).toHaveLength(3);
  });

  it('makes a revision when the page recovers with a new text', async () => {
    await world.turn();
    world.shows(blockPage(), 403);
    await world.tomorrow();
    world.shows(chroniclePage(REPORTS.slice(0, 6)));
    const { results } = await world.tomorrow();
    expect(results).toMatchObject([{ outcome: 'revision', changes: [{ kind: 'added' }] }]);
  });

  it('accepts a page that lost most of its text only when it stays that way, as a confirmed revision', async () => {
    await world.turn();
    world.shows(chroniclePage(five.slice(0, 1)));
    const outcomes: unknown[] = [];
    for (let check = 0; check < 3; check += 1) {
      const { results } = await world.tomorrow();
      outcomes.push([results[0]?.outcome, results[0]?.revision?.confirmed ?? null]);
    }
    expect(outcomes).toEqual([
      ['quarantined', null],
      ['quarantined', null],
      ['revision', true],
    ]);
    expect(await textOf(store)).toEqual(five.slice(0, 1));
    expect((await store.history.health(PAGE.id))?.state.state).toBe('ok');
  });

  it('counts an answer that never came as a bad check, without a capture', async () => {
    await world.turn();
    world.site.say(PAGE.url, { failure: 'timeout' });
    const { results } = await world.tomorrow();
    expect(results).toMatchObject([{ outcome: 'failed', reason: 'unreachable', captureId: null }]);
    expect(await world.captureIds()).toHaveLength(1);
    expect(await store.history.check(PAGE.id)).toMatchObject({ failures: 1, etag: null, knownSha256: null });
  });

  it('does not count a postponed fetch as a check', async () => {
    await world.turn();
    const before = await store.history.check(PAGE.id);
    const health = await store.history.health(PAGE.id);
    world.site.say(PAGE.url, { failure: 'postponed', retryAfterSeconds: 7_200 });
    const { results, observations } = await world.tomorrow();
    expect(results).toEqual([]);
    expect(await store.history.health(PAGE.id)).toEqual(health);
    const dueAt = new Date(Date.parse(observations[0]?.observedAt ?? '') + 7_200_000).toISOString();
    expect(await store.history.check(PAGE.id)).toEqual({
      ...before,
      dueAt,
      leasedUntil: null,
      version: (before?.version ?? 0) + 2,
    });
    world.shows(chroniclePage(REPORTS.slice(0, 6)));
    expect((await world.after(1)).planned.planned).toEqual([]);
    expect((await world.after(1.1)).results).toMatchObject([{ outcome: 'revision' }]);
  });
});
