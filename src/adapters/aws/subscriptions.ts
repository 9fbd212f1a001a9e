import { ListSubscriptionsByTopicCommand, SNSClient, type Subscription } from '@aws-sdk/client-sns';
import { awsFailure } from './failure.ts';

/** In place of an ARN as long as the owner of an address has not confirmed it. SNS drops what is published meanwhile. */
const PENDING = 'PendingConfirmation';

/**
 * Whether e-mail addresses are subscribed to a topic, and none of them is confirmed. Subscriptions that nobody confirms are deleted
 * by SNS after some days.
 * @throws UnavailableError, RefusedError
 */
export async function isUnconfirmed(topicArn: string, client = new SNSClient({})): Promise<boolean> {
  const emails: Subscription[] = [];
  let next: string | undefined;
  do {
    const asked = new ListSubscriptionsByTopicCommand({ TopicArn: topicArn, NextToken: next });
    const { Subscriptions = [], NextToken } = await client
      .send(asked)
      .catch((cause: unknown) => Promise.reject(awsFailure(cause, 'SNS')));
    emails.push(...Subscriptions.filter(({ Protocol }) => Protocol === 'email' || Protocol === 'email-json'));
    next = NextToken;
  } while (next !== undefined);
  const isConfirmed = ({ SubscriptionArn }: Subscription) => SubscriptionArn?.startsWith('arn:') === true;
  return emails.some(({ SubscriptionArn }) => SubscriptionArn === PENDING) && !emails.some(isConfirmed);
}
