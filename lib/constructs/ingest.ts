import { Duration } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ENV, OBJECT_PREFIX, TABLE } from '#core/names.ts';
import type { DeploymentProps } from '../config.ts';
import { CapabilityFunction } from './function.ts';

export interface IngestProps {
  readonly table: TableV2;
  readonly bucket: Bucket;
  readonly deadLetters: IQueue;
  readonly deployment: DeploymentProps;
}

const TIMEOUT = Duration.minutes(2);

/** The only part that parses pages. It can reach the table, the bucket and its log. */
export class Ingest extends Construct {
  readonly fn: CapabilityFunction;

  constructor(scope: Construct, id: string, props: IngestProps) {
    super(scope, id);
    const { table, bucket, deadLetters, deployment } = props;
    this.fn = new CapabilityFunction(this, 'Function', {
      capability: 'ingest',
      description: 'Daybook: reads a capture and writes what changed',
      // One whole CPU: extraction and alignment are what takes time, and a page of 10 MB needs the room.
      memory: 1769,
      timeout: TIMEOUT,
      environment: {
        [ENV.table]: table.tableName,
        [ENV.bucket]: bucket.bucketName,
        ...(deployment.stage === null ? {} : { [ENV.stage]: deployment.stage }),
      },
      deployment,
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
    // Conflicts and throttling pass by themselves. A capture that was given up is judged with the next one of its page.
    this.fn.giveUpTo(deadLetters, { retries: 2, within: Duration.hours(6) });
  }
}
