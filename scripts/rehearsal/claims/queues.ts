import type { Account, Resource } from './account.ts';
import { invokeConfigs, mappingsOf, targetsOf } from './calls.ts';
import { add, type Claim, change } from './claim.ts';

const HOUR = 3_600;
const DAY = 24 * HOUR;
/** What SQS has where the template says nothing. */
const visibilityOf = ({ properties }: Resource) => Number(properties.VisibilityTimeout ?? 30);
const retentionOf = ({ properties }: Resource) => Number(properties.MessageRetentionPeriod ?? 4 * DAY);

interface Worked {
  readonly queue: Resource;
  readonly fn: Resource;
  readonly mapping: Resource;
}

/** Queues that a function works off. */
export const workedOff = (account: Account): Worked[] =>
  account.of('AWS::Lambda::Function').flatMap((fn) =>
    mappingsOf(account, fn).flatMap((mapping) => {
      const queue = account.find(mapping.properties.EventSourceArn);
      return queue?.type === 'AWS::SQS::Queue' ? [{ queue, fn, mapping }] : [];
    }),
  );

/** Where the dead letters of everything go. */
export const deadLetterQueues = (account: Account): Resource[] => {
  const named = account.resources.flatMap(({ properties }) => [
    properties.RedrivePolicy?.deadLetterTargetArn,
    properties.DestinationConfig?.OnFailure?.Destination,
    properties.Target?.DeadLetterConfig?.Arn,
    properties.DeadLetterConfig?.TargetArn,
  ]);
  return account.of('AWS::SQS::Queue').filter(({ arn }) => named.includes(arn));
};

/** Functions that are invoked without waiting for an answer: by a schedule, or by a function that names them. */
const asynchronous = (account: Account): Resource[] => {
  const functions = account.of('AWS::Lambda::Function');
  const scheduled = account.of('AWS::Scheduler::Schedule').map(({ properties }) => properties.Target.Arn);
  const named = functions.flatMap((fn) => targetsOf(account, fn));
  return functions.filter((fn) => scheduled.includes(fn.arn) || named.includes(fn));
};

/** The function that takes the jobs of `plan`, by a queue or at once. */
const takesJobs = (account: Account): Resource[] => {
  const plan = account.of('AWS::Lambda::Function').filter(({ id }) => /^Plan/.test(id));
  const targets = plan.flatMap((fn) => targetsOf(account, fn));
  const queued = workedOff(account).filter(({ queue }) => targets.includes(queue));
  return [...targets.filter(({ type }) => type === 'AWS::Lambda::Function'), ...queued.map(({ fn }) => fn)];
};

/** A queue with a mapping to the first function of the stack, for faults in a template that has none. */
function plantQueue(
  draft: Parameters<Claim['plant']>[0],
  mapping: Record<string, unknown>,
  queue: Record<string, unknown>,
) {
  const type = 'AWS::Lambda::Function';
  const functions = Object.values(draft.templates).flatMap(({ Resources }) => Object.entries(Resources));
  const [id = ''] = functions.find(([name, resource]) => resource.Type === type && /^Fetch/.test(name)) ?? [];
  add(draft, type, 'PlantedQueue', { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true, ...queue } });
  add(draft, type, 'PlantedMapping', {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: { EventSourceArn: { 'Fn::GetAtt': ['PlantedQueue', 'Arn'] }, FunctionName: { Ref: id }, ...mapping },
  });
}

