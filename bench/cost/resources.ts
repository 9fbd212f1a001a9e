import { METRICS } from '../../src/core/names.ts';

/** A synthesized template, as far as the bill needs it. */
export interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: object }>>;
}

/** What is paid for or sets a price, as it is deployed. */
export interface Resources {
  /** Queues that Lambda polls, of each kind. */
  readonly polledFifo: number;
  readonly polledStandard: number;
  /** Alarms, each metric of an expression as one. */
  readonly alarms: number;
  readonly metrics: number;
  readonly dashboards: number;
  /** Memory of each function by capability, GB. */
  readonly memory: Readonly<Record<'plan' | 'fetch' | 'ingest' | 'notify', number>>;
  /** Days for which the longest kept log is kept. */
  readonly logDays: number;
  readonly planEvery: number;
}

type Properties = Readonly<Record<string, unknown>>;

export function resourcesOf(template: Template): Resources {
  const all = Object.entries(template.Resources).map(([id, { Type, Properties = {} }]) => ({
    id,
    type: Type,
    properties: Properties as Properties,
  }));
  const of = (type: string) => all.filter((one) => one.type === type);
  const queues = new Map(of('AWS::SQS::Queue').map(({ id, properties }) => [id, properties.FifoQueue === true]));
  const polled = of('AWS::Lambda::EventSourceMapping').flatMap(({ properties }) => {
    const source = properties.EventSourceArn as { 'Fn::GetAtt'?: string[] } | undefined;
    const isFifo = queues.get(source?.['Fn::GetAtt']?.[0] ?? '');
    return isFifo === undefined ? [] : [isFifo];
  });
  const memoryOf = (capability: string) => {
    const own = of('AWS::Lambda::Function').find(({ id }) => id.startsWith(`${capability}Function`));
    if (own === undefined) throw new Error(`The template has no function ${capability}`);
    return Number(own.properties.MemorySize) / 1_024;
  };
  const [schedule] = of('AWS::Scheduler::Schedule');
  const every = /rate\((\d+) minutes?\)/.exec(String(schedule?.properties.ScheduleExpression));
  if (every === null) throw new Error('The template has no schedule by minutes');
  return {
    polledFifo: polled.filter((isFifo) => isFifo).length,
    polledStandard: polled.filter((isFifo) => !isFifo).length,
    alarms: of('AWS::CloudWatch::Alarm').reduce((sum, { properties }) => sum + watched(properties), 0),
    metrics: Object.keys(METRICS).length - 1,
    dashboards: of('AWS::CloudWatch::Dashboard').length,
    memory: {
      plan: memoryOf('Plan'),
      fetch: memoryOf('Fetch'),
      ingest: memoryOf('Ingest'),
      notify: memoryOf('Notify'),
    },
    logDays: Math.max(...of('AWS::Logs::LogGroup').map(({ properties }) => Number(properties.RetentionInDays))),
    planEvery: Number(every[1]),
  };
}

/** An alarm over an expression is charged for each metric in it. */
function watched({ Metrics }: Properties): number {
  return Array.isArray(Metrics) ? Metrics.filter((one: object) => 'MetricStat' in one).length : 1;
}
