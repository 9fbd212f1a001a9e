import { Duration, Validations } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ENV, METRICS, OBJECT_PREFIX } from '#core/names.ts';
import { type DeploymentProps, silenceWatch } from '../config.ts';
import { RunbookAlarm } from './alarm.ts';
import { CapabilityFunction } from './function.ts';
import { WorkQueue } from './queue.ts';

export interface FetchProps {
  readonly bucket: Bucket;
  readonly ingestQueue: Queue;
  readonly healthTopic: Topic;
  readonly deployment: DeploymentProps;
}

const TIMEOUT = Duration.minutes(5);

/** The only part that talks to the outside. It sees no table: it can store a capture and queue it. */
export class Fetch extends Construct {
  readonly fn: CapabilityFunction;
  readonly queue: Queue;

  constructor(scope: Construct, id: string, props: FetchProps) {
    super(scope, id);
    const { bucket, ingestQueue, healthTopic, deployment } = props;
    const work = new WorkQueue(this, 'Jobs', {
      what: 'Fetch jobs',
      workerTimeout: TIMEOUT,
      // What a page's server does is an answer, never a failed job; a job that failed three times fails for reasons of
      // ours, and `plan` sends it again when its lease is over.
      maxReceiveCount: 3,
      retention: Duration.days(1),
      lateAfter: Duration.hours(2),
      healthTopic,
    });
    this.queue = work.queue;
    this.fn = new CapabilityFunction(this, 'Function', {
      capability: 'fetch',
      description: 'Daybook: fetches a page and stores the capture',
      memory: 512,
      timeout: TIMEOUT,
      environment: { [ENV.bucket]: bucket.bucketName, [ENV.ingestQueueUrl]: ingestQueue.queueUrl },
      deployment,
      healthTopic,
    });
    const { captures, bodies } = OBJECT_PREFIX;
    this.fn.allowObjects('StoreCaptures', ['s3:GetObject', 's3:PutObject'], bucket, [captures, bodies]);
    this.fn.allow('ReportObservations', ['sqs:SendMessage'], [ingestQueue.queueArn]);
    // One job a call: a slow host delays no other page, and a failed job repeats no other request.
    this.fn.addEventSource(
      new SqsEventSource(work.queue, { batchSize: 1, maxConcurrency: 10, reportBatchItemFailures: true }),
    );
    this.silence(healthTopic, deployment);
  }

  /** "No successful check for three intervals", seen from outside: no metric at all is as bad as a metric of zero. */
  private silence(topic: Topic, deployment: DeploymentProps): void {
    const watch = silenceWatch(deployment);
    if (watch === null) {
      Validations.of(this).addWarning(
        'daybook-no-silence-alarm',
        'Pages may go unchecked for more than a week, longer than an alarm can look back: none is made.',
      );
      return;
    }
    new RunbookAlarm(this, 'NoChecks', {
      metric: new Metric({
        namespace: METRICS.namespace,
        metricName: METRICS.checks,
        dimensionsMap: { service: 'fetch' },
        statistic: 'Sum',
        period: Duration.minutes(watch.period),
      }),
      below: true,
      periods: watch.periods,
      silenceIsBad: true,
      summary: 'No page was checked with success for three of its longest intervals.',
      runbook: 'no-page-was-checked',
      topic,
    });
  }
}
