import { createHash } from 'node:crypto';
import { Stack } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { Construct } from 'constructs';

export interface CostBudgetProps {
  /** US dollars a month. */
  readonly limit: number;
  readonly emails: readonly string[];
}

/** AWS takes no more addresses for one notification. */
const MOST_ADDRESSES = 10;

/**
 * Mails the first ten addresses when the account has cost more than the limit this month, or when AWS forecasts it. It
 * counts the whole account: tags separate costs only after the owner has activated the tags for billing.
 */
export class CostBudget extends Construct {
  constructor(scope: Construct, id: string, { limit, emails }: CostBudgetProps) {
    super(scope, id);
    const { stackName, region } = Stack.of(this);
    const subscribers = emails.slice(0, MOST_ADDRESSES).map((address) => ({ subscriptionType: 'EMAIL', address }));
    const above = (notificationType: 'ACTUAL' | 'FORECASTED') => ({
      notification: {
        notificationType,
        comparisonOperator: 'GREATER_THAN',
        threshold: 100,
        thresholdType: 'PERCENTAGE',
      },
      subscribers,
    });
    const notifications = [above('ACTUAL'), above('FORECASTED')];
    const digest = createHash('sha256').update(JSON.stringify(notifications)).digest('hex').slice(0, 6);
    new CfnBudget(this, 'Monthly', {
      budget: {
        // Budgets are an account's, not a region's. CloudFormation replaces a budget whose addresses change, and makes the
        // new one first: under the same name it would be refused.
        budgetName: `${stackName} in ${region} monthly cost (${digest})`,
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: limit, unit: 'USD' },
      },
      notificationsWithSubscribers: notifications,
    });
  }
}
