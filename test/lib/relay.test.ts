import { describe, expect, test } from 'vitest';
import { parseConfig } from '#core/config.ts';
import { deploymentOf } from '../../lib/config.ts';
import { resourcesOf, synthesize } from './synth.ts';

const { app, serviceTemplate } = synthesize({ relays: true });
const outputsOf = (template: typeof serviceTemplate) => Object.keys(template.findOutputs('*'));

describe('a deployment with relayed hosts', () => {
  test('has one policy for a relay, attached to nobody, and an output that names it', () => {
    const [[id = '', policy] = [], ...more] = Object.entries(resourcesOf(serviceTemplate, 'AWS::IAM::ManagedPolicy'));
    expect(more).toEqual([]);
    expect(Object.keys(policy?.Properties ?? {}).sort()).toEqual(['Description', 'Path', 'PolicyDocument']);
    expect(serviceTemplate.findOutputs('RelayPolicyArn')).toEqual({ RelayPolicyArn: { Value: { Ref: id } } });
  });

  test('names each action and resource, and no table', () => {
    const text = JSON.stringify(resourcesOf(serviceTemplate, 'AWS::IAM::ManagedPolicy'));
    expect([...text.matchAll(/"(?:s3|lambda|dynamodb|sns|sqs):\w+"/g)].map(([name]) => name).sort()).toEqual([
      '"lambda:InvokeFunction"',
      '"s3:GetObject"',
      '"s3:ListBucket"',
      '"s3:PutObject"',
    ]);
    expect(text).toMatch(/bodies\/\*.*captures\/\*/);
    expect(text).not.toMatch(/HistoryTable|evidence|revisions|"\*"/);
  });

  test('passes cdk-nag', () => {
    expect(() => app.synth()).not.toThrow();
  });
});

test('a deployment without relayed hosts has neither', () => {
  const { serviceTemplate: plain } = synthesize();
  expect(resourcesOf(plain, 'AWS::IAM::ManagedPolicy')).toEqual({});
  expect(outputsOf(plain)).not.toContain('RelayPolicyArn');
});

test.each([
  [['*'], true],
  [['a.example'], true],
  [[], false],
])('"fetch.relayed": %j decides', (relayed, relays) => {
  const config = parseConfig({ pages: [{ id: 'a', url: 'https://a.example/' }], fetch: { relayed } });
  expect(deploymentOf(config, '/p/daybook.config.ts').relays).toBe(relays);
});
