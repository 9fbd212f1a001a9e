import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { fetchPage } from '#app/fetch/fetch.ts';
import { stepHealth } from '#app/history/step-health.ts';
import { ingest } from '#app/ingest/ingest.ts';
import { isBelieved } from '#app/ingest/types.ts';
import { notifyPage } from '#app/notify/notify.ts';
import { isAbsence } from '#core/health/failure.ts';
import type { HealthRecord } from '#core/health/record.ts';
import type { Verdict } from '#core/health/types.ts';
import { type Answer, RecordingNotifier } from '../../support/recording.ts';
import { blockPage, chroniclePage, REPORTS } from '../../support/sample-pages.ts';
import { HARBOUR, openWorld, PAGE, type Store, type World } from '../world.ts';

/** A month of a series before it is published. */
let store: Store;
let world: World;
const four = chroniclePage(REPORTS.slice(0, 4));
const absent = new TextEncoder().encode(
  '<!doctype html><title>Not found</title><h1>Not found</h1><p>No such page.</p>',
);
const challenge = new TextEncoder().encode(
  '<!doctype html><title>Just a moment</title><script>window._cf_chl_opt={}</script><p>Verify that you are human.</p>',
);

beforeEach(async () => {
  ({ store, world } = await openWorld(absent));
  world.pages = [{ ...PAGE, series: 'harbour' }];
  world.series = [HARBOUR];
  return () => store.close();
});

const says = (answer: Answer) => world.site.say(PAGE.url, answer);
const days = async (count: number) => {
  for (let day = 0; day < count; day += 1) await world.tomorrow();
};
const kinds = () => world.mailbox.sent.map(({ data }) => [data.kind, data.reason]);
const suppressed = async () =>
  (await store.history.alerts(PAGE.id)).flatMap((record) => record.suppressed.map((one) => one.reason));

describe('a month that is not published yet', () => {
  for (const status of [404, 410]) {
    it(`alerts nobody while it is ${status}, nor when it appears`, async () => {
      says({ body: absent, status });
      await days(6);
      expect(await suppressed()).toEqual(['never-published']);
      says({ body: four });
      await days(2);
      expect((await store.history.head(PAGE.id))?.revision).toBe(1);
      expect(await suppressed()).toEqual(expect.arrayContaining(['never-published', 'never-published']));
      expect(world.mailbox.sent).toEqual([]);
    });
  }

  const refusals: [string, Answer][] = [
    ['a denial', { body: blockPage(), status: 403 }],
    ['a demand to sign in', { body: blockPage(), status: 401 }],
    ['too many requests', { body: blockPage(), status: 429 }],
    ['a challenge', { body: challenge }],
    ['a challenge with the status of an absent page', { body: challenge, status: 404 }],
    ['robots.txt', { failure: 'robots' }],
    ['no answer', { failure: 'dns' }],
    ['content of another kind', { body: four, headers: { 'content-type': 'application/pdf' } }],
  ];
  for (const [what, answer] of refusals) {
    it(`alerts once of two weeks of ${what}, and once when it can be read`, async () => {
      says(answer);
      await days(14);
      expect(world.mailbox.sent.map(({ data }) => data.kind)).toEqual(['down']);
      says({ body: four });
      await days(2);
      expect(world.mailbox.sent.map(({ data }) => data.kind)).toEqual(['down', 'recovered']);
    });
  }

  it('alerts of a wall that comes after weeks of absence, and not of one bad day', async () => {
    says({ body: absent, status: 404 });
    await days(5);
    says({ failure: 'dns' });
    await days(2);
    says({ body: absent, status: 404 });
    await days(5);
    expect(world.mailbox.sent).toEqual([]);
    says({ body: blockPage(), status: 403 });
    await days(3);
    expect(kinds()).toEqual([['down', 'block-page']]);
  });

  it('whose outage was reported recovers with an alert, even if it was absent in between', async () => {
    says({ failure: 'robots' });
    await days(3);
    says({ body: absent, status: 404 });
    await days(4);
    says({ body: four });
    await days(1);
    expect(world.mailbox.sent.map(({ data }) => data.kind)).toEqual(['down', 'recovered']);
  });

  it('gets the same decision from a notifier that runs late', async () => {
    for (const answer of [{ body: absent, status: 404 }, { failure: 'dns' } as const, { body: four }]) {
      says(answer);
      for (let check = 0; check < 4; check += 1) {
        world.clock.advance({ hours: 25 });
        await world.plan();
        for (const job of world.fetchQueue.drain()) await fetchPage(world.fetchDeps, job);
        for (const seen of world.ingestQueue.drain()) await ingest(world.ingestDeps, seen);
      }
    }
    const mail = new RecordingNotifier();
    await notifyPage({ ...world.notifyDeps, channels: { mail } }, PAGE.id);
    expect(mail.sent.filter(({ topic }) => topic === 'health').map(({ data }) => data.kind)).toEqual([
      'down',
      'recovered',
    ]);
  });
});

describe('the health of an awaited page', () => {
  const bad = (reason: 'http-status' | 'unreachable' | 'soft-404', detail: string): Verdict => ({
    verdict: 'bad',
    reason,
    detail,
  });
  const verdict = fc.constantFrom<Verdict>(
    bad('http-status', 'HTTP 404'),
    bad('soft-404', 'the page is a notice'),
    bad('http-status', 'HTTP 403'),
    bad('unreachable', 'no such host'),
  );

  it('goes down once in each run of three answers that mean the same', () => {
    fc.assert(
      fc.property(fc.array(verdict, { maxLength: 30 }), (verdicts) => {
        let record: HealthRecord | null = null;
        let [run, events] = [0, 0];
        let before: boolean | null = null;
        for (const [index, one] of verdicts.entries()) {
          if (one.verdict === 'ok') continue;
          const means = isAbsence(one.reason, one.detail);
          run = means === before ? run + 1 : 1;
          before = means;
          if (run === 3) events += 1;
          const at = new Date(Date.UTC(2022, 0, 1, index)).toISOString();
          record = stepHealth('p', record, { at, verdict: one, fingerprint: null, awaited: true }).record;
          expect(record.state.state).toBe(run >= 3 ? 'down' : 'suspect');
          expect(record.events).toHaveLength(events);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('of a page that was seen does not turn: it is down for whatever reason comes', () => {
    let record: HealthRecord | null = null;
    for (const [hour, one] of [
      bad('http-status', 'HTTP 404'),
      bad('unreachable', 'x'),
      bad('soft-404', 'x'),
    ].entries()) {
      const at = new Date(Date.UTC(2022, 0, 1, hour)).toISOString();
      record = stepHealth('p', record, { at, verdict: one, fingerprint: null, awaited: false }).record;
    }
    expect(record?.state.state).toBe('down');
  });
});

describe('a check is a success', () => {
  it('only if the page was believed, not if a wall answered', async () => {
    says({ body: challenge });
    const { results: refused } = await world.turn();
    expect(refused.map(isBelieved)).toEqual([false]);
    says({ failure: 'dns' });
    expect((await world.tomorrow()).results.map(isBelieved)).toEqual([false]);
    says({ body: four });
    expect((await world.tomorrow()).results.map(isBelieved)).toEqual([true]);
    expect((await world.tomorrow()).results.map(isBelieved)).toEqual([true]);
  });
});
