import { describe, expect, test } from 'vitest';
import { CALL_MINUTES, LEASE_MINUTES } from '#app/plan/tick.ts';
import { functionOf, type Name, template } from './service.ts';
import { resourcesOf } from './synth.ts';

describe('asynchronous calls', () => {
  const tries = (name: Name) => {
    const configs = Object.values(resourcesOf(template, 'AWS::Lambda::EventInvokeConfig')).map((one) => one.Properties);
    const own = configs.find((one) => JSON.stringify(one.FunctionName).includes(`${name}Function`));
    return own ?? expect.fail(name);
  };

  test.each(['Plan', 'Fetch', 'Ingest'] as const)('of %s that fail end with the dead letters', (name) => {
    const destination = JSON.stringify(tries(name).DestinationConfig);
    expect(destination).toMatch(/^\{"OnFailure":\{"Destination":\{"Fn::GetAtt":\["GivenUp/);
  });

  // A second call would ask hosts again while another call may have them.
  test('of fetch are made once, and begin before their jobs are planned again', () => {
    expect(tries('Fetch')).toMatchObject({ MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 900 });
    expect(CALL_MINUTES * 60).toBeLessThan(900);
    expect(CALL_MINUTES).toBeLessThan(LEASE_MINUTES);
  });

  test('of ingest are repeated, for hours where Lambda has no room', () => {
    expect(tries('Ingest')).toMatchObject({ MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 21_600 });
  });

  // The last request of a call may begin when the jobs expire.
  test('of fetch have time for a last request', () => {
    expect(Number(functionOf('Fetch').Timeout)).toBeGreaterThanOrEqual(CALL_MINUTES * 60 + 90);
  });
});
