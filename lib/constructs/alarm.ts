import { Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/** Headings of `docs/runbook.md`: what to do when an alarm of the kind goes off. */
export type RunbookEntry =
  | 'planning-stopped'
  | 'work-that-was-given-up'
  | 'alerts-are-late'
  | 'no-page-was-checked'
  | 'the-reader-answers-with-errors';

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
  /** Whether silence is bad. Default false: no data, no work, no fault. */
  readonly silenceIsBad?: boolean;
}

/**
 * An alarm, declared next to the resource that it watches, that names its section in the runbook. It notifies the
 * health topic when it goes off and when it is over.
 */
export class RunbookAlarm extends Alarm {
  constructor(scope: Construct, id: string, props: RunbookAlarmProps) {
    super(scope, id, {
      alarmName: `${Stack.of(scope).stackName}: ${props.title}`,
      metric: props.metric,
      alarmDescription: `${props.summary} What to do: docs/runbook.md#${props.runbook}`,
      threshold: props.threshold ?? 1,
      comparisonOperator:
        props.below === true
          ? ComparisonOperator.LESS_THAN_THRESHOLD
          : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: props.periods ?? 1,
      treatMissingData: props.silenceIsBad === true ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    const action = new SnsAction(props.topic);
    this.addAlarmAction(action);
    this.addOkAction(action);
  }
}
