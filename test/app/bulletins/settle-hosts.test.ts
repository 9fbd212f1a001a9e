import { beforeEach, describe, expect, it } from 'vitest';
import { placeTurn } from '#app/bulletins/bulletin.ts';
import { bulletinOf } from '#app/bulletins/record.ts';
import { HOSTS_A_TICK, settleHosts } from '#app/bulletins/settle-hosts.ts';
import { writeDueMessages } from '#app/bulletins/write-due.ts';
import { UnavailableError } from '#app/errors.ts';
import { notifyPage } from '#app/notify/notify.ts';
import type { HistoryStore } from '#app/ports.ts';
import type { PageSpec } from '#core/history/types.ts';
import { type CheckState, newCheck } from '#core/schedule/check.ts';
import { createMemoryHistory } from '../../support/memory-history.ts';
import { countingBulletins, RecordingLog } from '../../support/recording.ts';
import { blockPage, chroniclePage, REPORTS } from '../../support/sample-pages.ts';
import { openWorld, type Store, type World } from '../world.ts';

const good = chroniclePage(REPORTS.slice(0, 4));
const NOW = '2026-03-01T12:00:00.000Z';
const at = (hours: number) => new Date(Date.parse(NOW) + hours * 3_600_000).toISOString();
const page = (number: number, host = 'chronicle.example'): PageSpec => ({
  id: `month-${number}`,
  url: `https://${host}/${number}.htm`,
  name: null,
  rolling: false,
  series: null,
});

describe('a host whose pages went down while nothing else happens', () => {
  let store: Store;
  let world: World;
  beforeEach(async () => {
    ({ store, world } = await openWorld(good));
    return () => store.close();
  });

  const say = (body: Uint8Array, status: number, pages = world.pages) => {
    for (const { url } of pages) world.shows(body, status, url);
  };
  /** One tick of the deployed loop: pages that are due, then the notices, then what their flips start. */
  const tick = async () => {
    const { planned } = await world.turn();
    const found = await writeDueMessages(
      { history: store.history, log: world.log },
      { checks: planned.checks, now: world.clock.iso() },
    );
    for (const id of found) await notifyPage(world.notifyDeps, id);
  };
  /** No page is due, so that only the notices of the ticks are left. */
  const quiet = async (hours: number) => {
    for (let quarter = 0; quarter < hours * 4; quarter += 1) {
      world.clock.advance({ minutes: 15 });
      const checks = await store.history.checks();
      const found = await writeDueMessages(
        { history: store.history, log: world.log },
        { checks, now: world.clock.iso() },
      );
      for (const id of found) await notifyPage(world.notifyDeps, id);
    }
  };
  const subjects = () => world.mailbox.sent.map(({ subject }) => subject);
  const blocked = async (count: number) => {
    world.pages = Array.from({ length: count }, (_, number) => page(number));
    say(good, 200);
    await tick();
    say(blockPage(), 403);
    while (subjects().length === 0) {
      world.clock.advance({ minutes: 15 });
      await tick();
    }
    // The others follow within minutes, and no page is looked at after them.
    while ((await store.history.checks()).some(({ summary }) => summary.state !== 'down')) {
      world.clock.advance({ minutes: 15 });
      await world.turn();
    }
  };

  it('has one alert at once, and exactly one mail about all of them an hour later', async () => {
    await blocked(60);
    const before = subjects().length;
    await quiet(12);
    expect(subjects()).toEqual([
      expect.stringMatching(/^\[Daybook\] .* is down: block-page/),
      '[Daybook] 60 of 60 pages of chronicle.example are down: block-page',
    ]);
    expect(before).toBeLessThanOrEqual(2);
  }, 60_000);

  it('has one mail when all of them can be read again', async () => {
    await blocked(5);
    await quiet(3);
    say(good, 200);
    while ((await store.history.checks()).some(({ summary }) => summary.state !== 'ok')) {
      world.clock.advance({ minutes: 15 });
      await tick();
    }
    await quiet(80);
    expect(subjects().slice(2)).toEqual(['[Daybook] 5 of 5 pages of chronicle.example can be read again']);
  }, 60_000);
});

