import { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ENV, FLIP_SORT_KEYS, TABLE } from '#core/names.ts';
import type { DeploymentProps } from '../config.ts';
import { acknowledgePatterns } from './acknowledge.ts';
import { RunbookAlarm } from './alarm.ts';
import { CapabilityFunction } from './function.ts';

export interface NotifyProps {
  readonly table: TableV2;
  readonly newsTopic: Topic;
  readonly healthTopic: Topic;
  readonly readerUrl: string;
  readonly deadLetters: IQueue;
  readonly deployment: DeploymentProps;
}

/** Sends alerts: runs only after a flip of a head or a health record. */
export class Notify extends Construct {
  readonly fn: CapabilityFunction;

  constructor(scope: Construct, id: string, props: NotifyProps) {
    super(scope, id);
    const { table, newsTopic, healthTopic, readerUrl, deadLetters, deployment } = props;
    this.fn = new CapabilityFunction(this, 'Function', {
      capability: 'notify',
      description: 'Daybook: sends alerts about changes',
      memory: 512,
      timeout: Duration.minutes(1),
      environment: {
        [ENV.table]: table.tableName,
        [ENV.newsTopicArn]: newsTopic.topicArn,
        [ENV.healthTopicArn]: healthTopic.topicArn,
        [ENV.readerUrl]: readerUrl,
      },
      deployment,
    });
    this.fn.allow(
      'ReadAlertState',
      ['dynamodb:BatchGetItem', 'dynamodb:BatchWriteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
      [table.tableArn],
    );
    this.fn.allow('RecogniseOlderStore', ['dynamodb:Query'], [`${table.tableArn}/index/${TABLE.dueIndex}`]);
    this.fn.allow('CountPages', ['dynamodb:Query'], [`${table.tableArn}/index/${TABLE.pagesIndex}`]);
    this.fn.allow('SendAlerts', ['sns:Publish'], [newsTopic.topicArn, healthTopic.topicArn]);
    this.stream(table, deadLetters, healthTopic);
  }

  private stream(table: TableV2, deadLetters: IQueue, healthTopic: Topic): void {
    const streamArn = table.tableStreamArn;
    if (streamArn === undefined) throw new Error('The history table has no stream.');
    this.fn.allow(
      'ReadStream',
      ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
      [streamArn],
    );
    this.fn.allow('FindStream', ['dynamodb:ListStreams'], [`${table.tableArn}/stream/*`]);
    acknowledgePatterns(
      this.fn.policy,
      { construct: table, arn: table.tableArn },
      ['/stream/*'],
      "Listing a table's streams is asked of all of them; the records of one stream only can be read.",
    );
    this.fn.addEventSourceMapping('Stream', {
      eventSourceArn: streamArn,
      // From the oldest record: a flip between the table's making and the mapping's is news too.
      startingPosition: StartingPosition.TRIM_HORIZON,
      filters: [
        FilterCriteria.filter({
          dynamodb: { Keys: { [TABLE.sortKey]: { S: FilterRule.or(...Object.values(FLIP_SORT_KEYS)) } } },
        }),
      ],
      batchSize: 10,
      bisectBatchOnError: true,
      // A flip that is given up is not lost: the page's next one sends every unsent alert.
      retryAttempts: 10,
      onFailure: new SqsDlq(deadLetters),
    });
    new RunbookAlarm(this, 'Late', {
      title: 'alerts are late',
      metric: new Metric({
        namespace: 'AWS/Lambda',
        metricName: 'IteratorAge',
        dimensionsMap: { FunctionName: this.fn.functionName },
        statistic: Stats.MAXIMUM,
        period: Duration.minutes(5),
      }),
      threshold: Duration.minutes(15).toMilliseconds(),
      summary: 'Alerts are more than a quarter of an hour late.',
      runbook: 'alerts-are-late',
      topic: healthTopic,
    });
  }
}
