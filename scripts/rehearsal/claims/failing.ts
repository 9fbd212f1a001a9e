import type { Account, Resource } from './account.ts';
import { invokeConfigs, mappingsOf, targetsOf } from './calls.ts';

/** What comes of a function that always fails. */
export interface Failing {
  /** Minutes at which it fails. */
  readonly errors: readonly number[];
  /** Queues that then hold what was given up, and since when. */
  readonly dead: readonly { readonly queue: Resource; readonly minute: number }[];
}

/** How often `plan` is called, minutes. */
export function planningInterval(account: Account): number {
  const [schedule] = account.of('AWS::Scheduler::Schedule');
  return Number(/rate\((\d+) minutes?\)/.exec(String(schedule?.properties.ScheduleExpression))?.[1] ?? 15);
}

/** Lambda tries an asynchronous call again a minute later, and two more minutes later. */
const AGAIN = [0, 1, 3];
/** Somebody reads once in ten minutes. */
const READ_EVERY = 10;

/** The failures of a function with one page to watch, which is the least that any deployment does. */
export function failuresOf(account: Account, fn: Resource, leaseMinutes: number, minutes: number): Failing {
  const every = planningInterval(account);
  const isScheduled = account.of('AWS::Scheduler::Schedule').some(({ properties }) => properties.Target.Arn === fn.arn);
  // A page is planned again at the first tick after its job's time.
  const planned = (Math.floor(leaseMinutes / every) + 1) * every;
  const starts = (step: number) => Array.from({ length: Math.ceil(minutes / step) }, (_, at) => at * step);
  const [mapping] = mappingsOf(account, fn);
  if (mapping !== undefined) {
    const queue = account.find(mapping.properties.EventSourceArn);
    if (queue?.type === 'AWS::SQS::Queue') return ofQueue(account, fn, queue, leaseMinutes, starts(planned));
    const tries = Number(mapping.properties.MaximumRetryAttempts ?? 0) + 1;
    const dead = account.find(mapping.properties.DestinationConfig?.OnFailure?.Destination);
    return {
      errors: Array.from({ length: tries }, (_, at) => at),
      dead: dead === undefined ? [] : [{ queue: dead, minute: tries }],
    };
  }
  if (isScheduled || isCalled(account, fn)) {
    const [config] = invokeConfigs(account, fn);
    const tries = AGAIN.slice(0, Number(config?.properties.MaximumRetryAttempts ?? 2) + 1);
    const dead = account.find(config?.properties.DestinationConfig?.OnFailure?.Destination);
    return {
      errors: starts(isScheduled ? every : planned).flatMap((start) => tries.map((after) => start + after)),
      dead: dead === undefined ? [] : [{ queue: dead, minute: (tries.at(-1) ?? 0) + 1 }],
    };
  }
  return { errors: starts(READ_EVERY), dead: [] };
}

const isCalled = (account: Account, fn: Resource) =>
  account.of('AWS::Lambda::Function').some((caller) => targetsOf(account, caller).includes(fn));

function ofQueue(
  account: Account,
  fn: Resource,
  queue: Resource,
  leaseMinutes: number,
  starts: readonly number[],
): Failing {
  const hidden = Number(queue.properties.VisibilityTimeout ?? 30) / 60;
  const { maxReceiveCount, deadLetterTargetArn } = queue.properties.RedrivePolicy ?? {};
  const tries = Number(maxReceiveCount ?? 1);
  const isLeased = account
    .of('AWS::Lambda::Function')
    .some((caller) => /^Plan/.test(caller.id) && caller !== fn && targetsOf(account, caller).includes(queue));
  const dead = account.find(deadLetterTargetArn);
  if (isLeased && hidden >= leaseMinutes) return { errors: starts, dead: [] };
  return {
    errors: Array.from({ length: tries }, (_, at) => Math.round(at * hidden)),
    dead: dead === undefined ? [] : [{ queue: dead, minute: Math.round(tries * hidden) }],
  };
}
