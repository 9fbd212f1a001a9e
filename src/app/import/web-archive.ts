import { pageMarks } from '../objects/captures.ts';
import type { ObjectStore } from '../ports.ts';
import type { ImportRun } from './run.ts';
import { ARCHIVE_DIGEST, StoredRows } from './stored-rows.ts';
import { takeIn } from './take-in.ts';
import type { ArchivePeriod, WebArchive } from './types.ts';

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
 * Imports the captures of a page from an archive. Stored ones are not requested again, so that an interrupted import
 * continues: instant and digest identify a row of the listing, since one second may have several.
 */
export async function* takeInArchive(
  objects: ObjectStore,
  archive: WebArchive,
  page: { readonly id: string; readonly url: string; readonly rolling?: boolean },
  period: ArchivePeriod,
  run: ImportRun,
): AsyncGenerator<ArchiveProgress> {
  const rows = await StoredRows.of(objects, page.id, run);
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
