import { resolve } from 'node:path';
import { addressOf, findOwner } from '#adapters/local/owner.ts';
import { readToken } from '#adapters/local/reader-token.ts';
import { UnavailableError } from '#app/errors.ts';
import { UsageError } from '#core/errors.ts';
import { deployedReader } from './deployed.ts';
import type { QueryOptions } from './options.ts';
import { AskError, refusalOf, remote, type Send } from './remote.ts';

export interface Listing<T> {
  readonly items: T[];
  readonly next: string | null;
}

/** A reader that answers queries: the same app over HTTP or in this process. */
export interface Ask {
  get<T>(path: string, query?: Readonly<Record<string, string | number | readonly string[] | undefined>>): Promise<T>;
  /** Reads a listing until it has `limit` items. */
  list<T>(
    path: string,
    query: Readonly<Record<string, string | readonly string[] | undefined>>,
    limit: number,
  ): Promise<Listing<T>>;
  close(): Promise<void>;
}

/** Statuses of a wrong question; a 404 without the reader's own code comes from another server. */
const CALLERS_FAULT: ReadonlySet<number> = new Set([400, 410]);

/** Most items that one answer holds. */
const PAGE = 500;

/**
 * Opens the deployed reader, or the named server, or the running process that holds the data folder, or else the store in this process.
 */
export async function openAsk(options: QueryOptions): Promise<Ask> {
  // Before a server that the environment names: `--aws` was typed.
  if (options.aws === true) return over(remote(await deployedReader(options), options.token));
  if (options.server !== undefined) return over(remote(options.server, options.token));
  const folder = resolve(options.data);
  for (let waited = 0; ; waited += TRY) {
    const owner = await findOwner(folder);
    // Who can read the folder may read the reader.
    if (owner !== null)
      return over(remote(addressOf(owner), owner.secret ?? options.token ?? (await readToken(folder)) ?? undefined));
    try {
      const { openReader } = await import('./serving/local-reader.ts');
      const reader = await openReader(folder, TRY);
      return over(
        (path) => reader.request(path),
        () => reader.close(),
      );
    } catch (error) {
      // Another query holds the folder for a moment, or a process that has not published its port yet.
      if (!(error instanceof UnavailableError) || waited >= PATIENCE) throw error;
    }
  }
}

/** Longest wait for the folder's lock in one try, and in all tries, milliseconds. */
const TRY = 500;
const PATIENCE = 10_000;

function over(send: Send, close: () => Promise<void> = async () => {}): Ask {
  const get = async <T>(path: string, query: Parameters<Ask['get']>[1] = {}): Promise<T> => {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
      for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) search.append(name, String(one));
    }
    const response = await send(`${path}${search.size > 0 ? `?${search}` : ''}`);
    const body = await response.text();
    if (response.ok) return parse<T>(body, response);
    const refusal = refusalOf(response);
    if (refusal !== null) throw refusal;
    const problem = parse<{ detail?: string; code?: string }>(body, response);
    const message = problem.detail ?? `The reader answered ${response.status}`;
    const code = problem.code ?? 'reader';
    if (CALLERS_FAULT.has(response.status) || code === 'not-found') throw new UsageError(message, { code });
    throw new AskError(message, { code, retryable: response.status >= 500 });
  };
  return {
    get,
    async list(path, query, limit) {
      const items: never[] = [];
      let after: string | null = null;
      do {
        const size = Math.min(PAGE, limit - items.length);
        const page: Listing<never> = await get(path, { ...query, limit: size, after: after ?? undefined });
        items.push(...page.items);
        after = page.next;
      } while (after !== null && items.length < limit);
      return { items, next: after };
    },
    close,
  };
}

function parse<T>(body: string, response: Response): T {
  try {
    return JSON.parse(body) as T;
  } catch (cause) {
    const type = response.headers.get('content-type') ?? 'no content type';
    throw new AskError(`The reader answered ${response.status} with ${type} instead of JSON`, {
      code: 'not-json',
      cause,
    });
  }
}

/** Runs `work` with a reader and always closes it. */
export async function withAsk(options: QueryOptions, work: (ask: Ask) => Promise<number>): Promise<number> {
  const ask = await openAsk(options);
  try {
    return await work(ask);
  } finally {
    await ask.close();
  }
}
