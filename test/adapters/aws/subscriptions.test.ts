import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { isUnconfirmed } from '#adapters/aws/subscriptions.ts';
import { refused } from '../../support/item-table.ts';

const sns = mockClient(SNSClient);
const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:health';
const ARN = `${TOPIC}:0a1b`;
const ask = () => isUnconfirmed(TOPIC, new SNSClient({ region: 'eu-west-1' }));
const lists = (...subscriptions: readonly (readonly [protocol: string, arn: string])[]) =>
  sns.on(ListSubscriptionsByTopicCommand).resolves({
    Subscriptions: subscriptions.map(([Protocol, SubscriptionArn]) => ({ Protocol, SubscriptionArn })),
  });
beforeEach(() => sns.reset());

describe('whether nobody could get a mail yet', () => {
  it.each([
    ['nobody is subscribed', [], false],
    ['one address waits', [['email', 'PendingConfirmation']], true],
    [
      'two wait, one of them for JSON',
      [
        ['email', 'PendingConfirmation'],
        ['email-json', 'PendingConfirmation'],
      ],
      true,
    ],
    [
      'one waits and one is confirmed',
      [
        ['email', 'PendingConfirmation'],
        ['email', ARN],
      ],
      false,
    ],
    [
      'one waits, and a queue is subscribed',
      [
        ['email', 'PendingConfirmation'],
        ['sqs', ARN],
      ],
      true,
    ],
    ['only a queue is subscribed', [['sqs', ARN]], false],
    [
      'one waits, and one was taken away',
      [
        ['email', 'PendingConfirmation'],
        ['email', 'Deleted'],
      ],
      true,
    ],
    ['one was taken away', [['email', 'Deleted']], false],
  ] as const)('%s', async (_, subscriptions, expected) => {
    lists(...subscriptions);
    expect(await ask()).toBe(expected);
    expect(sns.commandCalls(ListSubscriptionsByTopicCommand)[0]?.args[0].input.TopicArn).toBe(TOPIC);
  });

  it('looks at every page of the list', async () => {
    const pending = { Protocol: 'email', SubscriptionArn: 'PendingConfirmation' };
    sns
      .on(ListSubscriptionsByTopicCommand)
      .resolvesOnce({ Subscriptions: [pending], NextToken: 'more' })
      .resolvesOnce({ Subscriptions: [{ Protocol: 'email', SubscriptionArn: ARN }] });
    expect(await ask()).toBe(false);
    expect(sns.commandCalls(ListSubscriptionsByTopicCommand)[1]?.args[0].input.NextToken).toBe('more');
  });

  it.each([
    ['ThrottlingException', 'unavailable', true],
    ['AuthorizationErrorException', 'refused', false],
  ])('says what %s means', async (name, code, retryable) => {
    sns.on(ListSubscriptionsByTopicCommand).rejects(refused(name, code === 'refused' ? 403 : 429));
    await expect(ask()).rejects.toMatchObject({ code, retryable });
  });
});
