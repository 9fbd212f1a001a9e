import { pageMarks } from '../objects/captures.ts';
import type { ObjectStore } from '../ports.ts';
import { type ForeignCapture, takeIn } from './import.ts';
import { ARCHIVE_DIGEST, KnownRows } from './known-rows.ts';
import type { ImportRun } from './run.ts';

/** One capture that a web archive has of a page. */
export interface ArchivedCapture {
  /** The archive's own name of the instant, `YYYYMMDDhhmmss`. */
  readonly timestamp: string;
  /** The same, ISO 8601. */
  readonly at: string;
  /** The address as the archive has it. */
  readonly url: string;
  /** What the archive names its bytes by (mostly SHA-1 in base 32), null where it does not say. */
  readonly digest: string | null;
}

/** Event of an archive's listing: digits of the first and the last instant, as many as are given (`202201`). */
export interface ArchivePeriod {
  readonly from: string | null;
  readonly to: string | null;
}

/** A web archive that can be asked for what it has of a page, and for the bytes of it. */
export interface WebArchive {
  /** Captures with an answer of their own, oldest first. @throws PageError when the archive does not answer. */
  list(url: string, period: ArchivePeriod): AsyncIterable<ArchivedCapture>;
  /** The raw answer as the archive received it, or why it cannot be had. */
  get(capture: ArchivedCapture): Promise<ForeignCapture | { readonly skipped: string }>;
}

export interface ArchiveProgress {
  readonly listed: number;
  readonly taken: number;
  readonly known: number;
  readonly skipped: number;
  /** The capture that was looked at, and why it was left out if it was. */
  readonly at: string;
  readonly problem: string | null;
  /** Its name in the store; null where it was left out. */
  readonly id: string | null;
}

/**
 * Takes in what an archive has of a page. What is there already is not asked for again, so that an import that was
 * ended goes on where it was: a row of the listing is known by its instant and digest, for a second may have several.
 */
export async function* takeInArchive(
  objects: ObjectStore,
  archive: WebArchive,
  page: { readonly id: string; readonly url: string; readonly rolling?: boolean },
  period: ArchivePeriod,
  run: ImportRun,
): AsyncGenerator<ArchiveProgress> {
  const rows = await KnownRows.of(objects, page.id, run);
  const count = { listed: 0, taken: 0, known: 0, skipped: 0 };
  for await (const listed of archive.list(page.url, period)) {
    count.listed += 1;
    const { at, digest } = listed;
    const id = await rows.find(listed);
    if (id !== null) {
      count.known += 1;
      yield { ...count, at, problem: null, id };
      continue;
    }
    const got = run.isAhead(at) ? { skipped: 'it is dated in the future' } : await archive.get(listed);
    if ('skipped' in got) {
      count.skipped += 1;
      yield { ...count, at, problem: got.skipped, id: null };
      continue;
    }
    const headers = digest === null ? got.headers : { ...got.headers, [ARCHIVE_DIGEST]: digest };
    const taken = await takeIn(objects, page.id, { ...got, headers, ...pageMarks(page) }, run);
    rows.claim(taken.id);
    if (taken.isNew) count.taken += 1;
    else count.known += 1;
    yield { ...count, at, problem: null, id: taken.id };
  }
}
