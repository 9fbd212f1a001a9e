import { App } from 'aws-cdk-lib';
import { parseConfig } from '#core/config.ts';
import { UsageError } from '#core/errors.ts';
import { configFileOf, deploymentOf, SynthesisError, stageOf } from '../lib/config.ts';
import { addDaybook } from '../lib/daybook.ts';

const app = new App();
try {
  const stage = stageOf(app);
  const file = configFileOf(app);
  const { default: input } = await import(file);
  addDaybook(app, deploymentOf(parseConfig(input), file, stage));
} catch (error) {
  if (!(error instanceof SynthesisError || error instanceof UsageError)) throw error;
  console.error(error.message);
  // An app that is left alone synthesizes what it has: nothing.
  process.exit(1);
}
