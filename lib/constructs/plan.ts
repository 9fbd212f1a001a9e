import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ENV, TABLE } from '#core/names.ts';
import type { DeploymentProps } from '../config.ts';
import { RunbookAlarm } from './alarm.ts';
import { CapabilityFunction } from './function.ts';
import { DeadLetterQueue } from './queue.ts';

export interface PlanProps {
  readonly table: TableV2;
  readonly fetchQueue: Queue;
  readonly healthTopic: Topic;
  readonly deployment: DeploymentProps;
}

/** The clock: every few minutes, the pages that are due are sent to be fetched. */
export class Plan extends Construct {
  readonly fn: CapabilityFunction;

  constructor(scope: Construct, id: string, props: PlanProps) {
    super(scope, id);
    const { table, fetchQueue, healthTopic, deployment } = props;
    this.fn = new CapabilityFunction(this, 'Function', {
      capability: 'plan',
      description: 'Daybook: sends the pages that are due to be fetched',
      memory: 512,
      timeout: Duration.minutes(2),
      environment: { [ENV.table]: table.tableName, [ENV.fetchQueueUrl]: fetchQueue.queueUrl },
      deployment,
      healthTopic,
    });
    this.fn.allow('FindDuePages', ['dynamodb:Query'], [`${table.tableArn}/index/${TABLE.dueIndex}`]);
    this.fn.allow('ReadSeries', ['dynamodb:Query'], [table.tableArn]);
    this.fn.allow('LeasePages', ['dynamodb:GetItem', 'dynamodb:PutItem'], [table.tableArn]);
    this.fn.allow('SendJobs', ['sqs:SendMessage'], [fetchQueue.queueArn]);
    this.schedule(healthTopic, deployment.planEvery);
  }

  private schedule(healthTopic: Topic, every: number): void {
    const deadLetters = new DeadLetterQueue(this, 'Ticks', { what: 'Planning runs', fifo: false, healthTopic });
    // Scheduler hands a run over and is done: what fails afterwards goes to the function's own destination.
    this.fn.configureAsyncInvoke({
      onFailure: new SqsDestination(deadLetters),
      retryAttempts: 2,
      maxEventAge: Duration.minutes(Math.max(every, 5)),
    });
    const role = new Role(this, 'SchedulerRole', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': Stack.of(this).account },
          ArnLike: {
            'aws:SourceArn': Stack.of(this).formatArn({
              service: 'scheduler',
              resource: 'schedule',
              resourceName: '*',
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
      metric: this.fn.metricInvocations({ period: Duration.minutes(every) }),
      below: true,
      periods: 3,
      silenceIsBad: true,
      summary: 'Nothing has looked for due pages for three planning intervals.',
      runbook: 'planning-stopped',
      topic: healthTopic,
    });
  }
}
