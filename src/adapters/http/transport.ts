import { Client } from 'undici';
import { ACCEPT_ENCODING, readBody } from './body.ts';
import { type ConnectorOptions, guardedConnector } from './connector.ts';
import { FetchProblem, problemOf } from './failure.ts';

/** One answer, as far as it was wanted. */
export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
  readonly remoteAddress: string | null;
}

export interface TransportOptions extends Omit<ConnectorOptions, 'onConnected'> {
  readonly userAgent: string;
  readonly maxBytes: number;
}

/** Real headers stay far below this; undici's own 16 KiB is tighter than some security headers are long. */
const MAX_HEADER_BYTES = 64 * 1024;

/**
 * Sends one GET and reads its whole answer. Each call has its own connection: its address was checked for it, nothing is
 * reused across hosts or across a frozen process, and nothing stays open afterwards.
 *
 * @param timeoutMs the clock over everything: resolving, connecting, headers, body
 * @param cutAt read only so many decoded bytes and ignore the rest, instead of failing beyond `maxBytes`
 * @throws FetchProblem for every failure
 */
export async function get(
  url: URL,
  headers: Readonly<Record<string, string>>,
  timeoutMs: number,
  options: TransportOptions,
  signal: AbortSignal,
  cutAt?: number,
): Promise<Answer> {
  const limit = cutAt === undefined ? { maxBytes: options.maxBytes, cut: false } : { maxBytes: cutAt, cut: true };
  let stage: 'connecting' | 'waiting' | 'reading' = 'connecting';
  let remoteAddress: string | null = null;
  const connect = guardedConnector({
    ...options,
    connectTimeoutMs: Math.min(options.connectTimeoutMs, timeoutMs),
    onConnected: (address) => {
      stage = 'waiting';
      remoteAddress = address;
    },
  });
  const client = new Client(url.origin, {
    connect,
    pipelining: 0,
    maxHeaderSize: MAX_HEADER_BYTES,
    // The one clock below covers these two; two more timers would only blur which of them spoke.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const clock = new AbortController();
  const timedOut = new FetchProblem('timeout', `${url.href}: no complete answer within ${timeoutMs} ms`);
  const timer = setTimeout(() => clock.abort(timedOut), timeoutMs);
  const stopped = (): void => clock.abort(new FetchProblem('timeout', `${url.href}: the fetcher was closed`));
  signal.addEventListener('abort', stopped, { once: true });
  if (signal.aborted) stopped();
  try {
    const response = await client.request({
      method: 'GET',
      path: `${url.pathname}${url.search}`,
      headers: {
        'user-agent': options.userAgent,
        accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.5',
        'accept-encoding': ACCEPT_ENCODING,
        ...headers,
      },
      signal: clock.signal,
    });
    stage = 'reading';
    const flat = flatten(response.headers);
    const body = await readBody(response.body, flat['content-encoding'], limit, url.href);
    return { status: response.statusCode, headers: flat, body, remoteAddress };
  } catch (error) {
    throw clock.signal.aborted && clock.signal.reason instanceof FetchProblem
      ? clock.signal.reason
      : problemOf(error, stage, url.href);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stopped);
    await client.destroy();
  }
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}
