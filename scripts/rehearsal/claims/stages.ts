import { ENV, METRICS, stageDimensions } from '#core/names.ts';
import { type Account, fail, REGION, type Resource } from './account.ts';
import { alarmsOf } from './alarm.ts';
import { capabilityOf } from './calls.ts';
import { type Claim, change } from './claim.ts';

/**
 * Properties that name a resource in its account; null where CloudFormation makes up the name, or where the name is one
 * within another resource.
 */
const NAMED: Readonly<Record<string, string | null>> = {
  'AWS::ApiGatewayV2::Api': 'Name',
  'AWS::ApiGatewayV2::Integration': null,
  'AWS::ApiGatewayV2::Route': null,
  'AWS::ApiGatewayV2::Stage': null,
  'AWS::Budgets::Budget': 'Budget.BudgetName',
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::CloudWatch::Dashboard': 'DashboardName',
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Policy': null,
  'AWS::IAM::Role': 'RoleName',
  'AWS::Lambda::EventInvokeConfig': null,
  'AWS::Lambda::EventSourceMapping': null,
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Lambda::Permission': null,
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::S3::BucketPolicy': null,
  'AWS::SNS::Subscription': null,
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SNS::TopicPolicy': null,
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SQS::QueuePolicy': null,
  'AWS::Scheduler::Schedule': 'Name',
};
/** Types whose names are one account's, whatever the region. */
const ACCOUNT_WIDE = [
  'AWS::Budgets::Budget',
  'AWS::CloudWatch::Dashboard',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Role',
];

/** The name that a template gives a resource; null where CloudFormation makes one up. */
export function nameOf({ type, properties }: Resource): string | null {
  const path = NAMED[type];
  if (path === undefined) return fail(`The claims do not know which property names a ${type}.`);
  const name: unknown = path?.split('.').reduce((value, part) => value?.[part], properties);
  return name === undefined || name === null ? null : String(name);
}

/** Every name that a stage takes: of resources, exports and parameters; and what mails show as their sender. */
function namesOf(account: Account): Set<string> {
  const named = account.resources.flatMap((resource) => {
    const name = nameOf(resource);
    return name === null ? [] : [`${resource.type} ${name}`];
  });
  const senders = account.of('AWS::SNS::Topic').map(({ properties }) => `sender ${properties.DisplayName}`);
  const parameters = account.of('AWS::Lambda::Function').flatMap(({ properties }) => {
    const name: unknown = properties.Environment?.Variables?.[ENV.tokenParameter];
    return name === undefined ? [] : [`parameter ${name}`];
  });
  const exports = account.exports.map((name) => `export ${name}`);
  return new Set([...named, ...senders, ...parameters, ...exports]);
}

/** The functions that count checks: ingest those that succeeded, plan zero with each tick. */
const COUNTING = ['ingest', 'plan'];
/** Dimensions under which each of these functions of the stage counts. */
const counted = (account: Account): string[] =>
  COUNTING.map((capability) => {
    const counting = account.of('AWS::Lambda::Function').find((fn) => capabilityOf(fn) === capability);
    const stage: unknown = counting?.properties.Environment?.Variables?.[ENV.stage] ?? null;
    return written({ service: 'ingest', ...stageDimensions(stage === null ? null : String(stage)) });
  });
const written = (dimensions: Readonly<Record<string, string>>) =>
  JSON.stringify(Object.entries(dimensions).sort(([one], [other]) => one.localeCompare(other)));
const watched = (account: Account): string[] =>
  alarmsOf(account)
    .flatMap(({ metrics }) => metrics)
    .filter(({ namespace }) => namespace === METRICS.namespace)
    .map(({ dimensions }) => written(dimensions));

/** Two stages in one account. */
export const STAGE_CLAIMS: readonly Claim[] = [
  {
    holds: 'two stages in one account and region share no name',
    faults: (account, _code, beside) => {
      const names = namesOf(account);
      return [...namesOf(beside)].filter((name) => names.has(name)).map((name) => `Both stages have the ${name}.`);
    },
    planted: 'the alarms of both stages have the names of their kind',
    plant: ({ templates, beside }) => {
      for (const stage of [templates, beside]) {
        change({ templates: stage }, 'AWS::CloudWatch::Alarm', (properties, _resource, id) => {
          properties.AlarmName = id;
        });
      }
    },
  },
  {
    holds: 'each stage counts its checks in a metric of its own, which its alarm watches',
    faults: (account, _code, beside) => [
      ...[account, beside].flatMap((stage) =>
        watched(stage).flatMap((dimensions) =>
          counted(stage)
            .filter((counts) => counts !== dimensions)
            .map((counts) => `An alarm watches ${dimensions}, and ${counts} is counted.`),
        ),
      ),
      ...counted(beside)
        .filter((counts) => counted(account).includes(counts))
        .map((counts) => `Both stages count ${counts}.`),
    ],
    planted: 'a function does not know its stage',
    plant: ({ beside }) =>
      change({ templates: beside }, 'AWS::Lambda::Function', (properties) => {
        delete properties.Environment?.Variables?.[ENV.stage];
      }),
  },
  {
    holds: 'a name that an account can have once names the region: Daybook can be deployed in two',
    faults: (account) =>
      account.resources
        .filter(({ type }) => ACCOUNT_WIDE.includes(type))
        .flatMap((resource) => {
          const name = nameOf(resource);
          return name === null || name.includes(REGION) ? [] : [`${resource.id} is "${name}" in every region.`];
        }),
    planted: 'the budget is called "monthly cost"',
    plant: (draft) =>
      change(draft, 'AWS::Budgets::Budget', ({ Budget }) => {
        Budget.BudgetName = 'monthly cost';
      }),
  },
];
