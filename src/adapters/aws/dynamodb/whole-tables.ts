import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
  ResourceNotFoundException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import type { TableShape } from '#app/restore/ports.ts';
import { awsFailure } from '../failure.ts';
import { tableSchema } from './schema.ts';

/** Seconds that making an empty table may take. */
const PATIENCE = 300;

/** Whole tables, for commands that an operator runs: no function has these permissions. */
export class WholeTables {
  readonly #client: DynamoDBClient;

  constructor(config: DynamoDBClientConfig = {}) {
    this.#client = new DynamoDBClient(config);
  }

  /** Null where there is no table of that name. */
  async look(name: string): Promise<TableShape | null> {
    try {
      const { Table } = await this.#client.send(new DescribeTableCommand({ TableName: name }));
      const keyOf = (type: string) => Table?.KeySchema?.find(({ KeyType }) => KeyType === type)?.AttributeName;
      const keys = [keyOf('HASH'), keyOf('RANGE')].filter((key) => key !== undefined);
      return { arn: Table?.TableArn ?? name, status: Table?.TableStatus ?? 'unknown', keys };
    } catch (cause) {
      if (cause instanceof ResourceNotFoundException) return null;
      throw awsFailure(cause, 'DynamoDB');
    }
  }

  /** Makes an empty table with the keys and indexes of the deployed one, and waits until it can be used. */
  async make(name: string): Promise<void> {
    try {
      await this.#client.send(new CreateTableCommand(tableSchema(name)));
      await waitUntilTableExists({ client: this.#client, maxWaitTime: PATIENCE, minDelay: 1 }, { TableName: name });
    } catch (cause) {
      throw awsFailure(cause, 'DynamoDB');
    }
  }

  close(): void {
    this.#client.destroy();
  }
}
