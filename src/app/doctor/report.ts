import type { Examined } from './checkup.ts';
import { tally } from './checkup.ts';
import type { Finding } from './finding.ts';
import { masked } from './mask.ts';

/** Where and with what the checks were made. */
export interface Circumstances {
  readonly version: string;
  readonly node: string;
  /** Version of aws-cdk-lib, null where it is not installed. */
  readonly cdk: string | null;
  /** Null on one machine. */
  readonly aws: {
    /** Null where nothing was found. */
    readonly region: string | null;
    readonly account: string | null;
    readonly stage: string | null;
  } | null;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly platform: string;
}

const MARK: Readonly<Record<Finding['level'], string>> = { ok: 'ok', note: 'note', warning: 'WARNING', fault: 'FAULT' };

/**
 * A report that its owner can send to others: what was found, and nothing that opens anything or names anybody. What to do
 * is left out, because it may repeat what was given.
 * @param secrets texts that must not be in it, wherever they come from: tokens, the home folder
 */
export function reportOf(
  circumstances: Circumstances,
  examined: readonly Examined[],
  secrets: Readonly<Record<string, string>> = {},
): string {
  const { version, node, cdk, aws, at, platform } = circumstances;
  const findings = examined.flatMap((one) => one.findings);
  const where = aws === null ? ['place    this machine'] : placeOf(aws);
  const lines = [
    'Daybook doctor: report',
    `version  ${version}`,
    `node     ${node}, ${platform}`,
    `cdk-lib  ${cdk ?? 'not installed'}`,
    `made     ${at}`,
    ...where,
    `result   ${tally(findings).words}`,
    '',
    ...examined.flatMap(({ check, findings: found, tookMs }) => [
      `${check} (${tookMs} ms)`,
      ...found.flatMap((finding) => [lineOf(finding), ...factsOf(finding)]),
    ]),
  ];
  return `${lines.map((line) => masked(line, secrets)).join('\n')}\n`;
}

function placeOf({ region, account, stage }: NonNullable<Circumstances['aws']>): string[] {
  return [
    `region   ${region ?? 'not found'}`,
    `account  ${account === null ? 'not found' : `ends in ${account.slice(-4)}`}`,
    `stage    ${stage ?? 'without a name'}`,
  ];
}

const lineOf = ({ check, level, what }: Finding): string => `  ${MARK[level].padEnd(7)}  ${check}: ${what}`;

function factsOf({ facts }: Finding): string[] {
  const entries = Object.entries(facts).filter(([, value]) => value !== null);
  return entries.length === 0 ? [] : [`           ${entries.map(([name, value]) => `${name}=${value}`).join(' ')}`];
}
