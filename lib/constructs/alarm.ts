import { Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { type RunbookEntry, runbookSection } from '../runbook.ts';
import { dashboardUrl } from './console.ts';

/** What to look at before anything else. The rest is in the runbook. */
const FIRST: Readonly<Record<RunbookEntry, string>> = {
  'planning-stopped': 'look whether the schedule is there and enabled (EventBridge Scheduler).',
  'work-that-was-given-up': 'read one message of the dead letters: it names the function and the error.',
  'alerts-are-late': 'look for errors in the log of the notify function.',
  'no-page-was-checked': 'look whether planning stopped, too; if not, "daybook pages" shows why pages are refused.',
  'the-reader-answers-with-errors': 'look into the log of the read function. Checks and alerts continue.',
};

export interface RunbookAlarmProps {
  /** What a person reads first: "planning stopped". The stack's name comes before it. */
  readonly title: string;
  readonly metric: IMetric;
  /** One sentence on what is wrong, for the reader of the e-mail. */
  readonly summary: string;
  readonly runbook: RunbookEntry;
  readonly topic: Topic;
  /** Goes off at this value. Default 1. */
  readonly threshold?: number;
  /** Goes off below the threshold instead of at it. Default false. */
  readonly below?: boolean;
  /** Periods of the metric that must all be bad. Default 1. */
  readonly periods?: number;
  /**
   * Whether it goes off, too, when data no longer come. It does so by its state INSUFFICIENT_DATA, which is also that of an
   * alarm without any data yet: only a change of state is sent, so that nothing goes off when the alarm is made.
   * Default false: no data, no work, no fault.
   */
  readonly silenceRings?: boolean;
}

/**
 * An alarm, declared next to the resource that it watches. Its mail says what is wrong and what to do first, and links to
 * the dashboard, which holds the runbook. It notifies the health topic when it goes off and when it is over.
 */
export class RunbookAlarm extends Alarm {
  constructor(scope: Construct, id: string, props: RunbookAlarmProps) {
    const { stackName } = Stack.of(scope);
    super(scope, id, {
      alarmName: `${stackName}: ${props.title}`,
      metric: props.metric,
      alarmDescription: described(scope, props),
      threshold: props.threshold ?? 1,
      comparisonOperator:
        props.below === true
          ? ComparisonOperator.LESS_THAN_THRESHOLD
          : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: props.periods ?? 1,
      treatMissingData: props.silenceRings === true ? TreatMissingData.MISSING : TreatMissingData.NOT_BREACHING,
    });
    const action = new SnsAction(props.topic);
    this.addAlarmAction(action);
    this.addOkAction(action);
    if (props.silenceRings === true) this.addInsufficientDataAction(action);
  }
}

/** At most 1,024 characters, all of which a mail shows. A link ends at a space, in every mail program. */
function described(scope: Construct, { summary, runbook }: RunbookAlarmProps): string {
  // Headings name no stack, so that those of every stage are the same.
  const { heading } = runbookSection(runbook, null);
  return `${summary} First: ${FIRST[runbook]} State and runbook, section "${heading}": ${dashboardUrl(scope)} (or docs/runbook.md#${runbook})`;
}
