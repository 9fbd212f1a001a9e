import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { storeCapture } from '#app/objects/captures.ts';
import { captureId } from '#core/history/revision.ts';
import { newestCapture } from '#core/schedule/check.ts';
import { REDRIVEN_TEXT } from '../chronicle.ts';
import type { Rehearsal } from '../rehearsal.ts';
import type { Theme } from './theme.ts';

/** A call of ingest that was given up is done by the command that redrives dead letters, and its news goes out. */
export const redrive: Theme = async (rehearsal, { news }) => {
  const queue = rehearsal.service('GivenUpQueueUrl');
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
  await rehearsal.step('a call of ingest is given up', async () => {
    const MessageBody = JSON.stringify(givenUp(rehearsal, await unjudgedCapture(rehearsal)));
    await sqs.send(new SendMessageCommand({ QueueUrl: queue, MessageBody }));
  });
  await rehearsal.step('daybook redrive --aws calls it again', async () => {
    const lines = (await rehearsal.daybook('redrive', '--aws', '--json')).trim().split('\n');
    const summary = JSON.parse(lines.at(-1) ?? '');
    if (summary.redriven !== 1 || summary.kept !== 0) throw new Error(`It said ${lines.join('\n')}`);
  });
  await rehearsal.step('its news, and nothing else, comes', () => news.expectOne(rehearsal, REDRIVEN_TEXT));
  await rehearsal.step('no dead letter is left', async () => {
    const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: queue, AttributeNames: [...names] }),
    );
    const left = names.reduce((sum, name) => sum + Number(Attributes[name]), 0);
    if (left > 0) throw new Error(`${left} are left.`);
  });
};

/** A capture that was stored, and not judged: as a fetch leaves it whose call of ingest fails. Returns its observation. */
async function unjudgedCapture({ history, objects, page, pageId }: Rehearsal): Promise<object> {
  page.publish(REDRIVEN_TEXT);
  const check = await history.check(pageId);
  if (check === null) throw new Error(`${pageId} is not tracked.`);
  const at = new Date().toISOString();
  const { url } = check.page;
  const headers = { 'content-type': 'text/html; charset=utf-8' };
  const meta = { pageId, url, finalUrl: url, fetchedAt: at, status: 200, headers };
  const { id } = await storeCapture(objects, captureId(at), meta, Buffer.from(page.body), newestCapture(check));
  return { kind: 'captured', page: check.page, dueAt: check.dueAt, observedAt: at, full: true, captureId: id };
}

/** What Lambda writes of an asynchronous call that it gave up. */
function givenUp(rehearsal: Rehearsal, observation: object): object {
  const functionArn = `arn:aws:lambda:eu-west-1:123456789012:function:${rehearsal.service('IngestFunctionName')}:$LATEST`;
  return {
    version: '1.0',
    requestContext: { requestId: 'rehearsal', functionArn, condition: 'RetriesExhausted', approximateInvokeCount: 3 },
    requestPayload: { observations: [observation] },
    responsePayload: { errorMessage: 'the table did not answer', errorType: 'UnavailableError' },
  };
}
