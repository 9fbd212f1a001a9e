import { CloudFormationClient, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { mockClient } from 'aws-sdk-client-mock';

export const ACCOUNT = '123456789012';

type Outputs = Readonly<Record<string, string>>;

/** A stack as CloudFormation describes it. */
export function stack(StackName: string, outputs: Outputs = {}, rest: Partial<Stack> = {}): Stack {
  return {
    StackName,
    StackId: `arn:aws:cloudformation:eu-west-1:${ACCOUNT}:stack/${StackName}/11111111-2222`,
    CreationTime: new Date('2026-11-01T10:00:00Z'),
    StackStatus: 'CREATE_COMPLETE',
    Outputs: Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
    ...rest,
  };
}

/** CloudFormation of an account, in which stacks are there by name. `note` is called before each answer. */
export function mockStacks(note: () => void = () => {}) {
  const calls = mockClient(CloudFormationClient);
  return {
    calls,
    deploy(...stacks: Stack[]): void {
      calls.reset();
      calls.on(DescribeStacksCommand).callsFake(async ({ StackName }) => {
        note();
        const found = stacks.find((one) => one.StackName === StackName);
        if (found !== undefined) return { Stacks: [found] };
        throw Object.assign(new Error(`Stack with id ${StackName} does not exist`), { name: 'ValidationError' });
      });
    },
  };
}
