import { resolve } from 'node:path';
import { checkUp, type Examined, tally } from '#app/doctor/checkup.ts';
import type { Circumstances } from '#app/doctor/report.ts';
import type { DeployedOptions } from '../../deployed.ts';
import { printFinding } from '../../doctor/print.ts';
import { EXIT } from '../../failure.ts';
import { createOutput } from '../../output.ts';

export interface DoctorOptions extends DeployedOptions {
  readonly data: string;
  /** The configuration that is used; `daybook.config.ts` for a deployment, what the folder tracks otherwise. */
  readonly config?: string;
  readonly offline?: boolean;
  /** Where a report is written that can be sent to others; `-`: standard output, in place of the findings. */
  readonly report?: string;
  readonly json?: boolean;
}

/** Looks for what is wrong and says what to do: exit code 1 where there is a fault, else 0. */
export async function doctor(options: DoctorOptions): Promise<number> {
  const { aws = false, stage, report } = options;
  const output = createOutput(options);
  const checks = await (aws ? ofDeployment(options, stage ?? null) : ofFolder(options));
  const examined: Examined[] = [];
  try {
    for await (const group of checkUp(checks.groups, () => performance.now())) {
      examined.push(group);
      if (report === '-') continue;
      for (const found of group.findings) {
        if (output.json) output.value({ type: 'finding', ...found });
        else printFinding(output, found);
      }
    }
  } finally {
    await checks.close();
  }
  const findings = examined.flatMap((group) => group.findings);
  const { faults, warnings, words } = tally(findings);
  if (report !== '-') {
    const { bold } = output.colour;
    if (output.json) output.value({ type: 'summary', healthy: words === 'healthy', faults, warnings });
    else output.line(bold(words));
  }
  if (report !== undefined) {
    const { circumstances, secretsOf, writeReport } = await import('../../doctor/report-file.ts');
    const { reportOf } = await import('#app/doctor/report.ts');
    const secrets = await secretsOf(checks.loaded, aws ? null : resolve(options.data));
    await writeReport(report, reportOf(await circumstances(checks.where(), new Date()), examined, secrets));
    if (report !== '-' && !output.json) output.line(output.colour.dim(`Report: ${report}`));
  }
  return faults > 0 ? EXIT.bad : EXIT.ok;
}

const CONFIG = 'daybook.config.ts';
const now = () => new Date();

async function ofFolder({ data, config, offline = false }: DoctorOptions) {
  const { folderChecks } = await import('../../doctor/folder-checks.ts');
  const folder = resolve(data);
  const named = config === undefined ? {} : { config: resolve(config) };
  return { ...(await folderChecks({ folder, offline, now, ...named })), where: () => null };
}

async function ofDeployment({ config = CONFIG, offline = false }: DoctorOptions, stage: string | null) {
  const { deploymentChecks } = await import('../../doctor/deployment-checks.ts');
  const checks = await deploymentChecks({ stage, config: resolve(config), offline, now });
  const where = (): Circumstances['aws'] => {
    const found = checks.deployment();
    return { region: found?.region ?? null, account: found?.account ?? null, stage };
  };
  return { ...checks, where, close: async () => {} };
}
