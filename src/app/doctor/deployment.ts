import { DaybookError } from '#core/errors.ts';
import { type Finding, fault, ok } from './finding.ts';

const WHAT: Readonly<Record<string, string>> = {
  'no-credentials': 'AWS takes no credentials of this machine',
  'no-region': 'No AWS region is set',
  'wrong-clock': 'AWS refuses the time of this machine',
  'not-deployed': 'Nothing is deployed there',
  'half-created': 'A stack is only half there',
  refused: 'Not permitted: cloudformation:DescribeStacks',
};

/** Where the stacks were found. */
export function found({ account, region }: { readonly account: string; readonly region: string }): Finding[] {
  const what = `Credentials work: account ending in ${account.slice(-4)}, region ${region}`;
  return [ok('account', what, { region })];
}

/** Why they were not. All other checks of the account are left out then. */
export function notFound(error: unknown): Finding[] {
  if (!(error instanceof DaybookError)) throw error;
  const { code, message } = error;
  return [fault('account', WHAT[code] ?? `The stacks could not be read (${code})`, nextStep(code, message), { code })];
}

/** Messages about this machine begin with what is wrong, which the finding says already. */
function nextStep(code: string, message: string): string {
  const step = SETUP.has(code) ? /: (.+)$/.exec(message)?.[1] : undefined;
  return step === undefined ? message : `${step.charAt(0).toUpperCase()}${step.slice(1)}`;
}

const SETUP: ReadonlySet<string> = new Set(['no-credentials', 'no-region', 'wrong-clock']);
