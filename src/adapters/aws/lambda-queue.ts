import type { Queue } from '#app/ports.ts';
import { DaybookError } from '#core/errors.ts';
import type { Invoke } from './invoker.ts';

/**
 * Most bytes of one message. Lambda takes 1 MB of an asynchronous event, and charges a second request above 256 KB.
 */
export const PAYLOAD_LIMIT = 256_000;

/** A message is larger than one asynchronous event may be. */
export class MessageTooLargeError extends DaybookError {
  constructor(bytes: number, functionName: string) {
    super(`A message of ${bytes} bytes to ${functionName} is above ${PAYLOAD_LIMIT}; send it in parts`, {
      code: 'message-too-large',
    });
  }
}

/**
 * Messages as asynchronous calls of a function: each at least once, in no order, with Lambda's own retries and dead
 * letters. Nothing polls, so that nothing is paid for while nothing is sent.
 */
export function createLambdaQueue<T>(invoke: Invoke, functionName: string): Queue<T> {
  return {
    async send(message) {
      const payload = JSON.stringify(message);
      const bytes = Buffer.byteLength(payload);
      if (bytes > PAYLOAD_LIMIT) throw new MessageTooLargeError(bytes, functionName);
      await invoke(functionName, payload);
    },
  };
}
