import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { resolveRevisits } from '#app/import/revisits.ts';
import { PageError, UsageError } from '#core/errors.ts';
import { readWarc } from '#core/evidence/warc-read.ts';
import type { WarcRevisit } from '#core/evidence/warc-revisit.ts';
import { sha256 } from '#core/history/canonical.ts';
import { isSameAddress } from './addresses.ts';
import { timeInName } from './file-times.ts';

/** One capture to replay. */
export interface ReplayCapture {
  readonly file: string;
  readonly url: string;
  readonly fetchedAt: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  read(): Promise<Uint8Array>;
}

export interface ReplaySource {
  readonly url: string;
  readonly rolling: boolean;
  readonly captures: readonly ReplayCapture[];
  /** The source of the capture times; `invented` ones give only the order. */
  readonly times: 'given' | 'names' | 'files' | 'invented';
  /** The captures left out and why, one line each. */
  readonly leftOut: readonly string[];
}

const instant = z.string().refine((value) => /^\d{4}-\d{2}-\d{2}T/.test(value) && !Number.isNaN(Date.parse(value)), {
  error: 'must be an ISO 8601 instant',
});
const metaSchema = z.object({
  url: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }),
  rolling: z.boolean().default(false),
  captures: z.array(
    z.object({
      file: z.string().refine((name) => name !== '' && !/(^|[\\/])\.\.([\\/]|$)|^[\\/]|\0/.test(name), {
        error: 'must be a file inside the folder',
      }),
      fetchedAt: instant,
      status: z.number().int().min(100).max(599).default(200),
      headers: z.record(z.string(), z.string()).default({}),
    }),
  ),
});

/** Address of captures without one. */
const UNKNOWN = 'https://unknown.invalid/page';
/** Captures without times get one each hour from a fixed start, so that runs are equal. */
const BEGINNING = Date.parse('2000-01-01T00:00:00Z');
const HOUR = 3_600_000;

/**
 * The captures of a folder (with or without `meta.json`) or of a WARC file, in order.
 * @param fileTimes whether the files of a folder without `meta.json` were written when they were fetched.
 * @throws UsageError or PageError.
 */
export async function openCaptures(source: string, fileTimes = false): Promise<ReplaySource> {
  const info = await stat(source).catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError(
      cause.code === 'ENOENT' ? `There is no file or folder ${source}` : `${source} cannot be read (${cause.code})`,
      { code: 'no-file', cause },
    );
  });
  if (info.isDirectory()) return openFolder(source, fileTimes);
  if (/\.warc(\.gz)?$/i.test(source)) return openWarc(source);
  throw new UsageError(
    `${source} is neither a folder nor a .warc or .warc.gz file: name one, or put captures into a folder and name that`,
    { code: 'no-captures' },
  );
}

