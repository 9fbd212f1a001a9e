import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_HEALTH_POLICY, type HealthPolicy, type HealthState, healthy, step } from '#core/health/index.ts';
import type { HealthReason, Verdict } from '#core/health/types.ts';

const START = '2022-01-01T00:00:00.000Z';
const at = (minutes: number): string => new Date(Date.parse(START) + minutes * 60_000).toISOString();
const OK: Verdict = { verdict: 'ok' };
const bad = (reason: HealthReason): Verdict => ({ verdict: 'bad', reason, detail: `it is ${reason}` });

interface Check {
  readonly minute: number;
  readonly verdict: Verdict;
  readonly fingerprint?: string | null;
}

function run(checks: readonly Check[], policy: HealthPolicy = DEFAULT_HEALTH_POLICY) {
  let health: HealthState = healthy(START);
  return checks.map(({ minute, verdict, fingerprint = null }) => {
    const result = step(health, { verdict, at: at(minute), fingerprint }, policy);
    health = result.health;
    return result;
  });
}
const states = (results: ReturnType<typeof run>): string[] => results.map((result) => result.health.state);
const events = (results: ReturnType<typeof run>) => results.map((result) => result.event);

describe('a clock that was set back', () => {
  it('restarts the hours of a candidate, and keeps its count', () => {
    const shrunk = (minute: number): Check => ({ minute, verdict: bad('shrunk'), fingerprint: 'f' });
    const twoYears = 2 * 365 * 24 * 60;
    const results = run([shrunk(twoYears), shrunk(0), shrunk(60), shrunk(119), shrunk(120)]);
    expect(results.map(({ accepted }) => accepted)).toEqual([false, false, false, false, true]);
  });
});

describe('a page goes down', () => {
  it('after three bad checks in a row, with one alert, and comes back with one', () => {
    const verdicts = [OK, bad('captcha'), bad('captcha'), bad('captcha'), bad('captcha'), OK, OK];
    const results = run(verdicts.map((verdict, i) => ({ minute: i * 10, verdict })));
    expect(states(results)).toEqual(['ok', 'suspect', 'suspect', 'down', 'down', 'ok', 'ok']);
    expect(events(results)).toEqual([null, null, null, 'down', null, 'recovered', null]);
  });

  it('after as many bad checks as in the policy', () => {
    const checks = Array.from({ length: 5 }, (_, i) => ({ minute: i, verdict: bad('unreachable') }));
    expect(events(run(checks, { ...DEFAULT_HEALTH_POLICY, downAfter: 5 }))).toEqual([null, null, null, null, 'down']);
    expect(events(run(checks, { ...DEFAULT_HEALTH_POLICY, downAfter: 1 }))).toEqual(['down', null, null, null, null]);
  });

  it('whatever the reasons are, and keeps the newest reason', () => {
    const reasons: HealthReason[] = ['unreachable', 'http-status', 'block-page', 'maintenance'];
    const results = run(reasons.map((reason, i) => ({ minute: i, verdict: bad(reason) })));
    expect(results.at(2)?.health).toMatchObject({ state: 'down', reason: 'block-page', since: at(2), badChecks: 3 });
    expect(results.at(3)?.health).toMatchObject({ state: 'down', reason: 'maintenance', since: at(2), badChecks: 4 });
  });

  it('not when a good check is between, and then sends no alert', () => {
    const verdicts = [bad('captcha'), bad('captcha'), OK, bad('captcha'), bad('captcha'), OK];
    const results = run(verdicts.map((verdict, i) => ({ minute: i, verdict })));
    expect(states(results)).toEqual(['suspect', 'suspect', 'ok', 'suspect', 'suspect', 'ok']);
    expect(events(results).every((event) => event === null)).toBe(true);
  });

  it('and its state has the time of the transition', () => {
    const results = run([
      { minute: 0, verdict: OK },
      { minute: 10, verdict: bad('empty') },
      { minute: 20, verdict: bad('empty') },
      { minute: 30, verdict: OK },
      { minute: 40, verdict: OK },
    ]);
    expect(results.map((result) => result.health.since)).toEqual([START, at(10), at(10), at(30), at(30)]);
  });
});

