import type { Account, Resource } from './account.ts';
import {
  callsOf,
  capabilityOf,
  forbiddenTo,
  GRANTED_BESIDE,
  judgeOf,
  resourceStatements,
  statementsOf,
  stateOf,
} from './calls.ts';
import { type Claim, change } from './claim.ts';
import { type Call, type Decision, decide, type Statement } from './policy.ts';

/** What a role and the resource's own policy make of a call, as one account judges it. */
function decided(account: Account, role: unknown, call: Call): Decision {
  const judge = judgeOf(account, call);
  const caller = { ...call, principal: { AWS: String(role) } };
  const own = judge === undefined ? 'silent' : decide(resourceStatements(account, judge), caller);
  const granted = decide(statementsOf(account, role), call);
  if (own === 'deny' || granted === 'deny') return 'deny';
  return own === 'allow' || granted === 'allow' ? 'allow' : 'silent';
}

const each = (account: Account, ask: (fn: Resource, may: (call: Call) => boolean) => readonly string[]) =>
  account
    .of('AWS::Lambda::Function')
    .flatMap((fn) => ask(fn, (call) => decided(account, fn.properties.Role, call) === 'allow'));

const spoken = (fn: Resource, verb: string, { action, resource }: Call) => `${fn.id} ${verb} ${action} on ${resource}.`;
const statementsIn = (policy: { PolicyDocument: { Statement: Statement[] } }) => policy.PolicyDocument.Statement;
const listed = (value: unknown): string[] => [value].flat().map(String);

/** The first call of SDK commands whose names differ from their actions. */
const COMMANDS: Readonly<Record<string, string>> = { ListBucket: 'ListObjectsV2', GetItem: 'Get', PutItem: 'Put' };
const BATCHES: Readonly<Record<string, string>> = { BatchGetItem: 'BatchGet', BatchWriteItem: 'BatchWrite' };
/** Calls that Lambda makes, in place of code of ours. */
const BY_LAMBDA = /^(logs:|sqs:|dynamodb:(DescribeStream|GetRecords|GetShard|ListStreams))/;

