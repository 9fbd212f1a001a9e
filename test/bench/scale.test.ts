import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { EventClock } from '../../bench/scale/clock.ts';
import { type Day, type DayOptions, START, simulateDay } from '../../bench/scale/day.ts';
import { Account, LambdaFunction, type Life } from '../../bench/scale/lambda.ts';
import { PageTimes } from '../../bench/scale/page-times.ts';
import { faultsOf, type HostReport, hostReports } from '../../bench/scale/report.ts';
import { World } from '../../bench/scale/world.ts';

const OPTIONS: DayOptions = {
  pages: 200,
  hosts: 10,
  hours: 6,
  seed: 1,
  concurrency: 10,
  atLeastEvery: 120,
  memory: { plan: 0.5, fetch: 0.5, ingest: 1.73 },
};

describe('six simulated hours of 200 pages, in an account that lets ten calls run at once', () => {
  let day: Day;
  let hosts: HostReport[];
  beforeAll(async () => {
    day = await simulateDay(OPTIONS);
    hosts = hostReports(day);
  });

  it('hold every bar, on hosts of each kind', () => {
    expect(faultsOf(day, hosts)).toEqual([]);
    expect(new Set(hosts.map(({ kind }) => kind)).size).toBe(7);
    expect(day.mostAtOnce).toBeLessThanOrEqual(10);
  });

  it('keep each host within its delay, its Retry-After, and one request at a time', () => {
    for (const host of hosts) expect([host.name, host.tooEarly, host.mostAtOnce]).toEqual([host.name, 0, 1]);
    const gap = (kind: HostReport['kind']) => hosts.find((host) => host.kind === kind)?.shortestGapMs;
    expect(gap('delay 10')).toBeGreaterThanOrEqual(10_000);
    expect(gap('delay 30')).toBeGreaterThanOrEqual(30_000);
    expect(gap('plain')).toBeGreaterThanOrEqual(2_000);
  });

  it('look at every page, and lose no job', () => {
    expect(hosts.filter(({ load }) => load > 1)).toEqual([]);
    expect(day.times.looks).toBeGreaterThan(200 * 3);
    expect([day.expired, day.checks.leasedAgain]).toEqual([0, 0]);
    expect(day.changes).toBeGreaterThan(50);
  });

  it('ask for robots.txt no more than once a host and call', () => {
    for (const host of day.hosts) expect(host.robots).toBeLessThanOrEqual(day.ticks);
  });

  it('are the same again with the same seed', async () => {
    const small = { ...OPTIONS, pages: 40, hours: 2 };
    const [one, two] = [await simulateDay(small), await simulateDay(small)];
    expect(hostReports(two)).toEqual(hostReports(one));
    expect(two.functions).toEqual(one.functions);
  });
});

describe('the report', () => {
  const host: HostReport = {
    name: 'a.example',
    kind: 'plain',
    pages: 3,
    requests: 9,
    shortestGapMs: 2_000,
    tooEarly: 0,
    mostAtOnce: 1,
    load: 0.5,
    longestMinutes: 400,
    allowedMinutes: 376,
    late: 0,
  };
  const ran = { killed: 0, givenUp: 0 };
  const day = { functions: { plan: ran, fetch: ran, ingest: ran } } as unknown as Day;

  it('finds a page that waited for too long, unless its host cannot be asked so often', () => {
    expect(faultsOf(day, [{ ...host, late: 2 }])).toEqual(['2 pages of a.example waited for up to 400 minutes']);
    expect(faultsOf(day, [{ ...host, late: 2, load: 1.01 }])).toEqual([]);
  });

  it('finds requests that came too early, and calls that were lost', () => {
    expect(faultsOf(day, [{ ...host, tooEarly: 1 }])).toHaveLength(1);
    const lost = {
      ...day,
      functions: { ...day.functions, fetch: { ...ran, killed: 1, givenUp: 2 } },
    } as unknown as Day;
    expect(faultsOf(lost, [host])).toHaveLength(2);
  });
});