/** How work travels, whatever queues, mappings and asynchronous calls there are. */
export const QUEUE_CLAIMS: readonly Claim[] = [
  {
    holds: "a message stays hidden for six timeouts of the function that works on it, Lambda's own advice",
    faults: (account) =>
      workedOff(account)
        .filter(({ queue, fn }) => visibilityOf(queue) < 6 * Number(fn.properties.Timeout ?? 3))
        .map(({ queue }) => `${queue.id} shows a message again after ${visibilityOf(queue)} s.`),
    planted: 'a queue has the default visibility',
    plant: (draft) => plantQueue(draft, {}, {}),
  },
  {
    holds: 'a queue keeps a message longer than all its tries take, and its dead letters longer than itself',
    faults: (account) =>
      workedOff(account).flatMap(({ queue }) => {
        const { maxReceiveCount, deadLetterTargetArn } = queue.properties.RedrivePolicy ?? {};
        const dead = account.find(deadLetterTargetArn);
        if (dead === undefined)
          return [`${queue.id} has no dead letters: a message that always fails comes back for ever.`];
        const faults = [];
        if (retentionOf(queue) <= Number(maxReceiveCount) * visibilityOf(queue))
          faults.push(`${queue.id} forgets before it gives up.`);
        // A message keeps its age when it moves.
        if (retentionOf(dead) < retentionOf(queue)) faults.push(`${dead.id} forgets before ${queue.id} does.`);
        return faults;
      }),
    planted: 'a queue keeps messages for an hour',
    plant: (draft) => plantQueue(draft, {}, { MessageRetentionPeriod: HOUR, VisibilityTimeout: 1_800 }),
  },
  {
    holds: 'a message is tried at least twice and at most ten times',
    faults: (account) =>
      workedOff(account).flatMap(({ queue }) => {
        const tries = Number(queue.properties.RedrivePolicy?.maxReceiveCount ?? Number.POSITIVE_INFINITY);
        return tries >= 2 && tries <= 10 ? [] : [`${queue.id} tries a message ${tries} times.`];
      }),
    planted: 'a queue gives up after the first try',
    plant: (draft) => plantQueue(draft, {}, { RedrivePolicy: { maxReceiveCount: 1 } }),
  },
  {
    holds: 'dead letters are kept for two weeks, and of the kind that their source takes',
    faults: (account) => {
      const faults = deadLetterQueues(account)
        .filter((queue) => retentionOf(queue) < 14 * DAY)
        .map(
          ({ id }) => `${id} keeps dead letters for ${retentionOf(account.find(id) ?? ({} as Resource)) / DAY} days.`,
        );
      for (const { id, type, properties } of account.resources) {
        const queued = account.find(properties.RedrivePolicy?.deadLetterTargetArn);
        const isFifo = properties.FifoQueue === true;
        if (type === 'AWS::SQS::Queue' && queued !== undefined && (queued.properties.FifoQueue === true) !== isFifo) {
          faults.push(`${id} and its dead letters ${queued.id} differ in order.`);
        }
        // Lambda and Scheduler cannot send to a FIFO queue.
        const to = account.find(
          properties.DestinationConfig?.OnFailure?.Destination ?? properties.Target?.DeadLetterConfig?.Arn,
        );
        if (to?.properties.FifoQueue === true) faults.push(`${id} cannot send to the FIFO queue ${to.id}.`);
      }
      return faults;
    },
    planted: 'all queues are FIFO queues',
    plant: (draft) => change(draft, 'AWS::SQS::Queue', (properties) => (properties.FifoQueue = true)),
  },
  {
    holds: 'of a batch of messages only those that failed come again',
    faults: (account) =>
      workedOff(account)
        .filter(({ mapping }) => !mapping.properties.FunctionResponseTypes?.includes('ReportBatchItemFailures'))
        .map(({ mapping }) => `${mapping.id} counts every answer as success.`),
    planted: 'a mapping does not take the list of failed messages',
    plant: (draft) => plantQueue(draft, { BatchSize: 5 }, { VisibilityTimeout: 43_200 }),
  },
  {
    holds: 'an asynchronous call that is given up ends in dead letters: retries, age and a destination are set',
    faults: (account) =>
      asynchronous(account).flatMap((fn) => {
        const [config] = invokeConfigs(account, fn);
        if (config === undefined) return [`${fn.id} has no settings for its asynchronous calls.`];
        const { DestinationConfig, MaximumRetryAttempts, MaximumEventAgeInSeconds } = config.properties;
        const faults = [];
        if (account.find(DestinationConfig?.OnFailure?.Destination) === undefined)
          faults.push(`${fn.id} loses failed calls.`);
        if (MaximumRetryAttempts === undefined) faults.push(`${config.id} leaves the number of tries open.`);
        if (MaximumEventAgeInSeconds === undefined) faults.push(`${config.id} leaves the age of a call open.`);
        return faults;
      }),
    planted: 'failed asynchronous calls go nowhere',
    plant: (draft) =>
      change(draft, 'AWS::Lambda::EventInvokeConfig', (properties) => delete properties.DestinationConfig),
  },
  {
    holds: 'a job that failed is tried again while it still has its page',
    faults: (account, { leaseMinutes }) => {
      const lease = leaseMinutes * 60;
      return takesJobs(account).flatMap((fn) => {
        const late = workedOff(account).filter((worked) => worked.fn === fn && visibilityOf(worked.queue) >= lease);
        const faults = late.map(
          ({ queue }) =>
            `${queue.id} shows a job again after ${visibilityOf(queue)} s; it has its page for ${lease} s.`,
        );
        const timeout = Number(fn.properties.Timeout ?? 3);
        // Lambda tries again after one and after two more minutes.
        const [config] = workedOff(account).some((worked) => worked.fn === fn) ? [] : invokeConfigs(account, fn);
        const tries = Number(config?.properties.MaximumRetryAttempts ?? 0);
        if (config !== undefined && tries > 0 && timeout + 60 >= lease)
          faults.push(`${fn.id} is tried again too late.`);
        return faults;
      });
    },
    planted: 'a job has its page for a minute, and is tried again after that',
    plant: (draft) => {
      draft.code = { ...draft.code, leaseMinutes: 1 };
      change(draft, 'AWS::Lambda::EventInvokeConfig', (properties) => (properties.MaximumRetryAttempts = 2));
    },
  },
];
