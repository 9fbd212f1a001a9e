import { ACCOUNT, type Account, REGION } from './account.ts';
import { judgeOf, resourceStatements, statementsOf } from './calls.ts';
import { type Claim, change } from './claim.ts';
import { type Call, decide, type Statement } from './policy.ts';

/** The group that a schedule without one of its own is in. EventBridge Scheduler names the group, never the schedule. */
const groupOf = (name: unknown) => `arn:aws:scheduler:${REGION}:${ACCOUNT}:schedule-group/${name ?? 'default'}`;

const assume = (service: string, context: Record<string, string> = {}): Call => ({
  action: 'sts:AssumeRole',
  resource: '*',
  principal: { Service: service },
  context,
});

const scheduled = (account: Account) =>
  account.of('AWS::Scheduler::Schedule').flatMap((schedule) => {
    const { Target, GroupName } = schedule.properties;
    const role = account.find(Target.RoleArn);
    return role === undefined ? [] : [{ schedule, role, target: Target, group: groupOf(GroupName) }];
  });

const trustOf = (role: { properties: { AssumeRolePolicyDocument: { Statement: Statement[] } } }) =>
  role.properties.AssumeRolePolicyDocument.Statement;

/** Calls that AWS's own services make. */
export const SERVICE_CLAIMS: readonly Claim[] = [
  {
    holds: 'EventBridge Scheduler can assume the role of every schedule: it names the group of the schedule as source',
    faults: (account) =>
      scheduled(account).flatMap(({ schedule, role, group }) => {
        const call = assume('scheduler.amazonaws.com', { 'aws:SourceAccount': ACCOUNT, 'aws:SourceArn': group });
        return decide(trustOf(role), call) === 'allow' ? [] : [`${role.id} does not trust ${group} (${schedule.id}).`];
      }),
    planted: 'the role trusts schedules by their names',
    plant: (draft) =>
      change(draft, 'AWS::IAM::Role', ({ AssumeRolePolicyDocument: { Statement } }) => {
        for (const statement of Statement) {
          if (statement.Condition === undefined) continue;
          statement.Condition = { ArnLike: { 'aws:SourceArn': `arn:aws:scheduler:${REGION}:${ACCOUNT}:schedule/*` } };
        }
      }),
  },
  {
    holds: 'no other account and no other group of schedules can have the role of a schedule',
    faults: (account) =>
      scheduled(account).flatMap(({ role, group }) =>
        [
          { 'aws:SourceAccount': '999999999999', 'aws:SourceArn': group },
          { 'aws:SourceAccount': ACCOUNT, 'aws:SourceArn': groupOf('somebody') },
          {},
        ]
          .filter((context) => decide(trustOf(role), assume('scheduler.amazonaws.com', context)) === 'allow')
          .map((context) => `${role.id} trusts a call with ${JSON.stringify(context)}.`),
      ),
    planted: 'the trust policy has no condition',
    plant: (draft) =>
      change(draft, 'AWS::IAM::Role', ({ AssumeRolePolicyDocument: { Statement } }) => {
        for (const statement of Statement) delete statement.Condition;
      }),
  },
  {
    holds: 'the role of a schedule may start its target and send what could not be started to the dead letters',
    faults: (account) =>
      scheduled(account).flatMap(({ role, target }) => {
        const calls = [{ action: 'lambda:InvokeFunction', resource: String(target.Arn) }];
        const dead: unknown = target.DeadLetterConfig?.Arn;
        if (dead !== undefined) calls.push({ action: 'sqs:SendMessage', resource: String(dead) });
        return calls
          .filter((call) => decide(statementsOf(account, role.arn), call) !== 'allow')
          .map(({ action, resource }) => `${role.id} lacks ${action} on ${resource}.`);
      }),
    planted: 'the role may invoke qualified versions only',
    plant: (draft) =>
      change(draft, 'AWS::IAM::Policy', ({ PolicyDocument: { Statement } }) => {
        for (const statement of Statement) {
          if (statement.Action === 'lambda:InvokeFunction')
            statement.Resource = { 'Fn::Join': ['', [statement.Resource, ':*']] };
        }
      }),
  },
  {
    holds: 'Lambda, and nobody else, can have the role of a function',
    faults: (account) =>
      account.of('AWS::Lambda::Function').flatMap((fn) => {
        const role = account.find(fn.properties.Role);
        if (role === undefined) return [`${fn.id} has no role.`];
        const who = ['lambda', 'scheduler', 'ec2', 'apigateway'].filter(
          (service) => decide(trustOf(role), assume(`${service}.amazonaws.com`)) === 'allow',
        );
        return who.join() === 'lambda' ? [] : [`${role.id} can be assumed by: ${who.join(', ') || 'nobody'}.`];
      }),
    planted: 'a function has the role of the scheduler',
    plant: (draft) =>
      change(draft, 'AWS::IAM::Role', ({ AssumeRolePolicyDocument: { Statement } }) => {
        for (const statement of Statement) statement.Principal = { Service: 'ec2.amazonaws.com' };
      }),
  },
  {
    holds: 'CloudWatch can publish every alarm and its end to a topic of this account, and for no other account',
    faults: (account) =>
      account.of('AWS::CloudWatch::Alarm').flatMap(({ id, properties }) =>
        [...(properties.AlarmActions ?? []), ...(properties.OKActions ?? [])].flatMap((topic) => {
          const publish = (owner: string): Call => ({
            action: 'sns:Publish',
            resource: String(topic),
            principal: { Service: 'cloudwatch.amazonaws.com' },
            context: { 'aws:SourceAccount': owner },
          });
          const asked = (call: Call) => {
            const judge = judgeOf(account, call);
            return judge === undefined ? 'silent' : decide(resourceStatements(account, judge), call);
          };
          if (asked(publish(ACCOUNT)) !== 'allow') return [`${id} cannot publish to ${topic}.`];
          return asked(publish('999999999999')) === 'allow' ? [`${topic} takes alarms of other accounts.`] : [];
        }),
      ),
    planted: 'the topic has lost its statement for alarms',
    plant: (draft) =>
      change(draft, 'AWS::SNS::TopicPolicy', ({ PolicyDocument }) => {
        PolicyDocument.Statement = PolicyDocument.Statement.filter(({ Effect }: Statement) => Effect === 'Deny');
      }),
  },
  {
    holds: 'API Gateway can invoke the function of every route of its own API, and no other API can',
    faults: (account) => {
      const permissions = account.of('AWS::Lambda::Permission');
      return account.of('AWS::ApiGatewayV2::Integration').flatMap(({ id, properties }) => {
        const fn = account
          .of('AWS::Lambda::Function')
          .find(({ arn }) => String(properties.IntegrationUri).includes(arn));
        const invoke = (api: unknown): Call => ({
          action: 'lambda:InvokeFunction',
          resource: fn?.arn ?? '',
          principal: { Service: 'apigateway.amazonaws.com' },
          context: { 'aws:SourceArn': `arn:aws:execute-api:${REGION}:${ACCOUNT}:${api}/$default/$default` },
        });
        const statements = permissions
          .filter((permission) => account.find(permission.properties.FunctionName) === fn)
          .map(
            ({ properties: { Action, Principal, SourceArn } }): Statement => ({
              Effect: 'Allow',
              Action,
              Principal: { Service: Principal },
              ...(SourceArn === undefined ? {} : { Condition: { ArnLike: { 'aws:SourceArn': SourceArn } } }),
            }),
          );
        if (decide(statements, invoke(properties.ApiId)) !== 'allow') return [`${id} cannot invoke ${fn?.id}.`];
        return decide(statements, invoke('another')) === 'allow' ? [`${fn?.id} can be invoked by any API.`] : [];
      });
    },
    planted: 'the permission names no API',
    plant: (draft) => change(draft, 'AWS::Lambda::Permission', (properties) => delete properties.SourceArn),
  },
];
