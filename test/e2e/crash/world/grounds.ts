import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '#adapters/aws/dynamodb/client.ts';
import { tableSchema } from '#adapters/aws/dynamodb/schema.ts';
import { createS3Objects } from '#adapters/aws/s3-objects.ts';
import { type EmbeddedTable, openEmbeddedTable } from '#adapters/local/embedded-table.ts';
import { createFolderObjects } from '#adapters/local/folder-objects.ts';
import type { Command } from '../../../support/item-table.ts';
import { startStandIn } from '../../../support/stand-in.ts';
import { type Ground, TABLE_NAME } from './machine.ts';
import type { Moment } from './reference.ts';

/** What databases and objects lives run over; one at a time. */
export interface Land {
  readonly name: string;
  /** An empty ground, or one as it was at a moment of the undisturbed run; those given out before are closed. */
  fresh(moment?: Moment): Promise<Ground>;
  close(): Promise<void>;
}

/** What is shipped for one machine: the embedded table, and a folder. */
export async function openEmbeddedLand(): Promise<Land> {
  let opened: { readonly database: EmbeddedTable; readonly folder: string } | null = null;
  const close = async () => {
    await opened?.database.close();
    if (opened !== null) await rm(opened.folder, { recursive: true, force: true });
    opened = null;
  };
  return {
    name: 'the embedded table and a folder',
    async fresh(moment) {
      await close();
      const database = await openEmbeddedTable(null);
      const folder = await mkdtemp(join(tmpdir(), 'crash-'));
      opened = { database, folder };
      const { calls } = database;
      // Whether a file outlives a power cut is not to be seen here: a process that dies takes no file with it.
      const objects = createFolderObjects(folder, { durable: false });
      return laidOut({ send: (command: Command) => calls.send(command as never), objects }, moment);
    },
    close,
  };
}

/** What is shipped for AWS: the adapters of DynamoDB and S3, over a stand-in in a process of its own. */
export async function openStandInLand(): Promise<Land> {
  const { config, close } = await startStandIn();
  const tables = new DynamoDBClient(config);
  const documents = documentClient(config);
  const buckets = new S3Client({ ...config, forcePathStyle: true });
  const bucket = 'crash-matrix';
  const region = { CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' as const } };
  return {
    name: "the stand-in's DynamoDB and S3",
    async fresh(moment) {
      const { ok } = await fetch(`${config.endpoint}/moto-api/reset`, { method: 'POST' });
      if (!ok) throw new Error('The stand-in could not be emptied');
      await tables.send(new CreateTableCommand(tableSchema(TABLE_NAME)));
      await buckets.send(new CreateBucketCommand({ Bucket: bucket, ...region }));
      const objects = createS3Objects(buckets, bucket);
      return laidOut({ send: (command: Command) => documents.send(command as never), objects }, moment);
    },
    async close() {
      for (const client of [tables, documents, buckets]) client.destroy();
      await close();
    },
  };
}

const BATCH = 25;

/** The ground with everything on it that there was at the moment. */
async function laidOut(ground: Ground, moment: Moment | undefined): Promise<Ground> {
  if (moment === undefined) return ground;
  const requests = moment.table.items().map((Item) => ({ PutRequest: { Item } }));
  for (let at = 0; at < requests.length; at += BATCH) {
    await ground.send(new BatchWriteCommand({ RequestItems: { [TABLE_NAME]: requests.slice(at, at + BATCH) } }));
  }
  for await (const key of moment.objects.list('')) {
    const bytes = await moment.objects.get(key);
    if (bytes !== null) await ground.objects.putOnce(key, bytes, 'application/octet-stream');
  }
  return ground;
}
