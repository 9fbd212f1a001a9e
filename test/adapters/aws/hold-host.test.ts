import { describe, expect, it } from 'vitest';
import { holdHost } from '#adapters/aws/hold-host.ts';
import type { Observation } from '#app/ports.ts';

const page = { id: 'a', url: 'https://example.org/a', name: null, rolling: false, series: null };
const base = { page, dueAt: '2022-01-12T08:00:00.000Z', observedAt: '2022-01-12T08:00:01.000Z', full: true };
const failed = (reason: string): Observation => ({
  ...base,
  kind: 'failed',
  reason,
  message: reason,
  retryAfterSeconds: null,
});

async function held(observation: Observation | null, gapMs = 2_000): Promise<number[]> {
  const pauses: number[] = [];
  await holdHost(observation, gapMs, async (milliseconds) => pauses.push(milliseconds));
  return pauses;
}

describe('the pause between two jobs of a host, across instances', () => {
  it.each<[string, Observation]>([
    ['a capture', { ...base, kind: 'captured', captureId: '20220112T080000000Z' }],
    ['nothing new', { ...base, kind: 'unchanged' }],
    ['no answer in time', failed('timeout')],
    ['no connection', failed('connect')],
    ['a refusal by robots.txt, which was asked for', failed('robots')],
  ])('is held after %s', async (_, observation) => {
    expect(await held(observation)).toEqual([2_000]);
  });

  it.each<[string, Observation | null]>([
    ['a job that had expired', null],
    ['a host that is not configured', failed('off-list')],
    ['an address that is none', failed('bad-url')],
    ['a host that wants to be left alone', failed('postponed')],
  ])('is not held after %s: nothing was sent', async (_, observation) => {
    expect(await held(observation)).toEqual([]);
  });

  it('is bounded, since a waiting function costs money', async () => {
    expect(await held({ ...base, kind: 'unchanged' }, 3_600_000)).toEqual([60_000]);
  });

  it('is zero without a configured one', async () => {
    expect(await held({ ...base, kind: 'unchanged' }, 0)).toEqual([]);
  });
});
