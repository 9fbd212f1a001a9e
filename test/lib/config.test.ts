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
      keepUnusedDays: 90,
      lockDays: null,
    });
  });
});

describe('the time without checks until an alarm', () => {
  const MINUTES_A_WEEK = 7 * 1_440;

  test.each([
    [15, 1_440, { period: 60, periods: 72 }],
    [15, 5, { period: 5, periods: 9 }],
    [15, 480, { period: 5, periods: 288 }],
    [60, 5, { period: 5, periods: 36 }],
    [15, 4_000, { period: 60, periods: 168 }],
    [15, MINUTES_A_WEEK, { period: 60, periods: 168 }],
  ])(
    'is three of the longest intervals: planned every %i, checked every %i minutes',
    (planEvery, checkAtLeastEvery, expected) => {
      expect(silenceWatch({ planEvery, checkAtLeastEvery })).toEqual(expected);
    },
  );

  test('is none when a week may pass between two checks: CloudWatch looks back no further', () => {
    expect(silenceWatch({ planEvery: 15, checkAtLeastEvery: MINUTES_A_WEEK + 1 })).toBeNull();
  });

  test('is never less than one interval and never more than CloudWatch can look back', () => {
    for (let every = 1; every <= MINUTES_A_WEEK; every += 7) {
      const watch = silenceWatch({ planEvery: 1, checkAtLeastEvery: every }) ?? expect.fail();
      const minutes = watch.period * watch.periods;
      expect(minutes).toBeGreaterThanOrEqual(every);
      expect(minutes).toBeLessThanOrEqual(watch.period < 60 ? 1_440 : MINUTES_A_WEEK);
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
