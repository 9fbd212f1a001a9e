import { METRICS } from '#core/names.ts';
import { type Account, REGION } from './account.ts';
import { type Claim, change, type Subject } from './claim.ts';

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: { readonly markdown?: string; readonly metrics?: unknown[][]; readonly alarms?: string[] };
}

/** What CloudWatch takes for a dashboard, and how many metrics one has at most where it is free. */
const WIDGETS = 500;
const FREE_METRICS = 50;
const COLUMNS = 24;
/** What CloudWatch takes for the description of an alarm. */
const DESCRIPTION = 1_024;
/** A mail's subject holds the name, the state and the region, in 100 characters of ASCII. */
const NAME = /^[\x20-\x7e]{1,70}$/;

const dashboards = (account: Account) =>
  account.of('AWS::CloudWatch::Dashboard').map(({ id, properties }) => ({
    id,
    name: String(properties.DashboardName),
    widgets: (JSON.parse(String(properties.DashboardBody)).widgets ?? []) as Widget[],
  }));
const linkTo = (name: string) =>
  `https://${REGION}.console.aws.amazon.com/cloudwatch/home?region=${REGION}#dashboards/dashboard/${name}`;
const alarms = (account: Account) =>
  account.of('AWS::CloudWatch::Alarm').map(({ id, arn, properties }) => ({
    id,
    arn,
    name: String(properties.AlarmName),
    description: String(properties.AlarmDescription ?? ''),
  }));

/** The series of a list of metrics: a dot means what the one before has in its place. */
function expanded(metrics: readonly unknown[][]): string[][] {
  let before: string[] = [];
  return metrics.map((metric) => {
    before = metric
      .filter((part) => typeof part === 'string')
      .map((part, at) => (part === '.' ? before[at] : part) ?? '');
    return before;
  });
}
/** Plants a fault into the text of the dashboards. */
const rewrite = (draft: Subject, from: string | RegExp, to: string): void =>
  change(draft, 'AWS::CloudWatch::Dashboard', (properties) => {
    properties.DashboardBody = JSON.parse(JSON.stringify(properties.DashboardBody).replaceAll(from, to));
  });

const metricsOf = (widgets: readonly Widget[]) =>
  widgets.flatMap(({ properties }) => expanded(properties.metrics ?? []));

/** What a person sees who opens the link in an alarm's mail. */
export const DASHBOARD_CLAIMS: readonly Claim[] = [
  {
    holds: 'the mail of every alarm links to a dashboard that the stack makes, in the console of its region',
    faults: (account) => {
      const links = dashboards(account).map(({ name }) => linkTo(name));
      return alarms(account).flatMap(({ id, description }) => {
        // What a mail program takes for the link ends at a space.
        const given = description.split(/\s/).filter((word) => word.startsWith('https:'));
        const faults = given.some((word) => links.includes(word)) ? [] : [`${id} links to ${given[0] ?? 'nothing'}.`];
        const length = description.length;
        return length <= DESCRIPTION ? faults : [...faults, `${id} is described in ${length} characters.`];
      });
    },
    planted: 'the dashboard is called otherwise',
    plant: (draft) =>
      change(draft, 'AWS::CloudWatch::Dashboard', (properties) => (properties.DashboardName = 'Daybook')),
  },
  {
    holds:
      'the mail of every alarm names a section of the runbook that the dashboard shows, with something to do in it',
    faults: (account) => {
      const texts = dashboards(account).flatMap(({ widgets }) =>
        widgets.map(({ properties }) => properties.markdown ?? ''),
      );
      return alarms(account).flatMap(({ id, description }) => {
        const [, heading] = /section "([^"]+)"/.exec(description) ?? [];
        if (heading === undefined) return [`${id} names no section.`];
        const shown = texts.find((text) => text.startsWith(`## ${heading}\n`));
        if (shown === undefined) return [`${id} names "${heading}", which the dashboard does not show.`];
        return /^(1\.|- )/m.test(shown) ? [] : [`"${heading}" says nothing to do.`];
      });
    },
    planted: 'an alarm names a section that was renamed',
    plant: (draft) => rewrite(draft, '## Planning stopped', '## No planning'),
  },
  {
    holds: 'the name of every alarm fits into the subject of a mail: ASCII, and short enough to be read whole',
    faults: (account) =>
      alarms(account)
        .filter(({ name }) => !NAME.test(name))
        .map(({ id, name }) => `${id} is called "${name}".`),
    planted: 'the names of alarms have a dash that is no ASCII',
    plant: (draft) =>
      change(draft, 'AWS::CloudWatch::Alarm', (properties) => {
        properties.AlarmName = String(properties.AlarmName).replace(':', ' –');
      }),
  },
  {
    holds:
      'CloudWatch takes the dashboard: no more widgets than it shows, each within its columns, with a text or series',
    faults: (account) =>
      dashboards(account).flatMap(({ id, widgets }) => [
        ...(widgets.length > WIDGETS ? [`${id} has ${widgets.length} widgets.`] : []),
        ...widgets.flatMap(({ x, width, height, properties: { markdown, metrics, alarms: listed } }, at) => {
          const faults = [];
          if (x + width > COLUMNS || height < 1 || height > 1_000) faults.push(`Widget ${at} of ${id} does not fit.`);
          if (!(markdown || metrics?.length || listed?.length)) faults.push(`Widget ${at} of ${id} is empty.`);
          return faults;
        }),
      ]),
    planted: 'a widget is wider than the page',
    plant: (draft) => rewrite(draft, '\\"width\\":24', '\\"width\\":25'),
  },
  {
    holds: 'the dashboard shows every alarm, and series of this deployment alone, few enough to be free',
    faults: (account) =>
      dashboards(account).flatMap(({ id, widgets }) => {
        const shown = new Set(widgets.flatMap(({ properties }) => properties.alarms ?? []));
        const metrics = metricsOf(widgets);
        const count = new Set(metrics.map((metric) => metric.join())).size;
        const isOurs = ([namespace = '', name = '', ...dimensions]: string[]) =>
          namespace === METRICS.namespace
            ? (Object.values(METRICS) as string[]).includes(name)
            : dimensions.some((value) =>
                account.resources.some(({ ref }) => ref === value || ref.endsWith(`/${value}`)),
              );
        return [
          ...alarms(account)
            .filter(({ arn }) => !shown.has(arn))
            .map((alarm) => `${id} does not show ${alarm.id}.`),
          ...metrics.filter((metric) => !isOurs(metric)).map((metric) => `${id} shows ${metric.join(' ')}.`),
          ...(count === 0 || count > FREE_METRICS ? [`${id} shows ${count} metrics.`] : []),
        ];
      }),
    planted: 'the dashboard shows what no function of this deployment does',
    plant: (draft) => rewrite(draft, /\{"Ref":"PlanFunction\w+"\}/g, '"another"'),
  },
];
