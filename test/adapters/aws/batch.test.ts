import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { processFifo } from '#adapters/aws/batch.ts';

const record = (messageId: string, group: string, body: unknown): SQSRecord =>
  ({
    messageId,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    eventSource: 'aws:sqs',
    attributes: { MessageGroupId: group },
  }) as SQSRecord;
const event = (...Records: SQSRecord[]): SQSEvent => ({ Records });
const failed = (response: { batchItemFailures: { itemIdentifier: string }[] }) =>
  response.batchItemFailures.map((one) => one.itemIdentifier);

describe('a FIFO batch', () => {
  it('is processed in order', async () => {
    const seen: unknown[] = [];
    const response = await processFifo<number>(
      event(record('1', 'a', 1), record('2', 'b', 2), record('3', 'a', 3)),
      async (message) => seen.push(message),
    );
    expect(seen).toEqual([1, 2, 3]);
    expect(failed(response)).toEqual([]);
  });

  it('ends a group at its first failure, and only that group', async () => {
    const seen: number[] = [];
    const response = await processFifo<number>(
      event(record('1', 'a', 1), record('2', 'b', 2), record('3', 'a', 3), record('4', 'b', 4)),
      async (message) => {
        if (message === 1) throw new Error('not now');
        seen.push(message);
      },
    );
    expect(seen).toEqual([2, 4]);
    expect(failed(response)).toEqual(['1', '3']);
  });

  it('does not repeat finished messages after a failure', async () => {
    const response = await processFifo<number>(
      event(record('1', 'a', 1), record('2', 'a', 2), record('3', 'a', 3)),
      async (message) => {
        if (message === 2) throw new Error('not now');
      },
    );
    expect(failed(response)).toEqual(['2', '3']);
  });

  it('fails a message that is no JSON, and no other group', async () => {
    const response = await processFifo(event(record('1', 'a', '{'), record('2', 'b', {})), async () => {});
    expect(failed(response)).toEqual(['1']);
  });

  it('throws when a whole batch failed, so that the function counts as failed', async () => {
    await expect(
      processFifo(event(record('1', 'a', 1)), async () => Promise.reject(new Error('the table is away'))),
    ).rejects.toThrow();
  });
});
