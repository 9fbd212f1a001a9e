import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { ENV, FLIP_SORT_KEYS, METRICS, TABLE } from '#core/names.ts';
import { runbook } from '../../lib/runbook.ts';
import { CAPABILITIES, functionOf, type Name, one, type Statement, template } from './service.ts';
import { resourcesOf, synthesize } from './synth.ts';

describe('each function', () => {
  test.each(CAPABILITIES)('%s runs on a supported and cheap platform, and logs JSON', (name) => {
    expect(functionOf(name)).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      LoggingConfig: { LogFormat: 'JSON' },
    });
  });

  test.each(CAPABILITIES)('%s keeps its log for a month, in a group that is deleted with the stack', (name) => {
    const log = one('AWS::Logs::LogGroup', `${name}FunctionRuntimeLog`);
    expect(log.Properties.RetentionInDays).toBe(30);
    expect(log.DeletionPolicy).toBe('Delete');
  });

  test.each(CAPABILITIES)('%s has a role of its own without managed policies', (name) => {
    const role = one('AWS::IAM::Role', `${name}FunctionRuntimeRole`).Properties;
    expect(role).not.toHaveProperty('ManagedPolicyArns');
    expect(role.AssumeRolePolicyDocument).toMatchObject({
      Statement: [{ Principal: { Service: 'lambda.amazonaws.com' } }],
    });
  });

  // A part of the account's concurrency that is set aside for one function is taken from everything else in it.
  test.each(CAPABILITIES)('%s reserves no concurrency', (name) => {
    expect(functionOf(name)).not.toHaveProperty('ReservedConcurrentExecutions');
  });

  test('has the environment variables that the code reads', () => {
    const variablesOf = (name: Name) =>
      Object.keys((functionOf(name).Environment as { Variables: object }).Variables).filter((key) =>
        key.startsWith('DAYBOOK_'),
      );
    expect(Object.fromEntries(CAPABILITIES.map((name) => [name, variablesOf(name).sort()]))).toEqual({
      Plan: [ENV.fetchFunction, ENV.healthTopicArn, ENV.table].sort(),
      Fetch: [ENV.bucket, ENV.ingestFunction].sort(),
      Ingest: [ENV.bucket, ENV.table].sort(),
      Notify: [ENV.healthTopicArn, ENV.newsTopicArn, ENV.readerUrl, ENV.table].sort(),
      Read: [ENV.bucket, ENV.readerUrl, ENV.table, ENV.tokenParameter].sort(),
    });
  });
});

describe('the queues', () => {
  const queues = resourcesOf(template, 'AWS::SQS::Queue');

  test('are one, where everything ends that was given up, for two weeks', () => {
    expect(Object.keys(queues)).toHaveLength(1);
    expect(one('AWS::SQS::Queue', 'GivenUp').Properties.MessageRetentionPeriod).toBe(14 * 86_400);
  });

  test('are encrypted and refuse requests without TLS', () => {
    const closed = Object.values(resourcesOf(template, 'AWS::SQS::QueuePolicy')).flatMap(({ Properties }) => {
      expect(JSON.stringify(Properties)).toContain('"aws:SecureTransport":"false"');
      return (Properties.Queues as { Ref: string }[]).map(({ Ref }) => Ref);
    });
    expect(closed.sort()).toEqual(Object.keys(queues).sort());
    for (const { Properties } of Object.values(queues)) expect(Properties.SqsManagedSseEnabled).toBe(true);
  });
});

describe('the event sources', () => {
  const mapping = (prefix: string) => one('AWS::Lambda::EventSourceMapping', prefix).Properties;

  // Each one of a queue polls it for ever, which costs more than all the work of a small deployment.
  test('are one: the stream of the table', () => {
    expect(Object.keys(resourcesOf(template, 'AWS::Lambda::EventSourceMapping'))).toHaveLength(1);
  });

  test('of notify passes flips only, from the first one on', () => {
    const { FilterCriteria, StartingPosition } = mapping('NotifyFunctionStream');
    const [filter, ...more] = (FilterCriteria as { Filters: { Pattern: string }[] }).Filters;
    expect(more).toEqual([]);
    expect(JSON.parse(filter?.Pattern ?? '')).toEqual({
      dynamodb: { Keys: { [TABLE.sortKey]: { S: Object.values(FLIP_SORT_KEYS) } } },
    });
    expect(StartingPosition).toBe('TRIM_HORIZON');
  });

  test('of notify does not let one bad record block the others', () => {
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 10,
      DestinationConfig: {
        OnFailure: { Destination: { 'Fn::GetAtt': [Match.stringLikeRegexp('^GivenUp'), 'Arn'] } },
      },
    });
  });
});

