import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import dynalite from 'dynalite';
import { documentClient } from '#adapters/aws/dynamodb/client.ts';
import { tableSchema } from '#adapters/aws/dynamodb/schema.ts';

export interface DynamoTable {
  readonly client: DynamoDBDocumentClient;
  readonly name: string;
  readonly endpoint: string;
  close(): Promise<void>;
}

const NAME = 'daybook';

/** A table in memory that speaks DynamoDB's protocol over a port, for the SDK's own client, and refuses what DynamoDB refuses. */
export async function openDynamoTable(): Promise<DynamoTable> {
  const server = dynalite({ createTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const config = {
    endpoint: `http://127.0.0.1:${port}`,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  const tables = new DynamoDBClient(config);
  const client = documentClient(config);
  await tables.send(new CreateTableCommand(tableSchema(NAME)));
  await waitUntilTableExists({ client: tables, maxWaitTime: 30, minDelay: 1 }, { TableName: NAME });
  return {
    client,
    name: NAME,
    endpoint: config.endpoint,
    async close() {
      tables.destroy();
      client.destroy();
      server.closeAllConnections();
      await new Promise<void>((done, failed) => server.close((error) => (error ? failed(error) : done())));
    },
  };
}
