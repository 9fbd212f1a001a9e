import { CloudFormationClient, DeleteStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, RestoreTableToPointInTimeCommand } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '#adapters/aws/dynamodb/client.ts';
import { stacksOf } from '#core/names.ts';
import { ADDED_TEXT, LATER_TEXT } from '../chronicle.ts';
import { read } from '../reader.ts';
import type { Rehearsal } from '../rehearsal.ts';
import type { Theme } from './theme.ts';

const COPY = 'rehearsal-copy';
const REBUILT = 'rehearsal-rebuilt';

/**
 * The table is damaged, restored from a point-in-time copy, and made again from the bucket: by the commands that
 * docs/restoring.md gives to an owner, each time up to the same history.
 */
export const restore: Theme = async (rehearsal, inboxes) => {
  const { step } = bound(rehearsal);
  await step('AWS copies the table to a point in time', () => pointInTimeCopy(rehearsal));
  await step('the page changes once more after the copy', async () => {
    rehearsal.page.publish(LATER_TEXT);
    await rehearsal.fallDue();
    await rehearsal.plan();
    await inboxes.news.expectOne(rehearsal, LATER_TEXT);
  });
  await step('the store is sound', () => expectSound(rehearsal));
  const before = await answers(rehearsal);
  for (const [from, damage] of [
    [COPY, 'a lost and a corrupted item'],
    [REBUILT, 'the whole table lost'],
  ] as const) {
    await step(`the functions are taken out of service`, deleteService);
    await step(`the table is damaged: ${damage}`, () => (from === COPY ? damageSome(rehearsal) : loseAll(rehearsal)));
    await step('daybook verify --aws finds it', () => expectDamaged(rehearsal));
    if (from === REBUILT) {
      await step('daybook rebuild --aws makes a new table from the bucket', () =>
        rehearsal.daybook('rebuild', '--aws', '--into-table', REBUILT),
      );
    }
    await step(`daybook restore --aws brings ${from} into service`, () =>
      rehearsal.daybook('restore', '--aws', '--from-table', from, '--yes'),
    );
    await step('the store is sound', () => expectSound(rehearsal));
    await step('the functions are deployed again', async () => rehearsal.deployed(await rehearsal.standIn.deploy()));
    await step('revisions, changes and dates read as before', async () => {
      const now = await answers(rehearsal);
      if (now !== before) throw new Error(`They were ${before} and are ${now}`);
    });
    await step('the records of the restored table send no alert', async () => {
      await rehearsal.replayStream();
      await inboxes.news.expectNone();
      await inboxes.health.expectNone();
    });
  }
};

const bound = (rehearsal: Rehearsal) => ({ step: rehearsal.step.bind(rehearsal) });

async function pointInTimeCopy(rehearsal: Rehearsal): Promise<void> {
  await new DynamoDBClient({}).send(
    new RestoreTableToPointInTimeCommand({
      SourceTableName: rehearsal.state('TableName'),
      TargetTableName: COPY,
      UseLatestRestorableTime: true,
    }),
  );
}

async function deleteService(): Promise<void> {
  const client = new CloudFormationClient({});
  const StackName = stacksOf(null).service;
  await client.send(new DeleteStackCommand({ StackName }));
  const isGone = await client.send(new DescribeStacksCommand({ StackName })).then(
    ({ Stacks }) => Stacks?.[0]?.StackStatus === 'DELETE_COMPLETE',
    () => true,
  );
  if (!isGone) throw new Error(`${StackName} is still there.`);
}

async function damageSome(rehearsal: Rehearsal): Promise<void> {
  const [client, TableName] = [documentClient(), rehearsal.state('TableName')];
  const { Items = [] } = await client.send(new ScanCommand({ TableName }));
  const head = Items.find(({ pk, sk }) => pk === `PAGE#${rehearsal.pageId}` && sk === 'HEAD');
  const revision = Items.find(({ pk, sk }) => pk === `PAGE#${rehearsal.pageId}` && String(sk).startsWith('REV#'));
  if (head === undefined || revision === undefined) throw new Error('There is nothing to damage.');
  await client.send(new PutCommand({ TableName, Item: { ...head, data: '{"revision": 1' } }));
  await client.send(new DeleteCommand({ TableName, Key: { pk: revision.pk, sk: revision.sk } }));
}

async function loseAll(rehearsal: Rehearsal): Promise<void> {
  const [client, TableName] = [documentClient(), rehearsal.state('TableName')];
  const { Items = [] } = await client.send(new ScanCommand({ TableName }));
  for (const { pk, sk } of Items) await client.send(new DeleteCommand({ TableName, Key: { pk, sk } }));
}

async function expectSound(rehearsal: Rehearsal): Promise<void> {
  const { ok, waiting } = JSON.parse(
    (await rehearsal.daybook('verify', '--aws', '--json')).trim().split('\n').at(-1) ?? '',
  );
  if (ok !== true || waiting !== 0) throw new Error(`verify says ok: ${ok}, ${waiting} captures wait`);
}

async function expectDamaged(rehearsal: Rehearsal): Promise<void> {
  const sound = await expectSound(rehearsal).then(
    () => true,
    () => false,
  );
  if (sound) throw new Error('verify finds nothing wrong.');
}

/** What readers get of the page: its revisions, changes and the paragraphs with their dates. */
async function answers(rehearsal: Rehearsal): Promise<string> {
  const page = `/api/pages/${rehearsal.pageId}`;
  const parts = [
    await read(rehearsal, `${page}/revisions`),
    await read(rehearsal, `${page}/changes`, ADDED_TEXT),
    await read(rehearsal, `/api/timeline?page=${rehearsal.pageId}`, LATER_TEXT),
  ];
  return parts.join('\n');
}
