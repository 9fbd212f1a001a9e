import { describe, expect, it } from 'vitest';
import type { FetcherOptions } from '#adapters/http/fetcher.ts';
import type { LoopbackServer } from '../../support/loopback.ts';
import { asking, failed, fetcherFor, listening, response, site } from './harness.ts';

/** A clock that only sleeping moves. */
function simulated(): {
  now: () => number;
  sleep: (ms: number) => Promise<void>;
  slept: number[];
  advance: (ms: number) => void;
} {
  let now = Date.parse('2022-01-31T12:00:00Z');
  const slept: number[] = [];
  return {
    now: () => now,
    slept,
    advance: (ms) => {
      now += ms;
    },
    sleep: async (ms) => {
      slept.push(ms);
      now += ms;
    },
  };
}

/** A site that notes when each request came, by the simulated clock, and how many were there at once. */
async function watched(now: () => number): Promise<{ server: LoopbackServer; times: number[]; most: () => number }> {
  const times: number[] = [];
  let present = 0;
  let most = 0;
  const server = await listening((request, answer) => {
    times.push(now());
    present += 1;
    most = Math.max(most, present);
    setImmediate(() => {
      present -= 1;
      answer.writeHead(request.url === '/robots.txt' ? 404 : 200).end('x');
    });
  });
  return { server, times, most: () => most };
}

const calm: Partial<FetcherOptions> = { random: () => 0, robots: 'ignore' };

describe('one host', () => {
  it('gets one request at a time', async () => {
    const clock = simulated();
    const { server, times, most } = await watched(clock.now);
    const fetcher = fetcherFor([server], { ...calm, ...clock, minGapMs: 1000 });
    await Promise.all(Array.from({ length: 12 }, (_, i) => fetcher.fetch(asking(server.url(`/${i}`)))));
    expect([times.length, most()]).toEqual([12, 1]);
  });

  it('is asked again at once when the clock was set back, not only when it has caught up', async () => {
    const clock = simulated();
    const { server, times } = await watched(clock.now);
    const fetcher = fetcherFor([server], { ...calm, ...clock, minGapMs: 1000 });
    await fetcher.fetch(asking(server.url('/1')));
    clock.advance(-2 * 365 * 24 * 3_600_000);
    await fetcher.fetch(asking(server.url('/2')));
    await fetcher.fetch(asking(server.url('/3')));
    expect(clock.slept).toEqual([1000]);
    expect(times).toHaveLength(3);
  });

  it('gets its requests in the order of the calls', async () => {
    const { server } = await watched(Date.now);
    const fetcher = fetcherFor([server], calm);
    await Promise.all(Array.from({ length: 12 }, (_, i) => fetcher.fetch(asking(server.url(`/${i}`)))));
    expect(server.paths()).toEqual(Array.from({ length: 12 }, (_, i) => `/${i}`));
  });

  it('gets no request within the minimum gap, robots.txt and redirects included', async () => {
    const clock = simulated();
    const times: number[] = [];
    const server = await listening((request, answer) => {
      times.push(clock.now());
      if (request.url === '/robots.txt') answer.writeHead(404).end();
      else if (request.url === '/old') answer.writeHead(302, { location: '/new' }).end();
      else answer.end('x');
    });
    const fetcher = fetcherFor([server], { ...clock, minGapMs: 1000 });
    await Promise.all([fetcher.fetch(asking(server.url('/old'))), fetcher.fetch(asking(server.url('/b')))]);
    const gaps = times.slice(1).map((time, i) => time - (times[i] ?? 0));
    expect(gaps.length).toBe(3);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1000);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(1250);
  });

  it('gets no request within its crawl-delay', async () => {
    const clock = simulated();
    const server = await site({ '/robots.txt': 'User-agent: *\nCrawl-delay: 7', '/a': 'a', '/b': 'b' });
    const fetcher = fetcherFor([server], { ...clock, random: () => 0, minGapMs: 1000 });
    await fetcher.fetch(asking(server.url('/a')));
    await fetcher.fetch(asking(server.url('/b')));
    expect(clock.slept).toEqual([7000, 7000]);
  });

  it('with a crawl-delay over the limit is still read: robots.txt alone does not use it up', async () => {
    const clock = simulated();
    const server = await site({ '/robots.txt': 'User-agent: *\nCrawl-delay: 120', '/a': 'a' });
    const fetcher = fetcherFor([server], { ...clock, random: () => 0, maxWaitMs: 30_000 });
    expect(response(await fetcher.fetch(asking(server.url('/a')))).status).toBe(200);
    expect(clock.slept).toEqual([30_000]);
    const next = failed(await fetcher.fetch(asking(server.url('/a'))));
    expect(next).toMatchObject({ reason: 'postponed', retryAfterSeconds: 120 });
  });

  it('has jitter on its gap', async () => {
    const clock = simulated();
    const { server } = await watched(clock.now);
    const chances = [0, 0.5, 0.999];
    const fetcher = fetcherFor([server], { ...calm, ...clock, minGapMs: 1000, random: () => chances.shift() ?? 0 });
    for (const path of ['/a', '/b', '/c', '/d']) await fetcher.fetch(asking(server.url(path)));
    expect(clock.slept).toEqual([1000, 1125, 1250]);
  });

  it('that failed gets no request within the gap either', async () => {
    const clock = simulated();
    const { server } = await watched(clock.now);
    await server.close();
    const fetcher = fetcherFor([server], { ...calm, ...clock, minGapMs: 1000 });
    await fetcher.fetch(asking(server.url('/a')));
    await fetcher.fetch(asking(server.url('/b')));
    expect(clock.slept).toEqual([1000]);
  });
});

