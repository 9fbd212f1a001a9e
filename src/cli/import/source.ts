import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ForeignCapture } from '#app/import/types.ts';
import { PageError, UsageError } from '#core/errors.ts';
import { readWarc } from '#core/evidence/warc-read.ts';
import type { WarcRevisit } from '#core/evidence/warc-revisit.ts';
import { soundWarc } from '#core/evidence/warc-sound.ts';
import type { PageSpec } from '#core/history/types.ts';
import { openCaptures } from './captures.ts';

/** A page's description in a source. `noted`: the source records for each capture whether a suspect one was accepted. */
export interface SourcePage extends Omit<PageSpec, 'id' | 'url'> {
  readonly noted: boolean;
}

/** A capture from a file or a folder, with its page where the source names it. */
export type Offered =
  | {
      readonly capture: ForeignCapture;
      /** Its page in the Daybook that wrote it, and the part of the source that names the page. */
      readonly pageId: string | null;
      readonly part: string;
      /** The source's description of the page. */
      readonly page?: SourcePage;
    }
  | { readonly revisit: WarcRevisit }
  | { readonly skipped: string };

const WARC = /\.warc(\.gz)?$/i;

/**
 * The captures of WARC files or of a folder, one at a time, in the order of the source; then the revisit records of WARC
 * files.
 * @param fileTimes whether the files of a folder without `meta.json` were written when they were fetched.
 * @throws UsageError or PageError.
 */
export async function* offeredCaptures(source: string, fileTimes = false): AsyncGenerator<Offered> {
  const info = await stat(source).catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError(
      cause.code === 'ENOENT' ? `There is no file or folder ${source}` : `${source} cannot be read (${cause.code})`,
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
    yield* warcFiles([source]);
    return;
  }
  const files = (await readdir(source)).filter((name) => WARC.test(name)).sort();
  if (files.length > 0) {
    const paths = files.map((file) => join(source, file));
    for (const path of paths) await readThrough(path);
    yield* warcFiles(paths);
    return;
  }
  const { captures, times, rolling } = await openCaptures(source, fileTimes);
  // An invented time would be sealed for ever.
  if (times === 'invented')
    throw new UsageError(
      `${source} has no capture times: write a meta.json ({"url", "captures": [{"file", "fetchedAt"}]}), name the files by their times (20220105T101500Z.html), or give --file-times if they were written when they were fetched`,
      { code: 'no-times' },
    );
  for (const { url, fetchedAt, status, headers, read } of captures) {
    const body = await read();
    const capture = { id: null, url, finalUrl: url, fetchedAt, status, headers, body };
    yield { capture, pageId: null, part: source, page: { name: null, rolling, series: null, noted: false } };
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

async function* warcFiles(paths: readonly string[]): AsyncGenerator<Offered> {
  const revisits: WarcRevisit[] = [];
  for (const path of paths) {
    try {
      for await (const record of readWarc(createReadStream(path), (revisit) => revisits.push(revisit))) {
        if ('skipped' in record) yield record;
        else {
          const { origin, part, context, ...capture } = record;
          const accepted = context?.accepted === true;
          const page = context === undefined ? {} : { page: { ...context.page, noted: true } };
          const of = { pageId: origin?.pageId ?? null, part: `${path} ${part}`, ...page };
          yield { capture: { ...capture, id: origin?.id ?? null, accepted }, ...of };
        }
      }
    } catch (cause) {
      throw named(path, cause);
    }
  }
  for (const revisit of revisits) yield { revisit };
}

function named(path: string, cause: unknown): unknown {
  return cause instanceof PageError ? new PageError(`${path}: ${cause.message}`, { code: cause.code, cause }) : cause;
}
