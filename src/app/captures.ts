import { gunzipSync, gzipSync } from 'node:zlib';
import { canonicalJson, sha256 } from '#core/history/canonical.ts';
import type { CaptureMeta } from '#core/history/revision.ts';
import type { Capture } from '#core/history/types.ts';
import { OBJECT_PREFIX } from '#core/names.ts';
import { StoredDataError } from './errors.ts';
import type { ObjectStore } from './ports.ts';

/**
 * Captures as objects: the raw body once per content (gzip at rest, named by its SHA-256), and a small record per
 * capture that names it. The record is written last, so that a capture that can be listed can be read.
 */
const bodyKey = (hash: string) => `${OBJECT_PREFIX.bodies}${hash.slice(0, 2)}/${hash}.gz`;
const recordKey = (pageId: string, id: string) => `${OBJECT_PREFIX.captures}${pageId}/${id}.json`;

/** Stores a capture under `id`. A capture that is already there wins: it is returned as it was stored. */
export async function storeCapture(
  objects: ObjectStore,
  id: string,
  meta: CaptureMeta,
  body: Uint8Array,
): Promise<Capture> {
  const hash = sha256(body);
  const capture: Capture = { ...meta, id, sha256: hash, bytes: body.byteLength };
  // Level and header are fixed (no time stamp): the same body always gives the same object.
  await objects.putOnce(bodyKey(hash), gzipSync(body, { level: 6 }), 'application/gzip');
  const record = Buffer.from(canonicalJson(capture));
  if (await objects.putOnce(recordKey(meta.pageId, id), record, 'application/json')) return capture;
  const stored = await findCapture(objects, meta.pageId, id);
  if (stored === null) throw new StoredDataError(`Capture ${id} of ${meta.pageId} was there and is gone`);
  return stored;
}

/** Null when there is no such capture. */
export async function findCapture(objects: ObjectStore, pageId: string, id: string): Promise<Capture | null> {
  const bytes = await objects.get(recordKey(pageId, id));
  if (bytes === null) return null;
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as Capture;
  } catch (cause) {
    throw new StoredDataError(`The record of capture ${id} of ${pageId} is not JSON`, cause);
  }
}

/** The raw bytes of a capture, checked against its hash. */
export async function loadBody(objects: ObjectStore, capture: Capture): Promise<Uint8Array> {
  const stored = await objects.get(bodyKey(capture.sha256));
  if (stored === null) throw new StoredDataError(`The body ${capture.sha256} of capture ${capture.id} is missing`);
  let body: Uint8Array;
  try {
    body = gunzipSync(stored, { maxOutputLength: Math.max(1, capture.bytes) });
  } catch (cause) {
    throw new StoredDataError(`The body ${capture.sha256} of capture ${capture.id} cannot be unpacked`, cause);
  }
  if (sha256(body) !== capture.sha256) {
    throw new StoredDataError(`The body of capture ${capture.id} is not what its SHA-256 ${capture.sha256} says`);
  }
  return body;
}

/** Ids of a page's captures in the order of their time, those after `after` only. */
export async function* listCaptureIds(
  objects: ObjectStore,
  pageId: string,
  after: string | null = null,
): AsyncGenerator<string> {
  const prefix = `${OBJECT_PREFIX.captures}${pageId}/`;
  for await (const key of objects.list(prefix, after === null ? undefined : recordKey(pageId, after))) {
    yield key.slice(prefix.length, -'.json'.length);
  }
}
