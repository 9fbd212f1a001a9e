import { timingSafeEqual } from 'node:crypto';
import { addressOf, type Owner } from '#adapters/local/owner.ts';
import type { PageEdited } from '#app/pages/edit-pages.ts';
import type { SeriesEdited } from '#app/pages/edit-series.ts';
import { DaybookError, UsageError } from '#core/errors.ts';

/** The process that has the data folder could not make the edit. */
export class ControlError extends DaybookError {}

const PATH = '/control/pages';

interface Failure {
  readonly message: string;
  readonly code: string;
  readonly retryable: boolean;
  readonly isUsage: boolean;
}

/**
 * Answers edits of pages that another command of the same user sends: only they can read the secret in the data folder,
 * so no page in a browser and no other user changes anything. Null for every other request.
 */
export function createControl(
  secret: string,
  edit: (input: unknown) => Promise<PageEdited | SeriesEdited>,
): (request: Request) => Promise<Response | null> {
  const expected = Buffer.from(`Bearer ${secret}`);
  return async (request) => {
    const given = Buffer.from(request.headers.get('authorization') ?? '');
    const isAllowed = given.length === expected.length && timingSafeEqual(given, expected);
    if (request.method !== 'POST' || new URL(request.url).pathname !== PATH || !isAllowed) return null;
    try {
      return Response.json(await edit(await request.json()));
    } catch (error) {
      return Response.json(failureOf(error), { status: error instanceof UsageError ? 400 : 500 });
    }
  };
}

function failureOf(error: unknown): Failure {
  const isOurs = error instanceof DaybookError;
  return {
    message: error instanceof Error ? error.message : String(error),
    code: isOurs ? error.code : 'unexpected',
    retryable: isOurs && error.retryable,
    isUsage: error instanceof UsageError,
  };
}

/** Lets the process that has the data folder make an edit. @throws the error that it had. */
export async function sendEdit(owner: Owner, edit: object): Promise<PageEdited | SeriesEdited> {
  const { pid, port, secret } = owner;
  if (secret === undefined) {
    throw new ControlError(`Process ${pid} uses the history and takes no edits: end it first`, { code: 'owned' });
  }
  const response = await post(owner, secret, edit).catch((cause: unknown) => {
    throw new ControlError(`No answer from process ${pid} on port ${port}: is it running?`, {
      code: 'no-server',
      retryable: true,
      cause,
    });
  });
  if (response.ok) return (await response.json()) as PageEdited | SeriesEdited;
  const { message, code, retryable, isUsage } = (await response.json()) as Failure;
  if (isUsage) throw new UsageError(message, { code });
  throw new ControlError(message, { code, retryable });
}

function post(owner: Owner, secret: string, edit: object): Promise<Response> {
  return fetch(`${addressOf(owner)}${PATH}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify(edit),
    signal: AbortSignal.timeout(30_000),
  });
}
