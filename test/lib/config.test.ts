import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RootConstruct } from 'constructs';
import { afterAll, describe, expect, test } from 'vitest';
import config from '#config';
import { parseConfig } from '#core/config.ts';
import { configFileOf, deploymentOf, silenceWatch } from '../../lib/config.ts';
import rehearsal from '../e2e/rehearsal.config.ts';

const project = mkdtempSync(join(tmpdir(), 'daybook-config-'));
afterAll(() => rmSync(project, { recursive: true, force: true }));
writeFileSync(join(project, 'daybook.config.ts'), 'export default {};\n');
writeFileSync(join(project, 'other.config.ts'), 'export default {};\n');
function app(given?: string): RootConstruct {
  const root = new RootConstruct();
  if (given !== undefined) root.node.setContext('config', given);
  return root;
}

describe('the configuration file', () => {
  test('is daybook.config.ts unless the command line names another one', () => {
    expect(configFileOf(app(), project)).toBe(join(project, 'daybook.config.ts'));
    expect(configFileOf(app('other.config.ts'), project)).toBe(join(project, 'other.config.ts'));
    expect(configFileOf(app(join(project, 'other.config.ts')), project)).toBe(join(project, 'other.config.ts'));
  });

  test.each(['missing.config.ts', '../outside.config.ts', '/etc/hosts', 'nowhere/a.ts'])(
    'that is not a file of the project is refused with what was given and what to do: %s',
    (given) => {
      expect(() => configFileOf(app(given), project)).toThrow(
        `No configuration at "${given}": give -c config=PATH, a file inside the project.`,
      );
    },
  );
});

describe('the configuration of the stacks', () => {
  test('is the part of the configuration that shapes resources', () => {
    const parsed = parseConfig({
      pages: [{ id: 'a', url: 'https://example.org/' }],
      alerts: { emails: ['someone@example.org'] },
      schedule: { planEvery: 5, checkAtLeastEvery: 60 },
      captures: { keepUnusedDays: 90 },
      tags: { team: 'desk' },
    });
    expect(deploymentOf(parsed, '/p/daybook.config.ts', 'dev')).toEqual({
      stage: 'dev',
      tags: { team: 'desk' },
      configFile: '/p/daybook.config.ts',
      planEvery: 5,
      checkAtLeastEvery: 60,
      emails: ['someone@example.org'],
      access: 'token',
      budgetUsd: 5,
      relays: false,
      keepUnusedDays: 90,
      lockDays: null,
    });
  });
});

describe('the time without checks until an alarm', () => {
  const MINUTES_A_WEEK = 7 * 1_440;

  test.each([
    [15, 1_440, { period: 60, periods: 72 }],
    [15, 5, { period: 60, periods: 1 }],
    [15, 480, { period: 60, periods: 24 }],
    [60, 5, { period: 120, periods: 2 }],
    [45, 1_440, { period: 90, periods: 48 }],
    [50, MINUTES_A_WEEK - 211, { period: 100, periods: 100 }],
    [15, 4_000, { period: 60, periods: 168 }],
    [15, MINUTES_A_WEEK - 61, { period: 60, periods: 168 }],
  ])(
    'is three of the longest intervals: planned every %i, checked every %i minutes',
    (planEvery, checkAtLeastEvery, expected) => {
      expect(silenceWatch({ planEvery, checkAtLeastEvery })).toEqual(expected);
    },
  );

  test.each([
    [15, MINUTES_A_WEEK + 1],
    [15, MINUTES_A_WEEK],
    [15, MINUTES_A_WEEK - 60],
    [60, MINUTES_A_WEEK - 150],
    [1, 43_200],
  ])('is none when a week may pass between two checks, planned every %i, checked every %i', (planEvery, every) => {
    expect(silenceWatch({ planEvery, checkAtLeastEvery: every })).toBeNull();
  });

  test('is longer than the rest of a healthy page whose tick comes an interval late, whatever is configured', () => {
    for (let planEvery = 1; planEvery <= 60; planEvery += 1) {
      for (let every = 5; every <= 43_200; every += 61) {
        const watch = silenceWatch({ planEvery, checkAtLeastEvery: every });
        // A rest holds no more whole periods than this, however they lie: each of them would be without a check.
        const rest = Math.max(every, planEvery) + planEvery;
        if (watch !== null) expect(Math.floor(rest / watch.period)).toBeLessThan(watch.periods);
        else expect(every).toBeGreaterThan(MINUTES_A_WEEK - 400);
      }
    }
  });

  test('is never less than one interval and never more than CloudWatch can look back, in periods that hold a tick', () => {
    for (let planEvery = 1; planEvery <= 60; planEvery += 1) {
      for (let every = 1; every <= MINUTES_A_WEEK - 400; every += 97) {
        const { period, periods } = silenceWatch({ planEvery, checkAtLeastEvery: every }) ?? expect.fail();
        expect(period).toBeGreaterThanOrEqual(Math.max(60, 2 * planEvery));
        expect(period * periods).toBeGreaterThanOrEqual(Math.min(3 * every, MINUTES_A_WEEK - period));
        expect(period * periods).toBeLessThanOrEqual(MINUTES_A_WEEK);
        // No longer than an hour, or two ticks, beyond the three intervals.
        expect(period * periods).toBeLessThan(3 * Math.max(every, planEvery) + period);
      }
    }
  });
});

describe('the configurations in the repository', () => {
  test('are valid', () => {
    expect(parseConfig(config).pages.map((page) => page.id)).toEqual(['putin-2021']);
    expect(parseConfig(config).series.map((series) => [series.id, series.from])).toEqual([['putin', '2022-01']]);
    expect(parseConfig(rehearsal).fetch.allowLoopback).toBe(true);
  });

  test('that is the default never allows loopback', () => {
    expect(parseConfig(config).fetch.allowLoopback).toBe(false);
  });
});
