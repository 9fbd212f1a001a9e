import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createInvoker } from '#adapters/aws/invoker.ts';
import { createLambdaQueue, PAYLOAD_LIMIT } from '#adapters/aws/lambda-queue.ts';

/** What Lambda was asked, and what it answers next; 202 at the end of the list. */
let asked: { url: string; headers: IncomingHttpHeaders; body: string }[] = [];
let answers: ((response: ServerResponse) => void)[] = [];
let slept: number[] = [];
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  asked.push({ url: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
  response.statusCode = 202;
  (answers.shift() ?? (() => {}))(response);
  response.end();
});
let env: Record<string, string>;

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  env = {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKID',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: 'token',
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  };
});
afterAll(() => new Promise<void>((done) => void server.close(() => done())));
beforeEach(() => {
  asked = [];
  answers = [];
  slept = [];
});

const queue = (over: Record<string, string | undefined> = {}) => {
  const sleep = async (milliseconds: number) => void slept.push(milliseconds);
  return createLambdaQueue<unknown>(createInvoker({ env: { ...env, ...over }, sleep }), 'Daybook-Fetch-1');
};
const refuses = (status: number, type: string) => (response: ServerResponse) => {
  response.statusCode = status;
  response.setHeader('x-amzn-errortype', type);
};

describe('a message', () => {
  it('starts the function without waiting for it, with a signature of its role', async () => {
    await queue().send({ jobs: ['ä'] });
    const [{ url, headers, body }, ...more] = asked as [(typeof asked)[0]];
    expect(more).toEqual([]);
    expect(url).toBe('/2015-03-31/functions/Daybook-Fetch-1/invocations');
    expect(headers['x-amz-invocation-type']).toBe('Event');
    expect(headers['x-amz-security-token']).toBe('token');
    expect(headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/eu-west-1\/lambda\/aws4_request/);
    expect(headers.authorization).toMatch(/SignedHeaders=\S*host\S*x-amz-invocation-type/);
    expect(JSON.parse(body)).toEqual({ jobs: ['ä'] });
  });

  it('goes to Lambda of the own region where no other endpoint is named', () => {
    const missing = { AWS_ENDPOINT_URL: undefined, AWS_REGION: undefined };
    expect(() => queue(missing)).toThrow('AWS_REGION is not set');
  });

  it('of another machine has its region and its credentials, read again for each message', async () => {
    const keys = ['KEY1', 'KEY2'];
    const credentials = async () => ({ accessKeyId: keys.shift() ?? '', secretAccessKey: 'other' });
    const bare = { AWS_ENDPOINT_URL: env.AWS_ENDPOINT_URL };
    const own = createLambdaQueue(createInvoker({ env: bare, region: 'eu-north-1', credentials }), 'Ingest');
    await own.send({});
    await own.send({});
    const signed = asked.map(({ headers }) => /Credential=(\w+)\/\d{8}\/([\w-]+)/.exec(headers.authorization ?? ''));
    expect(signed.map((found) => found?.slice(1))).toEqual([
      ['KEY1', 'eu-north-1'],
      ['KEY2', 'eu-north-1'],
    ]);
    expect(asked[0]?.headers).not.toHaveProperty('x-amz-security-token');
  });

  it('of the largest size is sent, and a larger one is refused before anything is sent', async () => {
    const room = PAYLOAD_LIMIT - '{"x":""}'.length;
    await queue().send({ x: 'y'.repeat(room) });
    expect(asked).toHaveLength(1);
    await expect(queue().send({ x: 'y'.repeat(room + 1) })).rejects.toMatchObject({
      code: 'message-too-large',
      retryable: false,
      message: expect.stringContaining(String(PAYLOAD_LIMIT + 1)),
    });
    expect(asked).toHaveLength(1);
  });
});

describe('a function that is not started', () => {
  it('is tried again with growing pauses while Lambda is throttled or away', async () => {
    answers = [refuses(429, 'TooManyRequestsException:'), refuses(500, 'ServiceException'), refuses(503, 'x')];
    await queue().send({});
    expect(asked).toHaveLength(4);
    expect(slept).toEqual([200, 400, 800]);
  });

  it('is given up after four tries, as an error that may pass', async () => {
    answers = Array.from({ length: 9 }, () => refuses(429, 'TooManyRequestsException'));
    await expect(queue().send({})).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    expect(asked).toHaveLength(4);
  });

  it('is not tried again where the role may not', async () => {
    answers = [refuses(403, 'AccessDeniedException')];
    await expect(queue().send({})).rejects.toMatchObject({
      code: 'refused',
      retryable: false,
      message: expect.stringMatching(/AccessDeniedException\): lambda:InvokeFunction on Daybook-Fetch-1 is missing$/),
    });
    expect(asked).toHaveLength(1);
  });

  it('says what Lambda says that the role lacks', async () => {
    const Message =
      'User: arn:aws:sts::1:assumed-role/r/s is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:eu-west-1:1:function:f because';
    answers = [
      (response) => {
        refuses(403, 'AccessDeniedException')(response);
        response.write(JSON.stringify({ Message }));
      },
    ];
    await expect(queue().send({})).rejects.toThrow(
      'arn:aws:sts::1:assumed-role/r/s lacks lambda:InvokeFunction on arn:aws:lambda:eu-west-1:1:function:f; grant it',
    );
  });

  it('is tried again where the connection breaks', async () => {
    answers = [(response) => void response.socket?.destroy()];
    await queue().send({});
    expect(asked).toHaveLength(2);
  });
});

describe('a function that is waited for', () => {
  const ends = (status: number, body: unknown, error?: string) => (response: ServerResponse) => {
    response.statusCode = status;
    if (error !== undefined) response.setHeader('x-amz-function-error', error);
    response.write(typeof body === 'string' ? body : JSON.stringify(body));
  };
  const call = (payload: unknown) => {
    const credentials = async () => ({ accessKeyId: 'OTHER', secretAccessKey: 'secret' });
    const { AWS_ENDPOINT_URL } = env;
    const sleep = async (milliseconds: number) => void slept.push(milliseconds);
    const options = { env: { AWS_ENDPOINT_URL }, region: 'eu-north-1', credentials, waits: true, sleep };
    return createInvoker(options)('Daybook-Notify-1', JSON.stringify(payload));
  };

  it('is called with the credentials and the region of a person, and has ended', async () => {
    answers = [ends(200, { sent: 1 })];
    await call({ Records: [] });
    const [{ headers, body }] = asked as [(typeof asked)[0]];
    expect(headers['x-amz-invocation-type']).toBe('RequestResponse');
    expect(headers.authorization).toMatch(/Credential=OTHER\/\d{8}\/eu-north-1\/lambda/);
    expect(JSON.parse(body)).toEqual({ Records: [] });
  });

  it.each([
    [{ errorMessage: 'the topic is gone', errorType: 'Error' }, /^Daybook-Notify-1 failed: the topic is gone$/],
    ['no JSON', /^Daybook-Notify-1 failed: see its log$/],
  ])('and fails is an error that says so, and is not called again', async (body, message) => {
    answers = [ends(200, body, 'Unhandled')];
    await expect(call({})).rejects.toMatchObject({
      name: 'FunctionFailedError',
      code: 'function-failed',
      message: expect.stringMatching(message),
    });
    expect(asked).toHaveLength(1);
  });

  it('has not ended where Lambda only accepted the call', async () => {
    answers = [ends(202, '')];
    await expect(call({})).rejects.toMatchObject({ code: 'refused' });
  });
});
