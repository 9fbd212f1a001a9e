import { S3Client } from '@aws-sdk/client-s3';
import type { Account } from '#app/doctor/account.ts';
import type { HistoryStore, ObjectStore } from '#app/ports.ts';
import { expectFormat } from '#app/store-format.ts';
import { placeOf } from '../compose.ts';
import { documentClient } from '../dynamodb/client.ts';
import { createHistoryStore } from '../dynamodb/history-store.ts';
import { Table } from '../dynamodb/table.ts';
import { createS3Objects } from '../s3-objects.ts';
import { type Deployment, outputOf } from './deployment.ts';
import { accountClients, asked, createAccount } from './doctor-account.ts';

/** What the doctor asks of a deployment. */
export interface DoctorDeps {
  readonly account: Account;
  readonly history: HistoryStore;
  readonly objects: ObjectStore;
  /** @throws StoreFormatError where the table has another format; NotPermittedError. */
  expectFormat(): Promise<void>;
}

/** The account and the store of a deployment, whatever the store's format. */
export function composeDoctor({ state }: Deployment): DoctorDeps {
  const table = outputOf(state, 'TableName');
  const history = withActions(createHistoryStore(new Table(documentClient(), table)));
  const objects = withActionsOfObjects(createS3Objects(new S3Client({}), outputOf(state, 'BucketName')));
  return {
    account: createAccount(accountClients(), objects),
    history,
    objects,
    expectFormat: async () => void (await expectFormat(history, placeOf(table))),
  };
}

/** The store, whose refusals name the action that is missing. */
function withActions(history: HistoryStore): HistoryStore {
  const methods = Object.entries(history).map(([name, method]) => [
    name,
    name === 'audit'
      ? method
      : (...args: unknown[]) => asked('dynamodb:Query', () => Reflect.apply(method, history, args) as Promise<unknown>),
  ]);
  return Object.fromEntries(methods) as HistoryStore;
}

/** The objects, of which a refused call names its action. */
const withActionsOfObjects = (objects: ObjectStore): ObjectStore => ({
  ...objects,
  get: (key) => asked('s3:GetObject', () => objects.get(key)),
  async *list(prefix, after) {
    try {
      yield* objects.list(prefix, after);
    } catch (error) {
      await asked('s3:ListBucket', () => Promise.reject(error));
    }
  },
});
