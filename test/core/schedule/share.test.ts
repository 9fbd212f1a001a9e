import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '#core/config.ts';
import { fairShare, tickBudget } from '#core/schedule/share.ts';

interface Due {
  readonly host: string;
  readonly at: number;
}
const share = (due: readonly Due[], limit: number, perHost = limit) =>
  fairShare(due, { limit, perHost }, (one) => one.host);
const backlog = (host: string, count: number, from: number): Due[] =>
  Array.from({ length: count }, (_, index) => ({ host, at: from + index }));
const countOf = (due: readonly Due[], host: string) => due.filter((one) => one.host === host).length;

describe('a tick is shared out among hosts', () => {
  it('takes everything, in its order, when there is room for all', () => {
    const due = [...backlog('slow', 3, 0), ...backlog('quick', 3, 10)];
    expect(share(due, 6)).toEqual(due);
  });

  it('does not let 300 overdue pages of one host hold up nine others', () => {
    const due = [
      ...backlog('slow', 300, 0),
      ...Array.from({ length: 9 }, (_, index) => backlog(`h${index}`, 10, 1_000)).flat(),
    ];
    const taken = share(due, 200);
    expect(taken).toHaveLength(200);
    for (let index = 0; index < 9; index += 1) expect(countOf(taken, `h${index}`)).toBe(10);
    expect(countOf(taken, 'slow')).toBe(110);
  });

  it('gives each host the same where none can have all', () => {
    const due = [...backlog('a', 50, 0), ...backlog('b', 50, 100), ...backlog('c', 50, 200)];
    const taken = share(due, 30);
    expect(['a', 'b', 'c'].map((host) => countOf(taken, host))).toEqual([10, 10, 10]);
  });

  it('takes the longest overdue of each host first, and keeps the order of all', () => {
    const due = [...backlog('a', 5, 0), ...backlog('b', 1, 2.5), ...backlog('a', 5, 5)].sort((x, y) => x.at - y.at);
    expect(share(due, 4).map((one) => one.at)).toEqual([0, 1, 2, 2.5]);
  });

  it('asks a host for no more than its share, even when no other host has a due page', () => {
    expect(share(backlog('a', 50, 0), 40, 7)).toEqual(backlog('a', 7, 0));
  });

  it('takes nothing of nothing', () => {
    expect(share([], 10)).toEqual([]);
  });

  it('takes each at most once, never more than it may, in order, and as much as it may', () => {
    const due = fc.array(fc.record({ host: fc.constantFrom('a', 'b', 'c', 'd'), at: fc.nat() }), { maxLength: 60 });
    fc.assert(
      fc.property(due, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 20 }), (all, limit, perHost) => {
        const taken = share(all, limit, perHost);
        expect(new Set(taken).size).toBe(taken.length);
        expect(taken).toEqual(all.filter((one) => taken.includes(one)));
        const hosts = ['a', 'b', 'c', 'd'];
        for (const host of hosts) expect(countOf(taken, host)).toBeLessThanOrEqual(perHost);
        const askable = hosts.reduce((sum, host) => sum + Math.min(perHost, countOf(all, host)), 0);
        expect(taken).toHaveLength(Math.min(limit, askable));
        // No host has two more than one that has pages left.
        for (const poor of hosts.filter((host) => countOf(taken, host) < Math.min(perHost, countOf(all, host))))
          for (const rich of hosts) expect(countOf(taken, rich)).toBeLessThanOrEqual(countOf(taken, poor) + 1);
      }),
    );
  });
});

describe('what a tick may take on', () => {
  const budget = (pages: number, schedule: object = {}, fetch: object = {}) =>
    tickBudget(parseConfig({ pages: [{ id: 'a', url: 'https://example.org/' }], schedule, fetch }), pages);

  it.each([
    ['few pages', 10, {}, 200],
    ['1,000 pages that may all change all the time', 1_000, {}, 500],
    ['1,000 pages that may change in every tick', 1_000, { checkAtMostEvery: 5 }, 1_000],
    ['more than a tick can send', 5_000, {}, 2_000],
    ['5,000 pages that rest', 5_000, { planEvery: 60, checkAtMostEvery: 1_440 }, 417],
    ['more than a tick can send, but all must be looked at every hour', 9_000, { checkAtLeastEvery: 60 }, 4_500],
  ])('%s', (_, pages, schedule, limit) => {
    expect(budget(pages, schedule).limit).toBe(limit);
  });

  it('is enough for every page within its longest pause, whatever is configured', () => {
    const every = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(
        every,
        fc.integer({ min: 30, max: 43_200 }),
        fc.integer({ min: 1, max: 20_000 }),
        (planEvery, longest, pages) => {
          const { limit } = budget(pages, { planEvery, checkAtLeastEvery: longest });
          expect((limit * longest) / planEvery).toBeGreaterThanOrEqual(pages);
        },
      ),
    );
  });

  it.each([
    ['two seconds apart', 15, 2, 257],
    ['a minute apart', 15, 60, 11],
    ['an hour apart', 15, 3_600, 1],
    ['without a gap', 1, 0, 60],
  ])('a host is asked %s, and for no more than fits', (_, planEvery, minGapSeconds, perHost) => {
    expect(budget(10, { planEvery }, { minGapSeconds }).perHost).toBe(perHost);
  });
});
