import { beforeEach, describe, expect, it } from 'vitest';
import type { DaybookConfigInput } from '#core/config.ts';
import { blockPage, chroniclePage, REPORTS } from '../../support/sample-pages.ts';
import { ConfiguredWorld } from '../configured-world.ts';
import type { Turn } from '../world.ts';

const PAGE = { id: 'harbour', url: 'https://harbour.example/2022-01.htm' };
const OTHERS = Array.from(
  { length: 8 },
  (_, index) =>
    `The ${['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth'][index]} chapter of the history of glass making in the valley tells of furnace ${index + 3} and of its ${index * 9 + 12} masters.`,
);
const replaced = (noise = '0') => chroniclePage(OTHERS, { noise });
const shrunk = (noise = '0') => chroniclePage(REPORTS.slice(0, 3), { noise });

let world: ConfiguredWorld;
const start = async (input: DaybookConfigInput = { pages: [PAGE] }) => {
  world = new ConfiguredWorld(input);
  world.serves(PAGE.url, chroniclePage(REPORTS));
  await world.turn();
};
beforeEach(() => start());

/** One check so many hours later. */
async function checkAfter(hours: number): Promise<Turn> {
  const check = await world.check('harbour');
  world.clock.advance({ hours });
  if (check.dueAt > world.clock.iso()) {
    await world.store.history.putCheck({ ...check, dueAt: world.clock.iso(), leasedUntil: null }, check);
  }
  return world.turn();
}
const health = async () => (await world.store.history.health('harbour'))?.state;

describe('a mass change that stays', () => {
  it.each([
    ['a text that was replaced', replaced, 'mass-change'],
    ['a text that lost more than half', shrunk, 'shrunk'],
  ])('is accepted at the third capture over two hours, as a confirmed revision: %s', async (_, page, reason) => {
    world.serves(PAGE.url, page('1'));
    const first = await checkAfter(1);
    expect(first.results).toMatchObject([{ outcome: 'quarantined', reason, revision: null, changes: [] }]);
    world.serves(PAGE.url, page('2'));
    const second = await checkAfter(1.5);
    expect(second.results).toMatchObject([{ outcome: 'quarantined', reason }]);
    expect(await health()).toMatchObject({ state: 'suspect', candidate: { seen: 2 } });
    const [listed] = (await world.store.history.pages({ limit: 1 })).items;
    expect(listed?.summary).toMatchObject({ state: 'suspect', reason });
    world.serves(PAGE.url, page('3'));
    const third = await checkAfter(1);
    expect(third.results).toMatchObject([
      { outcome: 'revision', reason: null, revision: { number: 2, confirmed: true } },
    ]);
    expect([first, second].flatMap((turn) => turn.alerts)).toEqual([]);
    expect(third.alerts).toMatchObject([{ topic: 'news' }]);
    expect(third.alerts[0]?.text).toContain('The change stayed, so it was accepted');
    // Each look is a capture of its own; the two that were doubted are listed, the third was believed.
    const captures = await world.captureIds('harbour');
    expect(captures).toHaveLength(4);
    const doubted = await world.store.history.quarantined('harbour', 10);
    expect(doubted.map((record) => record.captureId)).toEqual([captures[2], captures[1]]);
    expect(await health()).toMatchObject({ state: 'ok', candidate: null });
  });

  it('of equal bytes is captured each time, and accepted too', async () => {
    world.serves(PAGE.url, replaced());
    const outcomes: (string | undefined)[] = [];
    for (let turn = 0; turn < 3; turn += 1) outcomes.push((await checkAfter(1.2)).results[0]?.outcome);
    expect(outcomes).toEqual(['quarantined', 'quarantined', 'revision']);
    expect(await world.captureIds('harbour')).toHaveLength(4);
  });

  it('is not accepted within two hours, however often it is seen', async () => {
    world.serves(PAGE.url, replaced());
    const outcomes: (string | undefined)[] = [];
    for (let turn = 0; turn < 6; turn += 1) outcomes.push((await checkAfter(0.4)).results[0]?.outcome);
    expect(outcomes).toEqual([...Array(5).fill('quarantined'), 'revision']);
    expect(world.mailbox.sent.map((alert) => alert.topic)).toEqual(['news']);
  });

  it('is the baseline from then on: a return of the old text is suspect', async () => {
    world.serves(PAGE.url, replaced());
    for (let turn = 0; turn < 3; turn += 1) await checkAfter(2);
    world.serves(PAGE.url, chroniclePage(REPORTS));
    expect((await checkAfter(1)).results).toMatchObject([{ outcome: 'quarantined', reason: 'mass-change' }]);
    world.serves(PAGE.url, chroniclePage([...OTHERS, REPORTS[0]]));
    expect((await checkAfter(1)).results).toMatchObject([
      { outcome: 'revision', revision: { number: 3, confirmed: false } },
    ]);
  });
});

