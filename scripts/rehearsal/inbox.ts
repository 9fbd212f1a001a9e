import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { isBulletin } from '#app/bulletins/record.ts';
import type { Rehearsal } from './rehearsal.ts';

/** A queue that subscribed to a topic, as an owner's mailbox does. */
export class Inbox {
  readonly #sqs = new SQSClient({ useQueueUrlAsEndpoint: false });

  /** What came about several pages together, for the theme that is about it. */
  readonly general: string[] = [];

  private constructor(private readonly queueUrl: string) {}

  static async subscribe(topicArn: string, name: string): Promise<Inbox> {
    const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
    if (QueueUrl === undefined) throw new Error('The queue has no address.');
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
    const Endpoint = Attributes?.QueueArn;
    await new SNSClient({}).send(new SubscribeCommand({ TopicArn: topicArn, Protocol: 'sqs', Endpoint }));
    return new Inbox(QueueUrl);
  }

  /** Messages about single pages that came since the last look. Those about several go to `general`. */
  async take(): Promise<string[]> {
    const texts: string[] = [];
    for (;;) {
      const command = new ReceiveMessageCommand({ QueueUrl: this.queueUrl, MaxNumberOfMessages: 10 });
      const { Messages = [] } = await this.#sqs.send(command);
      if (Messages.length === 0) return texts;
      for (const { Body = '', ReceiptHandle } of Messages) {
        (isBulletin(pageOf(Body)) ? this.general : texts).push(Body);
        await this.#sqs.send(new DeleteMessageCommand({ QueueUrl: this.queueUrl, ReceiptHandle }));
      }
    }
  }

  /** Waits for one message, and takes it. Another text, or a second message, is a fault. */
  async expectOne(rehearsal: Rehearsal, text: string): Promise<void> {
    const came = await rehearsal.eventually('a message', async () => {
      const all = await this.take();
      return all.length === 0 ? null : all;
    });
    const [message = ''] = came;
    if (came.length > 1) throw new Error(`${came.length} messages came: ${came.join('\n').slice(0, 2_000)}`);
    if (!message.includes(text)) throw new Error(`The message says something else than "${text}": ${message}`);
  }

  async expectNone(): Promise<void> {
    const came = await this.take();
    if (came.length > 0) throw new Error(`${came.length} messages came: ${came.join('\n').slice(0, 2_000)}`);
  }
}

/** The page that a message of the topic names in its attributes. */
function pageOf(body: string): string {
  const { MessageAttributes } = JSON.parse(body) as { MessageAttributes?: Record<string, { Value?: string }> };
  const page = MessageAttributes?.page?.Value;
  if (page === undefined) throw new Error(`A message names no page: ${body.slice(0, 500)}`);
  return page;
}
