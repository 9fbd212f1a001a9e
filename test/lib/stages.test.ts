import { RootConstruct } from 'constructs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ENV, stacksOf } from '#core/names.ts';
import { stageOf } from '../../lib/config.ts';
import { maskedJson, resourcesOf, synthesize } from './synth.ts';

const rootWith = (stage?: unknown) => {
  const root = new RootConstruct();
  if (stage !== undefined) root.node.setContext('stage', stage);
  return root;
};

describe('the stage of a synthesis', () => {
  test('is the one without a name unless -c stage=NAME is given', () => {
    expect(stageOf(rootWith())).toBeNull();
    expect(stageOf(rootWith('dev'))).toBe('dev');
  });

  test.each(['', 'Dev', '1st', 'a-b', 'x'.repeat(17), 'dév', 'dev ', true, 7])(
    'is refused in one sentence, with what was given and what to do: %s',
    (given) => {
      expect(() => stageOf(rootWith(given))).toThrow(`No stage can be called "${given}": give -c stage=NAME,`);
    },
  );

  test('that is taken can be part of the name of a stack, which CloudFormation keeps to letters, digits and hyphens', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), (given) => {
        let stage: string | null;
        try {
          stage = stageOf(rootWith(given));
        } catch (error) {
          expect(String(error)).not.toContain('\n    at ');
          return;
        }
        for (const name of Object.values(stacksOf(stage))) expect(name).toMatch(/^[A-Za-z][A-Za-z0-9-]{0,127}$/);
      }),
    );
  });
});

describe('a stage with a name', () => {
  const dev = synthesize({ stage: 'dev', emails: ['owner@example.org'] });
  const plain = synthesize({ emails: ['owner@example.org'] });
  const variablesOf = ({ serviceTemplate }: typeof dev) =>
    Object.values(resourcesOf(serviceTemplate, 'AWS::Lambda::Function')).map(
      ({ Properties }) => (Properties.Environment as { Variables: Record<string, unknown> }).Variables,
    );

  test('has stacks of its own, protected like the others', () => {
    expect([dev.state.stackName, dev.service.stackName]).toEqual(['DaybookState-dev', 'DaybookService-dev']);
    expect(dev.state.terminationProtection).toBe(true);
  });

  test('has a token of its own', () => {
    const tokens = variablesOf(dev).flatMap((variables) => variables[ENV.tokenParameter] ?? []);
    expect(tokens).toEqual(['/DaybookService-dev/reader-token']);
  });

  test('is named in every mail: by its sender, by its alarms and by its budget', () => {
    const senders = Object.values(resourcesOf(dev.stateTemplate, 'AWS::SNS::Topic'));
    expect(senders.map(({ Properties }) => Properties.DisplayName)).toEqual([
      'Daybook news (dev)',
      'Daybook health (dev)',
    ]);
    for (const { Properties } of Object.values(resourcesOf(dev.serviceTemplate, 'AWS::CloudWatch::Alarm'))) {
      expect(Properties.AlarmName).toMatch(/^DaybookService-dev: /);
    }
    expect(JSON.stringify(resourcesOf(dev.serviceTemplate, 'AWS::Budgets::Budget'))).toContain(
      'DaybookService-dev in ',
    );
  });

  test('is known to the functions that count checks, ingest and plan; the stage without a name counts as before', () => {
    expect(variablesOf(dev).flatMap((variables) => variables[ENV.stage] ?? [])).toEqual(['dev', 'dev']);
    expect(variablesOf(plain).flatMap((variables) => variables[ENV.stage] ?? [])).toEqual([]);
  });

  test('takes nothing from the stacks of another stage', () => {
    const imported = [...maskedJson(dev.serviceTemplate).matchAll(/"Fn::ImportValue": "([^":]+)/g)];
    expect(new Set(imported.map(([, stack]) => stack))).toEqual(new Set(['DaybookState-dev']));
  });

  test('has the logical ids of every stage, so that nothing is moved when a stage is renamed', () => {
    expect(Object.keys(dev.stateTemplate.toJSON().Resources)).toEqual(
      Object.keys(plain.stateTemplate.toJSON().Resources),
    );
  });
});
