import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import type { FetchCallDeps } from '#app/fetch/fetch-call.ts';
import { configureIngest } from '#app/ingest/configure.ts';
import type { IngestDeps } from '#app/ingest/types.ts';
import type { NotifyDeps } from '#app/notify/notify.ts';
import type { HistoryStore, ObjectStore } from '#app/ports.ts';
import { type StorePlace, withFormat } from '#app/store-format.ts';
import type { DaybookConfig } from '#core/config.ts';
import { ENV, NO_TOKEN } from '#core/names.ts';
import { composeFetcher } from '../http/compose.ts';
import { documentClient } from './dynamodb/client.ts';
import { createHistoryStore } from './dynamodb/history-store.ts';
import { Table } from './dynamodb/table.ts';
import { required } from './environment.ts';
import { createInvoker } from './invoker.ts';
import { createLambdaQueue } from './lambda-queue.ts';
import { createS3Objects } from './s3-objects.ts';
import { createSnsNotifier } from './sns-notifier.ts';
import { createLog } from './telemetry.ts';

/** Sites refuse the addresses of clouds more often than others. */
const REFUSED_HERE =
  'If the site refuses the addresses of AWS: "daybook relay --aws" fetches its pages from elsewhere (docs/relay.md).';

/** One function's dependencies each, from the environment that the stateless stack sets. Clients live as long as the function. */
export const history = (table = required(ENV.table)): HistoryStore => withFormat(anyHistory(table), placeOf(table));
const anyHistory = (table: string): HistoryStore => createHistoryStore(new Table(documentClient(), table));
/** How messages name a deployed table. */
export const placeOf = (table: string): StorePlace => ({
  name: `table ${table}`,
  remedy: 'see "The store has another format" in docs/runbook.md, which uses "daybook rebuild --aws"',
});
const objects = (bucket = required(ENV.bucket)): ObjectStore => createS3Objects(new S3Client({}), bucket);

/**
 * Longest wait for a host's turn: a `Crawl-delay` of up to 48 seconds is kept within a call. Waiting is paid for: a host that
 * wants more patience is asked by a later job, one page a call.
 */
export const FETCH_WAIT_MS = 60_000;

export function composeFetch(config: DaybookConfig): FetchCallDeps {
  const log = createLog('fetch');
  const fetcher = composeFetcher(config, log, { maxWaitMs: FETCH_WAIT_MS });
  return {
    fetcher,
    objects: objects(),
    ingestQueue: createLambdaQueue(createInvoker(), required(ENV.ingestFunction)),
    log,
    now: () => new Date(),
  };
}

export function composeIngest(config: DaybookConfig): IngestDeps {
  return { ...configureIngest(config, composeRead(), createLog('ingest')), watchedOnly: true };
}

export function composeNotify(config: DaybookConfig): NotifyDeps {
  return {
    history: history(),
    channels: {
      sns: createSnsNotifier(new SNSClient({}), {
        news: required(ENV.newsTopicArn),
        health: required(ENV.healthTopicArn),
      }),
    },
    rules: config.alerts.rules,
    readerUrl: process.env[ENV.readerUrl] ?? null,
    remedy: REFUSED_HERE,
    log: createLog('notify'),
    now: () => new Date(),
  };
}

/** A deployed table and bucket, with the credentials of this machine. */
export interface StoreNames {
  readonly table: string;
  readonly bucket: string;
}

export function composeStore({ table, bucket }: StoreNames): { history: HistoryStore; objects: ObjectStore } {
  return { history: history(table), objects: objects(bucket) };
}

/** The deployed store whatever its format: for a rebuild, which reads little of it. */
export function composeAnyFormat({ table, bucket }: StoreNames): { history: HistoryStore; objects: ObjectStore } {
  return { history: anyHistory(table), objects: objects(bucket) };
}

export function composeRead(): { history: HistoryStore; objects: ObjectStore } {
  return { history: history(), objects: objects() };
}

/** The tokens of the deployed reader; null where the stack says that it needs none. */
export function composeTokens(): (() => Promise<readonly string[]>) | null {
  const parameter = required(ENV.tokenParameter);
  if (parameter === NO_TOKEN) return null;
  let reading: Promise<() => Promise<readonly string[]>> | undefined;
  return async () => {
    reading ??= parameters().then(({ client, createParameterTokens }) => createParameterTokens(client, parameter));
    return (await reading)();
  };
}

/** Stores a token of the deployed reader: `putToken`, with the credentials of this machine. */
export async function storeToken(parameter: string, token: string, replace: boolean): Promise<void> {
  const { client, putToken } = await parameters();
  return putToken(client, parameter, token, replace);
}

/** A reader that is open to everybody never loads what reads parameters. */
async function parameters() {
  const functions = await import('./token-parameter.ts');
  return { client: functions.createParameterClient(), ...functions };
}
