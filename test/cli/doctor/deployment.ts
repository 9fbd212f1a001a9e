import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { onTestFinished, vi } from 'vitest';
import { createHistoryStore } from '#adapters/aws/dynamodb/history-store.ts';
import { Table } from '#adapters/aws/dynamodb/table.ts';
import type { Finding } from '#app/doctor/finding.ts';
import type { HistoryStore } from '#app/ports.ts';
import { THIS_FORMAT } from '#app/store-format.ts';
import { ENV } from '#core/names.ts';
import { type CheckState, newCheck } from '#core/schedule/check.ts';
import { ACCOUNT, mockStacks, stack } from '../../support/aws/stacks.ts';
import { inFolder, jsonLines, run } from '../../support/cli.ts';
import { openDynamoTable } from '../../support/dynamo-table.ts';
import { listen } from '../../support/loopback.ts';
import { PAGE } from '../../support/watched.ts';

export const s3 = mockClient(S3Client);
export const sns = mockClient(SNSClient);
export const sqs = mockClient(SQSClient);
export const cloudWatch = mockClient(CloudWatchClient);
export const ssm = mockClient(SSMClient);
const sts = mockClient(STSClient);
export const stacks = mockStacks();

/** Credentials and a region, of an account in which nothing is. Before each test. */
export function emptyAccount(): void {
  for (const one of [s3, sns, sqs, cloudWatch, ssm, sts]) one.reset();
  stacks.deploy();
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
}

export interface Deploying {
  /** What follows the names of the stacks: `-dev`. */
  readonly suffix?: string;
  /** What the check of the one page has otherwise than a page that was never checked. */
  readonly check?: Partial<CheckState>;
  /** Status of the reader's answers to who has no token. */
  readonly refusal?: number;
  readonly format?: number;
  readonly hasService?: boolean;
}

/** A deployment in which all is well, with one page. Returns its table. */
export async function deploy(deploying: Deploying = {}): Promise<HistoryStore> {
  const { suffix = '', check = {}, refusal = 401, format = THIS_FORMAT.format, hasService = true } = deploying;
  const table = await openDynamoTable();
  const reader = await listen('127.0.0.1', (request, response) => {
    response.writeHead(request.url === '/healthz' ? 200 : refusal).end();
  });
  onTestFinished(async () => {
    await reader.close();
    await table.close();
  });
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', table.endpoint);
  const name = `DaybookService${suffix}`;
  const state = stack(`DaybookState${suffix}`, {
    TableName: table.name,
    BucketName: 'captures',
    NewsTopicArn: 'arn:news',
    HealthTopicArn: 'arn:health',
  });
  const service = stack(name, {
    ReaderUrl: reader.url('/'),
    ReaderTokenParameter: `/${name}/reader-token`,
    GivenUpQueueUrl: 'https://queue.example/given-up',
  });
  stacks.deploy(state, ...(hasService ? [service] : []));
  const history = createHistoryStore(new Table(table.client, table.name));
  await history.markFormat({ ...THIS_FORMAT, format });
  await history.putCheck({ ...newCheck(PAGE, new Date().toISOString()), ...check }, null);
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
  return history;
}

const OFFLINE = ['--offline'] as const;

/** Runs `daybook doctor --aws` with a configuration, and takes its findings and its report. */
export async function doctor(more: readonly string[] = OFFLINE, config: object = {}) {
  return inFolder(async (folder) => {
    const file = join(folder, 'config.json');
    const input = {
      pages: [{ id: PAGE.id, url: PAGE.url }],
      alerts: { emails: ['somebody@example.org'] },
      fetch: { contact: 'somebody@example.org' },
      ...config,
    };
    await writeFile(file, JSON.stringify(input));
    const report = join(folder, 'report.txt');
    const { code, out, err } = await run('doctor', '--aws', '--config', file, '--report', report, '--json', ...more);
    if (err !== '') throw new Error(err);
    const findings = jsonLines<Finding & { type: string }>(out).filter(({ type }) => type === 'finding');
    return {
      code,
      findings,
      of: (check: string) => findings.filter((one) => one.check === check),
      report: await readFile(report, 'utf8'),
    };
  });
}

/** What the SDK throws where the credentials lack an action. */
export const refused = (action: string) =>
  Object.assign(new Error(`User: arn:aws:iam::${ACCOUNT}:user/me is not authorized to perform: ${action}`), {
    name: 'AccessDeniedException',
    $metadata: { httpStatusCode: 403 },
  });
