import { SQSClient } from '@aws-sdk/client-sqs';
import type { RedriveDeps } from '#app/redrive/redrive.ts';
import { composeStore } from '../compose.ts';
import { createInvoker } from '../invoker.ts';
import { createLambdaQueue } from '../lambda-queue.ts';
import { flipsOf } from '../stream.ts';
import { createDeadLetters } from './dead-letters.ts';
import { type Deployment, outputOf, serviceOf } from './deployment.ts';

/** Names of the channels that `composeNotify` sends to. */
export const CHANNELS: readonly string[] = ['sns'];

/** Dead letters of a deployment, with the credentials of this machine. @throws UsageError where its service is not there. */
export function composeRedrive(deployment: Deployment): RedriveDeps {
  const service = serviceOf(deployment);
  const named = (output: string) => outputOf(service, output);
  const functions = {
    plan: named('PlanFunctionName'),
    fetch: named('FetchFunctionName'),
    ingest: named('IngestFunctionName'),
    notify: named('NotifyFunctionName'),
  };
  // An endpoint of the environment (AWS_ENDPOINT_URL) holds for the queue too, whatever host its address names.
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
  const { region } = deployment;
  const credentials = () => sqs.config.credentials();
  // Nothing catches a call of notify that fails later: its end is waited for.
  const callAndWait = createInvoker({ region, credentials, waits: true });
  return {
    letters: createDeadLetters(sqs, named('GivenUpQueueUrl')),
    functions,
    ingest: createLambdaQueue(createInvoker({ region, credentials }), functions.ingest),
    notify: (pageIds) => callAndWait(functions.notify, JSON.stringify(flipsOf(pageIds))),
    history: composeStore({
      table: outputOf(deployment.state, 'TableName'),
      bucket: outputOf(deployment.state, 'BucketName'),
    }).history,
    channels: CHANNELS,
  };
}
