import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { DeploymentProps } from '../../lib/config.ts';
import { addDaybook, type Daybook } from '../../lib/daybook.ts';

const PROJECT = resolve(import.meta.dirname, '../..');

/** A deployment as the default configuration makes it. */
export const DEPLOYMENT: DeploymentProps = {
  stage: null,
  tags: {},
  configFile: resolve(PROJECT, 'daybook.config.ts'),
  planEvery: 15,
  checkAtLeastEvery: 1_440,
  emails: [],
  access: 'token',
  budgetUsd: 5,
  relays: false,
  keepUnusedDays: null,
  lockDays: null,
};

/** An app under the flags of `cdk.json`, that bundles nothing: templates only, within a second. */
export function testApp(): App {
  const { context } = JSON.parse(readFileSync(resolve(PROJECT, 'cdk.json'), 'utf8'));
  return new App({ context: { ...context, 'aws:cdk:bundling-stacks': [] }, analyticsReporting: false });
}

export interface Synthesized extends Daybook {
  readonly app: App;
  readonly stateTemplate: Template;
  readonly serviceTemplate: Template;
}

/** Both stacks, made by the code that deploys them. */
export function synthesize(overrides: Partial<DeploymentProps> = {}): Synthesized {
  const app = testApp();
  const daybook = addDaybook(app, { ...DEPLOYMENT, ...overrides });
  const serviceTemplate = Template.fromStack(daybook.service);
  const stateTemplate = Template.fromStack(daybook.state);
  return { app, ...daybook, stateTemplate, serviceTemplate };
}

export interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** Resources of one type by logical id. */
export function resourcesOf(template: Template, type: string): Record<string, Resource> {
  return template.findResources(type) as Record<string, Resource>;
}

/** The template as text without what changes with every build: asset hashes, bundle keys, and the runbook in the dashboard. */
export function maskedJson(template: Template): string {
  const isMasked = (key: string) => key === 'DashboardBody';
  return `${JSON.stringify(template.toJSON(), (key, value) => (isMasked(key) ? '<dashboard>' : value), 2)
    .replace(/[0-9a-f]{64}/g, '<asset>')
    .replace(/"S3Key": "[^"]*"/g, '"S3Key": "<bundle>"')}\n`;
}
