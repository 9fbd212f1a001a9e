import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createAccount, deniedAction } from '#adapters/aws/deployed/doctor-account.ts';
import { NotPermittedError } from '#app/doctor/checkup.ts';
import { UnavailableError } from '#app/errors.ts';
import type { ObjectStore } from '#app/ports.ts';
import { createMemoryObjects } from '../../../support/memory-objects.ts';

const sns = mockClient(SNSClient);
const sqs = mockClient(SQSClient);
const cloudWatch = mockClient(CloudWatchClient);
const ssm = mockClient(SSMClient);
beforeEach(() => {
  for (const one of [sns, sqs, cloudWatch, ssm]) one.reset();
});

const region = 'eu-west-1';
const accountWith = (objects: ObjectStore) =>
  createAccount(
    {
      sns: new SNSClient({ region }),
      sqs: new SQSClient({ region }),
      cloudWatch: new CloudWatchClient({ region }),
      ssm: new SSMClient({ region }),
    },
    objects,
  );
const account = accountWith(createMemoryObjects());

const denied = (message = 'Access Denied') =>
  Object.assign(new Error(message), { name: 'AccessDeniedException', $metadata: { httpStatusCode: 403 } });
const failureOf = (work: Promise<unknown>) => work.catch((error: unknown) => error);

describe('the subscriptions of a topic', () => {
  it('are all of them, confirmed or pending, without those that were cancelled', async () => {
    sns
      .on(ListSubscriptionsByTopicCommand, { TopicArn: 'topic', NextToken: undefined })
      .resolves({
        Subscriptions: [
          { Protocol: 'email', Endpoint: 'a@example.org', SubscriptionArn: 'PendingConfirmation' },
          { Protocol: 'email', Endpoint: 'b@example.org', SubscriptionArn: 'Deleted' },
        ],
        NextToken: 'more',
      })
      .on(ListSubscriptionsByTopicCommand, { TopicArn: 'topic', NextToken: 'more' })
      .resolves({ Subscriptions: [{ Protocol: 'sqs', SubscriptionArn: 'arn:aws:sns:eu-west-1:1:t:2' }] });
    expect(await account.subscribers('topic')).toEqual([
      { protocol: 'email', isConfirmed: false },
      { protocol: 'sqs', isConfirmed: true },
    ]);
  });
});

describe('a queue', () => {
  it('has as many messages as it says', async () => {
    sqs.on(GetQueueAttributesCommand).resolves({ Attributes: { ApproximateNumberOfMessages: '3' } });
    expect(await account.messages('https://queue')).toBe(3);
    expect(sqs.commandCalls(GetQueueAttributesCommand)[0]?.args[0].input).toEqual({
      QueueUrl: 'https://queue',
      AttributeNames: ['ApproximateNumberOfMessages'],
    });
  });
});

describe('the alarms of a stack', () => {
  const at = new Date('2026-11-26T10:00:00Z');
  const alarm = (AlarmName: string, rest: object = {}) => ({
    AlarmName,
    StateValue: 'OK' as const,
    StateUpdatedTimestamp: at,
    ActionsEnabled: true,
    AlarmActions: ['topic'],
    AlarmDescription: 'It stopped. What to do: docs/runbook.md#planning-stopped, or the dashboard',
    ...rest,
  });

  it('are those of its name, and of no other stage', async () => {
    cloudWatch
      .on(DescribeAlarmsCommand, { AlarmNamePrefix: 'DaybookService', NextToken: undefined })
      .resolves({
        MetricAlarms: [alarm('DaybookService: planning stopped'), alarm('DaybookService-dev: planning stopped')],
        NextToken: 'more',
      })
      .on(DescribeAlarmsCommand, { AlarmNamePrefix: 'DaybookService', NextToken: 'more' })
      .resolves({
        MetricAlarms: [
          alarm('DaybookService: alerts are late', {
            StateValue: 'ALARM',
            StateTransitionedTimestamp: new Date('2026-11-26T09:00:00Z'),
            AlarmActions: [],
            AlarmDescription: 'Of another author',
          }),
        ],
      });
    expect(await account.alarms('DaybookService')).toEqual([
      {
        title: 'planning stopped',
        state: 'OK',
        since: at.toISOString(),
        canAct: true,
        runbook: 'docs/runbook.md#planning-stopped',
      },
      { title: 'alerts are late', state: 'ALARM', since: '2026-11-26T09:00:00.000Z', canAct: false, runbook: null },
    ]);
  });

  it('cannot act where their actions are switched off', async () => {
    cloudWatch.on(DescribeAlarmsCommand).resolves({ MetricAlarms: [alarm('S: x', { ActionsEnabled: false })] });
    expect(await account.alarms('S')).toMatchObject([{ canAct: false }]);
  });
});

