import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ENV, TABLE } from '#core/names.ts';
import type { DeploymentProps } from '../config.ts';
import { RunbookAlarm } from './alarm.ts';
import { CapabilityFunction } from './function.ts';

export interface PlanProps {
  readonly table: TableV2;
  /** What the due pages are handed to. */
  readonly fetch: CapabilityFunction;
  readonly deadLetters: IQueue;
  readonly healthTopic: Topic;
  readonly deployment: DeploymentProps;
}

/** The clock: every few minutes, the pages that are due are handed to fetch. */
export class Plan extends Construct {
  readonly fn: CapabilityFunction;

  constructor(scope: Construct, id: string, props: PlanProps) {
    super(scope, id);
    const { table, fetch, deadLetters, healthTopic, deployment } = props;
    this.fn = new CapabilityFunction(this, 'Function', {
      capability: 'plan',
      description: 'Daybook: hands the pages that are due to fetch',
      memory: 512,
      timeout: Duration.minutes(2),
      environment: {
        [ENV.table]: table.tableName,
        [ENV.fetchFunction]: fetch.functionName,
        [ENV.healthTopicArn]: healthTopic.topicArn,
        // It counts in the metric of ingest, which is that of its stage.
        ...(deployment.stage === null ? {} : { [ENV.stage]: deployment.stage }),
      },
      deployment,
    });
    this.fn.allow('FindDuePages', ['dynamodb:Query'], [`${table.tableArn}/index/${TABLE.dueIndex}`]);
    this.fn.allow('ReadSeries', ['dynamodb:Query'], [table.tableArn]);
    this.fn.allow('LeasePages', ['dynamodb:GetItem', 'dynamodb:PutItem'], [table.tableArn]);
    // The welcome waits until somebody can get it.
    this.fn.allow('SeeSubscriptions', ['sns:ListSubscriptionsByTopic'], [healthTopic.topicArn]);
    this.fn.allow('StartFetch', ['lambda:InvokeFunction'], [fetch.functionArn]);
    this.schedule(deadLetters, healthTopic, deployment.planEvery);
  }

  private schedule(deadLetters: IQueue, healthTopic: Topic, every: number): void {
    // Scheduler hands a run over and is done: what fails afterwards goes to the function's own destination.
    this.fn.giveUpTo(deadLetters, { retries: 2, within: Duration.minutes(Math.min(Math.max(every, 5), 360)) });
    const role = new Role(this, 'SchedulerRole', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: {
            'aws:SourceAccount': Stack.of(this).account,
            // Scheduler names the group of a schedule as the source, never the schedule itself.
            'aws:SourceArn': Stack.of(this).formatArn({
              service: 'scheduler',
              resource: 'schedule-group',
              resourceName: 'default',
              arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
            }),
          },
        },
      }),
    });
    role.addToPolicy(
      new PolicyStatement({ sid: 'StartPlan', actions: ['lambda:InvokeFunction'], resources: [this.fn.functionArn] }),
    );
    role.addToPolicy(
      new PolicyStatement({ sid: 'GiveUp', actions: ['sqs:SendMessage'], resources: [deadLetters.queueArn] }),
    );
    const schedule = new CfnSchedule(this, 'Schedule', {
      description: 'Daybook: looks for pages that are due',
      scheduleExpression: `rate(${every} ${every === 1 ? 'minute' : 'minutes'})`,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: this.fn.functionArn,
        roleArn: role.roleArn,
        input: JSON.stringify({ source: 'schedule' }),
        deadLetterConfig: { arn: deadLetters.queueArn },
        // A late run is worthless: the next one does its work.
        retryPolicy: { maximumRetryAttempts: 2, maximumEventAgeInSeconds: Math.max(every * 60, 60) },
      },
    });
    schedule.node.addDependency(role);
    new RunbookAlarm(this, 'Stopped', {
      title: 'planning stopped',
      metric: this.fn.metricInvocations({ period: Duration.minutes(every) }),
      below: true,
      periods: 3,
      silenceRings: true,
      summary: 'Nothing has looked for due pages for three planning intervals.',
      runbook: 'planning-stopped',
      topic: healthTopic,
    });
  }
}
