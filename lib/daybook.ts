import { type App, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { stacksOf } from '#core/names.ts';
import type { DeploymentProps } from './config.ts';
import { StateStack } from './stateful.ts';
import { ServiceStack } from './stateless.ts';

/** Not every region takes tags of these yet (cfn-lint E3002). */
const UNTAGGED = ['AWS::CloudWatch::Dashboard'];

/** The two stacks of a deployment. */
export interface Daybook {
  readonly state: StateStack;
  readonly service: ServiceStack;
}

/**
 * Adds both stacks to an app and has cdk-nag judge them: an unacknowledged finding fails the synthesis.
 * The stacks name no account and no region: the deployer's are used.
 */
export function addDaybook(app: App, deployment: DeploymentProps): Daybook {
  const names = stacksOf(deployment.stage);
  const state = new StateStack(app, names.state, {
    description: 'Daybook: the history, the captures and the topics. Kept when the stack is deleted.',
    terminationProtection: true,
    deployment,
  });
  const service = new ServiceStack(app, names.service, {
    description: 'Daybook: everything that can be deleted and deployed again.',
    state,
    deployment,
  });
  const { stage, tags } = deployment;
  const all = { app: 'daybook', ...(stage === null ? {} : { stage }), ...tags };
  for (const [key, value] of Object.entries(all)) Tags.of(app).add(key, value, { excludeResourceTypes: UNTAGGED });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { state, service };
}
