import { setTimeout as delay } from 'node:timers/promises';
import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import { UnavailableError } from '#app/errors.ts';
import { required } from './environment.ts';
import { awsFailure } from './failure.ts';

/** Starts a function and does not wait for its end: resolves when Lambda has accepted the event. */
export type Invoke = (functionName: string, payload: string) => Promise<void>;

export interface InvokerOptions {
  /** Default: that of the function that runs. */
  readonly env?: NodeJS.ProcessEnv;
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
}

/** Calls of one event: the first, and those after a throttled or unanswered one. */
const TRIES = 4;
const FIRST_PAUSE_MS = 200;
/** Lambda answers within milliseconds. A stand-in may run the function first. */
const PATIENCE_MS = 60_000;
const ACCEPTED = 202;

/**
 * Lambda's API, of which one signed request is needed. The signature is the SDK's own.
 */
export function createInvoker({ env = process.env, sleep = delay }: InvokerOptions = {}): Invoke {
  const endpoint = new URL(endpointOf(env));
  const signer = new SignatureV4({
    service: 'lambda',
    region: required('AWS_REGION', env),
    // A function's credentials are those of its environment, for as long as its process lives.
    credentials: async () => ({
      accessKeyId: required('AWS_ACCESS_KEY_ID', env),
      secretAccessKey: required('AWS_SECRET_ACCESS_KEY', env),
      ...(env.AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: env.AWS_SESSION_TOKEN }),
    }),
    sha256: Hash.bind(null, 'sha256') as never,
  });

  async function call(functionName: string, payload: string): Promise<void> {
    const path = `/2015-03-31/functions/${encodeURIComponent(functionName)}/invocations`;
    const signed = await signer.sign({
      method: 'POST',
      protocol: endpoint.protocol,
      hostname: endpoint.hostname,
      path,
      query: {},
      headers: { host: endpoint.host, 'content-type': 'application/json', 'x-amz-invocation-type': 'Event' },
      body: payload,
    });
    const { host: _, ...headers } = signed.headers;
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const answer = await fetch(new URL(path, endpoint), { method: 'POST', headers, body: payload, signal }).catch(
      (cause: unknown) =>
        Promise.reject(new UnavailableError(`Lambda (${functionName}) did not answer; try again`, cause)),
    );
    // Read to its end, so that the connection is used again.
    const body = await answer.text();
    if (answer.status !== ACCEPTED) throw new InvocationRefused(answer, body);
  }

  return async (functionName, payload) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await call(functionName, payload);
        return;
      } catch (cause) {
        const failure = awsFailure(cause, `Lambda (${functionName})`, `lambda:InvokeFunction on ${functionName}`);
        if (!failure.retryable || attempt === TRIES) throw failure;
        await sleep(FIRST_PAUSE_MS * 2 ** (attempt - 1));
      }
    }
  };
}

/** Lambda's answer, in the shape of the SDK's errors. */
class InvocationRefused extends Error {
  readonly $metadata: { readonly httpStatusCode: number };

  constructor(answer: Response, body: string) {
    super(`HTTP ${answer.status} ${body}`);
    this.name = answer.headers.get('x-amzn-errortype')?.split(':')[0] ?? 'UnknownError';
    this.$metadata = { httpStatusCode: answer.status };
  }
}

function endpointOf(env: NodeJS.ProcessEnv): string {
  const region = required('AWS_REGION', env);
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return env.AWS_ENDPOINT_URL_LAMBDA ?? env.AWS_ENDPOINT_URL ?? `https://lambda.${region}.${suffix}`;
}