describe('the clock', () => {
  const schedule = (every: number) =>
    Object.values(resourcesOf(synthesize({ planEvery: every }).serviceTemplate, 'AWS::Scheduler::Schedule')).map(
      ({ Properties }) => Properties.ScheduleExpression,
    );

  test('ticks at the configured interval', () => {
    template.hasResourceProperties('AWS::Scheduler::Schedule', { ScheduleExpression: 'rate(15 minutes)' });
    expect(schedule(1)).toEqual(['rate(1 minute)']);
  });

  test('has alarms for runs that could not start, and for failed runs', () => {
    const dead = { 'Fn::GetAtt': [Match.stringLikeRegexp('^GivenUp'), 'Arn'] };
    template.hasResourceProperties('AWS::Scheduler::Schedule', {
      Target: Match.objectLike({
        DeadLetterConfig: { Arn: dead },
        RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 900 },
      }),
    });
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      DestinationConfig: { OnFailure: { Destination: dead } },
      MaximumRetryAttempts: 2,
    });
  });

  test('may start plan and nothing else, and can be started by this account alone', () => {
    const role = one('AWS::IAM::Role', 'PlanSchedulerRole').Properties;
    expect(JSON.stringify(role.AssumeRolePolicyDocument)).toContain('"aws:SourceAccount":{"Ref":"AWS::AccountId"}');
    expect(JSON.stringify(role.AssumeRolePolicyDocument)).toContain('":schedule-group/default"');
    const policy = one('AWS::IAM::Policy', 'PlanSchedulerRole').Properties.PolicyDocument as { Statement: Statement[] };
    expect(policy.Statement.map(({ Action }) => Action)).toEqual(['lambda:InvokeFunction', 'sqs:SendMessage']);
    expect(JSON.stringify(policy.Statement[0]?.Resource)).toMatch(/^\{"Fn::GetAtt":\["PlanFunction\w+","Arn"\]\}$/);
  });
});

describe('the reader', () => {
  test('answers every path through one function, and is throttled', () => {
    template.hasResourceProperties('AWS::ApiGatewayV2::Route', { RouteKey: '$default', AuthorizationType: 'NONE' });
    template.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 2, ThrottlingBurstLimit: 20 },
    });
    template.resourceCountIs('AWS::ApiGatewayV2::Route', 1);
  });

  test('logs the request, never the client', () => {
    const { AccessLogSettings } = one('AWS::ApiGatewayV2::Stage', 'ReadStage').Properties as {
      AccessLogSettings: { Format: string };
    };
    expect(AccessLogSettings.Format).toContain('$context.path');
    expect(AccessLogSettings.Format).not.toMatch(/sourceIp|userAgent|identity|caller/);
  });

  test('times out before the API does', () => {
    expect(Number(functionOf('Read').Timeout)).toBeLessThan(30);
  });
});

describe('e-mail', () => {
  test('brings news and health to every address', () => {
    const subscriptions = Object.values(resourcesOf(template, 'AWS::SNS::Subscription')).map(({ Properties }) => [
      Properties.Protocol,
      Properties.Endpoint,
      JSON.stringify(Properties.TopicArn).includes('NewsTopic') ? 'news' : 'health',
    ]);
    expect(subscriptions.sort()).toEqual([
      ['email', 'one@example.org', 'health'],
      ['email', 'one@example.org', 'news'],
      ['email', 'two@example.org', 'health'],
      ['email', 'two@example.org', 'news'],
    ]);
  });

  // A replaced subscription needs a new confirmation by its reader.
  test('keeps the subscriptions of others when an address is added or dropped', () => {
    const ids = (...emails: string[]) =>
      Object.keys(resourcesOf(synthesize({ emails }).serviceTemplate, 'AWS::SNS::Subscription'));
    const both = ids('one@example.org', 'two@example.org');
    for (const id of ids('two@example.org')) expect(both).toContain(id);
  });
});

