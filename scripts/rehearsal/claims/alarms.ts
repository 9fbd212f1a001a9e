import { METRICS } from '#core/names.ts';
import type { Account, Resource } from './account.ts';
import { type Alarm, alarmsOf, type Metric, samples, turnsOf, type World } from './alarm.ts';
import { type Claim, change } from './claim.ts';
import { failuresOf, planningInterval } from './failing.ts';

const HOUR = 60;
const DAY = 24 * HOUR;
/** A function that always fails must be known after so many minutes. */
const PATIENCE = 4 * HOUR;

const isOf = (metric: Metric, name: string, fn: Resource) =>
  metric.name === name && metric.dimensions.FunctionName === fn.ref;
/** A request that its function fails is answered with a server error. */
const isBehindApi = (account: Account, fn: Resource) =>
  account
    .of('AWS::ApiGatewayV2::Integration')
    .some(({ properties }) => String(properties.IntegrationUri).includes(fn.arn));
const isPlan = (account: Account, metric: Metric) =>
  account.of('AWS::Lambda::Function').some((fn) => /^Plan/.test(fn.id) && isOf(metric, 'Invocations', fn));
const isCheck = ({ namespace, name }: Metric) => namespace === METRICS.namespace && name === METRICS.checks;

/** The minutes at which an alarm goes off, after a first part that only gives it a past. */
const rings = (alarm: Alarm, world: World, minutes: number, after = 0) =>
  turnsOf(alarm, world, minutes).filter(({ minute, state }) => state === 'ALARM' && minute > after);

/** A deployment that works: a tick every interval, one check a day, and no fault. It stops where `until` says. */
function healthy(
  account: Account,
  minutes: number,
  { from = 0, plan = minutes, checks = minutes, idle = null as 0 | null } = {},
): World {
  const every = planningInterval(account);
  const nothing = samples(minutes, () => null);
  const planned = samples(minutes, (minute) => (minute >= from && minute < plan && minute % every === 0 ? 1 : null));
  const checked = samples(minutes, (minute) =>
    minute >= from && minute < checks && (minute - from) % DAY === 0
      ? 1
      : minute % every === 0 && minute >= from
        ? idle
        : null,
  );
  return (metric) => (isPlan(account, metric) ? planned : isCheck(metric) ? checked : nothing);
}

