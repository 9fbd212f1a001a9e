import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { PageError, UsageError } from '#core/errors.ts';
import { soundWarc } from '#core/evidence/warc-sound.ts';

/** One capture to replay: where its bytes came from and when. */
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

/** Address of captures that say nothing of theirs. */
const UNKNOWN = 'https://unknown.invalid/page';
/** Without times of their own, captures lie an hour apart: an arbitrary but fixed beginning keeps runs equal. */
const BEGINNING = Date.parse('2000-01-01T00:00:00Z');
const HOUR = 3_600_000;

/** The captures of a folder (with or without `meta.json`) or of a WARC file, in order. @throws UsageError or PageError. */
export async function openCaptures(source: string): Promise<ReplaySource> {
  const info = await stat(source).catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError(
      cause.code === 'ENOENT' ? `There is no ${source}` : `${source} cannot be read (${cause.code})`,
      { code: 'no-file', cause },
    );
  });
  if (info.isDirectory()) return openFolder(source);
  if (/\.warc(\.gz)?$/i.test(source)) return openWarc(source);
  throw new UsageError(
    `${source} is neither a folder nor a .warc or .warc.gz file: name one, or put captures into a folder and name that`,
    { code: 'no-captures' },
  );
}

async function openFolder(folder: string): Promise<ReplaySource> {
  const text = await readFile(join(folder, 'meta.json'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text !== null) return fromMeta(folder, text);
  const names = (await readdir(folder, { withFileTypes: true })).filter(
    (entry) => entry.isFile() && !entry.name.startsWith('.'),
  );
  const files = names.map((entry) => entry.name).sort();
  if (files.length === 0) throw new PageError(`${folder} holds no captures`, { code: 'no-captures' });
  const captures = files.map((file, index) => ({
    file,
    url: UNKNOWN,
    fetchedAt: new Date(BEGINNING + index * HOUR).toISOString(),
    status: 200,
    headers: {},
    read: () => readFile(join(folder, file)),
  }));
  return { url: UNKNOWN, rolling: false, captures };
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
    const wrong = result.error.issues.map((issue) => `${issue.path.join('.') || 'the whole'}: ${issue.message}`);
    throw new UsageError(`${join(folder, 'meta.json')}: ${wrong.slice(0, 5).join('; ')}`, { code: 'bad-meta' });
  }
  const { url, rolling, captures } = result.data;
  if (captures.length === 0)
    throw new PageError(`${join(folder, 'meta.json')} names no captures`, { code: 'no-captures' });
  return { url, rolling, captures: captures.map((entry) => fromEntry(folder, url, entry)) };
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
  const { WARCParser } = await import('warcio');
  const captures: ReplayCapture[] = [];
  try {
    for await (const record of new WARCParser(soundWarc(createReadStream(path)))) {
      const url = record.warcTargetURI;
      const at = record.warcDate;
      if (record.warcType !== 'response' || !url || !at || !/^https?:/.test(url)) continue;
      const body = await record.readFully(true);
      const headers: Record<string, string> = {};
      record.httpHeaders?.headers.forEach((value: string, name: string) => {
        headers[name.toLowerCase()] = value;
      });
      const fetchedAt = new Date(at).toISOString();
      captures.push({
        file: `${fetchedAt} ${url}`,
        url,
        fetchedAt,
        status: Number(record.httpHeaders?.statusCode ?? 200),
        headers,
        read: async () => body,
      });
    }
  } catch (cause) {
    if (cause instanceof PageError) throw new PageError(`${path}: ${cause.message}`, { code: cause.code, cause });
    throw new PageError(`${path} is not a readable WARC file`, { code: 'bad-warc', cause });
  }
  const first = captures[0];
  if (first === undefined) throw new PageError(`${path} holds no HTTP responses`, { code: 'no-captures' });
  const others = new Set(captures.map((capture) => capture.url)).size;
  if (others > 1) {
    throw new UsageError(`${path} holds ${others} addresses; a replay is of one page`, { code: 'several-pages' });
  }
  captures.sort((a, b) => (a.fetchedAt < b.fetchedAt ? -1 : a.fetchedAt > b.fetchedAt ? 1 : 0));
  return { url: first.url, rolling: false, captures };
}
