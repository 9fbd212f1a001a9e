import { type Command, Option } from 'commander';
import type { Deployment } from '#adapters/aws/deployed/deployment.ts';
import { rightsOf } from '#adapters/aws/deployed/rights.ts';
import { UsageError } from '#core/errors.ts';
import { ENV, STAGE_NAME } from '#core/names.ts';

/** Options of the commands that can use what is deployed. */
export interface DeployedOptions {
  /** What is deployed, in place of the data folder. */
  readonly aws?: boolean;
  /** With `aws`: the stage; the one without a name when absent. */
  readonly stage?: string;
}

/** Declares `--aws` and `--stage`. */
export function withDeployed(command: Command): Command {
  return withRights(command)
    .addOption(new Option('--aws', 'use what is deployed: its stacks name the store and the reader'))
    .addOption(new Option('--stage <name>', 'with --aws: the stage that is deployed').argParser(stageName));
}

/** Lets the help of a command say which permissions it needs with `--aws`. */
export function withRights(command: Command): Command {
  return command.addHelpText('after', () => {
    const names = command.parent?.parent ? [command.parent.name(), command.name()] : [command.name()];
    return `\nPermissions with --aws: ${rightsOf(names.join(' ')).join(', ')}`;
  });
}

/** @throws UsageError for options of one call that name different places. */
export function checkDeployed(called: Command): void {
  const { aws, stage } = called.optsWithGlobals<DeployedOptions>();
  if (stage !== undefined && aws !== true) throw new UsageError('--stage goes with --aws: it names a deployed stage');
  // A relay writes to the store and asks a reader for the pages.
  if (aws === true && called.name() !== 'relay' && called.getOptionValueSourceWithGlobals('server') === 'cli') {
    throw new UsageError('--server and --aws both name a reader: leave one of them out');
  }
}

function stageName(text: string): string {
  if (STAGE_NAME.test(text)) return text;
  throw new UsageError(`--stage: "${text}" is no name of a stage: a-z and 0-9, 16 at most, a letter first`);
}

/** What is deployed. @throws the errors of `findDeployment`, each with the next step. */
export async function openDeployment({ stage }: DeployedOptions): Promise<Deployment> {
  const { findDeployment } = await import('#adapters/aws/deployed/deployment.ts');
  return findDeployment({ stage: stage ?? null });
}

/** Address of the deployed reader. */
export async function deployedReader(options: DeployedOptions): Promise<string> {
  const { outputOf, serviceOf } = await import('#adapters/aws/deployed/deployment.ts');
  return outputOf(serviceOf(await openDeployment(options)), 'ReaderUrl');
}

/**
 * Two names that the environment gives in place of the outputs of stacks, which then need not be read; null where it gives none.
 * @throws UsageError for one without the other, and for both where a stage was named too.
 */
function givenNames(one: string, other: string, { stage }: DeployedOptions): readonly [string, string] | null {
  const [first, second] = [process.env[one] || null, process.env[other] || null];
  if (first !== null && second !== null) {
    if (stage === undefined) return [first, second];
    throw new UsageError(`--stage: ${one} and ${other} name a store already: unset them, or leave it out`);
  }
  if (first === null && second === null) return null;
  const [set, missing] = first === null ? [other, one] : [one, other];
  throw new UsageError(`${set} is set and ${missing} is not: set both, or none to use those of the deployed stacks`);
}

/** Names of the deployed table and bucket: those of the environment, or those of the stack. */
export async function deployedStore(options: DeployedOptions): Promise<{ table: string; bucket: string }> {
  const given = givenNames(ENV.table, ENV.bucket, options);
  if (given !== null) return { table: given[0], bucket: given[1] };
  const { state } = await openDeployment(options);
  const { outputOf } = await import('#adapters/aws/deployed/deployment.ts');
  return { table: outputOf(state, 'TableName'), bucket: outputOf(state, 'BucketName') };
}

/** What a relay adds to. */
export interface RelayTarget {
  readonly bucket: string;
  readonly ingestFunction: string;
  /** Address of the deployed reader; null where the stacks were not asked. */
  readonly reader: string | null;
}

/** Names of what a relay adds to: those of the environment, or those of the stacks. */
export async function deployedRelayTarget(options: DeployedOptions): Promise<RelayTarget> {
  const given = givenNames(ENV.bucket, ENV.ingestFunction, options);
  if (given !== null) return { bucket: given[0], ingestFunction: given[1], reader: null };
  const deployment = await openDeployment(options);
  const { outputOf, serviceOf } = await import('#adapters/aws/deployed/deployment.ts');
  const service = serviceOf(deployment);
  return {
    bucket: outputOf(deployment.state, 'BucketName'),
    ingestFunction: outputOf(service, 'IngestFunctionName'),
    reader: outputOf(service, 'ReaderUrl'),
  };
}
