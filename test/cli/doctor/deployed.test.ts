import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createHistoryStore } from '#adapters/aws/dynamodb/history-store.ts';
import { Table } from '#adapters/aws/dynamodb/table.ts';
import type { Finding } from '#app/doctor/finding.ts';
import { withFormat } from '#app/store-format.ts';
import { ENV } from '#core/names.ts';
import { newCheck } from '#core/schedule/check.ts';
import { ACCOUNT, mockStacks, stack } from '../../support/aws/stacks.ts';
import { inFolder, jsonLines, run } from '../../support/cli.ts';
import { openDynamoTable } from '../../support/dynamo-table.ts';
import { listen } from '../../support/loopback.ts';
import { PAGE } from '../../support/watched.ts';

const s3 = mockClient(S3Client);
const sns = mockClient(SNSClient);
const sqs = mockClient(SQSClient);
const cloudWatch = mockClient(CloudWatchClient);
const ssm = mockClient(SSMClient);
const sts = mockClient(STSClient);
const stacks = mockStacks();

/** A deployment in which all is well, with one page that is not checked yet. */
async function deploy(stage = ''): Promise<void> {
  const table = await openDynamoTable();
  const reader = await listen('127.0.0.1', (request, response) => {
    response.writeHead(request.url === '/healthz' ? 200 : 401).end();
  });
  onTestFinished(async () => {
    await reader.close();
    await table.close();
  });
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', table.endpoint);
  const name = `DaybookService${stage}`;
  stacks.deploy(
    stack(`DaybookState${stage}`, {
      TableName: table.name,
      BucketName: 'captures',
      NewsTopicArn: 'arn:news',
      HealthTopicArn: 'arn:health',
    }),
    stack(name, {
      ReaderUrl: reader.url('/'),
      ReaderTokenParameter: `/${name}/reader-token`,
      GivenUpQueueUrl: 'https://queue.example/given-up',
    }),
  );
  const history = withFormat(createHistoryStore(new Table(table.client, table.name)), { name: 'x', remedy: 'x' });
  await history.putCheck(newCheck(PAGE, new Date().toISOString()), null);
  s3.on(ListObjectsV2Command).resolves({});
  sns.on(ListSubscriptionsByTopicCommand).resolves({
    Subscriptions: [{ Protocol: 'email', Endpoint: 'somebody@example.org', SubscriptionArn: 'arn:aws:sns:::t:1' }],
  });
  sqs.on(GetQueueAttributesCommand).resolves({ Attributes: { ApproximateNumberOfMessages: '0' } });
  const AlarmName = `${name}: planning stopped`;
  cloudWatch
    .on(DescribeAlarmsCommand)
    .resolves({ MetricAlarms: [{ AlarmName, StateValue: 'OK', AlarmActions: ['arn:health'] }] });
  ssm.on(GetParameterCommand).resolves({ Parameter: { Type: 'SecureString', Value: 'planted-cipher-text' } });
}

beforeEach(() => {
  for (const one of [s3, sns, sqs, cloudWatch, ssm, sts]) one.reset();
  sts.on(GetCallerIdentityCommand).resolves({ Account: ACCOUNT });
  for (const [name, value] of [
    ['AWS_REGION', 'eu-west-1'],
    ['AWS_ACCESS_KEY_ID', 'local'],
    ['AWS_SECRET_ACCESS_KEY', 'planted-secret-key'],
    [ENV.table, undefined],
    [ENV.bucket, undefined],
  ] as const) {
    vi.stubEnv(name, value);
  }
  onTestFinished(() => void vi.unstubAllEnvs());
});

async function doctor(...more: string[]) {
  return inFolder(async (folder) => {
    const config = join(folder, 'config.json');
    const input = {
      pages: [{ id: PAGE.id, url: PAGE.url }],
      alerts: { emails: ['somebody@example.org'] },
      fetch: { contact: 'somebody@example.org' },
    };
    await writeFile(config, JSON.stringify(input));
    const report = join(folder, 'report.txt');
    const options = ['--offline', '--config', config, '--report', report, '--json'];
    const { code, out, err } = await run('doctor', '--aws', ...options, ...more);
    expect(err).toBe('');
    const findings = jsonLines<Finding & { type: string }>(out).filter(({ type }) => type === 'finding');
    return {
      code,
      findings,
      of: (check: string) => findings.filter((one) => one.check === check),
      report: await readFile(report, 'utf8'),
    };
  });
}

