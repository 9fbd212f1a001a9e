import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Notifier } from '#app/ports.ts';
import type { Alert } from '#core/alerts/types.ts';
import { cut } from '#core/text/cut.ts';
import { awsFailure } from './failure.ts';
import { createPace, type PaceClock } from './pace.ts';

/** SNS allows 256 KiB for each message with all its formats. */
const LIMIT = 250_000;

/**
 * SNS suspends an e-mail subscription at more than ten messages a second. Alerts of one topic leave a function no faster
 * than this, so that five functions at the same time stay within it.
 */
export const MAILS_A_SECOND = 2;

/** Publishes alerts: text for e-mail, JSON for queues and functions; key, page and topic as attributes to filter by. */
export function createSnsNotifier(
  client: SNSClient,
  topics: Record<Alert['topic'], string>,
  clock?: PaceClock,
): Notifier {
  const pace = createPace(1_000 / MAILS_A_SECOND, clock);
  return {
    async send(alert) {
      await pace(alert.topic);
      const attribute = (value: string) => ({ DataType: 'String', StringValue: value });
      await client
        .send(
          new PublishCommand({
            TopicArn: topics[alert.topic],
            Subject: alert.subject,
            Message: message(alert),
            MessageStructure: 'json',
            MessageAttributes: {
              key: attribute(alert.key),
              page: attribute(alert.pageId),
              topic: attribute(alert.topic),
            },
          }),
        )
        .catch((cause: unknown) =>
          Promise.reject(awsFailure(cause, 'SNS', `sns:Publish on topic ${topics[alert.topic]}`)),
        );
    },
  };
}

/** The formats of one alert. Too long ones are cut: a query gives the whole. */
function message(alert: Alert): string {
  const machine = JSON.stringify({ key: alert.key, topic: alert.topic, ...alert.data });
  const whole = JSON.stringify({
    default: alert.text,
    email: alert.text,
    sqs: machine,
    lambda: machine,
    https: machine,
  });
  if (Buffer.byteLength(whole) <= LIMIT) return whole;
  const { changes: _, ...data } = alert.data;
  const short = JSON.stringify({ key: alert.key, topic: alert.topic, ...data, truncated: true });
  const text = `${cut(alert.text, 20_000)}\n… cut: too long for one message.`;
  return JSON.stringify({ default: text, email: text, sqs: short, lambda: short, https: short });
}