describe('every alarm', () => {
  const alarms = Object.entries(resourcesOf(template, 'AWS::CloudWatch::Alarm'));
  const headings = new Map(runbook(null).map(({ anchor, heading }) => [anchor, heading]));

  // Each costs as much a month as 160,000 writes of the table.
  test('exists, under a name that a person reads, and there are few', () => {
    expect(alarms.map(([, { Properties }]) => Properties.AlarmName).sort()).toEqual([
      'DaybookService: alerts are late',
      'DaybookService: no page was checked',
      'DaybookService: planning stopped',
      'DaybookService: the reader answers with errors',
      'DaybookService: work was given up',
    ]);
  });

  // Several metrics in one alarm are charged as several alarms.
  test.each(alarms)('%s watches one metric', (_id, { Properties }) => {
    expect(Properties.MetricName).toEqual(expect.any(String));
    expect(Properties).not.toHaveProperty('Metrics');
  });

  test('watches one metric of our own at most', () => {
    const own = alarms.filter(([, { Properties }]) => !String(Properties.Namespace).startsWith('AWS/'));
    expect(own.map(([, { Properties }]) => Properties.MetricName)).toEqual([METRICS.checks]);
  });

  test.each(alarms)('%s describes the fault, and names an existing section of the runbook', (_id, { Properties }) => {
    const [text] = (Properties.AlarmDescription as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1];
    const [, heading] =
      /^.{20,}\. First: .{20,}\. State and runbook, section "([^"]+)": https:\/\/$/.exec(String(text)) ?? [];
    const [, anchor] = /\(or docs\/runbook\.md#([\w-]+)\)/.exec(JSON.stringify(Properties.AlarmDescription)) ?? [];
    expect(headings.get(anchor ?? '')).toBe(heading);
  });

  test.each(alarms)('%s publishes to the health topic when it goes off and when it ends', (_id, { Properties }) => {
    const topic = [{ 'Fn::ImportValue': expect.stringContaining('HealthTopic') }];
    expect([Properties.AlarmActions, Properties.OKActions]).toEqual([topic, topic]);
  });

  test.each(alarms)('%s looks back no further than CloudWatch can', (_id, { Properties }) => {
    const window = Number(Properties.Period) * Number(Properties.EvaluationPeriods);
    expect(window).toBeLessThanOrEqual(Number(Properties.Period) < 3_600 ? 86_400 : 604_800);
  });

  test('goes off without data only where a tick must leave some, and never because there were none yet', () => {
    const silent = alarms.filter(([, { Properties }]) => Properties.InsufficientDataActions !== undefined);
    expect(silent.map(([id]) => id.replace(/[0-9A-F]{8}$/, ''))).toEqual(['PlanStopped']);
    for (const [, { Properties }] of silent) {
      expect(Properties).toMatchObject({
        TreatMissingData: 'missing',
        InsufficientDataActions: Properties.AlarmActions,
      });
    }
    const other = alarms.filter((alarm) => !silent.includes(alarm));
    for (const [, { Properties }] of other) expect(Properties.TreatMissingData).toBe('notBreaching');
  });

  test('about silence counts what the functions count', () => {
    expect(one('AWS::CloudWatch::Alarm', 'FetchNoChecks').Properties).toMatchObject({
      Namespace: METRICS.namespace,
      MetricName: METRICS.checks,
      // Ingest knows which answers were the page.
      Dimensions: [{ Name: 'service', Value: 'ingest' }],
      Statistic: 'Sum',
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
    });
  });

  test('about dead letters goes off at the first one', () => {
    const dead = alarms.filter(([id]) => id.includes('NotEmpty'));
    expect(dead).toHaveLength(1);
    for (const [, { Properties }] of dead) {
      expect(Properties).toMatchObject({
        MetricName: 'ApproximateNumberOfMessagesVisible',
        Threshold: 1,
        EvaluationPeriods: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      });
    }
  });
});

test('the stacks have the outputs that the rehearsal and the command line need', () => {
  expect(Object.keys(template.toJSON().Outputs).sort()).toEqual([
    'DashboardUrl',
    'FetchFunctionName',
    'GivenUpQueueUrl',
    'IngestFunctionName',
    'NotifyFunctionName',
    'PlanFunctionName',
    'ReadFunctionName',
    'ReaderTokenParameter',
    'ReaderUrl',
  ]);
});
