import { type Account, fail } from './account.ts';

export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** Samples of a metric, one a minute; NaN where there is none. */
export type World = (metric: Metric) => Float64Array;

export type State = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** A change of an alarm's state, at a minute. */
export interface Turn {
  readonly minute: number;
  readonly state: State;
}

type Bucket = (world: World, from: number, to: number) => number | null;

export interface Alarm {
  readonly id: string;
  readonly metrics: readonly Metric[];
  /** Minutes. */
  readonly period: number;
  readonly periods: number;
  readonly breaches: (value: number) => boolean;
  readonly needed: number;
  readonly missing: string;
  /** The states that are sent to somebody when they begin. */
  readonly sent: ReadonlySet<State>;
  readonly value: Bucket;
}

const COMPARED: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
};

const ACTIONS: Readonly<Record<State, string>> = {
  OK: 'OKActions',
  ALARM: 'AlarmActions',
  INSUFFICIENT_DATA: 'InsufficientDataActions',
};

/** The alarms of the templates, as CloudWatch reads them. */
export function alarmsOf(account: Account): Alarm[] {
  return account.of('AWS::CloudWatch::Alarm').map(({ id, properties }) => {
    const { MetricName, Namespace, Dimensions, Statistic, Threshold, EvaluationPeriods, ComparisonOperator } =
      properties;
    const single = { Namespace, MetricName, Dimensions };
    const parts: Part[] = properties.Metrics ?? [
      { Id: 'm', MetricStat: { Metric: single, Stat: Statistic, Period: properties.Period } },
    ];
    const compare = COMPARED[ComparisonOperator] ?? fail(`The claims do not know ${ComparisonOperator}.`);
    return {
      id,
      metrics: parts.flatMap(({ MetricStat }) => (MetricStat === undefined ? [] : [metricOf(MetricStat.Metric)])),
      period: Math.max(...parts.map(({ MetricStat, Period }) => Number(MetricStat?.Period ?? Period ?? 0))) / 60,
      periods: Number(EvaluationPeriods),
      needed: Number(properties.DatapointsToAlarm ?? EvaluationPeriods),
      breaches: (value) => compare(value, Number(Threshold)),
      missing: String(properties.TreatMissingData ?? 'missing'),
      sent: new Set(
        Object.entries(ACTIONS).flatMap(([state, list]) => (properties[list]?.length > 0 ? [state as State] : [])),
      ),
      value: parts.length === 1 ? statistic(parts[0] as Part) : expression(parts),
    };
  });
}

interface RawMetric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly { Name: string; Value: string }[];
}

interface Part {
  readonly Id: string;
  readonly MetricStat?: { readonly Metric: RawMetric; readonly Stat: string; readonly Period: number };
  readonly Expression?: string;
  readonly Period?: number;
  readonly ReturnData?: boolean;
}

const metricOf = ({ Namespace, MetricName, Dimensions = [] }: RawMetric): Metric => ({
  namespace: Namespace,
  name: MetricName,
  dimensions: Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value])),
});

function statistic({ MetricStat }: Part): Bucket {
  if (MetricStat === undefined) return fail('An alarm has neither a metric nor an expression.');
  const metric = metricOf(MetricStat.Metric);
  return (world, from, to) => {
    const seen = world(metric)
      .slice(Math.max(0, from), Math.max(0, to))
      .filter((value) => !Number.isNaN(value));
    if (seen.length === 0) return null;
    const sum = seen.reduce((total, value) => total + value, 0);
    if (MetricStat.Stat === 'Sum') return sum;
    if (MetricStat.Stat === 'Maximum') return Math.max(...seen);
    if (MetricStat.Stat === 'Minimum') return Math.min(...seen);
    if (MetricStat.Stat === 'Average') return sum / seen.length;
    return MetricStat.Stat === 'SampleCount' ? seen.length : fail(`The claims do not know ${MetricStat.Stat}.`);
  };
}

/** Sums and largest values of metrics, as metric math writes them: `SUM(METRICS())`, `MAX([a, b])`, `FILL(a, 0) + b`. */
function expression(parts: readonly Part[]): Bucket {
  const measured = parts
    .filter(({ MetricStat }) => MetricStat !== undefined)
    .map((part) => [part.Id, statistic(part)] as const);
  const { Expression = '' } =
    parts.find(({ ReturnData, Expression }) => Expression !== undefined && ReturnData !== false) ?? {};
  return (world, from, to) => {
    const values = new Map(measured.map(([id, ask]) => [id, ask(world, from, to)]));
    const filled = Expression.replace(/FILL\(\s*(\w+)\s*,\s*([\d.]+)\s*\)/g, (_, id, other) =>
      String(values.get(id) ?? other),
    );
    const all = /^(SUM|MAX)\((?:METRICS\(\)|\[(.*)\])\)$/.exec(filled.trim());
    if (all !== null) {
      const names = all[2]?.split(',').map((name) => name.trim()) ?? [...values.keys()];
      const seen = names.map((name) => values.get(name) ?? Number(name)).filter((value) => !Number.isNaN(value));
      if (seen.length === 0) return null;
      return all[1] === 'SUM' ? seen.reduce((total, value) => total + value, 0) : Math.max(...seen);
    }
    if (!/^[\w\s.+]+$/.test(filled)) return fail(`The claims do not know the expression ${Expression}.`);
    const terms = filled.split('+').map((term) => values.get(term.trim()) ?? Number(term));
    return terms.some(Number.isNaN) ? null : terms.reduce((total, value) => total + value, 0);
  };
}

/** How often an alarm is looked at, minutes. */
const STEP = 5;

/**
 * The turns of an alarm that is made at minute 0, without data: that it begins so is no turn, and is not sent. Nothing is known of the time before. CloudWatch looks a few points further
 * back than asked where points are missing; that is left out, so that a turn may come a little later than here.
 */
export function turnsOf(alarm: Alarm, world: World, minutes: number): Turn[] {
  const turns: Turn[] = [];
  let state: State = 'INSUFFICIENT_DATA';
  for (let minute = STEP; minute <= minutes; minute += STEP) {
    const next = stateAt(alarm, world, minute, state);
    if (next !== state) turns.push({ minute, state: next });
    state = next;
  }
  return turns;
}

function stateAt(
  { period, periods, needed, breaches, missing, value }: Alarm,
  world: World,
  now: number,
  before: State,
): State {
  const points = Array.from({ length: periods }, (_, at) => value(world, now - (at + 1) * period, now - at * period));
  const known = points.filter((point) => point !== null);
  const bad = known.filter(breaches).length + (missing === 'breaching' ? points.length - known.length : 0);
  if (bad >= needed) return 'ALARM';
  if (known.length === 0 && missing === 'missing') return 'INSUFFICIENT_DATA';
  return known.length === 0 && missing === 'ignore' ? before : 'OK';
}

/** A series with samples at some minutes and none at others. */
export function samples(minutes: number, at: (minute: number) => number | null): Float64Array {
  return Float64Array.from({ length: minutes }, (_, minute) => at(minute) ?? Number.NaN);
}
