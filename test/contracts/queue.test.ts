import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from 'vitest';
import { createInvoker } from '#adapters/aws/invoker.ts';
import { createLambdaQueue } from '#adapters/aws/lambda-queue.ts';
import { MemoryQueue } from '#adapters/local/memory-queue.ts';
import type { IngestCall } from '#app/fetch/fetch-call.ts';
import type { FetchCall } from '#app/plan/calls.ts';
import type { FetchJob, Observation } from '#app/ports.ts';
import type { PageSpec } from '#core/history/types.ts';
import { describeQueue, type OpenQueue } from './queue.ts';

const job = (page: PageSpec, dueAt: string): FetchJob => ({
  page,
  dueAt,
  etag: '"a"',
  lastModified: null,
  knownSha256: null,
  full: true,
  previous: null,
  expiresAt: '2100-01-01T00:00:00.000Z',
});
const seen = (page: PageSpec, dueAt: string): Observation => ({
  page,
  dueAt,
  observedAt: dueAt,
  full: true,
  kind: 'captured',
  captureId: '20220112T080000000Z',
});

/** Lambda as it documents asynchronous calls: 202 for an event, at most 1 MB; what it does with it comes later. */
const lambda = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const [, name = ''] = /functions\/([^/]+)\/invocations$/.exec(request.url ?? '') ?? [];
  const isEvent = request.headers['x-amz-invocation-type'] === 'Event' && request.method === 'POST';
  const isSigned = /^AWS4-HMAC-SHA256 Credential=key\//.test(request.headers.authorization ?? '');
  if (failing.has(name)) response.statusCode = 503;
  else if (!isEvent || !isSigned) response.statusCode = 403;
  else {
    response.statusCode = 202;
    events.set(name, [...(events.get(name) ?? []), JSON.parse(Buffer.concat(chunks).toString('utf8'))]);
  }
  response.end();
});
const events = new Map<string, unknown[]>();
const failing = new Set<string>();
beforeAll(() => new Promise<void>((done) => lambda.listen(0, '127.0.0.1', done)));
afterAll(() => new Promise<void>((done) => void lambda.close(() => done())));

let functions = 0;
function openLambda<T>(): OpenQueue<T> {
  functions += 1;
  const name = `fetch-${functions}`;
  const queue = { send: (message: T) => createLambdaQueue<T>(invoker(), name).send(message) };
  return {
    queue,
    accepted: () => (events.get(name) ?? []) as T[],
    fail: () => void failing.add(name),
  };
}

function invoker() {
  const { port } = lambda.address() as AddressInfo;
  const credentials = { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' };
  const env = { ...credentials, AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` };
  return createInvoker({ env, sleep: async () => {} });
}

describeQueue(
  'calls of fetch',
  () => openLambda<FetchCall>(),
  (page, dueAt) => ({ jobs: [job(page, dueAt)] }),
);
describeQueue(
  'calls of ingest',
  () => openLambda<IngestCall>(),
  (page, dueAt) => ({ observations: [seen(page, dueAt)] }),
);

describeQueue(
  'memory',
  () => {
    const queue = new MemoryQueue<FetchJob>();
    const accepted: FetchJob[] = [];
    return {
      queue,
      accepted: () => {
        accepted.push(...queue.drain());
        return accepted;
      },
    };
  },
  job,
);
