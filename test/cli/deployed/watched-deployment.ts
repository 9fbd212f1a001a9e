import type { IncomingMessage } from 'node:http';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { onTestFinished, vi } from 'vitest';
import { createHistoryStore } from '#adapters/aws/dynamodb/history-store.ts';
import { Table } from '#adapters/aws/dynamodb/table.ts';
import type { HistoryStore } from '#app/ports.ts';
import { withFormat } from '#app/store-format.ts';
import { ENV } from '#core/names.ts';
import { mockStacks, stack } from '../../support/aws/stacks.ts';
import { openDynamoTable } from '../../support/dynamo-table.ts';
import { listen } from '../../support/loopback.ts';

/** A deployment on this machine: notes each action that it is asked for, and refuses some. */
export class Deployed {
  readonly asked = new Set<string>();
  /** Bodies of dead letters by id. */
  readonly letters = new Map<string, string>();
  /** Letters that somebody took, and others do not see. */
  readonly hidden = new Set<string>();
  readonly called: { readonly function: string; readonly type: unknown; readonly payload: unknown }[] = [];
  readonly #refused = new Map<string, string>();

  constructor(readonly history: HistoryStore) {}

  /** Puts a call among the dead letters. */
  giveUp(name: string, requestPayload?: unknown): void {
    const functionArn = `arn:aws:lambda:eu-west-1:123456789012:function:${name}-1:$LATEST`;
    const requestContext = { functionArn, condition: 'RetriesExhausted' };
    this.letters.set(`${name}-${this.letters.size}`, JSON.stringify({ requestContext, requestPayload }));
  }

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

/** With both stacks, a table, a bucket, a parameter, a queue of dead letters, and functions that do nothing. */
export async function watchedDeployment(): Promise<Deployed> {
  const table = await openDynamoTable();
  const history = createHistoryStore(new Table(table.client, table.name));
  const deployed = new Deployed(withFormat(history, { name: 'the table', remedy: 'none' }));
  const proxy = await listen('127.0.0.1', async (request, response) => {
    const answer = await forward(table.endpoint, request, deployed);
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  const lambda = await listen('127.0.0.1', async (request, response) => {
    const name = request.url?.split('/')[3] ?? '';
    const type = request.headers['x-amz-invocation-type'];
    try {
      deployed.note('lambda:InvokeFunction');
      deployed.called.push({ function: name, type, payload: JSON.parse(await bodyOf(request)) });
      response.writeHead(type === 'Event' ? 202 : 200).end('{}');
    } catch {
      response.writeHead(403, { 'x-amzn-errortype': refusal.name }).end();
    }
  });
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await lambda.close();
    await proxy.close();
    await table.close();
  });
  for (const [name, value] of [
    ['AWS_ENDPOINT_URL_DYNAMODB', proxy.url('/')],
    ['AWS_ENDPOINT_URL_LAMBDA', lambda.url('/')],
    ['AWS_REGION', 'eu-west-1'],
    ['AWS_ACCESS_KEY_ID', 'local'],
    ['AWS_SECRET_ACCESS_KEY', 'local'],
    [ENV.table, undefined],
    [ENV.bucket, undefined],
  ] as const) {
    vi.stubEnv(name, value);
  }
  watchS3(deployed);
  watchSqs(deployed);
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
  mockClient(CloudWatchClient).on(DescribeAlarmsCommand).callsFake(noting('cloudwatch:DescribeAlarms'));
  mockStacks(() => deployed.note('cloudformation:DescribeStacks')).deploy(
    stack('DaybookState', { TableName: table.name, BucketName: 'captures', NewsTopicArn: 'arn:news' }),
    stack('DaybookService', {
      ReaderTokenParameter: '/DaybookService/reader-token',
      GivenUpQueueUrl: 'https://sqs.eu-west-1.amazonaws.com/123456789012/GivenUp',
      PlanFunctionName: 'plan-1',
      FetchFunctionName: 'fetch-1',
      IngestFunctionName: 'ingest-1',
      NotifyFunctionName: 'notify-1',
      ReaderUrl: 'https://reader.example',
    }),
  );
  return deployed;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}

/** A call of DynamoDB, to the table of this machine. */
async function forward(to: string, request: IncomingMessage, deployed: Deployed): Promise<Response> {
  const body = await bodyOf(request);
  const target = String(request.headers['x-amz-target']);
  try {
    deployed.note(`dynamodb:${target.split('.')[1]}`);
  } catch (error) {
    return Response.json({ __type: refusal.name, message: (error as Error).message }, { status: 400 });
  }
  const { authorization = '' } = request.headers;
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target, authorization };
  const date = { 'x-amz-date': String(request.headers['x-amz-date']) };
  return fetch(to, { method: 'POST', headers: { ...headers, ...date }, body });
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

/** Receipts are ids. */
function watchSqs(deployed: Deployed): void {
  const sqs = mockClient(SQSClient);
  sqs.on(GetQueueAttributesCommand).callsFake(async () => {
    deployed.note('sqs:GetQueueAttributes');
    return {};
  });
  sqs.on(ReceiveMessageCommand).callsFake(async () => {
    deployed.note('sqs:ReceiveMessage');
    const visible = [...deployed.letters].filter(([id]) => !deployed.hidden.has(id));
    for (const [id] of visible) deployed.hidden.add(id);
    return { Messages: visible.map(([id, Body]) => ({ MessageId: id, ReceiptHandle: id, Body })) };
  });
  sqs.on(DeleteMessageCommand).callsFake(async ({ ReceiptHandle }) => {
    deployed.note('sqs:DeleteMessage');
    deployed.letters.delete(ReceiptHandle);
    deployed.hidden.delete(ReceiptHandle);
  });
  sqs.on(ChangeMessageVisibilityCommand).callsFake(async ({ ReceiptHandle }) => {
    deployed.note('sqs:ChangeMessageVisibility');
    deployed.hidden.delete(ReceiptHandle);
  });
}
