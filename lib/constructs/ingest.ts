import { Duration } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ENV, OBJECT_PREFIX, TABLE } from '#core/names.ts';
import type { DeploymentProps } from '../config.ts';
import { CapabilityFunction } from './function.ts';
import { WorkQueue } from './queue.ts';

export interface IngestProps {
  readonly table: TableV2;
  readonly bucket: Bucket;
  readonly healthTopic: Topic;
  readonly deployment: DeploymentProps;
}

const TIMEOUT = Duration.minutes(2);

/** The only part that parses pages. It can reach the table, the bucket and its log. */
export class Ingest extends Construct {
  readonly fn: CapabilityFunction;
  readonly queue: Queue;

  constructor(scope: Construct, id: string, props: IngestProps) {
    super(scope, id);
    const { table, bucket, healthTopic, deployment } = props;
    const work = new WorkQueue(this, 'Observations', {
      what: 'Observations',
      workerTimeout: TIMEOUT,
      // Conflicts and throttling pass by themselves; five tries, six timeouts apart, outlast them by an hour.
      maxReceiveCount: 5,
      retention: Duration.days(14),
      lateAfter: Duration.hours(1),
      healthTopic,
    });
    this.queue = work.queue;
    this.fn = new CapabilityFunction(this, 'Function', {
      capability: 'ingest',
      description: 'Daybook: reads a capture and writes what changed',
      // One whole CPU: extraction and alignment are what takes time, and a page of 10 MB needs the room.
      memory: 1769,
      timeout: TIMEOUT,
      environment: { [ENV.table]: table.tableName, [ENV.bucket]: bucket.bucketName },
      deployment,
      healthTopic,
    });
    this.fn.allow(
      'WriteHistory',
      ['dynamodb:BatchGetItem', 'dynamodb:BatchWriteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
      [table.tableArn],
    );
    this.fn.allow('RecogniseOlderStore', ['dynamodb:Query'], [`${table.tableArn}/index/${TABLE.dueIndex}`]);
    const { captures, bodies, evidence, revisions } = OBJECT_PREFIX;
    this.fn.allowObjects('ReadCaptures', ['s3:GetObject'], bucket, [captures, bodies]);
    this.fn.allowObjects('KeepResults', ['s3:GetObject', 's3:PutObject'], bucket, [evidence, revisions]);
    this.fn.addEventSource(
      new SqsEventSource(work.queue, { batchSize: 5, maxConcurrency: 10, reportBatchItemFailures: true }),
    );
  }
}
