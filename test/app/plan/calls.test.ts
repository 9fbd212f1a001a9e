import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonBytes } from '#app/batches.ts';
import { CALL_BYTES, callsOf, type FetchCall, FetchCalls, HOSTS_A_CALL } from '#app/plan/calls.ts';
import type { FetchJob } from '#app/ports.ts';

const job = (host: string, index: number, pad = 0): FetchJob => ({
  page: { id: `p-${index}`, url: `https://${host}/${index}`, name: null, rolling: false, series: null },
  dueAt: '2022-01-12T08:00:00.000Z',
  etag: 'x'.repeat(pad),
  lastModified: null,
  knownSha256: null,
  full: true,
  previous: null,
  expiresAt: '2022-01-12T08:13:00.000Z',
});
const jobs = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 4_000 })), { maxLength: 120 })
  .map((rows) => rows.map(([host, pad], index) => job(`h${host}.example`, index, pad)));
const hostsOf = (call: FetchCall) => new Set(call.jobs.map(({ page }) => new URL(page.url).host));

describe('the calls of a tick', () => {
  it('hold every job once, all of a host in one call, in the order of the tick', () => {
    fc.assert(
      fc.property(jobs, (planned) => {
        const calls = callsOf(planned);
        const hosts = calls.flatMap((call) => [...hostsOf(call)]);
        expect(new Set(hosts).size).toBe(hosts.length);
        const ordered = (list: readonly FetchJob[]) =>
          Object.fromEntries(hosts.map((host) => [host, list.filter(({ page }) => new URL(page.url).host === host)]));
        expect(ordered(calls.flatMap((call) => call.jobs))).toEqual(ordered(planned));
        expect(calls.flatMap((call) => call.jobs)).toHaveLength(planned.length);
      }),
    );
  });

  it('have at most ten hosts, and fit an asynchronous event', () => {
    fc.assert(
      fc.property(jobs, (planned) => {
        for (const call of callsOf(planned)) {
          expect(hostsOf(call).size).toBeLessThanOrEqual(HOSTS_A_CALL);
          if (hostsOf(call).size > 1) expect(jsonBytes(call)).toBeLessThanOrEqual(CALL_BYTES + 1_000);
        }
      }),
    );
  });

  it('take hosts together that take about as long: a call lasts as long as its slowest host', () => {
    const many = Array.from({ length: 50 }, (_, index) => job('long.example', index));
    const few = Array.from({ length: 19 }, (_, index) => job(`short${index}.example`, index));
    const alsoMany = Array.from({ length: 49 }, (_, index) => job('long2.example', index));
    const [first, second] = callsOf([...few.slice(0, 10), ...many, ...few.slice(10), ...alsoMany]);
    expect([...hostsOf(first ?? { jobs: [] })].slice(0, 2)).toEqual(['long.example', 'long2.example']);
    expect(second?.jobs.length).toBe(10);
  });

  it('are as few as that allows', () => {
    expect(callsOf(Array.from({ length: 20 }, (_, index) => job(`h${index}.example`, index)))).toHaveLength(2);
    expect(callsOf([])).toEqual([]);
  });
});

describe('handing over', () => {
  it('sends nothing before the tick has ended, and nothing twice', async () => {
    const sent: FetchCall[] = [];
    const calls = new FetchCalls({ send: async (call) => void sent.push(call) });
    await calls.send(job('a.example', 1));
    await calls.send(job('a.example', 2));
    expect(sent).toEqual([]);
    await calls.handOver();
    await calls.handOver();
    expect(sent).toEqual([{ jobs: [job('a.example', 1), job('a.example', 2)] }]);
  });

  it('sends the other calls where one is refused, and fails', async () => {
    let sent = 0;
    const send = async () => {
      sent += 1;
      if (sent === 1) throw new Error('no room');
    };
    const calls = new FetchCalls({ send });
    for (let index = 0; index < 25; index += 1) await calls.send(job(`h${index}.example`, index));
    await expect(calls.handOver()).rejects.toThrow('no room');
    expect(sent).toBe(3);
  });
});