/** What the functions may do. */
export const FUNCTION_CLAIMS: readonly Claim[] = [
  {
    holds: 'every function may make every call that its code makes, and Lambda those on its behalf',
    faults: (account) =>
      each(account, (fn, may) =>
        callsOf(account, fn)
          .filter((call) => !may(call))
          .map((call) => spoken(fn, 'may not', call)),
      ),
    planted: 'readers of objects may not list the bucket',
    plant: (draft) =>
      change(draft, 'AWS::IAM::Policy', ({ PolicyDocument }) => {
        PolicyDocument.Statement = PolicyDocument.Statement.filter(
          ({ Action }: Statement) => Action !== 's3:ListBucket',
        );
      }),
  },
  {
    holds: 'no function may make a call that is not its own: delete, write elsewhere, publish, invoke, assume a role',
    faults: (account) =>
      each(account, (fn, may) =>
        forbiddenTo(account, fn)
          .filter((call) => may(call))
          .map((call) => spoken(fn, 'may', call)),
      ),
    planted: 'a prefix of the bucket has become the whole bucket',
    plant: (draft) =>
      change(draft, 'AWS::IAM::Policy', (policy) => {
        for (const statement of statementsIn(policy)) {
          if (JSON.stringify(statement.Resource).includes('captures/*')) {
            Object.assign(statement, { Resource: ['arn:aws:s3:::*/*'] });
          }
        }
      }),
  },
  {
    holds: 'no function has an action that neither its code nor Lambda uses',
    faults: (account) =>
      each(account, (fn) => {
        const used = new Set(callsOf(account, fn).map(({ action }) => action));
        const granted = statementsOf(account, fn.properties.Role).flatMap(({ Action }) => listed(Action));
        const idle = [...new Set(granted)].filter((action) => !used.has(action) && !GRANTED_BESIDE.has(action));
        return idle.map((action) => `${fn.id} has ${action} and never uses it.`);
      }),
    planted: 'a function may update items',
    plant: (draft) =>
      change(draft, 'AWS::IAM::Policy', (policy) => {
        for (const statement of statementsIn(policy)) {
          if (listed(statement.Action).includes('dynamodb:PutItem')) {
            Object.assign(statement, { Action: [...listed(statement.Action), 'dynamodb:UpdateItem'] });
          }
        }
      }),
  },
  {
    holds: 'the calls that the claims ask for are commands that the adapters send',
    faults: (account, { commands }) => {
      const asked = new Set(
        account.of('AWS::Lambda::Function').flatMap((fn) => callsOf(account, fn).map(({ action }) => action)),
      );
      return [...asked]
        .filter((action) => !BY_LAMBDA.test(action))
        .map((action) => action.split(':')[1] ?? '')
        .filter(
          (name) => !commands.has(COMMANDS[name] ?? BATCHES[name] ?? (name === 'InvokeFunction' ? 'Invoke' : name)),
        )
        .map((name) => `No adapter sends ${name}.`);
    },
    planted: 'the adapters no longer send BatchGet',
    plant: (draft) => {
      draft.code = { ...draft.code, commands: new Set([...draft.code.commands].filter((name) => name !== 'BatchGet')) };
    },
  },
  {
    holds: 'no policy of a role has a wildcard as its action or names every resource',
    faults: (account) =>
      account
        .of('AWS::IAM::Policy')
        .flatMap(({ id, properties }) =>
          (properties.PolicyDocument.Statement as Statement[])
            .filter(
              ({ Action, Resource }) =>
                listed(Action).some((name) => name.includes('*')) || listed(Resource).includes('*'),
            )
            .map(({ Action }) => `${id} allows ${listed(Action).join(', ')} too widely.`),
        ),
    planted: 'a role may do everything to queues',
    plant: (draft) =>
      change(draft, 'AWS::IAM::Policy', (policy) => {
        for (const statement of statementsIn(policy)) {
          if (listed(statement.Action).includes('sqs:SendMessage')) Object.assign(statement, { Action: 'sqs:*' });
        }
      }),
  },
  {
    holds: 'every policy of a function is in place before its mappings, destinations and schedules are made',
    faults: (account) =>
      account.of('AWS::IAM::Policy').flatMap((policy) => {
        const roles = (policy.properties.Roles as unknown[]).map((name) => account.find(name));
        const users = account.resources.filter(({ type, after }) => {
          const needs = /EventSourceMapping|EventInvokeConfig|Schedule$/.test(type);
          return needs && roles.some((role) => role !== undefined && after.has(role.id));
        });
        return users
          .filter(({ after }) => !after.has(policy.id))
          .map(({ id }) => `${id} may be made before ${policy.id}.`);
      }),
    planted: 'functions do not wait for their policies',
    plant: (draft) => change(draft, 'AWS::Lambda::Function', (_properties, resource) => delete resource.DependsOn),
  },
  {
    holds: 'every function has the environment variables that its code reads',
    faults: (account, { composed }) =>
      each(account, (fn) => {
        const variables: Record<string, string> = fn.properties.Environment?.Variables ?? {};
        const missing = composed(capabilityOf(fn), variables);
        return missing === null ? [] : [`${fn.id}: ${missing}.`];
      }),
    planted: 'the table has no name in the environment',
    plant: (draft) =>
      change(draft, 'AWS::Lambda::Function', ({ Environment }) => {
        for (const name of Object.keys(Environment.Variables))
          if (name.endsWith('_TABLE')) delete Environment.Variables[name];
      }),
  },
  {
    holds: 'an object is written only with If-None-Match: S3 lets nobody overwrite one',
    faults: (account) => {
      const { bucket } = stateOf(account);
      const put = (context: Record<string, string>): Decision =>
        decide(resourceStatements(account, bucket), {
          action: 's3:PutObject',
          resource: `${bucket.arn}/captures/page/1`,
          principal: { AWS: 'anybody' },
          context,
        });
      const once = { 's3:ObjectCreationOperation': 'true', 's3:if-none-match': '*' };
      const faults = put({ 's3:ObjectCreationOperation': 'true' }) === 'deny' ? [] : ['An object can be overwritten.'];
      if (put(once) === 'deny') faults.push('An object cannot be written at all.');
      // Parts of a large upload carry no precondition; the request that completes it does.
      if (put({ 's3:ObjectCreationOperation': 'false' }) === 'deny') faults.push('Parts of an upload are refused.');
      return faults;
    },
    planted: 'the bucket asks for a version in place of a precondition',
    plant: (draft) =>
      change(draft, 'AWS::S3::BucketPolicy', (policy) => {
        for (const statement of statementsIn(policy)) {
          const { Condition } = statement as { Condition?: Record<string, unknown> };
          if (Condition?.Null !== undefined) Condition.Null = { 's3:versionid': 'true' };
        }
      }),
  },
  {
    holds: 'nobody reaches the bucket, a queue or a topic without TLS',
    faults: (account) => {
      const plain = { 'aws:SecureTransport': 'false' };
      const asked: readonly [string, string][] = [
        ['AWS::S3::Bucket', 's3:GetObject'],
        ['AWS::SQS::Queue', 'sqs:SendMessage'],
        ['AWS::SNS::Topic', 'sns:Publish'],
      ];
      return asked.flatMap(([type, action]) =>
        account
          .of(type)
          .filter((resource) => {
            const call = { action, resource: resource.arn, context: plain, principal: { AWS: 'anybody' } };
            return decide(resourceStatements(account, resource), call) !== 'deny';
          })
          .map(({ id }) => `${id} answers without TLS.`),
      );
    },
    planted: 'topics have no policy',
    plant: (draft) => change(draft, 'AWS::SNS::TopicPolicy', (properties) => (properties.Topics = [])),
  },
];
