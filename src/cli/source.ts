import { open } from 'node:fs/promises';
import { DaybookError, PageError, UsageError } from '#core/errors.ts';
import { parseUrl } from '#core/net/parse-url.ts';

/** One page's bytes, from a file or from the network. */
export interface Source {
  readonly bytes: Uint8Array;
  readonly contentType: string | null;
  readonly url: string | null;
}

/** Largest file, bytes. */
const MAX_BYTES = 16 * 1024 * 1024;

const SCHEME = /^https?:\/\//i;

/** Whether a text is an http or https address that can be asked for. */
export const isWebAddress = (text: string): boolean => SCHEME.test(text) && parseUrl(text) !== null;

/** @throws UsageError or PageError with the given source and what is wrong with it. */
export async function readSource(source: string): Promise<Source> {
  return SCHEME.test(source) ? fetchSource(source) : fileSource(source);
}

async function fileSource(path: string): Promise<Source> {
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      if (size > MAX_BYTES)
        throw new PageError(
          `${path} has ${Math.ceil(size / 1_000_000)} MB; the limit is ${Math.floor(MAX_BYTES / 1_000_000)} MB`,
          { code: 'too-large' },
        );
      return { bytes: await file.readFile(), contentType: null, url: null };
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (cause instanceof DaybookError) throw cause;
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') throw new UsageError(`There is no file ${path}`, { code: 'no-file', cause });
    if (code === 'EISDIR')
      throw new UsageError(`${path} is a folder; name one file, or use "replay" for a folder`, {
        code: 'no-file',
        cause,
      });
    throw new UsageError(`${path} cannot be read (${code ?? String(cause)})`, { code: 'no-file', cause });
  }
}

async function fetchSource(source: string): Promise<Source> {
  const url = parseUrl(source);
  if (url === null) throw new UsageError(`"${source}" is not a web address`, { code: 'bad-url' });
  // Loads the network modules only when there is something to fetch.
  const { composeFetcherFor } = await import('#adapters/http/compose.ts');
  const fetcher = composeFetcherFor([url.href]);
  try {
    const outcome = await fetcher.fetch({ url: url.href, etag: null, lastModified: null, full: true });
    if (outcome.kind === 'failure') {
      throw new PageError(outcome.message, { code: outcome.reason, retryable: outcome.retryable });
    }
    if (outcome.kind === 'notModified')
      throw new PageError(`${url.href} answered 304 to a plain request`, { code: 'protocol' });
    if (outcome.status < 200 || outcome.status > 299) {
      throw new PageError(`${url.href} answered HTTP ${outcome.status}`, { code: 'http-status' });
    }
    return { bytes: outcome.body, contentType: outcome.headers['content-type'] ?? null, url: outcome.finalUrl };
  } finally {
    await fetcher.close();
  }
}
