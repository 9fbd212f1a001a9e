import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen } from '../loopback.ts';

/** S3, Lambda and CloudFormation, as much as a relay asks of them, on this machine: the SDK runs as it is. */
export class LoopbackAws {
  readonly objects = new Map<string, Uint8Array>();
  /** Functions that were started, with what they were handed. */
  readonly invoked: { readonly name: string; readonly payload: unknown }[] = [];
  /** Outputs by stack. */
  stacks: Readonly<Record<string, Readonly<Record<string, string>>>> = {};
  /** By how much its clock is ahead of this machine's, milliseconds. */
  aheadMs = 0;
  /** Method and path that are refused with 403. */
  refuses: RegExp = /^$/;

  async start(): Promise<{ readonly url: string; close(): Promise<void> }> {
    const server = await listen('127.0.0.1', (request, response) => this.#answer(request, response));
    return { url: server.url('').replace(/\/$/, ''), close: () => server.close() };
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const body = Buffer.concat(pieces);
    const { method = '', headers } = request;
    const url = new URL(request.url ?? '', 'http://aws.example');
    response.sendDate = false;
    response.setHeader('date', new Date(Date.now() + this.aheadMs).toUTCString());
    if (this.refuses.test(`${method} ${url.pathname}`)) return void refuse(response, 403, 'AccessDenied');
    const fn = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(url.pathname)?.[1];
    if (fn !== undefined) {
      this.invoked.push({ name: fn, payload: JSON.parse(body.toString('utf8')) });
      return void response.writeHead(202).end();
    }
    if (url.pathname === '/') return void this.#describe(new URLSearchParams(body.toString('utf8')), response);
    this.#object(method, url, headers['if-none-match'] === '*', body, response);
  }

  #object(method: string, url: URL, once: boolean, body: Uint8Array, response: ServerResponse): void {
    const key = decodeURIComponent(url.pathname.split('/').slice(2).join('/'));
    if (method === 'PUT') {
      if (!once) return void refuse(response, 403, 'AccessDenied');
      if (this.objects.has(key)) return void refuse(response, 412, 'PreconditionFailed');
      this.objects.set(key, body);
      return void response.end();
    }
    if (key === '') {
      const { searchParams } = url;
      const [prefix, after] = [searchParams.get('prefix') ?? '', searchParams.get('start-after') ?? ''];
      const keys = [...this.objects.keys()].filter((one) => one.startsWith(prefix) && one > after).sort();
      const contents = keys.map((one) => `<Contents><Key>${one}</Key></Contents>`).join('');
      return void response.end(`<ListBucketResult>${contents}<IsTruncated>false</IsTruncated></ListBucketResult>`);
    }
    const found = this.objects.get(key);
    if (found === undefined) return void refuse(response, 404, 'NoSuchKey');
    response.end(found);
  }

  #describe(asked: URLSearchParams, response: ServerResponse): void {
    const name = asked.get('StackName') ?? '';
    const outputs = this.stacks[name];
    if (outputs === undefined) {
      response.writeHead(400, { 'content-type': 'text/xml' });
      const text = `Stack with id ${name} does not exist`;
      return void response.end(
        `<ErrorResponse><Error><Code>ValidationError</Code><Message>${text}</Message></Error></ErrorResponse>`,
      );
    }
    const members = Object.entries(outputs).map(
      ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
    );
    response.writeHead(200, { 'content-type': 'text/xml' });
    response.end(
      `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>${name}</StackName><StackStatus>CREATE_COMPLETE</StackStatus><CreationTime>2026-11-01T10:00:00Z</CreationTime><StackId>arn:aws:cloudformation:eu-west-1:123456789012:stack/${name}/1</StackId><Outputs>${members.join('')}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
    );
  }
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}
