import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ForeignCapture } from '#app/import.ts';
import { PageError, UsageError } from '#core/errors.ts';
import { readWarc } from '#core/evidence/warc-read.ts';
import { soundWarc } from '#core/evidence/warc-sound.ts';
import { parseUrl } from '#core/net/parse-url.ts';
import { openCaptures } from './captures.ts';

/** A capture out of a file or a folder, and of which page it was where that is known. */
export type Offered =
  | { readonly capture: ForeignCapture; readonly pageId: string | null }
  | { readonly skipped: string };

const WARC = /\.warc(\.gz)?$/i;

/** The captures of WARC files or of a folder, one at a time, as they lie there. @throws UsageError or PageError. */
export async function* offeredCaptures(source: string): AsyncGenerator<Offered> {
  const info = await stat(source).catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError(
      cause.code === 'ENOENT' ? `There is no ${source}` : `${source} cannot be read (${cause.code})`,
      {
        code: 'no-file',
        cause,
      },
    );
  });
  if (!info.isDirectory()) {
    if (!WARC.test(source))
      throw new UsageError(
        `${source} is neither a folder nor a .warc or .warc.gz file: name one, or put captures into a folder and name that`,
        { code: 'no-captures' },
      );
    await readThrough(source);
    yield* warcFile(source);
    return;
  }
  const files = (await readdir(source)).filter((name) => WARC.test(name)).sort();
  if (files.length > 0) {
    for (const file of files) await readThrough(join(source, file));
    for (const file of files) yield* warcFile(join(source, file));
    return;
  }
  const { captures } = await openCaptures(source);
  for (const { url, fetchedAt, status, headers, read } of captures) {
    const body = await read();
    yield { capture: { id: null, url, finalUrl: url, fetchedAt, status, headers, body }, pageId: null };
  }
}

/** Nothing is taken out of a file that is damaged: whether it is, is known at its end only. */
async function readThrough(path: string): Promise<void> {
  try {
    for await (const _ of soundWarc(createReadStream(path))) {
      // To its end.
    }
  } catch (cause) {
    throw named(path, cause);
  }
}

async function* warcFile(path: string): AsyncGenerator<Offered> {
  try {
    for await (const record of readWarc(createReadStream(path))) {
      if ('skipped' in record) yield record;
      else {
        const { origin, ...capture } = record;
        yield { capture: { ...capture, id: origin?.id ?? null }, pageId: origin?.pageId ?? null };
      }
    }
  } catch (cause) {
    throw named(path, cause);
  }
}

function named(path: string, cause: unknown): unknown {
  return cause instanceof PageError ? new PageError(`${path}: ${cause.message}`, { code: cause.code, cause }) : cause;
}

/** The spelling under which addresses of captures and pages are compared: archives mix schemes, `www.` and ports. */
export function looseAddress(address: string): string {
  const url = parseUrl(address);
  if (url === null) return address;
  const { hostname, pathname, search } = url;
  return `${hostname.replace(/^www\./, '')}${pathname.replace(/\/+$/, '')}${search}`;
}
