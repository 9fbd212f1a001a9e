import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import type { Account, AlarmView } from '#app/doctor/account.ts';
import { permitted } from '#app/doctor/account.ts';
import type { ObjectStore } from '#app/ports.ts';
import { OBJECT_PREFIX } from '#core/names.ts';
import { awsFailure, isDenied } from '../failure.ts';
import { setupFailure } from '../setup-failure.ts';
import { subscribersOf } from '../subscriptions.ts';

export interface AccountClients {
  readonly sns: Pick<SNSClient, 'send'>;
  readonly sqs: Pick<SQSClient, 'send'>;
  readonly cloudWatch: Pick<CloudWatchClient, 'send'>;
  readonly ssm: Pick<SSMClient, 'send'>;
}

/** Clients with the credentials and the region of this machine. */
export const accountClients = (): AccountClients => ({
  sns: new SNSClient({}),
  // The queue is asked where the client's settings say, also where that is not the host in its address.
  sqs: new SQSClient({ useQueueUrlAsEndpoint: false }),
  cloudWatch: new CloudWatchClient({}),
  ssm: new SSMClient({}),
});

/** Asks an account what `Account` names. It reads only, and never the value of a parameter in clear. */
export function createAccount({ sns, sqs, cloudWatch, ssm }: AccountClients, objects: ObjectStore): Account {
  return {
    subscribers: (topicArn) => asked('sns:ListSubscriptionsByTopic', () => subscribersOf(topicArn, sns)),

    messages: (QueueUrl) =>
      asked('sqs:GetQueueAttributes', async () => {
        const AttributeNames = ['ApproximateNumberOfMessages' as const];
        const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
        return Number(Attributes?.ApproximateNumberOfMessages ?? 0);
      }),

    alarms: (stack) =>
      asked('cloudwatch:DescribeAlarms', async () => {
        const found: AlarmView[] = [];
        let NextToken: string | undefined;
        do {
          const answer = await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNamePrefix: stack, NextToken }));
          for (const alarm of answer.MetricAlarms ?? []) {
            const title = titleOf(alarm.AlarmName ?? '', stack);
            if (title === null) continue;
            found.push({
              title,
              state: alarm.StateValue ?? 'INSUFFICIENT_DATA',
              since: (alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp)?.toISOString() ?? null,
              canAct: alarm.ActionsEnabled !== false && (alarm.AlarmActions ?? []).length > 0,
              runbook: RUNBOOK.exec(alarm.AlarmDescription ?? '')?.[0] ?? null,
            });
          }
          NextToken = answer.NextToken;
        } while (NextToken !== undefined);
        return found;
      }),

    parameter: (Name) =>
      asked('ssm:GetParameter', async () => {
        try {
          const { Parameter } = await ssm.send(new GetParameterCommand({ Name, WithDecryption: false }));
          return Parameter?.Type === 'SecureString' ? 'secure' : 'plain';
        } catch (error) {
          if (error instanceof ParameterNotFound) return 'missing';
          throw error;
        }
      }),

    async bucket() {
      const first = await asked('s3:ListBucket', async () => {
        for await (const key of objects.list(OBJECT_PREFIX.captures)) return key;
        return null;
      });
      if (first !== null) await asked('s3:GetObject', () => objects.get(first));
    },
  };
}

/** What the description of every alarm of Daybook names. */
const RUNBOOK = /docs\/runbook\.md#[a-z-]+/;

/** The title of an alarm of a stack, null for one of another stack whose name begins alike: `DaybookService-dev`. */
function titleOf(alarm: string, stack: string): string | null {
  return /^(?::|\s)\s*(\S.*)$/.exec(alarm.slice(stack.length))?.[1] ?? null;
}

/**
 * What AWS answers. @param action what the call needs, for an answer that does not name it
 * @throws NotPermittedError with the action that is missing; AwsSetupError; or what `awsFailure` makes of an error
 */
export function asked<T>(action: string, call: () => Promise<T>): Promise<T> {
  return permitted(
    action,
    async () => {
      try {
        return await call();
      } catch (error) {
        const setup = setupFailure(rootOf(error));
        if (setup !== null) throw setup;
        // Left as it is for `deniedAction`.
        throw isDenied(rootOf(error)) ? error : awsFailure(error, action.split(':')[0]?.toUpperCase() ?? 'AWS');
      }
    },
    deniedAction,
  );
}

/** The action that the caller lacks, as AWS names it, or '' where it names none; null for any other error. */
export function deniedAction(error: unknown): string | null {
  const root = rootOf(error);
  // Credentials that have expired are refused with the same status.
  if (!(root instanceof Error) || !isDenied(root) || setupFailure(root) !== null) return null;
  return /not authorized to perform:? ([a-z0-9-]+:[A-Za-z]+)/.exec(root.message)?.[1] ?? '';
}

/** What the SDK threw, below Daybook's own errors. */
function rootOf(error: unknown): unknown {
  let root = error;
  while (root instanceof Error && root.cause instanceof Error) root = root.cause;
  return root;
}
