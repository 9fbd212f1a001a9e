import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { DeadLetter } from '#app/redrive/letter.ts';
import type { DeadLetters } from '#app/redrive/redrive.ts';
import { awsFailure } from '../failure.ts';

/** For so long a letter that was taken is hidden from others, seconds, if this process ends without giving it back. */
const HIDDEN_S = 900;
/** With a wait SQS asks all of its servers, so that an empty answer means an empty queue. */
const WAIT_S = 2;
/** Named by EventBridge Scheduler in what it could not deliver. */
const FROM_SCHEDULE = 'SCHEDULE_ARN';

/** The messages of an SQS queue, each once, whatever SQS delivers twice. */
export function createDeadLetters(client: SQSClient, queueUrl: string): DeadLetters {
  /** Of each letter that was taken, what SQS wants to hear to delete it. */
  const receipts = new Map<string, string | undefined>();
  const refused = (action: string) => (cause: unknown) => {
    throw awsFailure(cause, 'SQS', `sqs:${action} on queue ${queueUrl}`);
  };

  return {
    async *take() {
      for (;;) {
        const command = new ReceiveMessageCommand({
          QueueUrl: queueUrl,
          MaxNumberOfMessages: 10,
          VisibilityTimeout: HIDDEN_S,
          WaitTimeSeconds: WAIT_S,
          MessageAttributeNames: [FROM_SCHEDULE],
          MessageSystemAttributeNames: ['SentTimestamp'],
        });
        const { Messages = [] } = await client.send(command).catch(refused('ReceiveMessage'));
        const fresh = Messages.filter(({ MessageId = '' }) => !receipts.has(MessageId));
        for (const { MessageId = '', ReceiptHandle } of Messages) receipts.set(MessageId, ReceiptHandle);
        if (fresh.length === 0) return;
        yield* fresh.map(letterOf);
      }
    },

    async remove({ id }) {
      const command = new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receipts.get(id) });
      await client.send(command).catch(refused('DeleteMessage'));
    },

    async release({ id }) {
      const command = new ChangeMessageVisibilityCommand({
        QueueUrl: queueUrl,
        ReceiptHandle: receipts.get(id),
        VisibilityTimeout: 0,
      });
      await client.send(command).catch(refused('ChangeMessageVisibility'));
    },
  };
}

function letterOf({ MessageId = '', Body = '', Attributes, MessageAttributes }: Message): DeadLetter {
  const sent = Attributes?.SentTimestamp;
  return {
    id: MessageId,
    body: Body,
    sentAt: sent === undefined ? null : new Date(Number(sent)).toISOString(),
    fromSchedule: MessageAttributes?.[FROM_SCHEDULE] !== undefined,
  };
}
