import { Duration, Stack } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  Metric,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { METRICS, stageDimensions, TABLE } from '#core/names.ts';
import { runbook } from '../runbook.ts';
import { RunbookAlarm } from './alarm.ts';
import { dashboardName } from './console.ts';
import type { CapabilityFunction } from './function.ts';
import type { Read } from './read.ts';

export interface OperationsDashboardProps {
  readonly functions: readonly CapabilityFunction[];
  readonly deadLetters: IQueue;
  readonly table: TableV2;
  readonly reader: Pick<Read, 'api' | 'url'>;
  readonly stage: string | null;
}

const WIDTH = 24;
const HOUR = Duration.hours(1);

/**
 * The state of a deployment and its runbook on one page, to which every alarm links. Create it after all alarms. It shows
 * metrics that exist without it, fewer than the fifty up to which a dashboard is free.
 */
export class OperationsDashboard extends Construct {
  constructor(scope: Construct, id: string, props: OperationsDashboardProps) {
    super(scope, id);
    const dashboard = new Dashboard(this, 'Page', {
      dashboardName: dashboardName(this),
      defaultInterval: Duration.days(1),
    });
    const { stackName } = Stack.of(this);
    const alarms = Stack.of(this)
      .node.findAll()
      .filter((node) => node instanceof RunbookAlarm);
    dashboard.addWidgets(
      text(`# ${stackName}\n[The reader](${props.reader.url}). What to do when an alarm goes off is below.`, WIDTH, 2),
    );
    dashboard.addWidgets(new AlarmStatusWidget({ title: 'Alarms', alarms, width: WIDTH, height: 3 }));
    dashboard.addWidgets(...work(props));
    dashboard.addWidgets(...functions(props.functions));
    dashboard.addWidgets(...stores(props));
    const sections = runbook(props.stage).map((section) => text(`## ${section.heading}\n${section.text}`, WIDTH / 2));
    for (let at = 0; at < sections.length; at += 2) dashboard.addWidgets(...sections.slice(at, at + 2));
  }
}

/** A row of graphs. */
const third = (title: string, left: IMetric[], right: IMetric[] = []) =>
  new GraphWidget({ title, left, right, width: WIDTH / 3, height: 6 });

function work({ functions, deadLetters, stage }: OperationsDashboardProps): IWidget[] {
  const [notify] = functions.filter(({ node }) => node.path.includes('/Notify/'));
  const checks = new Metric({
    namespace: METRICS.namespace,
    metricName: METRICS.checks,
    dimensionsMap: { service: 'ingest', ...stageDimensions(stage) },
    statistic: 'Sum',
    period: HOUR,
    label: 'pages read and believed',
  });
  const late = notify?.metric('IteratorAge', { statistic: 'Maximum', period: Duration.minutes(5), label: 'ms' });
  return [
    third('Pages believed an hour', [checks]),
    third('Work that was given up', [
      deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', label: 'messages' }),
    ]),
    third('Alerts are late by', late === undefined ? [] : [late]),
  ];
}

function functions(all: readonly CapabilityFunction[]): IWidget[] {
  const each = (metric: (fn: CapabilityFunction, label: string) => IMetric) =>
    all.map((fn) => metric(fn, fn.node.path.split('/').at(-2)?.toLowerCase() ?? ''));
  return [
    third(
      'Runs an hour',
      each((fn, label) => fn.metricInvocations({ period: HOUR, label })),
    ),
    third(
      'Failed (left) and throttled (right) an hour',
      each((fn, label) => fn.metricErrors({ period: HOUR, label })),
      each((fn, label) => fn.metricThrottles({ period: HOUR, label })),
    ),
    third(
      'Longest run',
      each((fn, label) => fn.metricDuration({ period: HOUR, statistic: 'Maximum', label })),
    ),
  ];
}

function stores({ table, reader: { api } }: OperationsDashboardProps): IWidget[] {
  const indexes = [null, TABLE.acrossIndex, TABLE.dueIndex, TABLE.pagesIndex];
  const units = (metricName: string) =>
    indexes.map(
      (index) =>
        new Metric({
          namespace: 'AWS/DynamoDB',
          metricName,
          dimensionsMap: { TableName: table.tableName, ...(index === null ? {} : { GlobalSecondaryIndexName: index }) },
          statistic: 'Sum',
          period: HOUR,
          label: index ?? 'table',
        }),
    );
  return [
    third(
      'Read units (left) and write units (right) an hour',
      units('ConsumedReadCapacityUnits'),
      units('ConsumedWriteCapacityUnits'),
    ),
    third('Requests of the reader an hour', [
      api.metricCount({ period: HOUR, label: 'all' }),
      api.metricClientError({ period: HOUR, label: 'refused (4xx)' }),
      api.metricServerError({ period: HOUR, label: 'failed (5xx)' }),
    ]),
    third('Slowest answers of the reader', [api.metricLatency({ statistic: 'p95', period: HOUR, label: 'p95' })]),
  ];
}

/** A widget that is about as high as its text; a longer one scrolls. */
function text(markdown: string, width: number, height?: number): TextWidget {
  const lines = markdown.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / (8 * width))), 0);
  return new TextWidget({ markdown, width, height: height ?? Math.min(20, 2 + Math.ceil(lines / 2)) });
}
