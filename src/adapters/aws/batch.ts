import { processPartialResponse, SqsFifoPartialProcessorAsync } from '@aws-lambda-powertools/batch';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';

/**
 * Works a FIFO batch off in order. The first failure of a group ends that group, so that its order holds; what was
 * done is not delivered again.
 */
export async function processFifo<T>(
  event: SQSEvent,
  work: (message: T) => Promise<unknown>,
): Promise<SQSBatchResponse> {
  const processor = new SqsFifoPartialProcessorAsync();
  return processPartialResponse(event, (record: SQSRecord) => work(JSON.parse(record.body) as T), processor, {
    skipGroupOnError: true,
    throwOnFullBatchFailure: true,
  });
}
