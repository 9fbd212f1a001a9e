import { Duration, Validations } from 'aws-cdk-lib';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { RunbookAlarm } from './alarm.ts';

export interface DeadLetterQueueProps {
  /** What ends up here, for the alarm's text: "Fetch jobs". */
  readonly what: string;
  readonly fifo: boolean;
  readonly healthTopic: Topic;
}

/** Where work ends up that was given up. It is kept for the longest time SQS allows, and one message is an alarm. */
export class DeadLetterQueue extends Queue {
  constructor(scope: Construct, id: string, props: DeadLetterQueueProps) {
    super(scope, id, {
      ...(props.fifo ? { fifo: true } : {}),
      retentionPeriod: Duration.days(14),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    if (!props.fifo) {
      // The rule knows dead letters of queues, not those of a schedule, of a function or of a stream.
      Validations.of(this).acknowledge({
        id: 'AwsSolutions-SQS3',
        reason: 'It is the end of the line itself: what fails elsewhere ends here and is looked at by a person.',
      });
    }
    new RunbookAlarm(this, 'NotEmpty', {
      metric: this.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5), statistic: 'Maximum' }),
      summary: `${props.what} were tried again and again and given up.`,
      runbook: 'jobs-that-were-given-up',
      topic: props.healthTopic,
    });
  }
}

export interface WorkQueueProps {
  /** What waits here, for the alarms' texts: "Fetch jobs". */
  readonly what: string;
  /** Time limit of the function that works it off. */
  readonly workerTimeout: Duration;
  /** Deliveries before a message is given up. */
  readonly maxReceiveCount: number;
  readonly retention: Duration;
  /** Waiting for so long is an alarm. */
  readonly lateAfter: Duration;
  readonly healthTopic: Topic;
}

/**
 * Jobs in order and one at a time within a group. The sender names each message (no content-based deduplication:
 * the same job planned twice must be one message even where its body differs).
 */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: DeadLetterQueue;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    const { healthTopic } = props;
    this.deadLetters = new DeadLetterQueue(this, 'DeadLetters', { what: props.what, fifo: true, healthTopic });
    this.queue = new Queue(this, 'Queue', {
      fifo: true,
      // Lambda's own advice: room for its retries when it is throttled while it polls.
      visibilityTimeout: Duration.seconds(6 * props.workerTimeout.toSeconds()),
      retentionPeriod: props.retention,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: props.maxReceiveCount },
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    new RunbookAlarm(this, 'Late', {
      metric: this.queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5), statistic: 'Maximum' }),
      threshold: props.lateAfter.toSeconds(),
      summary: `${props.what} have waited for more than ${props.lateAfter.toHumanString()}.`,
      runbook: 'a-queue-is-not-worked-off',
      topic: healthTopic,
    });
  }
}
