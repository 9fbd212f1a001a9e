import { setTimeout as delay } from 'node:timers/promises';
import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import { UnavailableError } from '#app/errors.ts';
import { DaybookError } from '#core/errors.ts';
import { required } from './environment.ts';
import { awsFailure } from './failure.ts';

/**
 * Starts a function: resolves when Lambda has accepted the event, or, of an invoker that waits, when the function has
 * ended without an error.
 */
export type Invoke = (functionName: string, payload: string) => Promise<void>;

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface InvokerOptions {
  /** Default: that of the function that runs. */
  readonly env?: NodeJS.ProcessEnv;
  /** Default: that of `env`. */
  readonly region?: string;
  /** Default: those of `env`, which are a function's own for as long as its process lives. */
  readonly credentials?: () => Promise<Credentials>;
  /** Whether a call waits for the end of the function. */
  readonly waits?: boolean;
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
}

/** The function ran and failed. Calling it again is up to the caller. */
export class FunctionFailedError extends DaybookError {}

/** Calls of one event: the first, and those after a throttled or unanswered one. */
const TRIES = 4;
const FIRST_PAUSE_MS = 200;
/** Lambda answers within milliseconds. A stand-in may run the function first. */
const PATIENCE_MS = 60_000;
/** More than the time limit of a function that is waited for. */
const PATIENCE_OF_WAITING_MS = 90_000;
const ACCEPTED = 202;
const ENDED = 200;

/**
 * Lambda's API, of which one signed request is needed. The signature is the SDK's own.
 */
export function createInvoker(options: InvokerOptions = {}): Invoke {
  const { env = process.env, sleep = delay, waits = false } = options;
  const region = options.region ?? required('AWS_REGION', env);
  const endpoint = new URL(endpointOf(region, env));
  const signer = new SignatureV4({
    service: 'lambda',
    region,
    credentials: options.credentials ?? (async () => credentialsOf(env)),
    sha256: Hash.bind(null, 'sha256') as never,
  });

  async function call(functionName: string, payload: string): Promise<void> {
    const path = `/2015-03-31/functions/${encodeURIComponent(functionName)}/invocations`;
    const type = waits ? 'RequestResponse' : 'Event';
    const signed = await signer.sign({
      method: 'POST',
      protocol: endpoint.protocol,
      hostname: endpoint.hostname,
      path,
      query: {},
      headers: { host: endpoint.host, 'content-type': 'application/json', 'x-amz-invocation-type': type },
      body: payload,
    });
    const { host: _, ...headers } = signed.headers;
    const signal = AbortSignal.timeout(waits ? PATIENCE_OF_WAITING_MS : PATIENCE_MS);
    const answer = await fetch(new URL(path, endpoint), { method: 'POST', headers, body: payload, signal }).catch(
      (cause: unknown) =>
        Promise.reject(new UnavailableError(`Lambda (${functionName}) did not answer; try again`, cause)),
    );
    // Read to its end, so that the connection is used again.
    const body = await answer.text();
    if (answer.status !== (waits ? ENDED : ACCEPTED)) throw new InvocationRefused(answer, body);
    if (answer.headers.has('x-amz-function-error')) {
      throw new FunctionFailedError(`${functionName} failed: ${errorOf(body)}`, { code: 'function-failed' });
    }
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

/** What a function failed with, as Lambda answers it. */
function errorOf(body: string): string {
  try {
    return String(JSON.parse(body).errorMessage);
  } catch {
    return 'see its log';
  }
}

function credentialsOf(env: NodeJS.ProcessEnv): Credentials {
  return {
    accessKeyId: required('AWS_ACCESS_KEY_ID', env),
    secretAccessKey: required('AWS_SECRET_ACCESS_KEY', env),
    ...(env.AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: env.AWS_SESSION_TOKEN }),
  };
}

function endpointOf(region: string, env: NodeJS.ProcessEnv): string {
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return env.AWS_ENDPOINT_URL_LAMBDA ?? env.AWS_ENDPOINT_URL ?? `https://lambda.${region}.${suffix}`;
}
