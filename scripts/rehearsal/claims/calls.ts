import { ENV, OBJECT_PREFIX, TABLE } from '#core/names.ts';
import { ACCOUNT, type Account, fail, REGION, type Resource } from './account.ts';
import type { Call, Statement } from './policy.ts';

/** The first part of a function's logical id names its capability: "plan". */
export const capabilityOf = ({ id }: Resource): string => id.replace(/Function.*$/, '').toLowerCase();

const ONCE = { 's3:if-none-match': '*', 's3:ObjectCreationOperation': 'true' };
const { captures, bodies, evidence, revisions } = OBJECT_PREFIX;
const { acrossIndex, dueIndex, pagesIndex } = TABLE;

interface Asked {
  readonly table?: Readonly<Record<string, readonly string[]>>;
  readonly read?: readonly string[];
  readonly write?: readonly string[];
  /** Of the topics that its environment names, to which it then sends nothing. */
  readonly topics?: readonly string[];
}

/** What the code of each function asks of the table (an index, or the table itself: '') and of the bucket. */
const ASKED: Readonly<Record<string, Asked>> = {
  plan: {
    table: { '': ['Query', 'GetItem', 'PutItem'], [dueIndex]: ['Query'] },
    topics: ['ListSubscriptionsByTopic'],
  },
  fetch: { read: [captures, bodies], write: [captures, bodies] },
  ingest: {
    table: { '': ['Query', 'GetItem', 'PutItem', 'BatchGetItem', 'BatchWriteItem'], [dueIndex]: ['Query'] },
    read: [captures, bodies, evidence, revisions],
    write: [evidence, revisions],
  },
  notify: {
    table: {
      '': ['Query', 'GetItem', 'PutItem', 'BatchGetItem', 'BatchWriteItem'],
      [pagesIndex]: ['Query'],
      [dueIndex]: ['Query'],
    },
  },
  read: {
    table: {
      '': ['Query', 'GetItem', 'BatchGetItem'],
      [acrossIndex]: ['Query'],
      [pagesIndex]: ['Query'],
      [dueIndex]: ['Query'],
    },
    read: [captures, bodies, evidence, revisions],
  },
};

/** Actions that CDK grants together with one that is used. They show nothing and change nothing. */
export const GRANTED_BESIDE: ReadonlySet<string> = new Set(['sqs:GetQueueAttributes', 'sqs:GetQueueUrl']);

export interface State {
  readonly table: Resource;
  readonly bucket: Resource;
}

export function stateOf(account: Account): State {
  const only = (type: string) => account.of(type)[0] ?? fail(`There is no ${type}.`);
  return { table: only('AWS::DynamoDB::GlobalTable'), bucket: only('AWS::S3::Bucket') };
}

/** Every call of a function's code, and of Lambda on its behalf. */
export function callsOf(account: Account, fn: Resource): Call[] {
  const { table, bucket } = stateOf(account);
  const asked = ASKED[capabilityOf(fn)] ?? fail(`${fn.id}: declare its calls in scripts/rehearsal/claims/calls.ts.`);
  const { read = [], write = [] } = asked;
  return [
    ...ownLog(account, fn),
    ...Object.entries(asked.table ?? {}).flatMap(([index, actions]) =>
      actions.map((action) => ({
        action: `dynamodb:${action}`,
        resource: index === '' ? table.arn : `${table.arn}/index/${index}`,
      })),
    ),
    // Without it a missing object is "forbidden" to S3, and every first fetch would fail.
    ...(read.length > 0 ? [{ action: 's3:ListBucket', resource: bucket.arn }] : []),
    ...read.map((prefix) => ({ action: 's3:GetObject', resource: `${bucket.arn}/${prefix}sample/key` })),
    ...write.map((prefix) => ({
      action: 's3:PutObject',
      resource: `${bucket.arn}/${prefix}sample/key`,
      context: ONCE,
    })),
    ...tokenOf(fn),
    ...namedBy(account, fn, 'AWS::SNS::Topic').flatMap(({ arn }) =>
      both(arn, ...(asked.topics ?? []).map((action) => `sns:${action}`)),
    ),
    ...handedOver(account, fn),
    ...polled(account, fn),
  ];
}

/** The parameter with the reader's token, where the environment names one. */
function tokenOf(fn: Resource): Call[] {
  const name = String(fn.properties.Environment?.Variables?.[ENV.tokenParameter] ?? '');
  const resource = `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter${name}`;
  return name.startsWith('/') ? [{ action: 'ssm:GetParameter', resource }] : [];
}

