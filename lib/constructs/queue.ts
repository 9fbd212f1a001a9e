import { Duration, Validations } from 'aws-cdk-lib';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { RunbookAlarm } from './alarm.ts';

/**
 * Where all work ends up that was given up: calls of plan, fetch and ingest, and flips that notify could not handle. Each
 * message names the function that it comes from. It is kept for the longest time SQS allows, and one message is an alarm.
 */
export class DeadLetterQueue extends Queue {
  constructor(scope: Construct, id: string, props: { readonly healthTopic: Topic }) {
    super(scope, id, {
      retentionPeriod: Duration.days(14),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    // The rule knows dead letters of queues, not those of a schedule, of a function or of a stream.
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is the end of the line itself: what fails elsewhere ends here and is looked at by a person.',
    });
    new RunbookAlarm(this, 'NotEmpty', {
      title: 'work was given up',
      metric: this.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5), statistic: 'Maximum' }),
      summary: 'Something was tried as often as it may be, and given up.',
      runbook: 'work-that-was-given-up',
      topic: props.healthTopic,
    });
  }
}
