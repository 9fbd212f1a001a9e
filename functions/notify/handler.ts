import type { DynamoDBStreamEvent } from 'aws-lambda';
import { composeNotify } from '#adapters/aws/compose.ts';
import { deadline, SENDING_SECONDS } from '#adapters/aws/pace.ts';
import { flippedPages } from '#adapters/aws/stream.ts';
import { errorFields } from '#app/error-fields.ts';
import { notifyPage } from '#app/notify/notify.ts';
import rawConfig from '#config';
import { parseConfig } from '#core/config.ts';

const deps = composeNotify(parseConfig(rawConfig));

/**
 * Heads and healths that were flipped: send the alerts that were not sent yet. A failure keeps no other page waiting; the
 * batch is then delivered again, and finds the rest sent.
 */
export async function handler(event: DynamoDBStreamEvent): Promise<{ sent: number }> {
  const call = { ...deps, isLate: deadline(SENDING_SECONDS) };
  let sent = 0;
  const failures: unknown[] = [];
  for (const pageId of flippedPages(event)) {
    try {
      sent += (await notifyPage(call, pageId)).length;
    } catch (error) {
      deps.log.warn('alerts of a page were not sent', { page: pageId, ...errorFields(error) });
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return { sent };
}
