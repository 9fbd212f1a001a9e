import type { S3Client } from '@aws-sdk/client-s3';

/**
 * Compares this machine's clock with the `Date` of every answer, also of one that refuses a request for its time.
 * @returns by how much this machine is ahead, milliseconds, to about a second; null before the first answer
 */
export function watchClock(client: S3Client, now: () => number = Date.now): () => number | null {
  let ahead: number | null = null;
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { headers } = result.response as { readonly headers?: Readonly<Record<string, string>> };
      const date = Date.parse(headers?.date ?? '');
      if (!Number.isNaN(date)) ahead = now() - date;
      return result;
    },
    // Next to the wire: an answer is not yet an error there.
    { name: 'watchClock', step: 'deserialize', priority: 'low' },
  );
  return () => ahead;
}