function ownLog(account: Account, fn: Resource): Call[] {
  const name: unknown = fn.properties.LoggingConfig?.LogGroup;
  const group = account.of('AWS::Logs::LogGroup').find(({ ref }) => ref === name);
  const stream = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${group?.ref ?? `/aws/lambda/${fn.ref}`}:log-stream:2026`;
  return ['logs:CreateLogStream', 'logs:PutLogEvents'].map((action) => ({ action, resource: stream }));
}

const SENDS: Readonly<Record<string, string>> = {
  'AWS::SQS::Queue': 'sqs:SendMessage',
  'AWS::SNS::Topic': 'sns:Publish',
  'AWS::Lambda::Function': 'lambda:InvokeFunction',
};

/** Queues, topics and functions that the environment names are there to be sent to. */
export function targetsOf(account: Account, fn: Resource): Resource[] {
  const asksOnly = ASKED[capabilityOf(fn)]?.topics !== undefined;
  const types = Object.keys(SENDS).filter((type) => !(asksOnly && type === 'AWS::SNS::Topic'));
  return namedBy(account, fn, ...types);
}

function namedBy(account: Account, fn: Resource, ...types: readonly string[]): Resource[] {
  const variables: Record<string, unknown> = fn.properties.Environment?.Variables ?? {};
  return Object.values(variables).flatMap((value) => {
    const target = account.find(value);
    return target !== undefined && types.includes(target.type) ? [target] : [];
  });
}

function handedOver(account: Account, fn: Resource): Call[] {
  const given = invokeConfigs(account, fn).flatMap(({ properties }) => {
    const to = account.find(properties.DestinationConfig?.OnFailure?.Destination);
    return to === undefined ? [] : [to];
  });
  const mapped = mappingsOf(account, fn).flatMap(({ properties }) => {
    const to = account.find(properties.DestinationConfig?.OnFailure?.Destination);
    return to === undefined ? [] : [to];
  });
  return [...targetsOf(account, fn), ...given, ...mapped].map((to) => ({
    action: SENDS[to.type] ?? fail(`Nobody sends to a ${to.type}.`),
    resource: to.arn,
  }));
}

const POLLED: Readonly<Record<string, readonly string[]>> = {
  sqs: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'],
  dynamodb: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
};

/** Lambda reads queues and streams with the function's own role. */
function polled(account: Account, fn: Resource): Call[] {
  return mappingsOf(account, fn).flatMap(({ properties }) => {
    const source = String(properties.EventSourceArn);
    return (POLLED[source.split(':')[2] ?? ''] ?? []).map((action) => ({ action, resource: source }));
  });
}

const ofFunction = (account: Account, type: string, fn: Resource) =>
  account.of(type).filter(({ properties }) => account.find(properties.FunctionName) === fn);

export const mappingsOf = (account: Account, fn: Resource) =>
  ofFunction(account, 'AWS::Lambda::EventSourceMapping', fn);
export const invokeConfigs = (account: Account, fn: Resource) =>
  ofFunction(account, 'AWS::Lambda::EventInvokeConfig', fn);

/** Calls that no function may make, and those that this one may not. */
export function forbiddenTo(account: Account, fn: Resource): Call[] {
  const { table, bucket } = stateOf(account);
  const own = new Set(callsOf(account, fn).map(({ action, resource }) => `${action} ${resource}`));
  const calls = [
    ...['DeleteItem', 'DeleteTable', 'UpdateItem', 'UpdateTable', 'Scan', 'BatchWriteItem', 'PutItem', 'GetItem'].map(
      (action) => ({ action: `dynamodb:${action}`, resource: table.arn }),
    ),
    ...['DeleteBucketPolicy', 'PutBucketPolicy', 'PutLifecycleConfiguration', 'PutBucketVersioning'].map((action) => ({
      action: `s3:${action}`,
      resource: bucket.arn,
    })),
    ...Object.values(OBJECT_PREFIX).flatMap((prefix) => {
      const resource = `${bucket.arn}/${prefix}sample/key`;
      const actions = ['DeleteObject', 'DeleteObjectVersion', 'PutObjectRetention', 'GetObject'];
      return [
        ...actions.map((action) => ({ action: `s3:${action}`, resource })),
        { action: 's3:PutObject', resource, context: ONCE },
      ];
    }),
    ...account.of('AWS::SNS::Topic').flatMap(({ arn }) => both(arn, 'sns:Publish', 'sns:Subscribe')),
    ...account.of('AWS::SQS::Queue').flatMap(({ arn }) => both(arn, 'sqs:SendMessage', 'sqs:PurgeQueue')),
    ...account
      .of('AWS::Lambda::Function')
      .flatMap(({ arn }) => both(arn, 'lambda:InvokeFunction', 'lambda:UpdateFunctionCode')),
    ...account.of('AWS::IAM::Role').flatMap(({ arn }) => both(arn, 'iam:PassRole', 'sts:AssumeRole')),
  ];
  return calls.filter(({ action, resource }) => !own.has(`${action} ${resource}`));
}

const both = (resource: string, ...actions: string[]) => actions.map((action) => ({ action, resource }));

/** Statements of a function's role, or of any other. */
export function statementsOf(account: Account, role: unknown): Statement[] {
  const owner = account.find(role);
  const attached = account
    .of('AWS::IAM::Policy')
    .filter(({ properties }) =>
      (properties.Roles as unknown[] | undefined)?.some((name) => account.find(name) === owner),
    );
  const inline: { PolicyDocument: { Statement: Statement[] } }[] = owner?.properties.Policies ?? [];
  return [...attached.map(({ properties }) => properties), ...inline].flatMap(
    ({ PolicyDocument }) => PolicyDocument.Statement as Statement[],
  );
}

const RESOURCE_POLICIES: Readonly<Record<string, string>> = {
  'AWS::S3::BucketPolicy': 'Bucket',
  'AWS::SNS::TopicPolicy': 'Topics',
  'AWS::SQS::QueuePolicy': 'Queues',
};

/** Statements of the policy that a bucket, a topic or a queue has itself. */
export function resourceStatements(account: Account, resource: Resource): Statement[] {
  return Object.entries(RESOURCE_POLICIES).flatMap(([type, names]) =>
    account
      .of(type)
      .filter(({ properties }) => [properties[names]].flat().some((name) => account.find(name) === resource))
      .flatMap(({ properties }) => properties.PolicyDocument.Statement as Statement[]),
  );
}

/** The resource whose policy judges a call: that of the bucket for its objects, too. */
export const judgeOf = (account: Account, { resource }: Call): Resource | undefined =>
  account.resources.find(({ arn }) => resource === arn || resource.startsWith(`${arn}/`));
