import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen } from '../support/loopback.ts';

/** A call of one service as it arrived. */
export interface Call {
  /** `PUT /bucket/key`, or the service's own name of the action. */
  readonly action: string;
  readonly body: string;
  readonly authorization: string;
}

export interface Services {
  readonly origin: string;
  readonly calls: readonly Call[];
  /** Events of the functions that were started, oldest first, parsed. */
  sent(): unknown[];
  close(): Promise<void>;
}

/** The token of the reader, in the parameter that is asked for. */
export const TOKEN = 'tokenOfTheReader0123456789abcdefghijklmnopq';

/** S3, Lambda, SNS and SSM as far as the functions use them, on one port of this machine: what is put can be got. */
export async function startServices(): Promise<Services> {
  const calls: Call[] = [];
  const objects = new Map<string, Buffer>();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const text = body.toString();
    const target = String(request.headers['x-amz-target'] ?? '');
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://services.invalid');
    const path = decodeURIComponent(pathname).replace(/\/$/, '');
    const isList = searchParams.has('list-type');
    const action = target || new URLSearchParams(text).get('Action') || `${isList ? 'LIST' : request.method} ${path}`;
    calls.push({ action, body: text, authorization: request.headers.authorization ?? '' });
    const reply = (status: number, type: string, content: string | Buffer) =>
      response.writeHead(status, { 'content-type': type }).end(content);

    if (path.endsWith('/invocations')) {
      response.writeHead(202).end();
    } else if (target === 'AmazonSSM.GetParameter') {
      reply(200, 'application/x-amz-json-1.1', JSON.stringify({ Parameter: { Value: TOKEN } }));
    } else if (action === 'Publish') {
      const result = '<PublishResult><MessageId>1</MessageId></PublishResult>';
      reply(200, 'text/xml', `<PublishResponse>${result}</PublishResponse>`);
    } else if (request.method === 'PUT') {
      objects.set(path, body);
      reply(200, 'application/xml', '');
    } else if (isList) {
      const prefix = `${path}/${searchParams.get('prefix') ?? ''}`;
      const after = `${path}/${searchParams.get('start-after') ?? ''}`;
      const found = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
      const contents = found.map((key) => `<Contents><Key>${key.slice(path.length + 1)}</Key></Contents>`);
      reply(200, 'application/xml', `<ListBucketResult>${contents.join('')}</ListBucketResult>`);
    } else if (request.method === 'GET') {
      const found = objects.get(path);
      if (found !== undefined) reply(200, 'application/octet-stream', found);
      else reply(404, 'application/xml', '<Error><Code>NoSuchKey</Code><Message>not there</Message></Error>');
    } else {
      reply(400, 'application/xml', '<Error><Code>UnknownCall</Code></Error>');
    }
  }

  const server = await listen('127.0.0.1', (request, response) => {
    answer(request, response).catch((error: Error) => response.writeHead(500).end(error.message));
  });
  return {
    origin: server.origin,
    calls,
    sent: () => calls.filter(({ action }) => action.endsWith('/invocations')).map(({ body }) => JSON.parse(body)),
    close: () => server.close(),
  };
}
