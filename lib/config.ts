import { existsSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import type { IConstruct } from 'constructs';
import { STAGE_NAME } from '#core/names.ts';

/** What was given to the synthesis is wrong. The message says what it was and what to give, on one line. */
export class SynthesisError extends Error {
  override readonly name = 'SynthesisError';
  readonly code = 'bad-context';
}

/** What the stacks need to know of a deployment; plain values, so that `lib` knows nothing of the configuration's schema. */
export interface DeploymentProps {
  /** Which of several deployments in one account it is; null: the one without a name. */
  readonly stage: string | null;
  /** On everything that can carry tags, in addition to those of every deployment. */
  readonly tags: Readonly<Record<string, string>>;
  /** The configuration that the bundles carry: an absolute path inside the project. */
  readonly configFile: string;
  /** How often `plan` runs, minutes. */
  readonly planEvery: number;
  /** The longest time that the schedule lets a page go unchecked, minutes. */
  readonly checkAtLeastEvery: number;
  /** Who gets news and health by e-mail. */
  readonly emails: readonly string[];
  /** Who may read. */
  readonly access: 'public' | 'token' | 'iam';
  /** The cost of a month, US dollars, above which the addresses get a mail; 0: none. */
  readonly budgetUsd: number;
  /** Whether pages of some hosts are fetched from elsewhere. */
  readonly relays: boolean;
  /** Days after which bodies without a revision are deleted, or null: never. */
  readonly keepUnusedDays: number | null;
  /** Days for which stored objects are locked, or null: not at all. */
  readonly lockDays: number | null;
}

/** The part of a validated configuration that shapes resources; everything else travels inside the bundles. */
export interface DeployedConfig {
  readonly tags: DeploymentProps['tags'];
  readonly alerts: { readonly emails: readonly string[]; readonly budgetUsd: number };
  readonly reader: { readonly access: DeploymentProps['access'] };
  readonly fetch: { readonly relayed: readonly string[] };
  readonly schedule: { readonly planEvery: number; readonly checkAtLeastEvery: number };
  readonly captures: { readonly keepUnusedDays?: number | undefined; readonly lockDays?: number | undefined };
}

const DEFAULT_FILE = 'daybook.config.ts';

/**
 * The configuration file of this synthesis: `-c config=PATH`, or `daybook.config.ts`. The path is relative to the project.
 * @throws SynthesisError when the path is not a file inside the project (esbuild could not resolve the imports of one outside).
 */
export function configFileOf(scope: IConstruct, project: string = process.cwd()): string {
  const given: unknown = scope.node.tryGetContext('config') ?? DEFAULT_FILE;
  const file = resolve(project, String(given));
  const inside = relative(project, file);
  if (inside.startsWith('..') || isAbsolute(inside) || !existsSync(file)) {
    throw new SynthesisError(`No configuration at "${String(given)}": give -c config=PATH, a file inside the project.`);
  }
  return file;
}

/**
 * The stage of this synthesis: `-c stage=NAME`; null where none is given.
 * @throws SynthesisError when the name is none that stacks, parameters and metrics can all carry.
 */
export function stageOf(scope: IConstruct): string | null {
  const given: unknown = scope.node.tryGetContext('stage') ?? null;
  if (given === null) return null;
  if (typeof given === 'string' && STAGE_NAME.test(given)) return given;
  throw new SynthesisError(
    `No stage can be called "${String(given)}": give -c stage=NAME, 1-16 of a-z and 0-9 beginning with a letter, or leave it out.`,
  );
}

/** Derives the stacks' props from a validated configuration. */
export function deploymentOf(config: DeployedConfig, configFile: string, stage: string | null = null): DeploymentProps {
  return {
    stage,
    tags: config.tags,
    configFile,
    planEvery: config.schedule.planEvery,
    checkAtLeastEvery: config.schedule.checkAtLeastEvery,
    emails: config.alerts.emails,
    access: config.reader.access,
    budgetUsd: config.alerts.budgetUsd,
    relays: config.fetch.relayed.length > 0,
    keepUnusedDays: config.captures.keepUnusedDays ?? null,
    lockDays: config.captures.lockDays ?? null,
  };
}

const HOUR = 60;
const WEEK = 7 * 24 * HOUR;

/** A check may come later than its interval: its call of fetch takes a while, and ingest may be tried again. Minutes. */
const LATENESS = 30;

/**
 * How long no check may succeed before that is an alarm: three of the longest intervals, in minutes. CloudWatch looks
 * back for a week in periods of an hour or more; null where a healthy page may rest for that long. Each period holds a tick, which
 * counts zero, even where one comes late.
 */
export function silenceWatch(
  deployment: Pick<DeploymentProps, 'planEvery' | 'checkAtLeastEvery'>,
): { period: number; periods: number } | null {
  const interval = Math.max(deployment.planEvery, deployment.checkAtLeastEvery);
  const period = Math.max(HOUR, 2 * deployment.planEvery);
  const most = Math.floor(WEEK / period);
  // Between two checks of a single page: its interval up to the next tick, which may come an interval late.
  const rest = interval + 2 * deployment.planEvery + LATENESS;
  return rest < most * period ? { period, periods: Math.min(Math.ceil((3 * interval) / period), most) } : null;
}