describe('a mass change that does not stay', () => {
  it('makes no revision and no alert when the text is back', async () => {
    world.serves(PAGE.url, replaced());
    await checkAfter(2);
    await checkAfter(2);
    world.serves(PAGE.url, chroniclePage(REPORTS));
    expect((await checkAfter(2)).results).toMatchObject([{ outcome: 'recovered', revision: null }]);
    expect(world.mailbox.sent).toEqual([]);
    expect((await world.store.history.head('harbour'))?.revision).toBe(1);
  });

  it('counts from the start when each capture differs, and the page is down', async () => {
    for (let turn = 0; turn < 4; turn += 1) {
      world.serves(
        PAGE.url,
        chroniclePage(OTHERS.map((text) => text.replace('masters', `masters and ${turn} apprentices`))),
      );
      expect((await checkAfter(2)).results).toMatchObject([{ outcome: 'quarantined' }]);
    }
    expect(world.mailbox.sent.map((alert) => alert.data.kind)).toEqual(['down']);
  });

  it('counts from the start after a different capture', async () => {
    world.serves(PAGE.url, replaced());
    await checkAfter(2);
    await checkAfter(2);
    world.serves(PAGE.url, blockPage(), 403);
    await checkAfter(2);
    world.serves(PAGE.url, replaced());
    expect((await checkAfter(2)).results).toMatchObject([{ outcome: 'quarantined' }]);
    expect((await checkAfter(2)).results).toMatchObject([{ outcome: 'quarantined' }]);
    expect((await checkAfter(2)).results).toMatchObject([{ outcome: 'revision', revision: { confirmed: true } }]);
  });

  it('of a block page is never accepted, however long it stays', async () => {
    world.serves(PAGE.url, blockPage(), 200);
    for (let turn = 0; turn < 12; turn += 1) {
      expect((await checkAfter(5)).results).toMatchObject([{ outcome: 'quarantined', revision: null }]);
    }
  });
});

describe('health alerts', () => {
  it('are sent once when a page is down, and once when it recovers', async () => {
    world.serves(PAGE.url, blockPage(), 403);
    for (let turn = 0; turn < 6; turn += 1) await checkAfter(2);
    world.serves(PAGE.url, chroniclePage(REPORTS));
    for (let turn = 0; turn < 3; turn += 1) await checkAfter(2);
    expect(world.mailbox.sent.map((alert) => [alert.topic, alert.data.kind])).toEqual([
      ['health', 'down'],
      ['health', 'recovered'],
    ]);
  });

  it('are sent each time that it goes down again', async () => {
    for (let time = 0; time < 3; time += 1) {
      world.site.say(PAGE.url, { failure: 'connect' });
      for (let turn = 0; turn < 4; turn += 1) await checkAfter(2);
      world.serves(PAGE.url, chroniclePage(REPORTS));
      await checkAfter(2);
    }
    const kinds = world.mailbox.sent.map((alert) => alert.data.kind);
    expect(kinds).toEqual(['down', 'recovered', 'down', 'recovered', 'down', 'recovered']);
    expect(new Set(world.mailbox.keys()).size).toBe(6);
  });
});

describe('the policy is that of the configuration', () => {
  it.each([1, 2, 5])('down after %i', async (downAfter) => {
    await start({ pages: [PAGE], health: { downAfter } });
    world.serves(PAGE.url, blockPage(), 403);
    const alerts: number[] = [];
    for (let turn = 0; turn < 6; turn += 1) alerts.push((await checkAfter(2)).alerts.length);
    expect(alerts).toEqual(Array.from({ length: 6 }, (_, index) => (index === downAfter - 1 ? 1 : 0)));
  });

  it.each([
    [{ confirmAfter: 2, confirmHours: 0 }, 2],
    [{ confirmAfter: 5, confirmHours: 2 }, 5],
    [{ confirmAfter: 3, confirmHours: 12 }, 5],
    [{ confirmAfter: 1, confirmHours: 0 }, 1],
  ])('%j: accepted at look %i, three hours apart', async (policy, look) => {
    await start({ pages: [PAGE], health: policy });
    world.serves(PAGE.url, replaced());
    const outcomes: (string | undefined)[] = [];
    for (let turn = 0; turn < look; turn += 1) outcomes.push((await checkAfter(3)).results[0]?.outcome);
    expect(outcomes).toEqual([...Array(look - 1).fill('quarantined'), 'revision']);
  });
});
