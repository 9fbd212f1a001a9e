import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adviceFor } from '#app/doctor/advice.ts';
import { type Around, clocksAhead, hostsOf, lastChecks } from '#app/doctor/pages.ts';
import { HEALTH_REASONS } from '#core/health/types.ts';
import { minutesAgo, NOW, page } from './pages.ts';

const AROUND: Around = { now: NOW, place: 'local', longestPause: 1_440, isTracked: true, start: 'Start it' };
const brief = (findings: readonly { check: string; level: string }[]) =>
  findings.map(({ check, level }) => `${check} ${level}`);

describe('the last checks', () => {
  it('are well where a page was checked and believed in time', () => {
    const findings = lastChecks([page('a'), page('b')], AROUND);
    expect(findings).toMatchObject([
      { check: 'checks', level: 'ok', what: 'Last check 20 minutes ago (2026-11-26T11:40Z)', todo: null },
      { check: 'believed', level: 'ok' },
    ]);
  });

  it('are a fault where they are late, which names the pages and how to start again', () => {
    const [checks] = lastChecks([page('a', { isOverdue: true }), page('b')], AROUND);
    expect(checks).toMatchObject({ level: 'fault', todo: 'Start it', facts: { late: 1, watched: 2 } });
    expect(checks?.what).toBe('Checks of 1 of 2 pages are late by more than three intervals: a');
  });

  it('are no fault in a folder that nothing tracks', () => {
    const old = { isOverdue: true, lastCheckedAt: minutesAgo(90_000), lastBelievedAt: minutesAgo(90_000) };
    expect(brief(lastChecks([page('a', old)], { ...AROUND, isTracked: false }))).toEqual([
      'checks note',
      'believed note',
    ]);
  });

  it('count a wall that answers as no success: nothing believed for three of the longest pauses is a fault', () => {
    const walled = (believed: number) => page('a', { state: 'down', lastBelievedAt: minutesAgo(believed) });
    expect(brief(lastChecks([walled(3 * 1_440)], AROUND))).toEqual(['checks ok', 'believed ok']);
    expect(brief(lastChecks([walled(3 * 1_440 + 1)], AROUND))).toEqual(['checks ok', 'believed fault']);
    expect(brief(lastChecks([walled(400)], { ...AROUND, longestPause: 120 }))).toEqual(['checks ok', 'believed fault']);
    expect(brief(lastChecks([page('a', { state: 'down', lastBelievedAt: null })], AROUND))[1]).toBe('believed fault');
  });

  it('are a note before the first check, and say nothing of what was believed', () => {
    const fresh = page('a', { lastCheckedAt: null, lastBelievedAt: null, state: 'unknown', revisions: 0 });
    expect(brief(lastChecks([fresh], AROUND))).toEqual(['checks note']);
    expect(brief(lastChecks([fresh, page('b')], AROUND))).toEqual(['checks ok', 'checks note', 'believed ok']);
  });

  it('leave out pages that are not watched', () => {
    expect(lastChecks([page('a', { isWatched: false, isOverdue: true })], AROUND)).toEqual([]);
  });
});

describe('pages that are not believed', () => {
  const refused = { state: 'down', reason: 'captcha', status: 403, since: minutesAgo(180) } as const;

  it('are one finding for a host and a reason, with what to do', () => {
    const pages = [page('a', refused), page('b', { ...refused, since: minutesAgo(60) }), page('c')];
    expect(hostsOf(pages, AROUND)).toEqual([
      {
        check: 'hosts',
        level: 'fault',
        what: 'chronicle.example: 2 pages refused for 3 hours (captcha, HTTP 403): a, b',
        todo: 'Open the address in a browser; if it answers there, ask the site for permission',
        facts: {
          host: 'chronicle.example',
          state: 'down',
          reason: 'captcha',
          status: 403,
          since: minutesAgo(180),
          pages: 2,
        },
      },
    ]);
  });

  it('are kept apart by host, state and reason; suspect ones are warnings', () => {
    const pages = [
      page('a', refused),
      page('b', { ...refused, url: 'https://other.example/' }),
      page('c', { ...refused, state: 'suspect' }),
      page('d', { ...refused, reason: 'shrunk', status: null }),
    ];
    expect(brief(hostsOf(pages, AROUND))).toEqual(['hosts fault', 'hosts fault', 'hosts warning', 'hosts fault']);
  });

  it.each([
    ['block-page', null],
    ['captcha', null],
    ['http-status', 401],
    ['http-status', 403],
    ['http-status', 429],
  ])('lead to the relay on AWS where the site refuses: %s %s', (reason, status) => {
    expect(adviceFor(reason, status, 'aws')).toMatch(/daybook relay --aws.*docs\/relay\.md/);
    expect(adviceFor(reason, status, 'local')).not.toMatch(/relay/);
  });

  it.each([
    ['robots', /fetch\.robots/],
    ['refused', /fetch\.hosts/],
    ['unreachable', /name/],
    ['too-large', /fetch\.maxBytes/],
  ])('have advice of their own for %s, also on AWS', (reason, advice) => {
    expect(adviceFor(reason, null, 'aws')).toMatch(advice);
    expect(adviceFor(reason, null, 'aws')).not.toMatch(/relay/);
  });

  it('have advice whatever the reason, also for one of a later version', () => {
    for (const reason of [...HEALTH_REASONS, 'of-tomorrow', null]) {
      expect(adviceFor(reason, null, 'local')).toMatch(/^[A-Z].{10}/);
    }
  });

  it('are a note where a member of a series is not published yet', () => {
    const coming = page('a-2026-12', { ...refused, reason: 'http-status', status: 404, isUnpublished: true });
    expect(brief(hostsOf([coming, page('b')], AROUND))).toEqual(['hosts ok', 'hosts note']);
  });

  it('are each named or counted once, whatever there is', () => {
    const any = fc.record({
      state: fc.constantFrom('ok', 'suspect', 'down', 'unknown'),
      reason: fc.constantFrom('captcha', 'robots', 'shrunk'),
      host: fc.constantFrom('a.example', 'b.example'),
      isWatched: fc.boolean(),
      isUnpublished: fc.boolean(),
    } as const);
    fc.assert(
      fc.property(fc.array(any, { maxLength: 30 }), (all) => {
        const pages = all.map(({ host, ...rest }, at) => page(`p${at}`, { ...rest, url: `https://${host}/` }));
        const counted = hostsOf(pages, AROUND).reduce((sum, { facts }) => sum + Number(facts.pages ?? 0), 0);
        const isBad = ({ state }: { state: string }) => state === 'suspect' || state === 'down';
        expect(counted).toBe(pages.filter((one) => one.isWatched && (one.isUnpublished || isBad(one))).length);
      }),
    );
  });
});

describe('clocks', () => {
  it('are a fault where a time is ahead by more than two clocks may differ', () => {
    expect(clocksAhead([page('a', { lastCheckedAt: minutesAgo(-4) })], NOW)).toEqual([]);
    expect(clocksAhead([page('a', { lastCheckedAt: minutesAgo(-6) })], NOW)).toMatchObject([
      { level: 'fault', what: '1 page with times in the future: a' },
    ]);
  });
});
