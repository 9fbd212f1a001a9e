import { PackedDataError, packGzip, unpackGzip } from '#core/evidence/gzip.ts';
import { chained, recordFault, sealed } from '#core/evidence/seal.ts';
import { canonicalJson, sha256 } from '#core/history/canonical.ts';
import type { CaptureMeta } from '#core/history/revision.ts';
import type { Capture, CaptureRef, StoredCapture } from '#core/history/types.ts';
import { OBJECT_PREFIX } from '#core/names.ts';
import { StoredDataError } from '../errors.ts';
import type { ObjectStore } from '../ports.ts';

/** The marks of a page that a capture's record keeps: judging depends on them, and the bytes do not contain them. */
export const pageMarks = (page: { readonly rolling?: boolean }): Pick<Capture, 'rolling'> =>
  page.rolling === true ? { rolling: true } : {};

type Fetched = Pick<Capture, 'sha256' | 'fetchedAt'>;

/**
 * Captures as objects: the raw body once per content (gzip at rest, named by its SHA-256), and a small sealed record
 * per capture that names it. The record is written last, so that every listed capture can be read.
 *
 * Fetched bodies are stored by month, so that a lifecycle rule may delete them: an object is never more than a month
 * older than the captures that name it. The body of a revision or of a quarantined capture is stored again where nothing
 * expires, before any record names it.
 */
export const bodyKey = ({ sha256: hash, fetchedAt }: Fetched): string =>
  `${OBJECT_PREFIX.bodies}${fetchedAt.slice(0, 7)}/${hash}.gz`;
export const evidenceKey = (hash: string): string => `${OBJECT_PREFIX.evidence}${hash.slice(0, 2)}/${hash}.gz`;
export const captureKey = (pageId: string, id: string): string => `${OBJECT_PREFIX.captures}${pageId}/${id}.json`;

/**
 * Stores a capture under `id`. If there is one already, it stays and is returned.
 * @param previous the capture of the page that was stored before it, null where none is known.
 */
export async function storeCapture(
  objects: ObjectStore,
  id: string,
  meta: CaptureMeta,
  body: Uint8Array,
  previous: CaptureRef | null,
): Promise<StoredCapture> {
  const capture = chained(sealed({ ...meta, id, sha256: sha256(body), bytes: body.byteLength }), previous);
  await objects.putOnce(bodyKey(capture), packGzip(body), 'application/gzip');
  const record = Buffer.from(canonicalJson(capture));
  if (await objects.putOnce(captureKey(meta.pageId, id), record, 'application/json')) return capture;
  const stored = await findCapture(objects, meta.pageId, id);
  if (stored === null) throw new StoredDataError(`Capture ${id} of ${meta.pageId} was stored and is missing now`);
  return stored;
}

/** Keeps the body of a capture for ever. Called before any item that needs it becomes visible. */
export async function keepBody(objects: ObjectStore, capture: Capture, body: Uint8Array): Promise<void> {
  await objects.putOnce(evidenceKey(capture.sha256), packGzip(body), 'application/gzip');
}

/** Null when there is no such capture. @throws StoredDataError when its record is damaged. */
export async function findCapture(objects: ObjectStore, pageId: string, id: string): Promise<StoredCapture | null> {
  const bytes = await objects.get(captureKey(pageId, id));
  if (bytes === null) return null;
  const fault = recordFault(bytes);
  if (fault !== null) throw new StoredDataError(`The record of capture ${id} of ${pageId} is damaged: ${fault}`);
  return JSON.parse(Buffer.from(bytes).toString('utf8')) as StoredCapture;
}

/** The raw bytes of a capture, checked against its hash. @throws StoredDataError when they are missing or damaged. */
export async function loadBody(objects: ObjectStore, capture: Capture): Promise<Uint8Array> {
  const body = await findBody(objects, capture);
  if (body === null) throw new StoredDataError(`The body ${capture.sha256} of capture ${capture.id} is missing`);
  return body;
}

/**
 * The raw bytes of a capture, null where they expired. The other copy replaces a damaged one, if there is one.
 * @throws StoredDataError when all copies are damaged.
 */
export async function findBody(objects: ObjectStore, capture: Capture): Promise<Uint8Array | null> {
  let damage: StoredDataError | null = null;
  for (const key of [bodyKey(capture), evidenceKey(capture.sha256)]) {
    const stored = await objects.get(key);
    if (stored === null) continue;
    try {
      const body = unpackGzip(stored, capture.bytes);
      if (sha256(body) === capture.sha256) return body;
      damage = new StoredDataError(`The body of capture ${capture.id} does not have its SHA-256 ${capture.sha256}`);
    } catch (cause) {
      if (!(cause instanceof PackedDataError)) throw cause;
      damage = new StoredDataError(`The body ${capture.sha256} of capture ${capture.id}: ${cause.message}`, cause);
    }
  }
  if (damage !== null) throw damage;
  return null;
}

/** Ids of a page's captures in the order of their time, those after `after` only. */
export async function* listCaptureIds(
  objects: ObjectStore,
  pageId: string,
  after: string | null = null,
): AsyncGenerator<string> {
  const prefix = `${OBJECT_PREFIX.captures}${pageId}/`;
  for await (const key of objects.list(prefix, after === null ? undefined : captureKey(pageId, after))) {
    yield key.slice(prefix.length, -'.json'.length);
  }
}

/** Ids of the pages that have captures. */
export async function* capturedPages(objects: ObjectStore): AsyncGenerator<string> {
  let after: string | undefined;
  for (;;) {
    let found: string | undefined;
    for await (const key of objects.list(OBJECT_PREFIX.captures, after)) {
      found = key.slice(OBJECT_PREFIX.captures.length).split('/')[0];
      break;
    }
    if (found === undefined) return;
    yield found;
    // Sorts after every capture of the page.
    after = `${OBJECT_PREFIX.captures}${found}/\u{ffff}`;
  }
}
