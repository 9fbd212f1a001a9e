import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import dynalite from 'dynalite';
import { UnavailableError } from '#app/errors.ts';
import { documentClient } from '../aws/dynamodb/client.ts';
import { tableSchema } from '../aws/dynamodb/schema.ts';
import { Table } from '../aws/dynamodb/table.ts';

export interface EmbeddedTable {
  readonly table: Table;
  /** The client that the table is made of, and the name that it has there. */
  readonly client: DynamoDBDocumentClient;
  readonly name: string;
  close(): Promise<void>;
}

const NAME = 'daybook';

/**
 * The one table in this process: dynalite on loopback behind the same adapter that talks to DynamoDB.
 * @param path folder of the database, or null for one in memory that ends with the process.
 * @throws UnavailableError (`unavailable`) when another process has the folder.
 */
export async function openEmbeddedTable(path: string | null): Promise<EmbeddedTable> {
  if (path !== null) await probe(path);
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0, ...(path === null ? {} : { path }) });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const config = {
    endpoint: `http://127.0.0.1:${port}`,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 2,
  };
  const client = new DynamoDBClient(config);
  const documents = documentClient(config);
  const close = async () => {
    client.destroy();
    documents.destroy();
    server.closeAllConnections();
    await new Promise<void>((done, failed) => server.close((error) => (error ? failed(error) : done())));
  };
  try {
    await ensureTable(client);
  } catch (cause) {
    await close().catch(() => {
      // The first failure is the one to report.
    });
    throw new UnavailableError('The embedded database could not be prepared', cause);
  }
  return { table: new Table(documents, NAME), client: documents, name: NAME, close };
}

interface Database {
  open(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the folder's database as dynalite will and closes it again: dynalite itself throws where no caller can catch it
 * when it cannot open its database, and ends the process. The database is dynalite's own, hence its own package.
 */
async function probe(path: string): Promise<void> {
  const ours = createRequire(import.meta.url);
  const { Level } = createRequire(ours.resolve('dynalite'))('level') as { Level: new (path: string) => Database };
  const database = new Level(path);
  try {
    await mkdir(path, { recursive: true });
    await database.open();
    await database.close();
  } catch (cause) {
    throw new UnavailableError(
      `The embedded database in ${path} could not be opened; is another Daybook using it?`,
      cause,
    );
  }
}

async function ensureTable(client: DynamoDBClient): Promise<void> {
  try {
    await client.send(new DescribeTableCommand({ TableName: NAME }));
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ResourceNotFoundException') throw error;
    await client.send(new CreateTableCommand(tableSchema(NAME)));
    // Embedded tables become active a moment after they were made.
    for (;;) {
      const { Table: table } = await client.send(new DescribeTableCommand({ TableName: NAME }));
      if (
        table?.TableStatus === 'ACTIVE' &&
        table.GlobalSecondaryIndexes?.every((index) => index.IndexStatus === 'ACTIVE')
      )
        return;
      await new Promise((done) => setTimeout(done, 2));
    }
  }
}
