import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Subscriber } from '#app/doctor/account.ts';
import { awsFailure } from './failure.ts';

/** In place of an ARN as long as the owner of an address has not confirmed it. SNS drops what is published meanwhile. */
const PENDING = 'PendingConfirmation';
/** In place of an ARN for a while after a subscription was cancelled. */
const CANCELLED = 'Deleted';

/** Who is subscribed to a topic. @throws what the SDK throws */
export async function subscribersOf(topicArn: string, client: Pick<SNSClient, 'send'>): Promise<Subscriber[]> {
  const found: Subscriber[] = [];
  let next: string | undefined;
  do {
    const asked = new ListSubscriptionsByTopicCommand({ TopicArn: topicArn, NextToken: next });
    const { Subscriptions = [], NextToken } = await client.send(asked);
    for (const { SubscriptionArn = PENDING, Protocol = '' } of Subscriptions) {
      if (SubscriptionArn !== CANCELLED) found.push({ protocol: Protocol, isConfirmed: SubscriptionArn !== PENDING });
    }
    next = NextToken;
  } while (next !== undefined);
  return found;
}

/**
 * Whether e-mail addresses are subscribed to a topic, and none of them is confirmed. Subscriptions that nobody confirms are deleted
 * by SNS after some days.
 * @throws UnavailableError, RefusedError
 */
export async function isUnconfirmed(
  topicArn: string,
  client: Pick<SNSClient, 'send'> = new SNSClient({}),
): Promise<boolean> {
  const all = await subscribersOf(topicArn, client).catch((cause: unknown) => Promise.reject(awsFailure(cause, 'SNS')));
  const emails = all.filter(({ protocol }) => protocol === 'email' || protocol === 'email-json');
  return emails.length > 0 && !emails.some(({ isConfirmed }) => isConfirmed);
}
