import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { App } from 'aws-cdk-lib';
import config from '#config';
import { parseConfig } from '#core/config.ts';
import { deploymentOf } from '../../../lib/config.ts';
import { addDaybook } from '../../../lib/daybook.ts';
import type { Template, Templates } from './account.ts';

const PROJECT = resolve(import.meta.dirname, '../../..');

/** The templates that `cdk synth` writes for this project, one subscriber and a relay, without bundling anything; of one stage. */
export function synthesized(stage: string | null = null): Templates {
  const outdir = mkdtempSync(join(tmpdir(), 'daybook-claims-'));
  try {
    const { context } = JSON.parse(readFileSync(join(PROJECT, 'cdk.json'), 'utf8'));
    const app = new App({ outdir, context: { ...context, 'aws:cdk:bundling-stacks': [] }, analyticsReporting: false });
    const parsed = parseConfig(config);
    const alerts = { ...parsed.alerts, emails: ['owner@example.org'] };
    const fetch = { ...parsed.fetch, relayed: ['*'] };
    addDaybook(app, deploymentOf({ ...parsed, alerts, fetch }, join(PROJECT, 'daybook.config.ts'), stage));
    return Object.fromEntries(app.synth().stacks.map(({ stackName, template }) => [stackName, template as Template]));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