describe('the mails of a tick', () => {
  let history: HistoryStore;
  let log: RecordingLog;
  let asked: string[];
  beforeEach(() => {
    ({ history, asked } = countingBulletins(createMemoryHistory()));
    log = new RecordingLog();
  });

  const checkOf = (spec: PageSpec, state: 'ok' | 'suspect' | 'down', more: Partial<CheckState> = {}): CheckState => {
    const check = newCheck(spec, NOW);
    return { ...check, lastCheckedAt: NOW, summary: { ...check.summary, state }, ...more };
  };
  /** A page alerts alone at the beginning, a second one waits for the mail of its host. */
  const outage = async (host = 'chronicle.example', numbers = [1, 2]) => {
    const turn = { kind: 'down' as const, reason: 'captcha', seq: 1 };
    for (const number of numbers)
      await placeTurn(history, page(1, host).url, { ...turn, page: `month-${number}` }, NOW);
    asked.length = 0;
  };

  it('cost nothing where every page is fine or only suspect', async () => {
    const checks = [checkOf(page(1), 'ok'), checkOf(page(2, 'b.example'), 'suspect'), newCheck(page(3), NOW)];
    expect(await settleHosts({ history, log }, { checks, now: at(2) })).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('cost one read for each host with a page that is down, and no write before their time', async () => {
    await outage();
    const checks = [checkOf(page(1), 'down'), checkOf(page(2), 'down'), checkOf(page(3, 'b.example'), 'down')];
    const puts: unknown[] = [];
    const counted = { ...history, putBulletin: async (...args: unknown[]) => void puts.push(args) };
    expect(await settleHosts({ history: counted, log }, { checks, now: at(0.9) })).toEqual([]);
    expect([...asked].sort()).toEqual(['@b.example', '@chronicle.example']);
    expect(puts).toEqual([]);
  });

  it('count the pages of the host that are watched', async () => {
    await outage();
    const others = [
      checkOf(page(3), 'ok', { retired: true }),
      checkOf(page(4), 'ok'),
      checkOf(page(5, 'b.example'), 'ok'),
    ];
    const checks = [checkOf(page(1), 'down'), checkOf(page(2), 'down'), ...others];
    expect(await settleHosts({ history, log }, { checks, now: at(1) })).toEqual(['@chronicle.example']);
    const found = await history.bulletin('@chronicle.example');
    expect(found?.messages.map(({ subject }) => subject)).toEqual([
      '[Daybook] 2 of 3 pages of chronicle.example are down: captcha',
    ]);
    expect(await settleHosts({ history, log }, { checks, now: at(2) })).toEqual([]);
  });

  it.each<[string, CheckState[]]>([
    ['paused', [checkOf(page(1), 'down', { paused: true })]],
    ['removed', [checkOf(page(1), 'down', { retired: true })]],
    [
      'moved to another host',
      [checkOf({ ...page(1), url: page(1, 'b.example').url }, 'down'), checkOf(page(3), 'down')],
    ],
  ])('say that all can be read again where the page that is still down was %s', async (_, others) => {
    await outage();
    await settleHosts({ history, log }, { checks: [checkOf(page(1), 'down'), checkOf(page(2), 'down')], now: at(1) });
    await placeTurn(history, page(2).url, { page: 'month-2', kind: 'recovered', reason: 'captcha', seq: 2 }, at(2));
    const checks = [...others, checkOf(page(2), 'ok')];
    expect(await settleHosts({ history, log }, { checks, now: at(2.25) })).toEqual(['@chronicle.example']);
    const found = await history.bulletin('@chronicle.example');
    expect(found?.messages.at(-1)?.data).toMatchObject({ kind: 'host-recovered', recovered: ['month-2'], down: [] });
    expect(found?.outages.every(({ closed }) => closed)).toBe(true);
    expect(await settleHosts({ history, log }, { checks, now: at(50) })).toEqual([]);
  });

  it('are not written where all pages that are down were removed, and a later outage alerts at once', async () => {
    await outage();
    const checks = [1, 2].map((number) => checkOf(page(number), 'down', { retired: true }));
    expect(await settleHosts({ history, log }, { checks, now: at(2) })).toEqual(['@chronicle.example']);
    expect((await history.bulletin('@chronicle.example'))?.seq).toBe(0);
    expect(await settleHosts({ history, log }, { checks, now: at(3) })).toEqual([]);
    const turn = { page: 'month-3', kind: 'down' as const, reason: 'captcha', seq: 1 };
    expect(await placeTurn(history, page(3).url, turn, at(4))).toBe('alone');
  });

  it('name a page that was paused before the mail, for it is down when it is resumed', async () => {
    await outage();
    const checks = [checkOf(page(1), 'down'), checkOf(page(2), 'down', { paused: true })];
    await settleHosts({ history, log }, { checks, now: at(0.5) });
    expect(await settleHosts({ history, log }, { checks, now: at(1) })).toEqual(['@chronicle.example']);
    const found = await history.bulletin('@chronicle.example');
    expect(found?.messages.at(-1)?.data).toMatchObject({ kind: 'host-down', down: ['month-1', 'month-2'] });
  });

  it('of a page that was removed are not for ever looked for', async () => {
    await settleHosts({ history, log }, { checks: [checkOf(page(1), 'down', { retired: true })], now: at(6 * 24) });
    expect(asked).toEqual([]);
  });

  it('of one host are not kept back by the failure of another, which is logged and tried again', async () => {
    await outage('a.example');
    await outage('b.example', [3, 4]);
    const specs = [1, 2, 3, 4].map((number) => page(number, number < 3 ? 'a.example' : 'b.example'));
    const checks = specs.map((spec) => checkOf(spec, 'down'));
    let broken = true;
    const mended: HistoryStore = {
      ...history,
      putBulletin: async (next, expected) => {
        if (broken && next.pageId === '@a.example') throw new UnavailableError('the table is throttled');
        return history.putBulletin(next, expected);
      },
    };
    expect(await settleHosts({ history: mended, log }, { checks, now: at(1) })).toEqual(['@b.example']);
    expect(log.lines).toEqual([
      expect.objectContaining({
        level: 'warn',
        fields: expect.objectContaining({ host: 'a.example', code: 'unavailable', retryable: true }),
      }),
    ]);
    broken = false;
    expect(await settleHosts({ history: mended, log }, { checks, now: at(1.25) })).toEqual(['@a.example']);
  });

  it('are written once by two ticks at the same time', async () => {
    await outage();
    const checks = [checkOf(page(1), 'down'), checkOf(page(2), 'down')];
    const input = { checks, now: at(1) };
    await Promise.all([settleHosts({ history, log }, input), settleHosts({ history, log }, input)]);
    expect((await history.bulletin('@chronicle.example'))?.seq).toBe(1);
    expect(log.lines).toEqual([]);
  });

  it.each([51, 60, 75, 100, 149])('of %i hosts are looked for in turn, at most fifty at once', async (hosts) => {
    const checks = Array.from({ length: hosts }, (_, number) =>
      checkOf(page(number, `host-${number}.example`), 'down'),
    );
    const seen = new Set<string>();
    for (let tick = 0; tick < 12; tick += 1) {
      asked.length = 0;
      await settleHosts({ history, log }, { checks, now: at(tick / 4), tickMinutes: 15 });
      expect(asked).toHaveLength(HOSTS_A_TICK);
      for (const id of asked) seen.add(id);
    }
    expect(seen).toEqual(new Set(checks.map((check) => bulletinOf(check.page.url))));
  });
});
