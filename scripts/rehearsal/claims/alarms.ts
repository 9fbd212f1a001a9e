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

/** The minutes at which somebody is sent that an alarm goes off, after a first part that only gives it a past. */
const rings = (alarm: Alarm, world: World, minutes: number, after = 0) =>
  turnsOf(alarm, world, minutes).filter(
    ({ minute, state }) => state !== 'OK' && alarm.sent.has(state) && minute > after,
  );
/** Whether an alarm is about silence: it goes off without a sample, or below a threshold. */
const isSilence = (alarm: Alarm) =>
  alarm.missing === 'breaching' || alarm.sent.has('INSUFFICIENT_DATA') || alarm.breaches(0);

interface Span {
  /** Minutes of the first and after the last. */
  readonly from: number;
  readonly until: number;
}

/** A deployment without another fault: ticks every interval, which count `idle`, and one check a day, in the given spans. */
function running(
  account: Account,
  minutes: number,
  idle: 0 | null,
  { ticks, checks }: { readonly ticks: readonly Span[]; readonly checks: Span },
): World {
  const every = planningInterval(account);
  const isWithin = (minute: number, { from, until }: Span) => minute >= from && minute < until;
  const isTick = (minute: number) => minute % every === 0 && ticks.some((span) => isWithin(minute, span));
  const isChecked = (minute: number) => isWithin(minute, checks) && (minute - checks.from) % DAY === 0;
  const nothing = samples(minutes, () => null);
  const planned = samples(minutes, (minute) => (isTick(minute) ? 1 : null));
  const counted = samples(minutes, (minute) => (isChecked(minute) ? 1 : isTick(minute) ? idle : null));
  return (metric) => (isPlan(account, metric) ? planned : isCheck(metric) ? counted : nothing);
}

/** What the alarms do over simulated hours. */
export const ALARM_CLAIMS: readonly Claim[] = [
  {
    holds: 'a function that always fails, on one page, rings within four hours',
    faults: (account, { leaseMinutes }) => {
      const alarms = alarmsOf(account).filter((alarm) => !isSilence(alarm));
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
    holds: 'planning that stops after a week rings within four intervals, and the alarm ends when it begins again',
    faults: (account, { idle }) => {
      const stop = 8 * DAY;
      const every = planningInterval(account);
      const [again, end] = [stop + 10 * every, stop + 20 * every];
      const ticks = [
        { from: 0, until: stop },
        { from: again, until: end },
      ];
      const world = running(account, end, idle, { ticks, checks: { from: 0, until: end } });
      const heard = alarmsOf(account).filter((alarm) => rings(alarm, world, stop + 4 * every + 5, stop).length > 0);
      if (heard.length === 0) return ['Nothing rings when planning stops.'];
      return heard
        .filter((alarm) => turnsOf(alarm, world, end).at(-1)?.state !== 'OK' || !alarm.sent.has('OK'))
        .map(({ id }) => `${id} does not say that planning began again.`);
    },
    planted: 'nothing is sent when data no longer come',
    plant: (draft) =>
      change(draft, 'AWS::CloudWatch::Alarm', (properties) => delete properties.InsufficientDataActions),
  },
  {
    holds: 'checks that stop succeeding ring within a week, while planning goes on',
    faults: (account, { idle }) => {
      const [stop, week] = [8 * DAY, 7 * DAY + HOUR];
      const all = { from: 0, until: stop + week };
      const world = running(account, stop + week, idle, { ticks: [all], checks: { from: 0, until: stop } });
      return alarmsOf(account).some((alarm) => rings(alarm, world, stop + week, stop).length > 0)
        ? []
        : ['Nothing rings when no page is checked any more.'];
    },
    planted: 'a tick counts nothing',
    plant: (draft) => {
      draft.code = { ...draft.code, idle: null };
    },
  },
  {
    holds:
      'a deployment in which no check ever succeeds rings after three of its longest pauses, an hour later at the most',
    faults: (account, { idle, longestPause }) => {
      const patience = 3 * longestPause + HOUR + planningInterval(account);
      const ticks = { from: planningInterval(account), until: patience };
      const world = running(account, patience, idle, { ticks: [ticks], checks: { from: patience, until: patience } });
      return alarmsOf(account).some((alarm) => rings(alarm, world, patience).length > 0)
        ? []
        : [`Nothing rings in ${patience / HOUR} hours without a check.`];
    },
    planted: 'silence is counted over twice the time',
    plant: (draft) =>
      change(draft, 'AWS::CloudWatch::Alarm', (properties) => {
        if (properties.MetricName === METRICS.checks)
          properties.EvaluationPeriods = 2 * Number(properties.EvaluationPeriods);
      }),
  },
  {
    holds: 'each period in which checks are counted holds a tick, even where one comes an interval late',
    faults: (account) =>
      alarmsOf(account)
        .filter(({ metrics, period }) => metrics.some(isCheck) && period < 2 * planningInterval(account))
        .map(({ id, period }) => `${id} counts over ${period} minutes, in which there may be no tick.`),
    planted: 'checks are counted over five minutes',
    plant: (draft) =>
      change(draft, 'AWS::CloudWatch::Alarm', (properties) => {
        if (properties.MetricName === METRICS.checks) properties.Period = 300;
      }),
  },
  {
    holds: 'twelve days without a fault and with one check a day ring nothing, from the first minute on',
    faults: (account, { idle }) => {
      const all = { from: planningInterval(account), until: 12 * DAY };
      const world = running(account, 12 * DAY, idle, { ticks: [all], checks: all });
      return alarmsOf(account)
        .filter((alarm) => rings(alarm, world, 12 * DAY).length > 0)
        .map(({ id }) => `${id} rings without a fault.`);
    },
    planted: 'silence is counted over six hours',
    plant: (draft) =>
      change(draft, 'AWS::CloudWatch::Alarm', (properties) => {
        if (properties.MetricName === METRICS.checks) properties.EvaluationPeriods = 6;
      }),
  },
  {
    holds: 'a new deployment rings nothing in its first day, however late its first check succeeds',
    faults: (account, { idle }) => {
      const until = DAY + HOUR;
      const ticks = { from: planningInterval(account), until };
      const world = running(account, until, idle, { ticks: [ticks], checks: { from: DAY, until } });
      return alarmsOf(account)
        .filter((alarm) => rings(alarm, world, until).length > 0)
        .map(({ id }) => `${id} rings before the first check can be done.`);
    },
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
        const gone = JSON.stringify(properties.InsufficientDataActions ?? properties.AlarmActions ?? []);
        const faults =
          on === '[]' || on !== off || gone !== on ? [`${id} rings at ${on}, ${gone}, and ends at ${off}.`] : [];
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
