import type {
  BatchGetCommand,
  BatchGetCommandOutput,
  BatchWriteCommand,
  BatchWriteCommandOutput,
  GetCommand,
  GetCommandOutput,
  PutCommand,
  QueryCommand,
  QueryCommandOutput,
  ScanCommand,
  ScanCommandOutput,
} from '@aws-sdk/lib-dynamodb';

type Page = Pick<QueryCommandOutput, 'Items' | 'LastEvaluatedKey'>;

/** The calls of DynamoDB that the store makes, and what it reads of the answers. The SDK's document client has them. */
export interface ItemCalls {
  send(command: GetCommand): Promise<Pick<GetCommandOutput, 'Item'>>;
  send(command: PutCommand): Promise<unknown>;
  send(command: QueryCommand): Promise<Page>;
  send(command: ScanCommand): Promise<Pick<ScanCommandOutput, keyof Page>>;
  send(command: BatchGetCommand): Promise<Pick<BatchGetCommandOutput, 'Responses' | 'UnprocessedKeys'>>;
  send(command: BatchWriteCommand): Promise<Pick<BatchWriteCommandOutput, 'UnprocessedItems'>>;
}
