import { CloudFormationClient, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { stacksOf } from '#core/names.ts';
import { read } from '../reader.ts';
import type { Theme } from './theme.ts';

/** A deployment over the running stacks: the history is still read, and nothing that holds state is another. */
export const update: Theme = async (rehearsal) => {
  const before = await stateful();
  const pages = await read(rehearsal, '/api/pages', rehearsal.pageId);
  await rehearsal.step('both stacks are deployed again over the running ones', async () =>
    rehearsal.deployed(await rehearsal.standIn.deploy()),
  );
  await rehearsal.step('table, bucket and topics are the same as before', async () => {
    const after = await stateful();
    if (after !== before) throw new Error(`They were:\n${before}\nand are:\n${after}`);
  });
  await rehearsal.step('the history reads as before', async () => {
    const now = await read(rehearsal, '/api/pages', rehearsal.pageId);
    if (now !== pages) throw new Error(`The pages were ${pages} and are ${now}`);
  });
};

/** What the stack with the state consists of, by the names that AWS gave. */
async function stateful(): Promise<string> {
  const client = new CloudFormationClient({});
  const { StackResources = [] } = await client.send(
    new DescribeStackResourcesCommand({ StackName: stacksOf(null).state }),
  );
  if (StackResources.length === 0) throw new Error('The stack with the state has no resources.');
  return StackResources.map(({ LogicalResourceId, PhysicalResourceId }) => `${LogicalResourceId} ${PhysicalResourceId}`)
    .sort()
    .join('\n');
}
