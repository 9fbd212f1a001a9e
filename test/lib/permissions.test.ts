import { describe, expect, test } from 'vitest';
import { actionsOf, CAPABILITIES, functionOf, type Statement, statementsOf, template } from './service.ts';
import { resourcesOf } from './synth.ts';

describe('permissions', () => {
  const SQS_SENDER = ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'];
  const LOG = ['logs:CreateLogStream', 'logs:PutLogEvents'];
  const sorted = (...lists: string[][]) => lists.flat().sort();

  test('are exactly these', () => {
    expect(Object.fromEntries(CAPABILITIES.map((name) => [name, actionsOf(name)]))).toEqual({
      Plan: sorted(
        LOG,
        ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'lambda:InvokeFunction'],
        // Of the table, to read the added series.
        ['dynamodb:Query'],
        // Whether somebody can get the welcome.
        ['sns:ListSubscriptionsByTopic'],
        // Dead letters.
        SQS_SENDER,
      ),
      Fetch: sorted(LOG, SQS_SENDER, ['s3:GetObject', 's3:ListBucket', 's3:PutObject', 'lambda:InvokeFunction']),
      Ingest: sorted(
        LOG,
        SQS_SENDER,
        ['dynamodb:BatchGetItem', 'dynamodb:BatchWriteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
        // Of the index, to recognise a store from before formats had numbers.
        ['dynamodb:Query'],
        ['s3:GetObject', 's3:ListBucket', 's3:GetObject', 's3:ListBucket', 's3:PutObject'],
      ),
      Notify: sorted(
        LOG,
        SQS_SENDER,
        ['dynamodb:BatchGetItem', 'dynamodb:BatchWriteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
        // Of the index, to recognise a store from before formats had numbers.
        ['dynamodb:Query'],
        // Of the index of pages, to count those of a host.
        ['dynamodb:Query'],
        ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
        ['sns:Publish'],
      ),
      Read: sorted(LOG, [
        'dynamodb:BatchGetItem',
        'dynamodb:GetItem',
        'dynamodb:Query',
        's3:GetObject',
        's3:ListBucket',
        // The token of the reader.
        'ssm:GetParameter',
      ]),
    });
  });

  test('allow on named resources only: no action and no resource is a bare wildcard', () => {
    for (const { Properties } of Object.values(resourcesOf(template, 'AWS::IAM::Policy'))) {
      const { Statement } = Properties.PolicyDocument as { Statement: Statement[] };
      for (const { Action, Effect, Resource } of Statement) {
        expect(Effect).toBe('Allow');
        expect(JSON.stringify(Action)).not.toContain('*');
        expect([Resource].flat()).not.toContain('*');
      }
    }
  });

  test('let plan start fetch, fetch start ingest, and nobody anything else', () => {
    const started = CAPABILITIES.map((name) => {
      const own = statementsOf(name).filter(({ Action }) => [Action].flat().includes('lambda:InvokeFunction'));
      return [name, ...own.map(({ Resource }) => JSON.stringify(Resource))];
    });
    expect(started).toEqual([
      ['Plan', expect.stringMatching(/^{"Fn::GetAtt":\["FetchFunction\w+","Arn"\]}$/)],
      ['Fetch', expect.stringMatching(/^{"Fn::GetAtt":\["IngestFunction\w+","Arn"\]}$/)],
      ['Ingest'],
      ['Notify'],
      ['Read'],
    ]);
  });

  test('keep the fetching function away from the table and the topics', () => {
    const text = JSON.stringify([statementsOf('Fetch'), functionOf('Fetch').Environment]);
    expect(text).not.toMatch(/dynamodb|HistoryTable|sns:|Topic/);
    expect(text).not.toMatch(/(evidence|revisions)\/\*/);
  });

  test('let nobody delete, and only fetch and ingest write objects', () => {
    for (const name of CAPABILITIES) {
      expect(actionsOf(name).filter((action) => /delete/i.test(action))).toEqual([]);
    }
    expect(CAPABILITIES.filter((name) => actionsOf(name).includes('s3:PutObject'))).toEqual(['Fetch', 'Ingest']);
  });

  test('let ingest write what it makes of captures, and never a capture', () => {
    const writes = statementsOf('Ingest').filter(({ Action }) => Action.includes('s3:PutObject'));
    expect(JSON.stringify(writes)).toMatch(/\/evidence\/\*.*\/revisions\/\*/);
    expect(JSON.stringify(writes)).not.toMatch(/\/(captures|bodies)\/\*/);
  });

  // Without it S3 answers 403 for a capture that is not there yet, and no page could ever be fetched.
  test('let readers of objects see that one is missing', () => {
    for (const name of ['Fetch', 'Ingest', 'Read'] as const) expect(actionsOf(name)).toContain('s3:ListBucket');
  });

  test('let the read function write nothing at all', () => {
    const writing = actionsOf('Read').filter((action) => !/^(logs:|\w+:(Get|BatchGet|Query|List))/.test(action));
    expect(writing).toEqual([]);
  });
});
