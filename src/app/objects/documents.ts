import { PackedDataError, packGzip, unpackGzip } from '#core/evidence/gzip.ts';
import { sealed } from '#core/evidence/seal.ts';
import { canonicalJson, sha256 } from '#core/history/canonical.ts';
import type { Capture, RevisionDocument, RevisionRecord } from '#core/history/types.ts';
import { OBJECT_PREFIX } from '#core/names.ts';
import { StoredDataError } from '../errors.ts';
import type { ObjectStore } from '../ports.ts';
import { StoredText } from './stored-text.ts';

type Address = Pick<RevisionRecord, 'pageId' | 'number' | 'document'>;

/** The object with a revision's whole text. Named by its content, so that attempts at one number never collide. */
export function documentKey({ pageId, number, document }: Address): string {
  return `${OBJECT_PREFIX.revisions}${pageId}/${String(number).padStart(8, '0')}-${document}.json.gz`;
}

/** @param json the document in canonical JSON, whose SHA-256 is in its address. */
export async function storeDocument(objects: ObjectStore, address: Address, json: string): Promise<void> {
  await objects.putOnce(documentKey(address), packGzip(Buffer.from(json)), 'application/gzip');
}

/**
 * A revision's paragraphs with their dates.
 * @throws StoredDataError when the object is missing, unreadable, or does not have its hash.
 */
export async function loadDocument(objects: ObjectStore, address: Address): Promise<RevisionDocument> {
  const json = await loadJson(objects, address);
  return JSON.parse(Buffer.from(json).toString('utf8')) as RevisionDocument;
}

/** The same as it is stored, to be passed on. @throws StoredDataError as `loadDocument` does. */
export async function loadText(objects: ObjectStore, address: Address): Promise<StoredText> {
  return new StoredText(await loadJson(objects, address));
}

/** The verified JSON of a document, UTF-8. */
async function loadJson(objects: ObjectStore, address: Address): Promise<Uint8Array> {
  const name = `The document of revision ${address.number} of ${address.pageId}`;
  const stored = await objects.get(documentKey(address));
  if (stored === null) throw new StoredDataError(`${name} is missing`);
  let json: Uint8Array;
  try {
    json = unpackGzip(stored);
  } catch (cause) {
    if (!(cause instanceof PackedDataError)) throw cause;
    throw new StoredDataError(`${name}: ${cause.message}`, cause);
  }
  if (sha256(json) !== address.document) throw new StoredDataError(`${name} does not have its SHA-256`);
  return json;
}

export const acceptanceKey = (pageId: string, captureId: string): string =>
  `${OBJECT_PREFIX.revisions}${pageId}/accepted-${captureId}.json`;

/**
 * Records that a suspect capture was accepted, because the page stayed the same. That depends on every check, also on
 * those without a capture, so a rebuild reads this note. Written before the revision.
 */
export async function noteAcceptance(objects: ObjectStore, capture: Capture): Promise<void> {
  const { pageId, id, seal } = capture;
  const note = Buffer.from(canonicalJson(sealed({ pageId, captureId: id, captureSeal: seal })));
  await objects.putOnce(acceptanceKey(pageId, id), note, 'application/json');
}

export async function wasAccepted(objects: ObjectStore, capture: Capture): Promise<boolean> {
  return (await objects.get(acceptanceKey(capture.pageId, capture.id))) !== null;
}
