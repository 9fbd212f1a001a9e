import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { FetchJob, Observation, Queue } from '#app/ports.ts';
import { sha256 } from '#core/history/canonical.ts';
import { awsFailure } from './failure.ts';

/**
 * A FIFO queue: messages of one group are delivered in order and one at a time; the same message sent again within
 * five minutes is delivered once.
 */
function createQueue<T>(
  client: SQSClient,
  url: string,
  address: (message: T) => { group: string; name: string },
): Queue<T> {
  return {
    async send(message) {
      const { group, name } = address(message);
      await client
        .send(
          new SendMessageCommand({
            QueueUrl: url,
            MessageBody: JSON.stringify(message),
            // Ids take 128 characters of a small alphabet: hashes do for any page and host.
            MessageGroupId: sha256(group).slice(0, 32),
            MessageDeduplicationId: sha256(name),
          }),
        )
        .catch((cause: unknown) => Promise.reject(awsFailure(cause, 'SQS')));
    },
  };
}

/** One host is asked by one fetch at a time. */
export const createFetchQueue = (client: SQSClient, url: string): Queue<FetchJob> =>
  createQueue(client, url, (job) => ({
    group: new URL(job.page.url).host,
    name: `${job.page.id}/${job.dueAt}`,
  }));

/** One page is ingested by one worker at a time. */
export const createIngestQueue = (client: SQSClient, url: string): Queue<Observation> =>
  createQueue(client, url, (seen) => ({
    group: seen.page.id,
    name: `${seen.page.id}/${seen.dueAt}/${seen.observedAt}/${seen.kind}`,
  }));
