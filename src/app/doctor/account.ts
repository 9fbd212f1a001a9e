import { deployCommand, stacksOf } from '#core/names.ts';
import { counted } from '../counted.ts';
import { NotPermittedError } from './checkup.ts';
import { type Finding, fault, note, ok, some, span, warning } from './finding.ts';

/** One stack, as CloudFormation describes it. */
export interface StackView {
  readonly name: string;
  readonly status: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly lastUpdated: string | null;
}

export interface Subscriber {
  /** `email`, `sqs`, `https` … */
  readonly protocol: string;
  readonly isConfirmed: boolean;
}

export interface AlarmView {
  /** Without the stack's name before it. */
  readonly title: string;
  readonly state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  /** ISO 8601, since when it is in that state; null where it is not known. */
  readonly since: string | null;
  /** Whether it notifies anybody. */
  readonly canAct: boolean;
  /** The place in the runbook that its description names, null where it names none. */
  readonly runbook: string | null;
}

/** What the checks ask of an account. Each method throws NotPermittedError where the credentials may not ask. */
export interface Account {
  subscribers(topicArn: string): Promise<readonly Subscriber[]>;
  /** Visible messages of a queue. */
  messages(queueUrl: string): Promise<number>;
  /** The alarms of a stack. */
  alarms(stack: string): Promise<readonly AlarmView[]>;
  /** Whether a parameter is there, and encrypted. Its value is never asked for. */
  parameter(name: string): Promise<'secure' | 'plain' | 'missing'>;
  /** Whether objects can be listed and read. */
  bucket(): Promise<void>;
}

const STABLE = /^(?:CREATE|UPDATE|IMPORT)_COMPLETE$/;
const IN_PROGRESS = /_IN_PROGRESS$/;

/** The states of both stacks. @param service null where it is not deployed. */
export function stacks(state: StackView, service: StackView | null, stage: string | null): Finding[] {
  const findings = [state, ...(service === null ? [] : [service])].map((one) => stackFinding(one, stage));
  if (service === null) {
    const what = `The stack ${stacksOf(stage).service} is not deployed: nothing is checked`;
    findings.push(fault('stacks', what, `Deploy it: ${deployCommand(stage)}`));
  }
  return findings;
}

function stackFinding({ name, status, lastUpdated }: StackView, stage: string | null): Finding {
  const facts = { stack: name, status, lastUpdated };
  const when = lastUpdated === null ? '' : `, last changed ${lastUpdated.slice(0, 16)}Z`;
  if (STABLE.test(status)) return ok('stacks', `${name} is ${status}${when}`, facts);
  const events = `aws cloudformation describe-stack-events --stack-name ${name}`;
  if (IN_PROGRESS.test(status))
    return warning('stacks', `${name} is being changed (${status})`, `Wait; what is under way: ${events}`, facts);
  const isRolledBack = status === 'UPDATE_ROLLBACK_COMPLETE';
  const what = `${name} is ${status}${isRolledBack ? ': its last deployment failed, and the one before runs' : ''}`;
  const todo = `Read the first failed event (${events}), then deploy again: ${deployCommand(stage)}`;
  return (isRolledBack ? warning : fault)('stacks', what, todo, facts);
}

/** Outputs that checks need, of the state stack and of the service. */
const NEEDED = [
  ['NewsTopicArn', 'HealthTopicArn'],
  ['GivenUpQueueUrl', 'ReaderUrl'],
] as const;

/** Whether whole stacks name all that is to be checked: those of another version may not, and nothing else would say so. */
export function outputs(state: StackView, service: StackView | null, stage: string | null): Finding[] {
  const whole = [state, service].map((one) => (one !== null && STABLE.test(one.status) ? one : null));
  const missing = NEEDED.flatMap((names, at) => {
    const found = whole[at]?.outputs;
    return found === undefined ? [] : names.filter((name) => found[name] === undefined);
  });
  if (missing.length === 0) return [];
  const what = `Another version was deployed, without the outputs ${missing.join(', ')}: what they name is not checked`;
  return [warning('stacks', what, `Deploy this version: ${deployCommand(stage)}`, { missing: missing.length })];
}

