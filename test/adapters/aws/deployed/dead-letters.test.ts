import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { composeNotify } from '#adapters/aws/compose.ts';
import { createDeadLetters } from '#adapters/aws/deployed/dead-letters.ts';
import { CHANNELS } from '#adapters/aws/deployed/redrive.ts';
import type { DeadLetter } from '#app/redrive/letter.ts';
import { parseConfig } from '#core/config.ts';
import { ENV } from '#core/names.ts';
import { refused } from '../../../support/item-table.ts';

const QUEUE = 'https://sqs.eu-west-1.amazonaws.com/123456789012/GivenUp';
const sqs = mockClient(SQSClient);
beforeEach(() => void sqs.reset());
const letters = () => createDeadLetters(new SQSClient({ region: 'eu-west-1' }), QUEUE);
const message = (MessageId: string, receipt = `r-${MessageId}`) => ({
  MessageId,
  ReceiptHandle: receipt,
  Body: `{"of":"${MessageId}"}`,
  Attributes: { SentTimestamp: '1763632800000' },
});

async function takeAll(queue: ReturnType<typeof letters>): Promise<DeadLetter[]> {
  const taken: DeadLetter[] = [];
  for await (const one of queue.take()) taken.push(one);
  return taken;
}

describe('the queue of dead letters', () => {
  it('is read until nothing is left, with who sent each letter and when', async () => {
    const bySchedule = {
      ...message('b'),
      MessageAttributes: { SCHEDULE_ARN: { DataType: 'String', StringValue: 'arn' } },
    };
    sqs
      .on(ReceiveMessageCommand)
      .resolvesOnce({ Messages: [message('a')] })
      .resolvesOnce({ Messages: [bySchedule] })
      .resolves({});
    const sentAt = '2025-11-20T10:00:00.000Z';
    expect(await takeAll(letters())).toEqual([
      { id: 'a', body: '{"of":"a"}', sentAt, fromSchedule: false },
      { id: 'b', body: '{"of":"b"}', sentAt, fromSchedule: true },
    ]);
    const asked = sqs.commandCalls(ReceiveMessageCommand).map(({ args }) => args[0].input);
    expect(asked).toHaveLength(3);
    // Without a wait, an empty answer of one server would look like an empty queue.
    expect(asked[0]).toMatchObject({ QueueUrl: QUEUE, MaxNumberOfMessages: 10, WaitTimeSeconds: 2 });
  });

  it('gives a letter once that SQS delivers again, and ends', async () => {
    sqs.on(ReceiveMessageCommand).resolves({ Messages: [message('a')] });
    expect((await takeAll(letters())).map(({ id }) => id)).toEqual(['a']);
  });

  it('deletes and releases with the newest receipt', async () => {
    sqs
      .on(ReceiveMessageCommand)
      .resolvesOnce({ Messages: [message('a', 'first'), message('b')] })
      .resolvesOnce({ Messages: [message('a', 'second'), message('c')] })
      .resolves({});
    sqs.on(DeleteMessageCommand).resolves({});
    sqs.on(ChangeMessageVisibilityCommand).resolves({});
    const queue = letters();
    const [a, b] = (await takeAll(queue)) as [DeadLetter, DeadLetter];
    await queue.remove(a);
    await queue.release(b);
    expect(sqs.commandCalls(DeleteMessageCommand)[0]?.args[0].input).toEqual({
      QueueUrl: QUEUE,
      ReceiptHandle: 'second',
    });
    expect(sqs.commandCalls(ChangeMessageVisibilityCommand)[0]?.args[0].input).toEqual({
      QueueUrl: QUEUE,
      ReceiptHandle: 'r-b',
      VisibilityTimeout: 0,
    });
  });

  it.each([
    [refused('AccessDenied', 403), 'refused', /sqs:ReceiveMessage on queue .*GivenUp is missing/],
    [refused('ExpiredToken', 403), 'no-credentials', /sign in again/],
    [refused('RequestThrottled', 400), 'unavailable', /SQS did not answer/],
  ])('that cannot be read is an error with the next step (%s)', async (cause, code, message) => {
    sqs.on(ReceiveMessageCommand).rejects(cause);
    await expect(takeAll(letters())).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('names the permission that deleting and releasing lack', async () => {
    const letter = { id: 'a', body: '', sentAt: null, fromSchedule: false };
    sqs.on(DeleteMessageCommand).rejects(refused('AccessDenied', 403));
    sqs.on(ChangeMessageVisibilityCommand).rejects(refused('AccessDenied', 403));
    await expect(letters().remove(letter)).rejects.toThrow(/sqs:DeleteMessage on queue/);
    await expect(letters().release(letter)).rejects.toThrow(/sqs:ChangeMessageVisibility on queue/);
  });
});

it('channels whose alerts are looked for are those that notify sends to', () => {
  for (const name of Object.values(ENV)) vi.stubEnv(name, 'x');
  const { channels } = composeNotify(parseConfig({ fetch: { hosts: ['a.example'] } }));
  vi.unstubAllEnvs();
  expect(CHANNELS).toEqual(Object.keys(channels));
});
