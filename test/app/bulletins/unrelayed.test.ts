import { beforeEach, describe, expect, it } from 'vitest';
import { HOSTS_A_TICK } from '#app/bulletins/settle-hosts.ts';
import { writeUnrelayed } from '#app/bulletins/unrelayed.ts';
import type { HistoryStore } from '#app/ports.ts';
import { type CheckState, dueNow, newCheck } from '#core/schedule/check.ts';
import { createMemoryHistory } from '../../support/memory-history.ts';
import { countingBulletins, RecordingLog } from '../../support/recording.ts';

const NOW = '2026-03-01T12:00:00.000Z';
const DAY = 24 * 3_600_000;
const at = (days: number) => new Date(Date.parse(NOW) + days * DAY).toISOString();
const BOUNDS = { checkAtMostEvery: 30, checkAtLeastEvery: 1_440, checkClosedAtLeastEvery: 10_080 };

let history: HistoryStore;
let log: RecordingLog;
let asked: string[];
beforeEach(() => {
  ({ history, asked } = countingBulletins(createMemoryHistory()));
  log = new RecordingLog();
});

const checkOf = (number: number, more: Partial<CheckState> = {}, host = 'chronicle.example'): CheckState => {
  const page = {
    id: `month-${number}`,
    url: `https://${host}/${number}.htm`,
    name: null,
    rolling: false,
    series: null,
  };
  return { ...newCheck(page, NOW), lastCheckedAt: NOW, dueAt: at(1), ...more };
};
const tick = (checks: readonly CheckState[], days: number) =>
  writeUnrelayed({ history, log }, { checks, now: at(days), tickMinutes: 15, bounds: BOUNDS, relayed: () => true });
const messages = async (host = 'chronicle.example') => (await history.bulletin(`@${host}`))?.messages ?? [];
const subjects = async () => (await messages()).map(({ subject }) => subject.replace('[Daybook] ', ''));

describe('the mail about a relay that stopped', () => {
  it('stays small however many pages are missing', async () => {
    await tick(
      Array.from({ length: 20_000 }, (_, number) => checkOf(number)),
      4,
    );
    const [message] = await messages();
    expect(message?.data).toMatchObject({ kind: 'host-unrelayed', count: 20_000, of: 20_000 });
    expect(JSON.stringify(message).length).toBeLessThan(10_000);
  });

  it('does not come for a page that was resumed after a long time, until it was missing for long enough', async () => {
    const resumed = dueNow(checkOf(1, { lastCheckedAt: at(-400) }), at(0));
    await tick([resumed, checkOf(2)], 0);
    await tick([resumed, checkOf(2, { lastCheckedAt: at(1.9) })], 1.9);
    expect(await subjects()).toEqual([]);
    await tick([resumed, checkOf(2, { lastCheckedAt: at(2) })], 2.1);
    expect(await subjects()).toEqual(['1 of 2 pages of chronicle.example are not relayed']);
  });

  it('comes again where the host was checked meanwhile, however many pages it named before', async () => {
    await tick([checkOf(1), checkOf(2)], 4);
    // Taken out of "fetch.relayed" and put back a year later: nobody said that it is relayed again.
    const [one, other] = [1, 2].map((number) => checkOf(number, { lastCheckedAt: at(365), dueAt: at(366) }));
    if (one === undefined || other === undefined) throw new Error('no checks');
    await tick([one, other], 369);
    expect(await subjects()).toEqual(Array(2).fill('2 of 2 pages of chronicle.example are not relayed'));
  });

  it('names pages that stopped after the last mail, while others of it are relayed', async () => {
    await tick([checkOf(1), checkOf(2)], 4);
    const back = checkOf(1, { lastCheckedAt: at(5), dueAt: at(6) });
    await tick([back, checkOf(2)], 5.5);
    await tick([back, checkOf(2)], 9);
    await tick([back, checkOf(2)], 13);
    expect(await subjects()).toEqual(Array(2).fill('2 of 2 pages of chronicle.example are not relayed'));
  });
});

describe('many relayed hosts', () => {
  const hosts = (count: number, more: Partial<CheckState> = {}, name = 'h') =>
    Array.from({ length: count }, (_, number) => checkOf(number, more, `${name}${number}.example`));

  it('are looked at in turn, so that a tick reads a bounded number of items', async () => {
    await tick([...hosts(5_000), ...hosts(3_000, { lastCheckedAt: at(4) }, 'fine')], 4);
    expect(new Set(asked).size).toBe(2 * HOSTS_A_TICK);
  });

  it('have each its mail after some ticks, those with nothing to say do not delay it', async () => {
    const checks = [...hosts(2 * HOSTS_A_TICK), ...hosts(1_000, { lastCheckedAt: at(4) }, 'fine')];
    const found: string[] = [];
    for (let quarter = 0; quarter < 2; quarter += 1) found.push(...(await tick(checks, 4 + quarter / 96)));
    expect(new Set(found).size).toBe(2 * HOSTS_A_TICK);
  });
});
