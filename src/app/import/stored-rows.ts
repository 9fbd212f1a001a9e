import { createHash } from 'node:crypto';
import { addTo } from '#core/groups.ts';
import { captureId } from '#core/history/revision.ts';
import type { Capture } from '#core/history/types.ts';
import { base32 } from '#core/text/base32.ts';
import { findBody, findCapture, listCaptureIds } from '../objects/captures.ts';
import type { ObjectStore } from '../ports.ts';
import type { ImportRun } from './run.ts';

/** One row of an archive's listing. */
interface Listed {
  readonly at: string;
  readonly url: string;
  readonly digest: string | null;
}

/** Under this name a capture keeps the digest that the archive lists it with: with its time, it names the row. */
export const ARCHIVE_DIGEST = 'x-archive-digest';

/** Which rows of a listing are stored already. An archive may have several captures of one second. */
export class StoredRows {
  readonly #objects: ObjectStore;
  readonly #pageId: string;
  readonly #run: ImportRun;
  /** Names by the second that they begin with, in order. */
  readonly #bySecond = new Map<string, string[]>();
  /** Captures that rows of this run were matched with. */
  readonly #claimed = new Set<string>();

  private constructor(objects: ObjectStore, pageId: string, run: ImportRun) {
    this.#objects = objects;
    this.#pageId = pageId;
    this.#run = run;
  }

  static async of(objects: ObjectStore, pageId: string, run: ImportRun): Promise<StoredRows> {
    const rows = new StoredRows(objects, pageId, run);
    for await (const id of listCaptureIds(objects, pageId)) {
      addTo(rows.#bySecond, secondOf(id), id);
    }
    return rows;
  }

  /** Name of the stored capture of a row; null when it has to be fetched. */
  async find(listed: Listed): Promise<string | null> {
    const names = this.#bySecond.get(secondOf(captureId(listed.at))) ?? [];
    for (const id of names) {
      if (this.#claimed.has(id)) continue;
      const capture = await findCapture(this.#objects, this.#pageId, id);
      if (capture === null || !(await this.#isOf(listed, capture))) continue;
      this.#claimed.add(id);
      const shift = Date.parse(capture.fetchedAt) - Date.parse(listed.at);
      this.#run.note(this.#pageId, listed.at, { shift, sha256: capture.sha256, id });
      return id;
    }
    return null;
  }

  /** A capture that was taken for one row is matched with no other. */
  claim(id: string): void {
    this.#claimed.add(id);
  }

  async #isOf({ url, digest }: Listed, capture: Capture): Promise<boolean> {
    const kept = capture.headers[ARCHIVE_DIGEST];
    if (kept !== undefined) return kept === digest;
    // Stored without its digest: the archive's is of the body as it travelled, which is mostly the body itself.
    if (digest === null) return capture.url === url;
    const body = await findBody(this.#objects, capture);
    return body === null ? capture.url === url : base32(createHash('sha1').update(body).digest()) === digest;
  }
}

/** `20220109T101500000Z` gives `20220109T101500`. */
const secondOf = (id: string) => id.slice(0, 15);
