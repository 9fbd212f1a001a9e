import type { FetchedResponse, PageFetcher } from '#app/fetch/page-fetcher.ts';
import type { ArchivedCapture, ArchivePeriod, WebArchive } from '#app/import/types.ts';
import { PageError } from '#core/errors.ts';

export interface WaybackOptions {
  /** The guarded fetcher: it must be allowed to talk to the hosts of both addresses. Its gaps are the politeness. */
  readonly fetcher: PageFetcher;
  /** Where the CDX API answers. */
  readonly cdxBase: string;
  /** What comes before the time and the address of a replay. */
  readonly replayBase: string;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

export const WAYBACK_CDX = 'https://web.archive.org/cdx/search/cdx';
export const WAYBACK_REPLAY = 'https://web.archive.org/web';

/** Rows that are asked for at once. */
const ROWS = 500;
const TRIES = 5;
const FIRST_PAUSE_MS = 5_000;
const ARCHIVED = 'x-archive-orig-';
/** Headers that the archive adds to the original ones: where the bytes come from. */
const PROVENANCE = ['memento-datetime', 'x-archive-src'];

/**
 * The Wayback Machine, or another archive that speaks the same two interfaces: the CDX server's JSON listing, and
 * replay of raw answers (`<time>id_`), which are the bytes as they were archived, without rewriting.
 */
export function createWayback(options: WaybackOptions): WebArchive {
  return {
    list: (url, period) => list(options, url, period),
    async get(capture) {
      const base = options.replayBase.replace(/\/+$/, '');
      const address = `${base}/${capture.timestamp}id_/${capture.url}`;
      const answer = await ask(options, address);
      if ('problem' in answer) return { skipped: answer.problem };
      // An archive that does not have it leads to the nearest that it has: another time's bytes are not this one's.
      const landed = /\/(\d{14})id_\//.exec(answer.finalUrl)?.[1];
      if (landed !== undefined && landed !== capture.timestamp)
        return { skipped: `the archive answers with the capture of ${landed}` };
      return {
        id: null,
        url: capture.url,
        finalUrl: capture.url,
        fetchedAt: capture.at,
        status: answer.status,
        headers: originalHeaders(answer.headers),
        body: answer.body,
      };
    },
  };
}

async function* list(options: WaybackOptions, url: string, period: ArchivePeriod): AsyncGenerator<ArchivedCapture> {
  let resumeKey: string | null = null;
  do {
    const query = new URL(options.cdxBase);
    const parameters = {
      url,
      output: 'json',
      fl: 'timestamp,original,statuscode,digest',
      // Of neighbours with the same bytes one is enough.
      collapse: 'digest',
      limit: String(ROWS),
      showResumeKey: 'true',
      ...(period.from === null ? {} : { from: period.from }),
      ...(period.to === null ? {} : { to: period.to }),
      ...(resumeKey === null ? {} : { resumeKey }),
    };
    for (const [name, value] of Object.entries(parameters)) query.searchParams.set(name, value);
    const answer = await ask(options, query.href);
    if ('problem' in answer) throw new PageError(answer.problem, { code: 'archive', retryable: true });
    const { rows, next } = parseListing(answer.body, query.origin);
    for (const row of rows) if (hasAnswer(row)) yield row;
    // A key that does not move would be asked for ever.
    resumeKey = next === resumeKey ? null : next;
  } while (resumeKey !== null);
}

interface Row extends ArchivedCapture {
  readonly status: string;
}

/** A page that answered; `-` is a revisit, whose bytes the archive gives all the same. Redirects show no page. */
function hasAnswer({ status }: Row): boolean {
  return status === '-' || (/^\d{3}$/.test(status) && !status.startsWith('3'));
}

/** Rows of strings, the first the names of the columns; then, where there is more, an empty row and the resume key. */
function parseListing(body: Uint8Array, origin: string): { rows: Row[]; next: string | null } {
  const text = Buffer.from(body).toString('utf8').trim();
  if (text === '') return { rows: [], next: null };
  let listing: unknown;
  try {
    listing = JSON.parse(text);
  } catch (cause) {
    throw notAListing(origin, cause);
  }
  if (!Array.isArray(listing) || !listing.every(isRow)) throw notAListing(origin);
  const [head, ...rest] = listing as string[][];
  if (head === undefined) return { rows: [], next: null };
  const column = (name: string) => head.indexOf(name);
  const [time, original, status] = [column('timestamp'), column('original'), column('statuscode')];
  const digests = column('digest');
  if (time === -1 || original === -1) throw notAListing(origin);
  const end = rest.findIndex((row) => row.length === 0);
  const rows = (end === -1 ? rest : rest.slice(0, end)).flatMap((row) => {
    const timestamp = row[time] ?? '';
    const at = instantOf(timestamp);
    const url = row[original] ?? '';
    return at === null || !/^https?:\/\//i.test(url)
      ? []
      : [{ timestamp, at, url, status: row[status] ?? '-', digest: row[digests] || null }];
  });
  return { rows, next: end === -1 ? null : (rest[end + 1]?.[0] ?? null) };
}

const isRow = (row: unknown) => Array.isArray(row) && row.every((cell) => typeof cell === 'string');

function notAListing(origin: string, cause?: unknown): PageError {
  return new PageError(`${origin} did not answer with a CDX listing in JSON`, { code: 'archive', cause });
}

/** `20220105101500` as ISO 8601, null when it is no instant. */
function instantOf(timestamp: string): string | null {
  const match = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(timestamp);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second] = match;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

/** Asks until there is an answer that will not change, with growing pauses; the fetcher itself keeps `Retry-After`. */
async function ask(options: WaybackOptions, url: string): Promise<FetchedResponse | { readonly problem: string }> {
  let problem = '';
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const outcome = await options.fetcher.fetch({ url, etag: null, lastModified: null, full: false });
    let wait = FIRST_PAUSE_MS * 2 ** (attempt - 1);
    if (outcome.kind === 'response') {
      const { status } = outcome;
      // What an archive replays carries the status of the time: its own errors come without archived headers.
      const isReplay = Object.keys(outcome.headers).some((name) => name.startsWith(ARCHIVED));
      if (status < 400 || isReplay) return outcome;
      problem = `${url} answered HTTP ${status}`;
      if (status !== 429 && status < 500) return { problem };
      wait = Math.max(wait, (outcome.retryAfterSeconds ?? 0) * 1_000);
    } else if (outcome.kind === 'failure') {
      problem = outcome.message;
      if (!outcome.retryable) return { problem };
      wait = Math.max(wait, (outcome.retryAfterSeconds ?? 0) * 1_000);
    } else return { problem: `${url} answered 304 to a plain request` };
    if (attempt < TRIES) await options.sleep(wait);
  }
  return { problem: `${problem} (${TRIES} tries)` };
}

/** The headers of the time, and where they come from. */
function originalHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const original: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (name.startsWith(ARCHIVED)) original[name.slice(ARCHIVED.length)] = value;
    else if (PROVENANCE.includes(name)) original[name] = value;
  }
  const type = original['content-type'] ?? headers['content-type'];
  return type === undefined ? original : { ...original, 'content-type': type };
}
