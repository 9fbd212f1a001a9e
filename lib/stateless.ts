import { CfnOutput, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import { Subscription, SubscriptionProtocol } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { DeploymentProps } from './config.ts';
import { CostBudget } from './constructs/budget.ts';
import { dashboardUrl } from './constructs/console.ts';
import { OperationsDashboard } from './constructs/dashboard.ts';
import { Fetch } from './constructs/fetch.ts';
import { Ingest } from './constructs/ingest.ts';
import { Notify } from './constructs/notify.ts';
import { Plan } from './constructs/plan.ts';
import { DeadLetterQueue } from './constructs/queue.ts';
import { Read } from './constructs/read.ts';
import { Relay } from './constructs/relay.ts';
import type { StateStack } from './stateful.ts';

export interface ServiceStackProps extends StackProps {
  readonly state: StateStack;
  readonly deployment: DeploymentProps;
}

const NO_EMAIL =
  'No e-mail address is configured, so nobody gets news, word of failing pages, or alarms: name one under "alerts.emails" in the configuration and deploy again, or subscribe to the topics NewsTopicArn and HealthTopicArn.';

/** Everything that works on the state and holds none: it can be deleted and deployed again at any time. */
export class ServiceStack extends Stack {
  constructor(scope: Construct, id: string, props: ServiceStackProps) {
    super(scope, id, props);
    const { deployment, state } = props;
    const { table, bucket, newsTopic, healthTopic } = state;
    const deadLetters = new DeadLetterQueue(this, 'GivenUp', { healthTopic });
    const ingest = new Ingest(this, 'Ingest', { table, bucket, deadLetters, deployment });
    const fetch = new Fetch(this, 'Fetch', { bucket, ingest: ingest.fn, deadLetters, healthTopic, deployment });
    const plan = new Plan(this, 'Plan', { table, fetch: fetch.fn, deadLetters, healthTopic, deployment });
    const read = new Read(this, 'Read', { table, bucket, healthTopic, deployment });
    const notify = new Notify(this, 'Notify', {
      table,
      newsTopic,
      healthTopic,
      readerUrl: read.url,
      deadLetters,
      deployment,
    });
    if (deployment.emails.length === 0) {
      Validations.of(this).addWarning('daybook-no-email', NO_EMAIL);
      // Synthesis ends long before a deployment does: what it says has scrolled away. Outputs are what is read last.
      new CfnOutput(this, 'Warning', { value: NO_EMAIL });
    }
    for (const [topicName, topic] of Object.entries({ News: newsTopic, Health: healthTopic })) {
      for (const email of deployment.emails) {
        // Named by the address, so that adding one leaves the others' confirmed subscriptions alone.
        new Subscription(this, `${topicName}To${email}`, {
          topic,
          protocol: SubscriptionProtocol.EMAIL,
          endpoint: email,
        });
      }
    }
    if (deployment.emails.length > 0 && deployment.budgetUsd > 0) {
      new CostBudget(this, 'Budget', { limit: deployment.budgetUsd, emails: deployment.emails });
    }
    new OperationsDashboard(this, 'Dashboard', {
      functions: [plan.fn, fetch.fn, ingest.fn, notify.fn, read.fn],
      deadLetters,
      table,
      reader: read,
      stage: deployment.stage,
    });
    const outputs: Record<string, string> = {
      DashboardUrl: dashboardUrl(this),
      ReaderUrl: read.url,
      GivenUpQueueUrl: deadLetters.queueUrl,
      ...(deployment.access === 'token' ? { ReaderTokenParameter: read.tokenName } : {}),
      PlanFunctionName: plan.fn.functionName,
      FetchFunctionName: fetch.fn.functionName,
      IngestFunctionName: ingest.fn.functionName,
      NotifyFunctionName: notify.fn.functionName,
      ReadFunctionName: read.fn.functionName,
      ...(deployment.relays
        ? { RelayPolicyArn: new Relay(this, 'Relay', { bucket, ingest: ingest.fn }).policy.managedPolicyArn }
        : {}),
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
