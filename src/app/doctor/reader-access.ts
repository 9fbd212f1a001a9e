import type { Account } from './account.ts';
import { stageOption } from './account.ts';
import { type Finding, fault, note, ok, warning } from './finding.ts';

/** The status of an answer to a request without a token. Throws where there is no answer. */
export type Visit = (path: string) => Promise<number>;

/**
 * Whether the reader answers, and lets in nobody without the token.
 * @param parameter name of the SSM parameter with the token, null where the stack says that it needs none
 */
export async function readerAccess(visit: Visit, parameter: string | null, stage: string | null): Promise<Finding[]> {
  const status = await visit('/healthz');
  const isSigned = status === 403 && parameter === null;
  const facts = { status };
  if (isSigned) return [ok('reader', 'The reader takes signed requests only (access "iam")', facts)];
  if (status !== 200) {
    const todo = 'See "The reader answers with errors" in docs/runbook.md';
    return [fault('reader', `The reader answers ${status} at /healthz`, todo, facts)];
  }
  const findings = [ok('reader', 'The reader answers, and its store too', facts)];
  const open = await visit('/api/pages?limit=1');
  const seen = { path: '/api/pages', status: open };
  if (parameter === null) {
    const what =
      open === 200 ? 'Everybody who has the address may read, as configured' : `It answers ${open} to readers`;
    findings.push(
      open === 200
        ? note('reader', what, null, seen)
        : fault('reader', what, 'See "The reader lets nobody in" in docs/runbook.md', seen),
    );
  } else if (open === 401) findings.push(ok('reader', 'It refuses readers without the token', seen));
  else if (open === 200) {
    const todo = `Deploy again, then make another token: daybook token --aws --rotate${stageOption(stage)}`;
    findings.push(fault('reader', 'It lets in readers without the token', todo, seen));
  } else {
    const todo = 'Ask again in a minute; then see "The reader answers with errors" in docs/runbook.md';
    findings.push(warning('reader', `It answers ${open} in place of 401 to readers without a token`, todo, seen));
  }
  return findings;
}

/** Whether a token was made. */
export async function readerToken(
  account: Pick<Account, 'parameter'>,
  parameter: string,
  stage: string | null,
): Promise<Finding[]> {
  const kept = await account.parameter(parameter);
  const make = `daybook token --aws${stageOption(stage)}`;
  if (kept === 'missing') return [fault('token', 'There is no token yet, so that nobody can read', `Make it: ${make}`)];
  if (kept === 'plain') {
    return [fault('token', 'The token is kept without encryption', `Make another: ${make} --rotate`)];
  }
  return [ok('token', 'There is a token, kept encrypted')];
}
