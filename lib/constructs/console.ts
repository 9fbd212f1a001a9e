import { Aws, CfnCondition, Fn, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Where the console is, in the partitions that have one of their own. */
const CONSOLES = [
  ['InChina', 'aws-cn', 'console.amazonaws.cn'],
  ['InGovCloud', 'aws-us-gov', 'console.amazonaws-us-gov.com'],
] as const;

/** Name of the stack's dashboard. Dashboards are an account's, not a region's, and their names have no colons. */
export function dashboardName(scope: Construct): string {
  const { stackName, region } = Stack.of(scope);
  return `${stackName}-${region}`;
}

/** The address at which a browser opens the stack's dashboard. */
export function dashboardUrl(scope: Construct): string {
  const stack = Stack.of(scope);
  const host = CONSOLES.reduce<string>((otherwise, [id, partition, domain]) => {
    const isThere =
      stack.node.tryFindChild(id) ??
      new CfnCondition(stack, id, { expression: Fn.conditionEquals(Aws.PARTITION, partition) });
    return Fn.conditionIf((isThere as CfnCondition).logicalId, domain, otherwise).toString();
  }, 'console.aws.amazon.com');
  const { region } = stack;
  return `https://${region}.${host}/cloudwatch/home?region=${region}#dashboards/dashboard/${dashboardName(scope)}`;
}
