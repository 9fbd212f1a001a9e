import { CloudFormationClient, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { UnavailableError } from '#app/errors.ts';
import { UsageError } from '#core/errors.ts';
import { deployCommand, ENV, stacksOf } from '#core/names.ts';
import { awsFailure, isDenied, RefusedError } from '../failure.ts';
import { setupFailure } from '../setup-failure.ts';
import { remedyOfStack } from './stack-status.ts';

export interface DeployedStack {
  readonly name: string;
  /** CloudFormation's word: `UPDATE_COMPLETE`. */
  readonly status: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** ISO 8601; when it was created, where it was never updated. */
  readonly lastUpdated: string | null;
}

/** What is deployed for a stage, as its stacks say. */
export interface Deployment {
  /** Null: the stage without a name. */
  readonly stage: string | null;
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  /** It can be used. */
  readonly state: DeployedStack;
  /** Null where it is not deployed; it may be half created: see {@link serviceOf}. */
  readonly service: DeployedStack | null;
}

function unusable(message: string, code: 'not-deployed' | 'half-created'): UsageError {
  return new UsageError(message, { code });
}

/**
 * Reads the outputs of both stacks of a stage, with the credentials and the region of this machine.
 * @throws AwsSetupError (`no-credentials`, `no-region`); UsageError (`not-deployed`, `half-created`) where the state stack
 *   cannot be used; RefusedError where the stacks may not be described. Each is one sentence with the next step.
 */
export async function findDeployment({ stage }: { readonly stage: string | null }): Promise<Deployment> {
  const names = stacksOf(stage);
  const client = new CloudFormationClient({});
  try {
    const [state, service] = await Promise.all([describe(client, names.state), describe(client, names.service)]);
    const region = await client.config.region();
    if (state === null) throw await notDeployed(names.state, stage, region);
    const remedy = remedyOfStack(state);
    if (remedy !== null) throw unusable(remedy, 'half-created');
    return {
      stage,
      account: accountOf(state),
      region,
      state: readable(state),
      service: service === null ? null : readable(service),
    };
  } finally {
    client.destroy();
  }
}

/**
 * The service stack, which a command needs.
 * @throws UsageError (`not-deployed`, `half-created`).
 */
export function serviceOf({ stage, account, region, service }: Deployment): DeployedStack {
  if (service === null) {
    const { service: name } = stacksOf(stage);
    throw unusable(`${absent(name, account, region)}: deploy it with ${deployCommand(stage)}`, 'not-deployed');
  }
  const remedy = remedyOfStack({ StackName: service.name, StackStatus: service.status as Stack['StackStatus'] });
  if (remedy !== null) throw unusable(remedy, 'half-created');
  return service;
}

/**
 * An output of a stack by its name.
 * @throws UsageError (`not-deployed`) where the stack has none: it was deployed by another version.
 */
export function outputOf({ name, outputs }: DeployedStack, output: string): string {
  const value = outputs[output];
  if (value !== undefined) return value;
  throw unusable(
    `The stack ${name} has no output ${output}: deploy this version with ${deployCommand(/^Daybook[A-Z][a-z]+-(\w+)$/.exec(name)?.[1] ?? null)}`,
    'not-deployed',
  );
}

async function describe(client: CloudFormationClient, name: string): Promise<Stack | null> {
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: name }));
    return Stacks?.[0] ?? null;
  } catch (cause) {
    if (cause instanceof Error && /does not exist/.test(cause.message)) return null;
    if (setupFailure(cause) === null && isDenied(cause)) {
      throw new RefusedError(
        `These credentials lack cloudformation:DescribeStacks for the stack ${name}: grant it; commands that need the store alone also take ${ENV.table} and ${ENV.bucket}, its outputs TableName and BucketName`,
        cause,
      );
    }
    if ((cause as NodeJS.ErrnoException | null)?.code === 'ENOTFOUND') {
      const region = await client.config.region();
      throw new UnavailableError(
        `There is no CloudFormation at region ${region} (ENOTFOUND): is AWS_REGION right, and this machine online?`,
        cause,
      );
    }
    throw awsFailure(cause, 'CloudFormation');
  }
}

async function notDeployed(name: string, stage: string | null, region: string): Promise<UsageError> {
  const other = 'or choose account and region with AWS_PROFILE and AWS_REGION, or a stage with --stage';
  const where = absent(name, await callersAccount(), region);
  return unusable(`${where}: deploy it with ${deployCommand(stage)}, ${other}`, 'not-deployed');
}

/** The account of the credentials; null where AWS does not say: a message then leaves it out. */
async function callersAccount(): Promise<string | null> {
  const client = new STSClient({});
  try {
    return (await client.send(new GetCallerIdentityCommand({}))).Account ?? null;
  } catch (cause) {
    const failure = setupFailure(cause);
    if (failure !== null) throw failure;
    return null;
  } finally {
    client.destroy();
  }
}

function absent(name: string, account: string | null, region: string): string {
  return `There is no stack ${name} in ${account === null ? 'the account of these credentials' : `account ${account}`}, region ${region}`;
}

/** `arn:aws:cloudformation:eu-west-1:123456789012:stack/DaybookState/…` names the account. */
function accountOf({ StackId = '' }: Stack): string {
  return StackId.split(':')[4] ?? '';
}

function readable({ StackName, StackStatus, Outputs, LastUpdatedTime, CreationTime }: Stack): DeployedStack {
  return {
    name: StackName ?? '',
    status: StackStatus ?? 'unknown',
    outputs: Object.fromEntries(
      (Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
    ),
    lastUpdated: (LastUpdatedTime ?? CreationTime)?.toISOString() ?? null,
  };
}