describe('the parameter with the token', () => {
  it('is never decrypted, and its value is not taken', async () => {
    ssm.on(GetParameterCommand).resolves({ Parameter: { Type: 'SecureString', Value: 'planted' } });
    expect(await account.parameter('/x')).toBe('secure');
    expect(ssm.commandCalls(GetParameterCommand)[0]?.args[0].input).toEqual({ Name: '/x', WithDecryption: false });
    ssm.on(GetParameterCommand).resolves({ Parameter: { Type: 'String', Value: 'planted' } });
    expect(await account.parameter('/x')).toBe('plain');
  });

  it('may be missing', async () => {
    ssm.on(GetParameterCommand).rejects(new ParameterNotFound({ message: 'none', $metadata: {} }));
    expect(await account.parameter('/x')).toBe('missing');
  });
});

describe('a permission that is missing', () => {
  it.each([
    ['sns:ListSubscriptionsByTopic', () => sns.on(ListSubscriptionsByTopicCommand), () => account.subscribers('t')],
    ['sqs:GetQueueAttributes', () => sqs.on(GetQueueAttributesCommand), () => account.messages('q')],
    ['cloudwatch:DescribeAlarms', () => cloudWatch.on(DescribeAlarmsCommand), () => account.alarms('s')],
    ['ssm:GetParameter', () => ssm.on(GetParameterCommand), () => account.parameter('p')],
  ] as const)('is %s', async (action, command, ask) => {
    (command() as { rejects(error: Error): unknown }).rejects(denied());
    const error = await failureOf(ask());
    expect(error).toBeInstanceOf(NotPermittedError);
    expect(error).toMatchObject({ action, code: 'not-permitted' });
  });

  it.each([
    ['s3:ListBucket', { list: () => refusing() }],
    ['s3:GetObject', { list: () => keys('captures/a/1.json'), get: () => Promise.reject(denied()) }],
  ] as const)('is %s of the bucket', async (action, calls) => {
    const objects = { ...createMemoryObjects(), ...calls } as ObjectStore;
    expect(await failureOf(accountWith(objects).bucket())).toMatchObject({ action });
  });

  it.each([
    ['RequestTimeTooSkewed', 403, 'wrong-clock', /its clock/],
    ['RequestExpired', 400, 'wrong-clock', /its clock/],
    ['PermanentRedirect', 301, 'refused', /check the account, the region and the name/],
    ['AuthorizationHeaderMalformed', 400, 'refused', /check the account, the region and the name/],
  ])('is not what %s means', async (name, httpStatusCode, code, message) => {
    const cause = Object.assign(new Error('planted'), { name, $metadata: { httpStatusCode } });
    const objects = { ...createMemoryObjects(), list: () => refusing(cause) } as ObjectStore;
    const error = await failureOf(accountWith(objects).bucket());
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(String(error)).not.toContain('planted');
  });

  it('is the one that AWS names, below errors of our own too', () => {
    const named = denied('User: arn:aws:iam::1:user/me is not authorized to perform: kms:Decrypt on resource: x');
    expect(deniedAction(new UnavailableError('DynamoDB did not answer', named))).toBe('kms:Decrypt');
    expect(deniedAction(denied())).toBe('');
    expect(deniedAction(new Error('is not authorized to perform: s3:GetObject'))).toBeNull();
  });

  it('is not what a service means that is busy, or credentials that are no longer valid', async () => {
    sqs.on(GetQueueAttributesCommand).rejects(Object.assign(new Error('slow'), { name: 'ThrottlingException' }));
    expect(await failureOf(account.messages('q'))).toMatchObject({ code: 'unavailable', retryable: true });
    const expired = { name: 'ExpiredTokenException', $metadata: { httpStatusCode: 403 } };
    sqs.on(GetQueueAttributesCommand).rejects(Object.assign(new Error('expired'), expired));
    expect(await failureOf(account.messages('q'))).toMatchObject({ code: 'no-credentials' });
  });
});

// biome-ignore lint/correctness/useYield: it fails before the first key.
async function* refusing(error: Error = denied()): AsyncGenerator<string> {
  throw error;
}

async function* keys(...all: string[]): AsyncGenerator<string> {
  yield* all;
}