/** Whether anybody is reached by a topic. @param title what people call it: `news`, `health` */
export async function subscriptions(account: Account, topicArn: string, title: string): Promise<Finding[]> {
  const all = await account.subscribers(topicArn);
  const pending = all.filter((one) => !one.isConfirmed).length;
  const facts = { topic: title, subscriptions: all.length, pending };
  if (all.length === 0) {
    const todo =
      'Name an address under "alerts.emails" in the configuration and deploy again, or subscribe to the topic';
    return [fault('subscriptions', `Nobody is subscribed to ${title}`, todo, facts)];
  }
  if (pending === 0) return [ok('subscriptions', `${title}: ${counted(all.length, 'subscription')} confirmed`, facts)];
  const todo =
    'Follow the link in the mail "AWS Notification - Subscription Confirmation" (look for it in the spam); after three days, deploy again';
  const what = `${title}: ${pending} of ${counted(all.length, 'subscription')} not confirmed yet`;
  return [(pending === all.length ? fault : warning)('subscriptions', what, todo, facts)];
}

/** Calls that were given up. */
export async function deadLetters(account: Account, queueUrl: string, stage: string | null): Promise<Finding[]> {
  const count = await account.messages(queueUrl);
  if (count === 0) return [ok('dead letters', 'No work was given up', { messages: 0 })];
  const what = `${counted(count, 'call')} given up, kept in the queue of dead letters`;
  const todo = `Mend the cause ("Work that was given up" in docs/runbook.md), then: daybook redrive --aws${stageOption(stage)}`;
  return [fault('dead letters', what, todo, { messages: count })];
}

/** New alarms have no data yet; after this time they should, milliseconds. */
const SETTLED_MS = 24 * 3_600_000;

/** The alarms of the service stack. */
export async function alarms(account: Account, stage: string | null, now: number): Promise<Finding[]> {
  const stack = stacksOf(stage).service;
  const all = await account.alarms(stack);
  const facts = { alarms: all.length };
  if (all.length === 0) {
    return [fault('alarms', `${stack} has no alarm`, `Deploy it again: ${deployCommand(stage)}`, facts)];
  }
  const findings: Finding[] = [];
  for (const { title, state, since, runbook } of all) {
    const lasting = since === null ? null : now - Date.parse(since);
    const known = { alarm: title, state, since };
    if (state === 'ALARM') {
      const what = `The alarm "${title}" is on${lasting === null ? '' : ` for ${span(lasting)}`}`;
      findings.push(fault('alarms', what, `Follow ${runbook ?? 'docs/runbook.md'}`, known));
    } else if (state === 'INSUFFICIENT_DATA') {
      const isNew = lasting === null || lasting < SETTLED_MS;
      const what = `The alarm "${title}" has no data yet`;
      findings.push(
        isNew
          ? note('alarms', `${what}, as every new one`, null, known)
          : warning('alarms', `${what} for ${span(lasting)}`, 'Look at its metric in CloudWatch', known),
      );
    }
  }
  const silent = all.filter((alarm) => !alarm.canAct).map(({ title }) => title);
  if (silent.length > 0) {
    const what = `${counted(silent.length, 'alarm')} switched off or without anybody to notify: ${some(silent)}`;
    findings.push(warning('alarms', what, `Deploy again: ${deployCommand(stage)}`, { silent: silent.length }));
  }
  const fine = all.filter(({ state }) => state === 'OK').length;
  if (fine > 0) findings.unshift(ok('alarms', `${fine} of ${counted(all.length, 'alarm')} are OK`, facts));
  return findings;
}

/** Whether captures can be read. */
export async function bucket(account: Account): Promise<Finding[]> {
  await account.bucket();
  return [ok('bucket', 'The bucket of captures can be read')];
}

export const stageOption = (stage: string | null): string => (stage === null ? '' : ` --stage ${stage}`);

/** What `read` finds, with a missing permission as its own error. @param action in case AWS does not name it */
export async function permitted<T>(
  action: string,
  read: () => Promise<T>,
  denied: (error: unknown) => string | null,
): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const missing = denied(error);
    if (missing === null) throw error;
    throw new NotPermittedError(missing === '' ? action : missing, error);
  }
}
