import { Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Gives cdk-nag the reason why a policy names resources by a pattern. A finding is identified by the ARN as the template writes
 * it: the name under which the owner's stack exports it, then the pattern.
 *
 * @param owner whose ARN it is, in another stack than the policy
 * @param patterns what follows the ARN: `/captures/*`
 */
export function acknowledgePatterns(
  policy: IConstruct,
  owner: { readonly construct: IConstruct; readonly arn: string },
  patterns: readonly string[],
  reason: string,
): void {
  const imported = Stack.of(policy).resolve(Stack.of(owner.construct).exportValue(owner.arn));
  for (const pattern of patterns) {
    const id = `AwsSolutions-IAM5[Resource::${imported['Fn::ImportValue']}${pattern}]`;
    Validations.of(policy).acknowledge({ id, reason });
  }
}
