import { beforeEach, describe, expect, it } from 'vitest';
import type { DaybookConfigInput } from '#core/config.ts';
import { blockPage, chroniclePage, REPORTS } from '../../support/sample-pages.ts';
import { ConfiguredWorld, hubPage } from '../configured-world.ts';

const BASE = 'https://www.chronicle.example/ops';
const MONTHLY = { id: 'alba', pattern: `${BASE}/alba-{yyyy}-{MM}.htm`, from: '2021-12' };
const HEAD = { id: 'head', url: `${BASE}/alba-2021.htm` };
const notFound = new TextEncoder().encode(
  '<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>',
);
const month = (id: string) => chroniclePage(REPORTS.slice(0, 5), { title: `Alba - ${id}` });

let world: ConfiguredWorld;

/** Turns every quarter of an hour until then. */
async function until(instant: string, each: () => void = () => {}): Promise<void> {
  while (world.clock.iso() < instant) {
    each();
    await world.turn();
    world.clock.advance({ minutes: 15 });
  }
}

describe('a series of months', () => {
  beforeEach(() => {
    world = new ConfiguredWorld({ pages: [HEAD], series: [MONTHLY] });
    world.serves(HEAD.url, month('the head page'));
    world.serves(`${BASE}/alba-2021-12.htm`, month('December 2021'));
    world.serves(`${BASE}/alba-2022-01.htm`, month('January 2022'));
    world.clock.set('2022-01-20T08:00:00.000Z');
  });

  it('begins at the configured month, with the pages that are named by themselves', async () => {
    await world.turn();
    expect(await world.tracked()).toEqual(['alba-2021-12', 'alba-2022-01', 'head']);
  });

  it('looks for the next month from five days before it begins', async () => {
    await until('2022-01-26T23:45:00.000Z');
    expect(await world.tracked()).not.toContain('alba-2022-02');
    await until('2022-01-27T00:30:00.000Z');
    expect(await world.tracked()).toContain('alba-2022-02');
  });

  it('makes a month a page when it answers with an article, and sends no alert before', async () => {
    world.serves(`${BASE}/alba-2022-02.htm`, notFound, 404);
    await until('2022-02-02T00:00:00.000Z');
    expect(await world.store.history.head('alba-2022-02')).toBeNull();
    expect((await world.check('alba-2022-02')).failures).toBeGreaterThan(5);
    world.serves(`${BASE}/alba-2022-02.htm`, month('February 2022'));
    await until('2022-02-03T01:00:00.000Z');
    expect(await world.store.history.head('alba-2022-02')).toMatchObject({
      revision: 1,
      title: 'Alba - February 2022',
    });
    expect(world.mailbox.sent).toEqual([]);
    world.serves(`${BASE}/alba-2022-02.htm`, chroniclePage(REPORTS.slice(0, 7), { title: 'Alba - February 2022' }));
    await until('2022-02-04T12:00:00.000Z');
    expect(world.mailbox.keys()).toEqual([expect.stringMatching(/^alba-2022-02\/revision\/2\//)]);
  });

  it.each([
    ['404, without an alert', [], () => world.serves(`${BASE}/alba-2022-02.htm`, notFound, 404)],
    [
      'a not-found page with status 200, without an alert',
      [],
      () => world.serves(`${BASE}/alba-2022-02.htm`, notFound),
    ],
    ['a block page, with one alert', ['down'], () => world.serves(`${BASE}/alba-2022-02.htm`, blockPage(), 403)],
    ['no answer, with one alert', ['down'], () => world.site.say(`${BASE}/alba-2022-02.htm`, { failure: 'timeout' })],
  ])('asks less and less often for a month that never appears: %s', async (_, alerts, answer) => {
    answer();
    await until('2022-03-20T00:00:00.000Z');
    const asked = world.site.requests.filter((request) => request.url === `${BASE}/alba-2022-02.htm`).length;
    expect(asked).toBeGreaterThan(30);
    expect(asked).toBeLessThan(70);
    expect(await world.pause('alba-2022-02')).toBe(24);
    expect(await world.store.history.head('alba-2022-02')).toBeNull();
    const sent = world.mailbox.sent.filter((alert) => alert.pageId === 'alba-2022-02');
    expect(sent.map(({ data }) => data.kind)).toEqual(alerts);
  });

  it('checks rarely a month that is long over, and one that never appeared', async () => {
    world.clock.set('2022-06-01T08:00:00.000Z');
    world.serves(`${BASE}/alba-2022-02.htm`, notFound, 404);
    await world.turn();
    for (let turn = 0; turn < 20; turn += 1) {
      await world.whenDue('alba-2022-02');
      await world.whenDue('alba-2021-12');
    }
    expect(await world.pause('alba-2022-02')).toBe(24 * 7);
  });

  it('ends with its last month, and retires later ones', async () => {
    await until('2022-01-28T00:00:00.000Z');
    expect(await world.tracked()).toContain('alba-2022-02');
    world.configure({ pages: [HEAD], series: [{ ...MONTHLY, until: '2022-01' }] });
    await until('2022-01-28T01:00:00.000Z');
    expect(await world.tracked()).toEqual(['alba-2021-12', 'alba-2022-01', 'head']);
    const asked = world.site.requests.length;
    await until('2022-01-28T06:00:00.000Z');
    expect(world.site.requests.slice(asked).map((request) => request.url)).not.toContain(`${BASE}/alba-2022-02.htm`);
  });

  it('does not add a month that is configured as a page under another id', async () => {
    await world.turn();
    world.configure({ pages: [HEAD, { id: 'first', url: `${BASE}/alba-2021-12.htm` }], series: [MONTHLY] });
    await world.turn();
    expect(await world.tracked()).toEqual(['alba-2022-01', 'first', 'head']);
  });
});

describe('a series of days that a hub page links to', () => {
  const HUB = { id: 'index', url: `${BASE}/index.htm` };
  const DAILY = { id: 'day', pattern: `${BASE}/day-{yyyy}-{MM}-{dd}.htm`, from: '2022-01', hub: 'index' };
  const both: DaybookConfigInput = { pages: [HUB, HEAD], series: [DAILY] };

  beforeEach(() => {
    world = new ConfiguredWorld(both);
    world.serves(HEAD.url, month('the head page'));
    world.clock.set('2022-01-12T08:00:00.000Z');
  });

  it('tracks what the hub links to, in text and navigation, under one address each', async () => {
    world.serves(
      HUB.url,
      hubPage(
        ['day-2022-01-03.htm', `${BASE}/day-2022-01-04.htm`, 'http://chronicle.example/ops/day-2022-01-05.htm'],
        [
          '/ops/day-2022-01-06.htm',
          'http://www.chronicle.example/ops/day-2022-01-03.htm',
          '//chronicle.example/ops/day-2022-01-04.htm#top',
        ],
      ),
    );
    await world.turn();
    await world.turn();
    const checks = (await world.store.history.checks()).filter((check) => check.page.series === 'day');
    expect(checks.map((check) => check.page.url)).toEqual(
      ['03', '04', '05', '06'].map((day) => `${BASE}/day-2022-01-${day}.htm`),
    );
    const asked = world.site.requests.map((request) => request.url).filter((url) => url.includes('day-'));
    expect(asked.sort()).toEqual(checks.map((check) => check.page.url));
  });

  it('follows the hub as it grows, from one day to the next', async () => {
    world.serves(HUB.url, hubPage(['day-2022-01-10.htm']));
    await world.turn();
    world.serves(HUB.url, hubPage(['day-2022-01-10.htm', 'day-2022-01-11.htm']));
    await world.whenDue('index');
    expect(await world.tracked()).toEqual(['day-2022-01-10', 'day-2022-01-11', 'head', 'index']);
  });

  it('reports a link that breaks the pattern once, and does not follow it', async () => {
    const links = ['day-2022-01-10.htm', 'day-2022-1-11.htm', 'day-2022-02-30.htm', 'alba-2021.htm', 'about.htm'];
    world.serves(HUB.url, hubPage(links));
    await world.turn();
    const sent = () =>
      world.mailbox.sent.map((alert) => [alert.pageId, alert.topic, alert.data.kind, alert.data.detail]);
    const expected = ['day-2022-1-11.htm', 'day-2022-02-30.htm'].map((name) => [
      'index',
      'health',
      'odd-link',
      `${BASE}/${name}`,
    ]);
    expect(sent()).toEqual(expected);
    expect(world.mailbox.sent[0]?.text).toContain('so Daybook does not follow it');
    for (let turn = 1; turn < 4; turn += 1) {
      world.serves(HUB.url, hubPage(links, [], `Edition ${turn} of this page has been set by hand.`));
      await world.whenDue('index');
    }
    expect(sent().filter(([, topic]) => topic === 'health')).toEqual(expected);
    expect(world.site.requests.map((request) => request.url).filter((url) => /1-11|02-30/.test(url))).toEqual([]);
    expect((await world.store.history.health('index'))?.state.state).toBe('ok');
  });

  it('never calls the head page odd, although it breaks the pattern', async () => {
    const series = { ...MONTHLY, hub: 'index' };
    const head = { id: 'head', url: `${BASE}/alba-2021-1.htm` };
    world.configure({ pages: [HUB, head], series: [series] });
    world.serves(HUB.url, hubPage(['alba-2021-1.htm', 'http://chronicle.example/ops/alba-2021-1.htm']));
    await world.turn();
    expect(world.mailbox.sent).toEqual([]);
    world.configure({ pages: [HUB], series: [series] });
    world.serves(HUB.url, hubPage(['alba-2021-1.htm'], ['x.htm']));
    await world.whenDue('index');
    const health = world.mailbox.sent.filter((alert) => alert.topic === 'health');
    expect(health.map((alert) => alert.data.kind)).toEqual(['odd-link']);
  });

  it('does not call a member of another series odd when the names differ by one letter', async () => {
    const twin = { ...DAILY, id: 'way', pattern: DAILY.pattern.replace('day-', 'way-') };
    world.configure({ pages: [HUB], series: [DAILY, twin] });
    world.serves(HUB.url, hubPage(['day-2022-01-10.htm', 'way-2022-01-10.htm']));
    await world.turn();
    expect(world.mailbox.sent).toEqual([]);
    expect(await world.tracked()).toEqual(['day-2022-01-10', 'index', 'way-2022-01-10']);
  });

  it('alerts of at most ten odd links at once, of each once, and of two hundred in all', async () => {
    const odd = Array.from({ length: 300 }, (_, index) => `day-2022-1-${String(index).padStart(2, '0')}.htm`).filter(
      (name) => name.length < 20,
    );
    const more = Array.from({ length: 200 }, (_, index) => `dax-2022-01-${String(index).padStart(2, '0')}.htm`).filter(
      (name) => name.length < 20,
    );
    const letters = Array.from({ length: 26 }, (_, index) => `da${String.fromCharCode(97 + index)}-2022-01-11.htm`);
    const links = [...new Set([...odd, ...more, ...letters])].filter((name) => name !== 'day-2022-01-11.htm');
    expect(links.length).toBeGreaterThan(200);
    const sent: number[] = [];
    for (let turn = 0; turn < 30; turn += 1) {
      world.serves(HUB.url, hubPage(links, [`edition-${turn}.htm`]));
      const before = world.mailbox.sent.length;
      if (turn === 0) await world.turn();
      else await world.whenDue('index');
      sent.push(world.mailbox.sent.length - before);
    }
    expect(sent).toEqual([...Array(20).fill(10), ...Array(10).fill(0)]);
    expect(new Set(world.mailbox.sent.map((alert) => alert.data.detail)).size).toBe(200);
  });

  it('keeps members that the hub no longer links to', async () => {
    world.serves(HUB.url, hubPage(['day-2022-01-10.htm']));
    await world.turn();
    world.serves(HUB.url, hubPage(['day-2022-01-11.htm']));
    await world.whenDue('index');
    expect(await world.tracked()).toEqual(['day-2022-01-10', 'day-2022-01-11', 'head', 'index']);
  });

  it('retires its members with the series, and takes them back with it', async () => {
    world.serves(HUB.url, hubPage(['day-2022-01-10.htm', 'day-2022-01-11.htm']));
    world.serves(`${BASE}/day-2022-01-10.htm`, month('10 January'));
    await world.turn();
    await world.turn();
    world.configure({ pages: [HUB, HEAD] });
    await world.tomorrow();
    expect(await world.tracked()).toEqual(['head', 'index']);
    expect((await world.store.history.head('day-2022-01-10'))?.revision).toBe(1);
    world.configure(both);
    const { planned } = await world.tomorrow();
    expect(await world.tracked()).toEqual(['day-2022-01-10', 'day-2022-01-11', 'head', 'index']);
    expect(planned.planned).toContain('day-2022-01-10');
    expect((await world.store.history.head('day-2022-01-10'))?.revision).toBe(1);
  });

  it('is found on an unchanged hub when the series is configured later', async () => {
    world.configure({ pages: [HUB] });
    world.serves(HUB.url, hubPage(['day-2022-01-10.htm']));
    await world.turn();
    await world.whenDue('index');
    world.configure({ pages: [HUB], series: [DAILY] });
    await world.turn();
    expect(await world.tracked()).toEqual(['day-2022-01-10', 'index']);
    expect((await world.store.history.head('index'))?.revision).toBe(1);
    const asked = world.site.requests.length;
    await world.turn();
    await world.turn();
    expect(world.site.requests.slice(asked).map((request) => request.url)).not.toContain(HUB.url);
    world.configure({ pages: [HUB], series: [{ ...DAILY, pattern: DAILY.pattern.replace('day', 'no') }] });
    await world.turn();
    expect(await world.tracked()).toEqual(['index']);
  });

  it('is not searched on a suspect hub', async () => {
    const wall = Buffer.from(blockPage()).toString().replace('</body>', '<a href="day-2022-01-10.htm">in</a></body>');
    world.serves(HUB.url, new TextEncoder().encode(wall), 403);
    await world.turn();
    expect(await world.tracked()).toEqual(['head', 'index']);
  });
});