describe('a mass change', () => {
  const shrunk = (minute: number, fingerprint: string | null = 'new') => ({
    minute,
    verdict: bad('shrunk'),
    fingerprint,
  });

  it('is accepted after three equal checks over two hours, without any alert', () => {
    const results = run([shrunk(0), shrunk(60), shrunk(120)]);
    expect(results.map((result) => result.accepted)).toEqual([false, false, true]);
    expect(states(results)).toEqual(['suspect', 'suspect', 'ok']);
    expect(events(results)).toEqual([null, null, null]);
    expect(results.at(-1)?.health).toEqual(healthy(at(120)));
  });

  it('is not accepted sooner, however often it is seen, and the page does not go down', () => {
    const results = run([0, 10, 20, 30, 40, 119, 120].map((minute) => shrunk(minute)));
    expect(results.map((result) => result.accepted)).toEqual([false, false, false, false, false, false, true]);
    expect(events(results).every((event) => event === null)).toBe(true);
  });

  it('is not accepted after two checks, however far apart', () => {
    expect(run([shrunk(0), shrunk(600)]).at(-1)?.accepted).toBe(false);
  });

  it('that changes again starts from the first check, and a page that changes at each check goes down', () => {
    const results = run([shrunk(0, 'a'), shrunk(100, 'a'), shrunk(200, 'b'), shrunk(300, 'c'), shrunk(400, 'd')]);
    expect(results.some((result) => result.accepted)).toBe(false);
    expect(events(results)).toEqual([null, null, 'down', null, null]);
    expect(results.at(-1)?.health.candidate).toEqual({
      fingerprint: 'd',
      seen: 1,
      firstSeenAt: at(400),
      lastSeenAt: at(400),
    });
  });

  it('starts again after a block page: its checks were not in a row', () => {
    const results = run([shrunk(0), shrunk(60), { minute: 90, verdict: bad('captcha') }, shrunk(120), shrunk(180)]);
    expect(results.some((result) => result.accepted)).toBe(false);
    expect(results.at(2)?.health.candidate).toBeNull();
  });

  it('starts again after the old text was back', () => {
    const results = run([shrunk(0), shrunk(60), { minute: 90, verdict: OK, fingerprint: 'old' }, shrunk(150)]);
    expect(results.map((result) => result.accepted)).toEqual([false, false, false, false]);
    expect(results.at(-1)?.health.candidate?.seen).toBe(1);
  });

  it('on a page that is down is accepted too, and the page has recovered', () => {
    const down = [0, 1, 2].map((minute) => ({ minute, verdict: bad('captcha') }));
    const results = run([...down, shrunk(10), shrunk(70), shrunk(130)]);
    expect(results.at(-1)).toMatchObject({ accepted: true, event: 'recovered', health: { state: 'ok' } });
  });

  it('is only a text that shrank or was replaced: a captcha that stays for days is never accepted', () => {
    const walls: HealthReason[] = [
      'captcha',
      'block-page',
      'maintenance',
      'soft-404',
      'truncated',
      'empty',
      'redirected',
    ];
    for (const reason of walls) {
      const checks = Array.from({ length: 100 }, (_, i) => ({
        minute: i * 60,
        verdict: bad(reason),
        fingerprint: 'same',
      }));
      expect(run(checks).some((result) => result.accepted)).toBe(false);
    }
  });

  it('without a fingerprint is not accepted', () => {
    expect(run([0, 100, 200, 300].map((minute) => shrunk(minute, null))).some((result) => result.accepted)).toBe(false);
  });

  it('is accepted after as many checks as in the policy', () => {
    const policy = { downAfter: 3, confirmAfter: 2, confirmHours: 0 };
    expect(run([shrunk(0), shrunk(1)], policy).map((result) => result.accepted)).toEqual([false, true]);
  });
});

describe('over any run of checks', () => {
  const verdicts = fc.oneof(
    fc.constant(OK),
    fc.constantFrom<HealthReason>('captcha', 'shrunk', 'mass-change', 'unreachable').map(bad),
  );
  const checks = fc.array(
    fc.record({
      verdict: verdicts,
      fingerprint: fc.constantFrom('a', 'b', null),
      gap: fc.integer({ min: 1, max: 90 }),
    }),
    { maxLength: 60 },
  );
  const timed = checks.map((list) => {
    let minute = 0;
    return list.map(({ verdict, fingerprint, gap }) => {
      minute += gap;
      return { minute, verdict, fingerprint };
    });
  });

  it('down and recovered alternate, beginning with down', () => {
    fc.assert(
      fc.property(timed, (list) => {
        const sent = events(run(list)).filter((event) => event !== null);
        sent.forEach((event, i) => {
          expect(event).toBe(i % 2 === 0 ? 'down' : 'recovered');
        });
      }),
    );
  });

  it('only a page that is not ok has a reason, bad checks and a candidate', () => {
    fc.assert(
      fc.property(timed, (list) => {
        for (const { health } of run(list)) {
          expect(health.state === 'ok').toBe(
            health.reason === null && health.badChecks === 0 && health.candidate === null,
          );
          if (health.candidate !== null) expect(health.candidate.seen).toBeLessThanOrEqual(health.badChecks);
        }
      }),
    );
  });

  it('a good check makes the page ok, whatever came before', () => {
    fc.assert(
      fc.property(timed, (list) => {
        const results = run(list);
        list.forEach(({ verdict }, i) => {
          if (verdict.verdict === 'ok') expect(results[i]?.health.state).toBe('ok');
        });
      }),
    );
  });

  it('a state survives being stored as JSON', () => {
    fc.assert(
      fc.property(timed, (list) => {
        for (const { health } of run(list)) expect(JSON.parse(JSON.stringify(health))).toEqual(health);
      }),
    );
  });
});
