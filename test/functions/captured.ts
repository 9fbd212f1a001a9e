import { S3Client } from '@aws-sdk/client-s3';
import { createS3Objects } from '#adapters/aws/s3-objects.ts';
import { storeCapture } from '#app/objects/captures.ts';
import type { Observation } from '#app/ports.ts';
import { captureId } from '#core/history/revision.ts';
import { chroniclePage } from '../support/sample-pages.ts';

export const page = {
  id: 'harbour',
  url: 'https://chronicle.example/x.htm',
  name: null,
  rolling: false,
  series: null,
};

/** Stores a capture of the page as fetch does, and gives what it hands to ingest. */
export async function captured(
  texts: readonly string[],
  at: string,
  body = chroniclePage(texts),
): Promise<Observation> {
  const meta = { pageId: page.id, url: page.url, finalUrl: page.url, fetchedAt: at, status: 200, headers: {} };
  const store = createS3Objects(new S3Client({}), 'bucket');
  await storeCapture(store, captureId(at), meta, body, null);
  return { page, dueAt: at, observedAt: at, full: true, kind: 'captured', captureId: captureId(at) };
}
