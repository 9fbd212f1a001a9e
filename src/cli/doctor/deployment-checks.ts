import type { Deployment } from '#adapters/aws/deployed/deployment.ts';
import type { DoctorDeps } from '#adapters/aws/deployed/doctor.ts';
import { alarms, bucket, deadLetters, outputs, stacks, subscriptions } from '#app/doctor/account.ts';
import { backlog } from '#app/doctor/backlog.ts';
import type { Group } from '#app/doctor/checkup.ts';
import { configuration, type Loaded } from '#app/doctor/configuration.ts';
import { found, notFound } from '#app/doctor/deployment.ts';
import type { Finding } from '#app/doctor/finding.ts';
import { nodeFinding } from '#app/doctor/machine.ts';
import { readerAccess, readerToken } from '#app/doctor/reader-access.ts';
import { storeFormat } from '#app/doctor/store.ts';
import { createReader } from '#app/read/reader.ts';
import { load } from './load.ts';
import { configOf, pageChecks, reachCheck } from './page-checks.ts';
import { sourceOfReader } from './source.ts';

export interface StageOptions {
  readonly stage: string | null;
  /** The configuration that was deployed. */
  readonly config: string;
  readonly offline: boolean;
  readonly now: () => Date;
}

/** Planning intervals after a deployment in which pages may still be untracked. */
const ROUNDS = 2;

/** What is deployed, once it was found. */
interface Found {
  readonly deployment: Deployment;
  readonly deployed: DoctorDeps;
}

/** The checks of a deployment. `deployment` is null until the checks found it. */
export async function deploymentChecks(
  options: StageOptions,
): Promise<{ readonly groups: Group[]; readonly loaded: Loaded; deployment(): Deployment | null }> {
  const { stage, offline, now } = options;
  const loaded = await load({ urls: [], config: options.config });
  let place: Found | null = null;
  let isReadable = false;
  const find = async (): Promise<Finding[]> => {
    const { findDeployment } = await import('#adapters/aws/deployed/deployment.ts');
    const { composeDoctor } = await import('#adapters/aws/deployed/doctor.ts');
    try {
      const deployment = await findDeployment({ stage });
      place = { deployment, deployed: composeDoctor(deployment) };
      return found(deployment);
    } catch (error) {
      return notFound(error);
    }
  };
  /** A check of what was found; nothing where nothing was. */
  const there = (check: string, run: (place: Found) => Promise<readonly Finding[]>): Group => ({
    check,
    run: async () => (place === null ? [] : run(place)),
  });
  const output = ({ deployment }: Found, name: string) =>
    deployment.service?.outputs[name] ?? deployment.state.outputs[name] ?? null;
  /** A check of one output, which a stack of another version may not have. */
  const about = (check: string, name: string, run: (value: string, place: Found) => Promise<readonly Finding[]>) =>
    there(check, async (at) => {
      const value = output(at, name);
      return value === null ? [] : run(value, at);
    });

  const { groups, pages } = pageChecks({
    place: 'aws',
    loaded,
    isTracked: true,
    isNew: () => {
      const deployedAt = place?.deployment.service?.lastUpdated ?? null;
      const planEvery = configOf(loaded)?.schedule.planEvery ?? 0;
      return deployedAt !== null && now().getTime() - Date.parse(deployedAt) < ROUNDS * planEvery * 60_000;
    },
    start: 'See "Planning stopped" in docs/runbook.md; after a deployment wait for two planning intervals',
    open: async () =>
      place === null || !isReadable
        ? null
        : sourceOfReader(createReader({ ...place.deployed, now: () => now().toISOString() })),
    now,
  });
  return {
    loaded,
    deployment: () => place?.deployment ?? null,
    groups: [
      { check: 'node', run: async () => [nodeFinding(process.versions.node)] },
      { check: 'configuration', run: async () => configuration(loaded, 'aws') },
      { check: 'account', run: find },
      there('stacks', async ({ deployment }) => [
        ...stacks(deployment.state, deployment.service, stage),
        ...outputs(deployment.state, deployment.service, stage),
      ]),
      about('subscriptions', 'NewsTopicArn', (arn, { deployed }) => subscriptions(deployed.account, arn, 'news')),
      about('subscriptions', 'HealthTopicArn', (arn, { deployed }) => subscriptions(deployed.account, arn, 'health')),
      about('dead letters', 'GivenUpQueueUrl', (url, { deployed }) => deadLetters(deployed.account, url, stage)),
      there('alarms', async ({ deployment, deployed }) =>
        deployment.service === null ? [] : alarms(deployed.account, stage, now().getTime()),
      ),
      about('token', 'ReaderTokenParameter', (name, { deployed }) => readerToken(deployed.account, name, stage)),
      about('reader', 'ReaderUrl', async (url, at) => {
        const { visitor } = await import('./visit.ts');
        return readerAccess(visitor(url), output(at, 'ReaderTokenParameter'), stage);
      }),
      there('bucket', ({ deployed }) => bucket(deployed.account)),
      there('store', async ({ deployed }) => {
        const findings = await storeFormat(() => deployed.expectFormat());
        isReadable = findings.every(({ level }) => level === 'ok');
        return findings;
      }),
      ...groups,
      there('backlog', async ({ deployed }) => {
        const read = pages();
        return read === null
          ? []
          : backlog(read, deployed, now().getTime(), 'see "A function fails" in docs/runbook.md');
      }),
      reachCheck({ place: 'aws', loaded, offline, pages }),
    ],
  };
}
