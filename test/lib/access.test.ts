import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, test } from 'vitest';
import { ENV, NO_TOKEN } from '#core/names.ts';
import type { DeploymentProps } from '../../lib/config.ts';
import { resourcesOf, type Synthesized, synthesize } from './synth.ts';

const WAYS = ['public', 'token', 'iam'] as const;
const DEPLOYED = Object.fromEntries(WAYS.map((access) => [access, synthesize({ access })])) as Record<
  DeploymentProps['access'],
  Synthesized
>;

const only = (of: Synthesized, type: string, prefix = '') => {
  const found = Object.entries(resourcesOf(of.serviceTemplate, type)).filter(([id]) => id.startsWith(prefix));
  expect(found).toHaveLength(1);
  return found[0]?.[1].Properties ?? expect.fail();
};
const parameterOf = (of: Synthesized) =>
  (only(of, 'AWS::Lambda::Function', 'ReadFunction').Environment as { Variables: Record<string, string> }).Variables[
    ENV.tokenParameter
  ];
const ssmOf = (of: Synthesized) =>
  (
    only(of, 'AWS::IAM::Policy', 'ReadFunctionRuntimeRole').PolicyDocument as {
      Statement: { Action: string | string[]; Resource: unknown }[];
    }
  ).Statement.filter(({ Action }) => JSON.stringify(Action).includes('ssm:'));

describe('a reader with a token', () => {
  test('reads one parameter, named by the stack, and no other', () => {
    expect(parameterOf(DEPLOYED.token)).toBe('/DaybookService/reader-token');
    const [statement, ...more] = ssmOf(DEPLOYED.token);
    expect(more).toEqual([]);
    expect(statement?.Action).toBe('ssm:GetParameter');
    expect(JSON.stringify(statement?.Resource)).toMatch(/:parameter\/DaybookService\/reader-token"\]\]\}$/);
  });

  test('has no token and no parameter in the template: who reads a template would know it', () => {
    expect(Object.keys(resourcesOf(DEPLOYED.token.serviceTemplate, 'AWS::SSM::Parameter'))).toEqual([]);
    expect(DEPLOYED.token.serviceTemplate.toJSON().Outputs.ReaderTokenParameter.Value).toBe(
      '/DaybookService/reader-token',
    );
  });
});

describe('a reader without a token', () => {
  test.each(['public', 'iam'] as const)('%s: may read no parameter, and the function knows it', (access) => {
    expect(parameterOf(DEPLOYED[access])).toBe(NO_TOKEN);
    expect(ssmOf(DEPLOYED[access])).toEqual([]);
    expect(DEPLOYED[access].serviceTemplate.toJSON().Outputs).not.toHaveProperty('ReaderTokenParameter');
  });

  test('takes signed requests alone where the configuration says so', () => {
    const types = WAYS.map((access) => only(DEPLOYED[access], 'AWS::ApiGatewayV2::Route').AuthorizationType);
    expect(types).toEqual(['NONE', 'NONE', 'AWS_IAM']);
  });
});

test.each(WAYS)('%s: cdk-nag finds nothing, and an open route is acknowledged for its own reason', (access) => {
  const { app, service } = DEPLOYED[access];
  const { violations } = new AwsSolutionsChecks(app).validateScope(app);
  expect(violations.map(({ ruleName }) => ruleName)).toEqual([]);
  const metadata = JSON.stringify(service.node.findChild('Read').node.findChild('Route').node.metadata);
  expect(metadata.includes('APIG4')).toBe(access !== 'iam');
  expect(metadata.includes('makes the reader public')).toBe(access === 'public');
});

describe('the budget', () => {
  const budgetOf = (overrides: Partial<DeploymentProps>) =>
    Object.values(resourcesOf(synthesize(overrides).serviceTemplate, 'AWS::Budgets::Budget')).map(
      ({ Properties }) =>
        Properties as {
          Budget: object;
          NotificationsWithSubscribers: {
            Notification: { NotificationType: string };
            Subscribers: { Address: string }[];
          }[];
        },
    );

  test('mails every address when a month costs more than the limit, and when it will', () => {
    const [budget, ...more] = budgetOf({ emails: ['one@example.org', 'two@example.org'], budgetUsd: 7.5 });
    expect(more).toEqual([]);
    expect(budget?.Budget).toEqual({
      BudgetName: expect.objectContaining({ 'Fn::Join': expect.any(Array) }),
      BudgetType: 'COST',
      TimeUnit: 'MONTHLY',
      BudgetLimit: { Amount: 7.5, Unit: 'USD' },
    });
    const notifications = budget?.NotificationsWithSubscribers ?? [];
    expect(notifications.map(({ Notification }) => Notification.NotificationType)).toEqual(['ACTUAL', 'FORECASTED']);
    for (const { Subscribers } of notifications) {
      expect(Subscribers.map(({ Address }) => Address)).toEqual(['one@example.org', 'two@example.org']);
    }
  });

  // CloudFormation makes the new one before it deletes the old one, and an account takes no two of a name.
  test('has another name where it is replaced: when an address comes or goes, and only then', () => {
    const nameOf = (...[emails, budgetUsd]: [string[], number]) =>
      JSON.stringify(budgetOf({ emails, budgetUsd })[0]?.Budget ?? expect.fail()).match(
        /"BudgetName":(\{.*?\]\]\})/,
      )?.[1];
    const name = nameOf(['one@example.org'], 5);
    expect(name).toMatch(/"DaybookService in ".*" monthly cost \([0-9a-f]{6}\)"/);
    expect(nameOf(['one@example.org'], 9)).toBe(name);
    expect(nameOf(['one@example.org', 'two@example.org'], 5)).not.toBe(name);
  });

  // CloudFormation refuses a budget without subscribers, and one with more than ten.
  test('is none without an address or a limit, and mails at most ten addresses', () => {
    expect(budgetOf({ emails: [] })).toEqual([]);
    expect(budgetOf({ emails: ['one@example.org'], budgetUsd: 0 })).toEqual([]);
    const many = Array.from({ length: 12 }, (_, index) => `a${index}@example.org`);
    for (const { Subscribers } of budgetOf({ emails: many })[0]?.NotificationsWithSubscribers ?? expect.fail()) {
      expect(Subscribers).toHaveLength(10);
    }
  });
});