/** What the alarms do over simulated hours. */
export const ALARM_CLAIMS: readonly Claim[] = [
  {
    holds: 'a function that always fails, on one page, rings within four hours',
    faults: (account, { leaseMinutes }) => {
      const alarms = alarmsOf(account).filter(({ missing }) => missing !== 'breaching');
      return account.of('AWS::Lambda::Function').flatMap((fn) => {
        const { errors, dead } = failuresOf(account, fn, leaseMinutes, PATIENCE);
        const failing = samples(PATIENCE, (minute) => errors.filter((at) => at === minute).length || null);
        const nothing = samples(PATIENCE, () => null);
        const given = dead.map(({ queue, minute: since }) => ({
          queue,
          waiting: samples(PATIENCE, (minute) => (minute >= since ? 1 : null)),
        }));
        const world: World = (metric) => {
          if (isOf(metric, 'Errors', fn) || (metric.name === '5xx' && isBehindApi(account, fn))) return failing;
          if (metric.name !== 'ApproximateNumberOfMessagesVisible') return nothing;
          const { QueueName } = metric.dimensions;
          return given.find(({ queue }) => queue.ref.endsWith(`/${QueueName}`))?.waiting ?? nothing;
        };
        if (alarms.some((alarm) => rings(alarm, world, PATIENCE).length > 0)) return [];
        return [`${fn.id} fails ${errors.length} times in ${PATIENCE / HOUR} hours, and nothing rings.`];
      });
    },
    planted: 'failures ring at the hundredth of a minute, and dead letters at the thousandth',
    plant: (draft) =>
      change(draft, 'AWS::CloudWatch::Alarm', (properties) => {
        if (properties.ComparisonOperator === 'LessThanThreshold') return;
        Object.assign(properties, { Threshold: 1_000, Period: 60 });
      }),
  },
  {
    holds: 'silence rings: when planning stops within four intervals, when checks stop within a week',
    faults: (account) => {
      const alarms = alarmsOf(account);
      const stop = 8 * DAY;
      const every = planningInterval(account);
      const faults = [];
      const heard = (world: World, within: number) =>
        alarms.some((alarm) => rings(alarm, world, stop + within, stop).length > 0);
      const planning = heard(healthy(account, stop + 5 * every, { plan: stop }), 4 * every + 5);
      if (!planning) faults.push('Nothing rings when planning stops.');
      const week = 7 * DAY + HOUR;
      // Nobody counts any more, or somebody counts none: one of the two is what the code does.
      const checking = ([null, 0] as const).some((idle) =>
        heard(healthy(account, stop + week, { checks: stop, idle }), week),
      );
      if (!checking) faults.push('Nothing rings when no page is checked.');
      return faults;
    },
    planted: 'missing data is no fault for any alarm, and a day of it is forgiven',
    plant: (draft) =>
      change(draft, 'AWS::CloudWatch::Alarm', (properties) => {
        properties.TreatMissingData = 'notBreaching';
        properties.Threshold = 0;
      }),
  },
  {
    holds: 'a week without a fault and with one check a day rings nothing',
    faults: (account) =>
      alarmsOf(account)
        .filter((alarm) => rings(alarm, healthy(account, 12 * DAY), 12 * DAY, 4 * DAY).length > 0)
        .map(({ id }) => `${id} rings without a fault.`),
    planted: 'silence is counted over six hours',
    plant: (draft) =>
      change(draft, 'AWS::CloudWatch::Alarm', (properties) => {
        if (properties.TreatMissingData === 'breaching') properties.EvaluationPeriods = 6;
      }),
  },
  {
    holds: 'a new deployment rings nothing in its first hour',
    faults: (account) => {
      const world = healthy(account, 2 * HOUR, { from: planningInterval(account) });
      return alarmsOf(account)
        .filter((alarm) => rings(alarm, world, HOUR).length > 0)
        .map(({ id }) => `${id} rings before the first check can be done.`);
    },
    open: 'silence alarms take the time before the deployment for silence: they have no warm-up',
    planted: 'missing data is a fault for every alarm',
    plant: (draft) =>
      change(draft, 'AWS::CloudWatch::Alarm', (properties) => (properties.TreatMissingData = 'breaching')),
  },
  {
    holds: 'an alarm that rang ends after its fault, and says so where it rang',
    faults: (account) =>
      account.of('AWS::CloudWatch::Alarm').flatMap(({ id, properties }) => {
        const [on, off] = [properties.AlarmActions ?? [], properties.OKActions ?? []].map((list) =>
          JSON.stringify(list),
        );
        const faults = on === '[]' || on !== off ? [`${id} rings at ${on} and ends at ${off}.`] : [];
        const alarm = alarmsOf(account).find((one) => one.id === id);
        if (alarm === undefined) return faults;
        const window = alarm.period * alarm.periods;
        const bad = alarm.breaches(1e9) ? 1e9 : 0;
        const end = window + 2 * alarm.period;
        const minutes = end + window + 2 * alarm.period;
        const series = samples(minutes, (minute) => (minute < end ? bad : 1e9 - bad));
        const last = turnsOf(alarm, () => series, minutes).map(({ state }) => state);
        return last.slice(-2).join() === 'ALARM,OK'
          ? faults
          : [...faults, `${id} goes ${last.join(', ') || 'nowhere'}.`];
      }),
    planted: 'the end of an alarm is not sent',
    plant: (draft) => change(draft, 'AWS::CloudWatch::Alarm', (properties) => delete properties.OKActions),
  },
  {
    holds: 'no alarm looks back further than CloudWatch does: a day, or a week in periods of an hour or more',
    faults: (account) =>
      alarmsOf(account)
        .filter(({ period, periods }) => period * periods > (period < HOUR ? DAY : 7 * DAY))
        .map(({ id, period, periods }) => `${id} looks back over ${periods} periods of ${period} minutes.`),
    planted: 'an alarm looks back for two hundred periods',
    plant: (draft) => change(draft, 'AWS::CloudWatch::Alarm', (properties) => (properties.EvaluationPeriods = 500)),
  },
  {
    holds: 'every alarm watches what this deployment has: a function, a queue, an API or a metric that the code counts',
    faults: (account) =>
      alarmsOf(account).flatMap(({ id, metrics }) =>
        metrics
          .filter(({ namespace, name, dimensions }) => {
            if (namespace === METRICS.namespace) return !(Object.values(METRICS) as string[]).includes(name);
            const names = Object.values(dimensions);
            return !names.some((value) =>
              account.resources.some(({ ref }) => ref === value || ref.endsWith(`/${value}`)),
            );
          })
          .map(({ namespace, name }) => `${id} watches ${namespace} ${name} of something else.`),
      ),
    planted: 'alarms watch a function of another name',
    plant: (draft) =>
      change(draft, 'AWS::CloudWatch::Alarm', (properties) => {
        if (properties.Dimensions !== undefined) properties.Dimensions = [{ Name: 'FunctionName', Value: 'another' }];
      }),
  },
];
