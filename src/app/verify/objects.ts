import { PackedDataError, unpackGzip } from '#core/evidence/gzip.ts';
import { recordFault } from '#core/evidence/seal.ts';
import { sha256 } from '#core/history/canonical.ts';
import type { Capture, StoredCapture } from '#core/history/types.ts';
import { OBJECT_PREFIX } from '#core/names.ts';
import { bodyKey, captureKey, evidenceKey } from '../objects/captures.ts';
import { acceptanceKey } from '../objects/documents.ts';
import type { ObjectStore } from '../ports.ts';
import { refusal } from './refusal.ts';

type State = 'sound' | 'damaged' | 'missing';

/** Checks objects, each once, and passes faults to `report`. */
export class ObjectChecks {
  readonly #states = new Map<string, State>();
  count = 0;

  constructor(
    private readonly objects: ObjectStore,
    private readonly report: (where: string, problem: string) => void,
  ) {}

  isSeen(key: string): boolean {
    return this.#states.has(key);
  }

  /** The record of a capture, or null when it is missing or damaged. */
  async capture(pageId: string, id: string): Promise<StoredCapture | null> {
    const key = captureKey(pageId, id);
    const bytes = await this.load(key);
    if (bytes === null) return null;
    const fault = recordFault(bytes);
    if (fault !== null) return this.damaged(key, fault);
    const capture = JSON.parse(Buffer.from(bytes).toString('utf8')) as StoredCapture;
    if (capture.link === undefined) return this.damaged(key, 'it has no link');
    if (capture.pageId !== pageId || capture.id !== id) return this.damaged(key, 'its key does not match its content');
    return capture;
  }

  /** The states of a capture's body: the fetched copy, and the one that is kept for ever. */
  async body(capture: Capture): Promise<{ readonly fetched: State; readonly kept: State }> {
    const fetched = await this.packed(bodyKey(capture), capture.sha256, capture.bytes);
    const kept = await this.packed(evidenceKey(capture.sha256), capture.sha256, capture.bytes);
    return { fetched, kept };
  }

  /** Whether an object unpacks to content with the hash in its name. */
  async packed(key: string, hash: string, length: number | null = null): Promise<State> {
    const seen = this.#states.get(key);
    if (seen !== undefined) return seen;
    const content = await this.content(key);
    if (content === null) return this.#states.get(key) ?? 'missing';
    if (sha256(content) !== hash) this.damaged(key, 'its content does not have the hash in its name');
    else if (length !== null && content.byteLength !== length)
      this.damaged(key, 'its length differs from the record of its capture');
    return this.#states.get(key) ?? 'sound';
  }

  /**
   * Checks an object that no capture and no revision names by its own key and sums. Returns whether it is a leftover;
   * an acceptance note belongs to its capture, and is none.
   */
  async unnamed(key: string): Promise<boolean> {
    const hash = /\/(?:\d{8}-)?([0-9a-f]{64})(?:\.json)?\.gz$/.exec(key)?.[1];
    const isNote = /^revisions\/[^/]+\/accepted-[^/]+\.json$/.test(key);
    const [, pageId, id] = /^captures\/([^/]+)\/([^/]+)\.json$/.exec(key) ?? [];
    if (pageId !== undefined && id !== undefined) {
      // It was stored after its page was checked.
      await this.capture(pageId, id);
      return false;
    }
    if (isNote) await this.note(key);
    else if (hash !== undefined && isOwnKey(key)) await this.packed(key, hash);
    else this.damaged(key, 'its key is none that Daybook writes');
    return !isNote && this.#states.get(key) === 'sound';
  }

  /** The note that a suspect capture was accepted, with the seal that it names. */
  async acceptance(pageId: string, captureId: string): Promise<{ readonly state: State; readonly seal: unknown }> {
    const key = acceptanceKey(pageId, captureId);
    const note = await this.note(key);
    return { state: this.#states.get(key) ?? 'missing', seal: note?.captureSeal };
  }

  private async note(key: string): Promise<Record<string, unknown> | null> {
    const bytes = await this.load(key);
    if (bytes === null) return null;
    const fault = recordFault(bytes);
    const note = fault === null ? (JSON.parse(Buffer.from(bytes).toString('utf8')) as Record<string, unknown>) : {};
    if (fault !== null) return this.damaged(key, fault);
    if (key !== acceptanceKey(String(note.pageId), String(note.captureId)))
      return this.damaged(key, 'its key does not match its content');
    return note;
  }

  /** Unpacked content, null when the object is missing or damaged. */
  async content(key: string): Promise<Uint8Array | null> {
    const bytes = await this.load(key);
    if (bytes === null) return null;
    try {
      return unpackGzip(bytes);
    } catch (error) {
      if (!(error instanceof PackedDataError)) throw error;
      return this.damaged(key, error.message);
    }
  }

  private async load(key: string): Promise<Uint8Array | null> {
    try {
      const bytes = await this.objects.get(key);
      if (bytes !== null && !this.#states.has(key)) this.count += 1;
      this.#states.set(key, bytes === null ? 'missing' : 'sound');
      return bytes;
    } catch (error) {
      return this.damaged(key, refusal(error));
    }
  }

  damaged(key: string, problem: string): null {
    this.#states.set(key, 'damaged');
    this.report(`object ${key}`, problem);
    return null;
  }
}

function isOwnKey(key: string): boolean {
  const { bodies, evidence, revisions } = OBJECT_PREFIX;
  const name = key.split('/').at(-1) ?? '';
  if (key.startsWith(evidence)) return key === evidenceKey(name.slice(0, 64));
  if (key.startsWith(bodies)) return /^bodies\/\d{4}-\d{2}\/[0-9a-f]{64}\.gz$/.test(key);
  return key.startsWith(revisions) && /^revisions\/[^/]+\/\d{8}-[0-9a-f]{64}\.json\.gz$/.test(key);
}
