import { DaybookError } from '#core/errors.ts';
import { counted } from '../counted.ts';
import { type Finding, fault, warning } from './finding.ts';

/** Checks that look at one thing. What one group throws is a finding, and ends no other group. */
export interface Group {
  readonly check: string;
  run(): Promise<readonly Finding[]>;
}

/** What a group found, and how long that took, milliseconds. */
export interface Examined {
  readonly check: string;
  readonly findings: readonly Finding[];
  readonly tookMs: number;
}

/** These credentials may not ask for something. `action` is the IAM action that is missing, as `sqs:GetQueueAttributes`. */
export class NotPermittedError extends DaybookError {
  constructor(
    readonly action: string,
    cause?: unknown,
  ) {
    super(`Not permitted: ${action}`, { code: 'not-permitted', cause });
  }
}

/** Runs the groups one after another. @param clock milliseconds */
export async function* checkUp(groups: readonly Group[], clock: () => number): AsyncGenerator<Examined> {
  for (const { check, run } of groups) {
    const begun = clock();
    const findings = await run().catch((error: unknown) => [failed(check, error)]);
    yield { check, findings, tookMs: Math.max(0, Math.round(clock() - begun)) };
  }
}

/** A check that could not be made, as a finding of its own. */
export function failed(check: string, error: unknown): Finding {
  if (error instanceof NotPermittedError) {
    const { action } = error;
    return warning(check, `Not permitted: ${action}`, `Allow ${action} to these credentials, then ask again`, {
      action,
    });
  }
  const code = error instanceof DaybookError ? error.code : error instanceof Error ? error.name : 'unknown';
  const message = error instanceof Error ? error.message : String(error);
  // What an error says may quote what was given, so it is in `todo`, which no report repeats.
  return fault(check, `This could not be checked (${code})`, message, { code });
}

export interface Tally {
  readonly faults: number;
  readonly warnings: number;
  /** `healthy`, or what there is: `2 faults, 1 warning`. */
  readonly words: string;
}

export function tally(findings: readonly Finding[]): Tally {
  const count = (level: Finding['level']) => findings.filter((one) => one.level === level).length;
  const [faults, warnings] = [count('fault'), count('warning')];
  const parts = [
    ...(faults > 0 ? [counted(faults, 'fault')] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
  ];
  return { faults, warnings, words: parts.length === 0 ? 'healthy' : parts.join(', ') };
}
