import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { FIND, RIGHTS, rightsOf } from '#adapters/aws/rights.ts';
import { ENV } from '#core/names.ts';
import { mockStacks, stack } from '../../support/aws/stacks.ts';
import { inFolder, run } from '../../support/cli.ts';
import { openDynamoTable } from '../../support/dynamo-table.ts';
import { listen } from '../../support/loopback.ts';
import { chroniclePage, REPORTS } from '../../support/sample-pages.ts';

/** A deployment on this machine: notes each action that it is asked for, and refuses some. */
class Deployed {
  readonly asked = new Set<string>();
  readonly #refused = new Map<string, string>();

  refuse(action: string, message: string): void {
    this.#refused.set(action, message);
  }

  /** @throws the SDK's error where the action is refused. */
  note(action: string): void {
    this.asked.add(action);
    const message = this.#refused.get(action);
    if (message !== undefined) throw Object.assign(new Error(message), refusal);
  }
}

const refusal = { name: 'AccessDeniedException', $metadata: { httpStatusCode: 403 } };

async function watchedDeployment(): Promise<Deployed> {
  const deployed = new Deployed();
  const table = await openDynamoTable();
  const proxy = await listen('127.0.0.1', async (request, response) => {
    const answer = await forward(table.endpoint, request, deployed);
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await proxy.close();
    await table.close();
  });
  for (const [name, value] of [
    ['AWS_ENDPOINT_URL_DYNAMODB', proxy.url('/')],
    ['AWS_REGION', 'eu-west-1'],
    ['AWS_ACCESS_KEY_ID', 'local'],
    ['AWS_SECRET_ACCESS_KEY', 'local'],
    [ENV.table, undefined],
    [ENV.bucket, undefined],
  ] as const) {
    vi.stubEnv(name, value);
  }
  watchS3(deployed);
  const noting = (action: string) => async () => {
    deployed.note(action);
    return {};
  };
  mockClient(SSMClient)
    .on(PutParameterCommand)
    .callsFake(noting('ssm:PutParameter'))
    .on(GetParameterCommand)
    .callsFake(noting('ssm:GetParameter'));
  mockClient(SNSClient).on(ListSubscriptionsByTopicCommand).callsFake(noting('sns:ListSubscriptionsByTopic'));
  mockClient(SQSClient).on(GetQueueAttributesCommand).callsFake(noting('sqs:GetQueueAttributes'));
  mockClient(CloudWatchClient).on(DescribeAlarmsCommand).callsFake(noting('cloudwatch:DescribeAlarms'));
  mockStacks(() => deployed.note('cloudformation:DescribeStacks')).deploy(
    stack('DaybookState', { TableName: table.name, BucketName: 'captures', NewsTopicArn: 'arn:news' }),
    stack('DaybookService', {
      ReaderTokenParameter: '/DaybookService/reader-token',
      GivenUpQueueUrl: 'https://queue.example/given-up',
    }),
  );
  return deployed;
}

/** A call of DynamoDB, to the table of this machine. */
async function forward(to: string, request: IncomingMessage, deployed: Deployed): Promise<Response> {
  const body: Buffer[] = [];
  for await (const piece of request) body.push(piece as Buffer);
  const target = String(request.headers['x-amz-target']);
  try {
    deployed.note(`dynamodb:${target.split('.')[1]}`);
  } catch (error) {
    return Response.json({ __type: refusal.name, message: (error as Error).message }, { status: 400 });
  }
  const { authorization = '' } = request.headers;
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target, authorization };
  const date = { 'x-amz-date': String(request.headers['x-amz-date']) };
  return fetch(to, { method: 'POST', headers: { ...headers, ...date }, body: Buffer.concat(body) });
}

/** Objects in memory. */
function watchS3(deployed: Deployed): void {
  const objects = new Map<string, Uint8Array>();
  const s3 = mockClient(S3Client);
  s3.on(PutObjectCommand).callsFake(async ({ Key, Body }) => {
    deployed.note('s3:PutObject');
    if (objects.has(Key)) throw Object.assign(new Error('it is there'), { $metadata: { httpStatusCode: 412 } });
    objects.set(Key, Body);
    return {};
  });
  s3.on(GetObjectCommand).callsFake(async ({ Key }) => {
    deployed.note('s3:GetObject');
    const bytes = objects.get(Key);
    if (bytes === undefined) throw Object.assign(new Error('none'), { name: 'NoSuchKey' });
    return { Body: { transformToByteArray: async () => bytes } };
  });
  s3.on(ListObjectsV2Command).callsFake(async ({ Prefix, StartAfter = '' }) => {
    deployed.note('s3:ListBucket');
    const keys = [...objects.keys()].filter((key) => key.startsWith(Prefix) && key > StartAfter).sort();
    return { Contents: keys.map((Key) => ({ Key })) };
  });
}

