import { OBJECT_PREFIX } from '#core/names.ts';
import { type Account, fail, type Resource } from './account.ts';
import { capabilityOf, resourceStatements, stateOf } from './calls.ts';
import { type Claim, change } from './claim.ts';
import { type Call, type Decision, decide, type Statement } from './policy.ts';

const listed = (value: unknown): string[] => [value].flat().map(String);
const policyOf = (account: Account): Resource =>
  account.of('AWS::IAM::ManagedPolicy')[0] ?? fail('There is no policy for a relay.');
const statementsOf = ({ properties }: Resource): Statement[] => properties.PolicyDocument.Statement;
const functionOf = (account: Account, capability: string): Resource =>
  account.of('AWS::Lambda::Function').find((fn) => capabilityOf(fn) === capability) ??
  fail(`There is no ${capability}.`);

/** Every call that `daybook relay` makes, as patterns of the policy: an action and a resource each. */
function needed(account: Account): string[] {
  const { bucket } = stateOf(account);
  const prefixes = [OBJECT_PREFIX.captures, OBJECT_PREFIX.bodies];
  return [
    `s3:ListBucket ${bucket.arn}`,
    ...prefixes.flatMap((prefix) => [`s3:GetObject ${bucket.arn}/${prefix}*`, `s3:PutObject ${bucket.arn}/${prefix}*`]),
    `lambda:InvokeFunction ${functionOf(account, 'ingest').arn}`,
  ].sort();
}

function granted(policy: Resource): string[] {
  return statementsOf(policy)
    .flatMap(({ Action, Resource }) =>
      listed(Action).flatMap((action) => listed(Resource).map((on) => `${action} ${on}`)),
    )
    .sort();
}

/** What the policy and the bucket's own make of a call. */
function decided(account: Account, call: Call): Decision {
  const { bucket } = stateOf(account);
  const own = call.action.startsWith('s3:')
    ? decide(resourceStatements(account, bucket), { ...call, principal: { AWS: 'a relay' } })
    : 'silent';
  return own === 'deny' ? 'deny' : decide(statementsOf(policyOf(account)), call);
}

const ONCE = { 's3:if-none-match': '*', 's3:ObjectCreationOperation': 'true' };

/** What a relay may never do, in words. */
function forbidden(account: Account): [string, Call][] {
  const { table, bucket } = stateOf(account);
  const object = (prefix: string) => `${bucket.arn}/${prefix}harbour/1`;
  const { captures, evidence, revisions } = OBJECT_PREFIX;
  return [
    [
      'overwrite a capture',
      { action: 's3:PutObject', resource: object(captures), context: { 's3:ObjectCreationOperation': 'true' } },
    ],
    ...[evidence, revisions].flatMap((prefix): [string, Call][] => [
      [`read ${prefix}`, { action: 's3:GetObject', resource: object(prefix) }],
      [`write ${prefix}`, { action: 's3:PutObject', resource: object(prefix), context: ONCE }],
    ]),
    ...['DeleteObject', 'DeleteObjectVersion'].map((name): [string, Call] => [
      'delete a capture',
      { action: `s3:${name}`, resource: object(captures) },
    ]),
    ...['GetItem', 'Query', 'PutItem', 'DeleteItem'].map((name): [string, Call] => [
      `${name} of the table`,
      { action: `dynamodb:${name}`, resource: table.arn },
    ]),
    ...['plan', 'fetch', 'notify', 'read'].map((name): [string, Call] => [
      `start ${name}`,
      { action: 'lambda:InvokeFunction', resource: functionOf(account, name).arn },
    ]),
  ];
}

const add = (statement: object) => (draft: Parameters<Claim['plant']>[0]) =>
  change(draft, 'AWS::IAM::ManagedPolicy', ({ PolicyDocument }) => PolicyDocument.Statement.push(statement));

/** What somebody may do who relays captures from elsewhere. */
export const RELAY_CLAIMS: readonly Claim[] = [
  {
    holds: 'a relay may list the bucket, add and read captures and bodies, start ingest, and has no other right',
    faults: (account) => {
      const [want, have] = [needed(account), granted(policyOf(account))];
      return [
        ...want.filter((one) => !have.includes(one)).map((one) => `A relay lacks ${one}.`),
        ...have.filter((one) => !want.includes(one)).map((one) => `A relay has ${one}.`),
      ];
    },
    planted: 'a relay may read the table',
    plant: add({ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: '*' }),
  },
  {
    holds: 'a relay only adds: it overwrites and deletes nothing, and reads nothing of the history',
    faults: (account) => {
      const once = {
        action: 's3:PutObject',
        resource: `${stateOf(account).bucket.arn}/captures/harbour/1`,
        context: ONCE,
      };
      return [
        ...(decided(account, once) === 'allow' ? [] : ['A relay may not add a capture.']),
        ...forbidden(account)
          .filter(([, call]) => decided(account, call) === 'allow')
          .map(([what]) => `A relay may ${what}.`),
      ];
    },
    planted: 'the prefixes of a relay have become the whole bucket',
    plant: (draft) =>
      change(draft, 'AWS::IAM::ManagedPolicy', ({ PolicyDocument }) => {
        for (const statement of PolicyDocument.Statement as { Action: unknown; Resource: unknown }[]) {
          if (listed(statement.Action).includes('s3:PutObject')) statement.Resource = ['arn:aws:s3:::*/*'];
        }
      }),
  },
  {
    holds: 'the policy of a relay is attached to nobody until the owner does it, and an output names it',
    faults: (account) => {
      const policy = policyOf(account);
      const { Roles, Users, Groups } = policy.properties;
      const attached = [Roles, Users, Groups].flat().filter((one) => one !== undefined);
      return [
        ...attached.map((one) => `${policy.id} is attached to ${String(one)}.`),
        ...(account.outputs.RelayPolicyArn === policy.ref ? [] : ['No output names the policy.']),
      ];
    },
    planted: 'the policy of a relay is attached to a user',
    plant: (draft) => change(draft, 'AWS::IAM::ManagedPolicy', (properties) => (properties.Users = ['somebody'])),
  },
];
