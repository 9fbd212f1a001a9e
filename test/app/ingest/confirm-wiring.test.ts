import { afterEach, describe, expect, it } from 'vitest';
import * as aws from '#adapters/aws/compose.ts';
import * as local from '#adapters/local/compose.ts';
import { parseConfig } from '#core/config.ts';
import { DEFAULT_HEALTH_POLICY } from '#core/health/step.ts';
import { ENV } from '#core/names.ts';
import { memoryStore } from '../configured-world.ts';

const pages = [{ id: 'harbour', url: 'https://harbour.example/' }];
const series = [{ id: 'day', pattern: 'https://harbour.example/{yyyy}-{MM}-{dd}', from: '2022-01', hub: 'harbour' }];
const configured = parseConfig({
  pages,
  series,
  health: { downAfter: 7, confirmAfter: 4, confirmHours: 12 },
  schedule: { checkAtMostEvery: 45 },
});
const log = { info: () => {}, warn: () => {} };

const given: Record<string, string> = { [ENV.table]: 'history', [ENV.bucket]: 'captures', AWS_REGION: 'eu-central-1' };
const saved = new Map(Object.keys(given).map((name) => [name, process.env[name]]));
afterEach(() => {
  for (const [name, value] of saved) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
});

describe.each([
  [
    'on one machine',
    (config: typeof configured) => {
      const store = { ...memoryStore(), close: async () => {} };
      return local.composeTrack(store, config, { console: { send: async () => {} }, log, readerUrl: null }).deps;
    },
  ],
  [
    'in a function',
    (config: typeof configured) => {
      Object.assign(process.env, given);
      return aws.composeIngest(config);
    },
  ],
])('what ingests %s', (_, compose) => {
  it('accepts and suspects by the configuration', () => {
    expect(compose(configured).policy).toEqual({ downAfter: 7, confirmAfter: 4, confirmHours: 12 });
  });

  it('has the default policy without a configured one', () => {
    expect(compose(parseConfig({ pages })).policy).toEqual(DEFAULT_HEALTH_POLICY);
  });

  it('knows the bounds and the hubs', () => {
    const deps = compose(configured);
    expect(deps.bounds).toMatchObject({ checkAtMostEvery: 45, checkAtLeastEvery: 1_440 });
    expect(deps.hubs).toEqual({ series: configured.series, addresses: ['https://harbour.example/'] });
  });
});
