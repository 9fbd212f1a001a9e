import { App } from 'aws-cdk-lib';
import { parseConfig } from '#core/config.ts';
import { configFileOf, deploymentOf } from '../lib/config.ts';
import { addDaybook } from '../lib/daybook.ts';

const app = new App();
const file = configFileOf(app);
const { default: input } = await import(file);
addDaybook(app, deploymentOf(parseConfig(input), file));