describe('two hosts', () => {
  it('do not wait for each other', async () => {
    let release: () => void = () => {};
    const slow = await listening((_request, answer) => {
      release = () => answer.end('late');
    });
    const quick = await site({ '/b': 'b' });
    const fetcher = fetcherFor([slow, quick], calm);
    const late = fetcher.fetch(asking(slow.url('/a')));
    expect(response(await fetcher.fetch(asking(quick.url('/b')))).status).toBe(200);
    await expect.poll(() => slow.requests.length).toBe(1);
    release();
    expect(response(await late).status).toBe(200);
  });

  it('that redirect to each other at the same time do not deadlock', async () => {
    const there: { a?: LoopbackServer; b?: LoopbackServer } = {};
    there.a = await listening((request, answer) => {
      if (request.url === '/from') answer.writeHead(302, { location: there.b?.url('/to') ?? '' }).end();
      else answer.end('a');
    });
    there.b = await listening((request, answer) => {
      if (request.url === '/from') answer.writeHead(302, { location: there.a?.url('/to') ?? '' }).end();
      else answer.end('b');
    });
    const { a, b } = there;
    const fetcher = fetcherFor([a, b], calm);
    const both = await Promise.all([fetcher.fetch(asking(a.url('/from'))), fetcher.fetch(asking(b.url('/from')))]);
    expect(both.map((outcome) => response(outcome).finalUrl)).toEqual([b.url('/to'), a.url('/to')]);
  });
});

describe('Retry-After', () => {
  it.each([
    [429, '30', 30],
    [503, '30', 30],
    [503, 'Mon, 31 Jan 2022 12:00:30 GMT', 30],
  ])('with %i and %s keeps every later request of that host waiting', async (status, value, seconds) => {
    const clock = simulated();
    const server = await site({ '/busy': { status, headers: { 'retry-after': value } }, '/p': 'x' });
    const fetcher = fetcherFor([server], { ...calm, ...clock });
    expect(response(await fetcher.fetch(asking(server.url('/busy')))).retryAfterSeconds).toBe(seconds);
    expect(response(await fetcher.fetch(asking(server.url('/p')))).status).toBe(200);
    expect(clock.slept).toEqual([seconds * 1000]);
  });

  it('over the limit postpones: nothing is sent, and the failure names the time', async () => {
    const clock = simulated();
    const server = await site({ '/busy': { status: 429, headers: { 'retry-after': '3600' } }, '/p': 'x' });
    const fetcher = fetcherFor([server], { ...calm, ...clock });
    await fetcher.fetch(asking(server.url('/busy')));
    clock.advance(600_000);
    const postponed = failed(await fetcher.fetch(asking(server.url('/p'))));
    expect(postponed).toMatchObject({ reason: 'postponed', retryable: true, retryAfterSeconds: 3000 });
    expect(server.paths()).toEqual(['/busy']);
    clock.advance(3_000_000);
    expect(response(await fetcher.fetch(asking(server.url('/p')))).status).toBe(200);
  });

  it('with 200 or 404 delays no other request', async () => {
    const clock = simulated();
    const server = await site({ '/p': { headers: { 'retry-after': '3600' }, body: 'x' } });
    const fetcher = fetcherFor([server], { ...calm, ...clock });
    expect(response(await fetcher.fetch(asking(server.url('/p')))).retryAfterSeconds).toBe(3600);
    expect(response(await fetcher.fetch(asking(server.url('/p')))).status).toBe(200);
    expect(clock.slept).toEqual([]);
  });
});