describe('a site of the simulation', () => {
  const asked = async (...pauses: number[]) => {
    const clock = new EventClock(START);
    const world = new World(clock, { hosts: 10, pages: 20, seed: 1, minGapMs: 2_000, start: START });
    const [host] = world.hosts;
    if (host === undefined) throw new Error('no host');
    const url = new URL(`https://${host.name}/${host.pages[0]}`);
    const answers = (async () => {
      for (const pause of pauses) {
        await clock.sleep(pause);
        await world.ask(url, {}, 60_000);
      }
    })();
    await clock.runUntil(START + 3_600_000);
    await answers;
    return host;
  };

  it('notices a request that comes before the gap is over', async () => {
    expect(await asked(0, 1_999)).toMatchObject({ requests: 2, tooEarly: 1, shortestGap: 1_999 });
    expect(await asked(0, 2_000, 5_000)).toMatchObject({ requests: 3, tooEarly: 0, shortestGap: 2_000 });
  });

  it('notices two requests at once', async () => {
    const clock = new EventClock(START);
    const world = new World(clock, { hosts: 10, pages: 20, seed: 1, minGapMs: 2_000, start: START });
    const url = new URL(`https://${world.hosts[0]?.name}/robots.txt`);
    const both = Promise.all([world.ask(url, {}, 60_000), world.ask(url, {}, 60_000)]);
    await clock.runUntil(START + 60_000);
    await both;
    expect(world.hosts[0]).toMatchObject({ most: 2, tooEarly: 1 });
  });

  it('serves all pages that were asked for, some to each host', () => {
    const sizes = fc.record({ hosts: fc.integer({ min: 2, max: 120 }), pages: fc.integer({ min: 300, max: 3_000 }) });
    fc.assert(
      fc.property(sizes, (size) => {
        const { hosts } = new World(new EventClock(START), { ...size, seed: 1, minGapMs: 2_000, start: START });
        const pages = hosts.flatMap((host) => host.pages);
        expect(new Set(pages).size).toBe(size.pages);
        expect(Math.min(...hosts.map((host) => host.pages.length))).toBeGreaterThan(0);
      }),
      { numRuns: 30 },
    );
  });
});

describe('a function of the simulation', () => {
  const setup = {
    name: 'fetch',
    memoryGb: 0.5,
    timeoutMs: 10_000,
    retries: 0,
    maxAgeMs: 60_000,
  };
  const run = async (limit: number, works: readonly number[]) => {
    const clock = new EventClock(START);
    const ends: number[] = [];
    const start = (life: Life) => async (ms: number) => {
      await life.sleep(ms);
      ends.push(ms);
    };
    const account = new Account(clock, limit);
    const own = new LambdaFunction<number>(account, { ...setup, start });
    for (const ms of works) own.invoke(ms);
    await clock.runUntil(START + 600_000);
    return { ...own.ran, ends, most: account.most };
  };

  it('is ended at its time limit, and does nothing afterwards', async () => {
    expect(await run(10, [1_000, 11_000])).toMatchObject({ ends: [1_000], killed: 1, givenUp: 1, longestMs: 10_000 });
  });

  it('is put off while the account has no room, and given up after a while', async () => {
    const few = await run(2, [8_000, 8_000, 8_000]);
    expect(few).toMatchObject({ most: 2, ends: [8_000, 8_000, 8_000], givenUp: 0 });
    expect(few.throttled).toBeGreaterThan(0);
    expect(
      (
        await run(
          1,
          Array.from({ length: 60 }, () => 8_000),
        )
      ).givenUp,
    ).toBeGreaterThan(0);
  });
});

it('a page that waits when the day ends has waited until then', () => {
  const times = new PageTimes();
  times.begin('a', 0);
  times.saw('a', 10);
  times.end(70);
  expect([times.longest('a'), times.looks]).toEqual([60, 1]);
});
