import { setTimeout as delay } from 'node:timers/promises';
import { DaybookError, UsageError } from '#core/errors.ts';
import { parseUrl } from '#core/net/parse-url.ts';

/** The reader could not be reached, or could not answer. */
export class AskError extends DaybookError {}

export type Send = (path: string) => Promise<Response>;

/** Asks the reader at an address; where it answers only so many requests a second, at that pace. */
export function remote(server: string, token: string | undefined): Send {
  const address = parseUrl(server);
  if (address === null || !/^https?:$/.test(address.protocol)) {
    throw new UsageError(`--server: "${server}" is not an http or https address`);
  }
  // Not repeated here: addresses end up in logs and histories.
  if (`${address.username}${address.password}` !== '') {
    throw new UsageError('--server: give the token with --token or DAYBOOK_TOKEN, not in the address');
  }
  const base = server.replace(/\/+$/, '');
  const headers = { accept: 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
  return async (path) => {
    for (let tries = 1; ; tries += 1) {
      const response = await ask(base, path, headers);
      if (response.status !== 429 || tries === MOST_TRIES) return response;
      await response.body?.cancel();
      await delay(1_000 * (secondsOf(response.headers.get('Retry-After')) ?? 1));
    }
  };
}

/** How often a reader that answers only so many requests a second is asked. */
const MOST_TRIES = 30;

async function ask(base: string, path: string, headers: Record<string, string>): Promise<Response> {
  try {
    return await fetch(base + path, { headers, signal: AbortSignal.timeout(30_000) });
  } catch (cause) {
    throw new AskError(`No answer from ${base}; is it running?`, { code: 'no-server', retryable: true, cause });
  }
}

/** A pause that a reader asks for, seconds; null where it names none that a person would wait for. */
function secondsOf(given: string | null): number | null {
  return given !== null && /^\d{1,2}$/.test(given.trim()) ? Number(given) : null;
}

/** What to do where the reader, or the API before it, lets nobody in. */
export function refusalOf({ status, headers }: Response): AskError | null {
  if (status === 401) {
    const message =
      'No token was given, or not the one of the reader: give it in DAYBOOK_TOKEN or with --token; if it is lost, "daybook token --rotate" (with --aws for a deployed reader) makes another';
    return new AskError(message, { code: 'unauthorized' });
  }
  // API Gateway, where readers sign their requests.
  if (status === 403 && !headers.get('content-type')?.includes('problem')) {
    const message = 'The reader takes only signed requests (access "iam"), which this command does not send';
    return new AskError(message, { code: 'forbidden' });
  }
  if (status !== 429) return null;
  return new AskError('The reader answers no more requests now: ask for less, or later', {
    code: 'throttled',
    retryable: true,
  });
}
