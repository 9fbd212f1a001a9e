import { Duration, Validations } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ENV, METRICS, OBJECT_PREFIX, stageDimensions } from '#core/names.ts';
import { type DeploymentProps, silenceWatch } from '../config.ts';
import { RunbookAlarm } from './alarm.ts';
import { CapabilityFunction } from './function.ts';

export interface FetchProps {
  readonly bucket: Bucket;
  /** What the observations are handed to. */
  readonly ingest: CapabilityFunction;
  readonly deadLetters: IQueue;
  readonly healthTopic: Topic;
  readonly deployment: DeploymentProps;
}

/** The longest that Lambda lets a function run: the pages of a host are asked one after the other. */
const TIMEOUT = Duration.minutes(15);

/** The only part that talks to the outside. It sees no table: it can store a capture and hand it to ingest. */
export class Fetch extends Construct {
  readonly fn: CapabilityFunction;

  constructor(scope: Construct, id: string, props: FetchProps) {
    super(scope, id);
    const { bucket, ingest, deadLetters, healthTopic, deployment } = props;
    this.fn = new CapabilityFunction(this, 'Function', {
      capability: 'fetch',
      description: 'Daybook: fetches pages and stores the captures',
      memory: 512,
      timeout: TIMEOUT,
      environment: { [ENV.bucket]: bucket.bucketName, [ENV.ingestFunction]: ingest.functionName },
      deployment,
    });
    const { captures, bodies } = OBJECT_PREFIX;
    this.fn.allowObjects('StoreCaptures', ['s3:GetObject', 's3:PutObject'], bucket, [captures, bodies]);
    this.fn.allow('ReportObservations', ['lambda:InvokeFunction'], [ingest.functionArn]);
    // A call is not repeated: a host must not be asked twice for the same, and plan hands out again what is not answered.
    // The jobs of a call that could not begin in time have expired.
    this.fn.giveUpTo(deadLetters, { retries: 0, within: TIMEOUT });
    this.silence(healthTopic, deployment);
  }

  /**
   * "No page was believed for three intervals", seen from outside. A tick of plan counts zero where a check is expected: before
   * the first one there is no data and no fault, and from then on a period without a check has the sum zero.
   */
  private silence(topic: Topic, deployment: DeploymentProps): void {
    const watch = silenceWatch(deployment);
    if (watch === null) {
      Validations.of(this).addWarning(
        'daybook-no-silence-alarm',
        'Pages may go unchecked for a week or longer, and an alarm can look back no further: none is made.',
      );
      return;
    }
    new RunbookAlarm(this, 'NoChecks', {
      title: 'no page was checked',
      metric: new Metric({
        namespace: METRICS.namespace,
        metricName: METRICS.checks,
        dimensionsMap: { service: 'ingest', ...stageDimensions(deployment.stage) },
        statistic: 'Sum',
        period: Duration.minutes(watch.period),
      }),
      below: true,
      periods: watch.periods,
      summary: 'No page was read and believed for three of its longest intervals.',
      runbook: 'no-page-was-checked',
      topic,
    });
  }
}
