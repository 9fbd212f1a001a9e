import { beforeEach, describe, expect, it } from 'vitest';
import { UnavailableError } from '#app/errors.ts';
import { notifyPage } from '#app/notify/notify.ts';
import { verify } from '#app/verify/verify.ts';
import type { PageSpec } from '#core/history/types.ts';
import { RecordingNotifier } from '../../support/recording.ts';
import { blockPage, chroniclePage, REPORTS } from '../../support/sample-pages.ts';
import { openWorld, type Store, World } from '../world.ts';

/** Many pages of one host. */
let store: Store;
let world: World;
const good = chroniclePage(REPORTS.slice(0, 4));
const HOST = '@chronicle.example';

const page = (at: number): PageSpec => ({
  id: `month-${at}`,
  url: `https://chronicle.example/${at}.htm`,
  name: null,
  rolling: false,
  series: null,
});

beforeEach(async () => {
  ({ store, world } = await openWorld(good));
  return () => store.close();
});

const say = (body: Uint8Array, status: number, pages = world.pages) => {
  for (const { url } of pages) world.shows(body, status, url);
};
const watch = async (count: number) => {
  world.pages = Array.from({ length: count }, (_, at) => page(at));
  say(good, 200);
  await world.turn();
};
/** The loop runs so many hours, twice an hour. */
const hours = async (count: number) => {
  for (let half = 0; half < count * 2; half += 1) await world.after(0.5);
};
const mails = () => world.mailbox.sent.map(({ subject }) => subject);
const faults = async () => {
  const found: string[] = [];
  for await (const event of verify({ ...store, parser: world.parser, expires: false })) {
    if (event.type === 'finding') found.push(`${event.finding.where}: ${event.finding.problem}`);
  }
  return found;
};

describe('a blocked host of 62 pages', () => {
  it('is reported in at most three mails, from the block to the recovery two days later', async () => {
    await watch(62);
    say(blockPage(), 403);
    await hours(48);
    say(good, 200);
    await hours(30);
    expect(mails()).toHaveLength(3);
    expect(mails()[0]).toMatch(/^\[Daybook\] .* is down: block-page/);
    expect(mails()[1]).toMatch(/^\[Daybook\] \d+ of 62 pages of chronicle\.example are down: block-page$/);
    expect(mails()[2]).toBe('[Daybook] 62 of 62 pages of chronicle.example can be read again');
    const records = await Promise.all(world.pages.map(({ id }) => store.history.alerts(id)));
    const health = records.flat().filter(({ key }) => key.includes('/health/'));
    expect(health).toHaveLength(124);
    // What is not sent by itself names the outage whose mail reports it.
    const grouped = health.filter(({ sent }) => !sent);
    expect(grouped).toHaveLength(123);
    for (const { suppressed, group } of grouped) {
      expect(suppressed.map(({ reason }) => reason)).toEqual(['grouped']);
      expect(group).toBe(`${HOST}/outage/1`);
    }
    expect(await faults()).toEqual([]);
  }, 60_000);
});

describe('one page of many', () => {
  it('that goes down alone has alerts of its own', async () => {
    await watch(3);
    say(blockPage(), 403, [page(1)]);
    await hours(30);
    say(good, 200);
    await hours(30);
    expect(world.mailbox.sent.map(({ pageId, data }) => [pageId, data.kind])).toEqual([
      ['month-1', 'down'],
      ['month-1', 'recovered'],
    ]);
  });
});

describe('news', () => {
  it('stay one alert a page', async () => {
    await watch(3);
    say(chroniclePage(REPORTS.slice(0, 5)), 200);
    await hours(26);
    expect(world.mailbox.sent.map(({ topic }) => topic)).toEqual(['news', 'news', 'news']);
  });
});

describe('a mail about a host', () => {
  const down = async (count: number) => {
    await watch(count);
    say(blockPage(), 403);
  };

  it('reaches each channel, and one that failed gets it later under the same key', async () => {
    await down(3);
    await hours(40);
    const [mail, pager] = [new RecordingNotifier(), new RecordingNotifier()];
    // Both channels are new: they get what the host has to say.
    pager.failure = new UnavailableError('the pager is off');
    const deps = { ...world.notifyDeps, channels: { mail, pager } };
    await store.history.advanceCursor({ pageId: HOST, channel: 'pager', revision: 0, healthSeq: 0, version: 1 }, null);
    await expect(notifyPage(deps, HOST)).rejects.toThrow('the pager is off');
    pager.failure = null;
    await notifyPage(deps, HOST);
    await notifyPage(deps, HOST);
    expect(pager.keys()).toEqual([`${HOST}/message/1`]);
    expect(mail.keys()).toEqual([]);
    expect(pager.keys()).toEqual(world.mailbox.keys().filter((key) => key.startsWith(HOST)));
  });

  it('is lost by no death of the notifier, and what is repeated has its key', async () => {
    let deaths = 0;
    for (let dies = 1; dies <= 13; dies += 1) {
      await store.close();
      ({ store, world } = await openWorld(good));
      const real = store.history;
      let writes = 0;
      let dead = false;
      const mortal = <K extends 'recordAlert' | 'advanceCursor' | 'putBulletin'>(name: K) =>
        (async (...args: never[]) => {
          writes += 1;
          if (writes === dies) {
            dead = true;
            deaths += 1;
            throw new UnavailableError('died before a write');
          }
          await (real[name] as (...all: never[]) => Promise<void>)(...args);
        }) as (typeof real)[K];
      await watch(3);
      const [recordAlert, advanceCursor] = [mortal('recordAlert'), mortal('advanceCursor')];
      const history = { ...real, recordAlert, advanceCursor, putBulletin: mortal('putBulletin') };
      const mailbox = world.mailbox;
      world = new World({ ...store, history }, world.site, mailbox, world.clock);
      world.pages = [0, 1, 2].map(page);
      say(blockPage(), 403);
      for (let half = 0; half < 70; half += 1) {
        await world.after(0.5).catch((error: unknown) => expect(error).toBeInstanceOf(UnavailableError));
        // The stream delivers a failed batch again.
        if (dead) for (const id of [...world.pages.map((one) => one.id), HOST]) await notifyPage(world.notifyDeps, id);
        dead = false;
      }
      const keys = new Set(mailbox.keys());
      expect([dies, keys.size]).toEqual([dies, 2]);
      expect([...keys].filter((key) => key.startsWith(HOST))).toEqual([`${HOST}/message/1`]);
      expect(mailbox.sent.find(({ pageId }) => pageId === HOST)?.data.down).toHaveLength(3);
    }
    expect(deaths).toBe(13);
  }, 60_000);
});
