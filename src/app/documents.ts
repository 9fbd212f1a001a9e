import { gunzipSync, gzipSync } from 'node:zlib';
import { canonicalJson, sha256 } from '#core/history/canonical.ts';
import type { RevisionDocument, RevisionRecord } from '#core/history/types.ts';
import { OBJECT_PREFIX } from '#core/names.ts';
import { StoredDataError } from './errors.ts';
import type { ObjectStore } from './ports.ts';

type Address = Pick<RevisionRecord, 'pageId' | 'number' | 'document'>;

/** The object that holds a revision's whole text. Named by its content, so that attempts at one number never meet. */
function documentKey({ pageId, number, document }: Address): string {
  return `${OBJECT_PREFIX.revisions}${pageId}/${String(number).padStart(8, '0')}-${document}.json.gz`;
}

export async function storeDocument(objects: ObjectStore, document: RevisionDocument, hash: string): Promise<void> {
  const bytes = gzipSync(Buffer.from(canonicalJson(document)), { level: 6 });
  const address = { pageId: document.pageId, number: document.number, document: hash };
  await objects.putOnce(documentKey(address), bytes, 'application/gzip');
}

/**
 * A revision's paragraphs and what it remembers of removed ones.
 * @throws StoredDataError when the object is missing, unreadable, or not what its hash says.
 */
export async function loadDocument(objects: ObjectStore, address: Address): Promise<RevisionDocument> {
  const name = `The document of revision ${address.number} of ${address.pageId}`;
  const stored = await objects.get(documentKey(address));
  if (stored === null) throw new StoredDataError(`${name} is missing`);
  let json: Buffer;
  try {
    json = gunzipSync(stored);
  } catch (cause) {
    throw new StoredDataError(`${name} cannot be unpacked`, cause);
  }
  if (sha256(json) !== address.document) throw new StoredDataError(`${name} is not what its SHA-256 says`);
  return JSON.parse(json.toString('utf8')) as RevisionDocument;
}