async function capturesIn(folder: string): Promise<string> {
  await mkdir(folder);
  const captures = [];
  for (let index = 0; index < 3; index += 1) {
    await writeFile(join(folder, `${index}.html`), chroniclePage(REPORTS.slice(0, 4 + index)));
    captures.push({ file: `${index}.html`, fetchedAt: `2022-01-1${index}T10:00:00Z` });
  }
  await writeFile(join(folder, 'meta.json'), JSON.stringify({ url: 'https://harbour.example/log.htm', captures }));
  return folder;
}

/** What a small store gives no occasion for: chunks of the text of a long history, several heads at once. */
const SELDOM = 'dynamodb:BatchGetItem';

describe('the table of permissions', () => {
  it('has every call that a command with --aws makes, and no more', async () => {
    const deployed = await watchedDeployment();
    await inFolder(async (folder) => {
      const config = join(folder, 'config.json');
      await writeFile(config, JSON.stringify({ fetch: { hosts: ['mills.example'] } }));
      const captures = await capturesIn(join(folder, 'captures'));
      const page = (...argv: string[]) => ['pages', ...argv, '--config', config];
      const runs: [command: string, ...argv: string[][]][] = [
        ['import', ['import', captures], ['import', captures]],
        ['verify', ['verify']],
        ['export', ...['warc', 'json', 'csv', 'md'].map((format) => ['export', '--format', format])],
        ['rebuild', ['rebuild', '--continue']],
        ['reparse', ['reparse']],
        ['pages add', page('add', 'https://mills.example/a.htm')],
        ['pages pause', page('pause', 'a')],
        ['pages resume', page('resume', 'a')],
        ['pages rename', page('rename', 'a', 'The mills')],
        ['pages remove', page('remove', 'a')],
        ['token', ['token']],
        ['doctor', ['doctor', '--offline', '--config', config]],
      ];
      const used = new Map<string, string[]>();
      for (const [command, ...calls] of runs) {
        deployed.asked.clear();
        for (const argv of calls) expect({ argv, err: (await run(...argv, '--aws')).err }).toEqual({ argv, err: '' });
        const unlisted = [...deployed.asked].filter((one) => !rightsOf(command).includes(one));
        expect({ command, unlisted }).toEqual({ command, unlisted: [] });
        used.set(command, [...deployed.asked]);
      }
      for (const { commands, actions } of RIGHTS) {
        const asked = new Set(commands.flatMap((command) => used.get(command) ?? []));
        const unused = [FIND, ...actions].filter((one) => one !== SELDOM && !asked.has(one));
        expect({ commands, unused }).toEqual({ commands, unused: [] });
        expect(commands.filter((command) => !used.has(command))).toEqual([]);
      }
    });
  });

  it('is in the documentation as it is in the code', async () => {
    const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');
    const rows = RIGHTS.map(({ commands, actions }) => `| ${code(commands)} | ${code(actions)} |`);
    expect(await readFile('docs/deploying.md', 'utf8')).toContain(`\n${rows.join('\n')}\n`);
  });

  it.each([
    [['verify', '--help'], 'cloudformation:DescribeStacks, dynamodb:Query'],
    [['pages', 'add', '--help'], 'cloudformation:DescribeStacks, dynamodb:Query, dynamodb:GetItem, dynamodb:PutItem\n'],
    [['timeline', '--help'], 'cloudformation:DescribeStacks\n'],
  ])('is in the help of a command: %j', async (argv, actions) => {
    expect((await run(...argv)).out).toContain(`Permissions with --aws: ${actions}`);
  });
});

describe('a permission that is missing', () => {
  it('is named by the command, with the resource and the caller', async () => {
    const deployed = await watchedDeployment();
    const me = 'arn:aws:iam::123456789012:user/me';
    const table = 'arn:aws:dynamodb:eu-west-1:123456789012:table/daybook';
    deployed.refuse(
      'dynamodb:Scan',
      `User: ${me} is not authorized to perform: dynamodb:Scan on resource: ${table} because`,
    );
    const { code, err } = await run('verify', '--aws');
    expect([code, err]).toEqual([
      1,
      `daybook: DynamoDB refused the call (AccessDeniedException): ${me} lacks dynamodb:Scan on ${table}; grant it [refused]\n`,
    ]);
  });

  it('is named where S3 does not say which', async () => {
    const deployed = await watchedDeployment();
    deployed.refuse('s3:ListBucket', 'Access Denied');
    const { code, err } = await run('verify', '--aws');
    expect([code, err]).toEqual([1, expect.stringContaining('s3:ListBucket on bucket captures is missing [refused]')]);
  });
});