async function openFolder(folder: string, fileTimes: boolean): Promise<ReplaySource> {
  const text = await readFile(join(folder, 'meta.json'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text !== null) return fromMeta(folder, text);
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.')).map(({ name }) => name);
  if (files.length === 0) throw new PageError(`${folder} holds no captures`, { code: 'no-captures' });
  const { times, of } = await timesOf(folder, files.sort(), fileTimes);
  const captures = files.map((file, index) => ({
    file,
    url: UNKNOWN,
    fetchedAt: of[index] ?? '',
    status: 200,
    headers: {},
    read: () => readFile(join(folder, file)),
  }));
  return { url: UNKNOWN, rolling: false, captures: captures.sort(inTime), times, leftOut: [] };
}

/** When the files of a folder were fetched, as far as their names or metadata show. */
async function timesOf(
  folder: string,
  files: readonly string[],
  fileTimes: boolean,
): Promise<{ readonly times: ReplaySource['times']; readonly of: readonly string[] }> {
  if (fileTimes) {
    const of: string[] = [];
    for (const file of files) of.push((await stat(join(folder, file))).mtime.toISOString());
    return { times: 'files', of };
  }
  const named = files.map(timeInName).filter((time) => time !== null);
  if (named.length === files.length) return { times: 'names', of: named };
  return { times: 'invented', of: files.map((_, index) => new Date(BEGINNING + index * HOUR).toISOString()) };
}

/** Oldest first; captures of one instant keep their order. */
function inTime(a: ReplayCapture, b: ReplayCapture): number {
  return a.fetchedAt < b.fetchedAt ? -1 : a.fetchedAt > b.fetchedAt ? 1 : 0;
}

function fromMeta(folder: string, text: string): ReplaySource {
  let json: unknown;
  try {
    // Editors of some systems begin a file with a byte order mark.
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new UsageError(`${join(folder, 'meta.json')} is not JSON`, { code: 'bad-meta', cause });
  }
  const result = metaSchema.safeParse(json);
  if (!result.success) {
    const wrong = result.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`);
    throw new UsageError(`${join(folder, 'meta.json')}: ${wrong.slice(0, 5).join('; ')}`, { code: 'bad-meta' });
  }
  const { url, rolling, captures } = result.data;
  if (captures.length === 0)
    throw new PageError(`${join(folder, 'meta.json')} names no captures`, { code: 'no-captures' });
  return {
    url,
    rolling,
    captures: captures.map((entry) => fromEntry(folder, url, entry)),
    times: 'given',
    leftOut: [],
  };
}

function fromEntry(folder: string, url: string, entry: z.output<typeof metaSchema>['captures'][number]): ReplayCapture {
  const headers = Object.fromEntries(Object.entries(entry.headers).map(([name, value]) => [name.toLowerCase(), value]));
  const path = join(folder, entry.file);
  return {
    ...entry,
    url,
    headers,
    fetchedAt: new Date(entry.fetchedAt).toISOString(),
    read: () =>
      readFile(path).catch((cause: NodeJS.ErrnoException) => {
        throw new PageError(`${path}, named by meta.json, cannot be read (${cause.code})`, { code: 'no-file', cause });
      }),
  };
}

async function openWarc(path: string): Promise<ReplaySource> {
  const captures: (ReplayCapture & { readonly sha256: string })[] = [];
  const revisits: WarcRevisit[] = [];
  const leftOut: string[] = [];
  const take = ({ url, fetchedAt, status, headers, body }: Taken) =>
    captures.push({
      file: `${fetchedAt} ${url}`,
      url,
      fetchedAt,
      status,
      headers,
      sha256: sha256(body),
      read: async () => body,
    });
  try {
    for await (const record of readWarc(createReadStream(path), (revisit) => revisits.push(revisit))) {
      if ('skipped' in record) leftOut.push(record.skipped);
      else take(record);
    }
  } catch (cause) {
    if (cause instanceof PageError) throw new PageError(`${path}: ${cause.message}`, { code: cause.code, cause });
    throw cause;
  }
  const known = captures.map((capture) => ({ ...capture, body: capture.read }));
  for await (const { revisit, capture } of resolveRevisits(revisits, known, isSameAddress)) {
    if (capture !== null) take(capture);
    else leftOut.push(withoutBytes(revisit));
  }
  const first = captures[0];
  if (first === undefined) throw new PageError(`${path} holds no HTTP responses`, { code: 'no-captures' });
  const others = new Set(captures.map((capture) => capture.url)).size;
  if (others > 1) {
    throw new UsageError(`${path} holds ${others} addresses; replay takes one page`, { code: 'several-pages' });
  }
  return { url: first.url, rolling: false, captures: captures.sort(inTime), times: 'given', leftOut };
}

type Taken = Pick<ReplayCapture, 'url' | 'fetchedAt' | 'status' | 'headers'> & { readonly body: Uint8Array };

/** The remark about a revisit record without its bytes. */
export function withoutBytes({ url, fetchedAt }: WarcRevisit): string {
  return `${url} at ${fetchedAt}: the record with its bytes is missing (revisit)`;
}