const refused = (action: string) =>
  Object.assign(new Error(`User: arn:aws:iam::${ACCOUNT}:user/me is not authorized to perform: ${action}`), {
    name: 'AccessDeniedException',
    $metadata: { httpStatusCode: 403 },
  });

describe('daybook doctor --aws', () => {
  it('finds a deployment healthy, each part of it', async () => {
    await deploy();
    const { code, findings } = await doctor();
    expect(code).toBe(0);
    expect(findings.filter(({ level }) => level === 'fault' || level === 'warning')).toEqual([]);
    const well = findings.filter(({ level }) => level === 'ok').map(({ check }) => check);
    expect([...new Set(well)]).toEqual([
      ...['node', 'configuration', 'account', 'stacks', 'subscriptions', 'dead letters', 'alarms', 'token', 'reader'],
      ...['bucket', 'store', 'pages', 'captures', 'alerts'],
    ]);
  });

  it('looks at the stage that is named', async () => {
    await deploy('-dev');
    const { code, of } = await doctor('--stage', 'dev');
    expect([code, of('stacks').map(({ facts }) => facts.stack)]).toEqual([
      0,
      ['DaybookState-dev', 'DaybookService-dev'],
    ]);
  });

  it('finds what keeps mail away: dead letters, pending subscriptions, no token', async () => {
    await deploy();
    sqs.on(GetQueueAttributesCommand).resolves({ Attributes: { ApproximateNumberOfMessages: '4' } });
    sns.on(ListSubscriptionsByTopicCommand).resolves({
      Subscriptions: [{ Protocol: 'email', SubscriptionArn: 'PendingConfirmation' }],
    });
    ssm.on(GetParameterCommand).rejects(new ParameterNotFound({ message: 'none', $metadata: {} }));
    const { code, of } = await doctor();
    expect(code).toBe(1);
    expect(of('dead letters')).toMatchObject([{ level: 'fault', facts: { messages: 4 } }]);
    expect(of('subscriptions')).toMatchObject([{ level: 'fault' }, { level: 'fault' }]);
    expect(of('token')[0]?.todo).toBe('Make it: daybook token --aws');
  });

  it('names each permission that is missing, and goes on', async () => {
    await deploy();
    sns.on(ListSubscriptionsByTopicCommand).rejects(refused('sns:ListSubscriptionsByTopic'));
    cloudWatch.on(DescribeAlarmsCommand).rejects(refused('cloudwatch:DescribeAlarms'));
    s3.on(ListObjectsV2Command).rejects(refused('s3:ListBucket'));
    const { code, findings, of } = await doctor();
    const missing = findings.filter(({ what }) => what.startsWith('Not permitted'));
    expect(missing.map(({ facts }) => facts.action)).toEqual([
      'sns:ListSubscriptionsByTopic',
      'sns:ListSubscriptionsByTopic',
      'cloudwatch:DescribeAlarms',
      's3:ListBucket',
    ]);
    expect([code, of('pages')[0]?.level]).toEqual([0, 'ok']);
  });

  it('says what is missing where nothing is deployed, and checks no more of the account', async () => {
    stacks.deploy();
    const { code, of, findings, report } = await doctor();
    expect(code).toBe(1);
    expect(of('account')).toMatchObject([{ level: 'fault', what: 'Nothing is deployed there' }]);
    expect(of('account')[0]?.todo).toMatch(/cdk deploy/);
    expect(findings.map(({ check }) => check)).toEqual(['node', 'configuration', 'account']);
    expect(report).toMatch(/region {3}not found/);
  });

  it('writes a report without the account, addresses, keys and what the parameter holds', async () => {
    await deploy();
    const { report } = await doctor();
    expect(report).toMatch(/region {3}eu-west-1\naccount {2}ends in 9012\nstage {4}without a name\nresult {3}healthy/);
    expect(report).toMatch(/stack=DaybookService status=CREATE_COMPLETE/);
    for (const text of [ACCOUNT, 'somebody', '@', 'planted', 'arn:']) expect(report).not.toContain(text);
  });
});
