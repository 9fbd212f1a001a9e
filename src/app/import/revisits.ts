import { createHash } from 'node:crypto';
import type { WarcRevisit } from '#core/evidence/warc-revisit.ts';
import { base32 } from '#core/text/base32.ts';
import type { ForeignCapture } from './types.ts';

/** A capture whose bytes can be had. */
export interface WithBytes {
  readonly url: string;
  readonly fetchedAt: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** SHA-256 of the body, hex. */
  readonly sha256: string;
  /** Null where it expired. */
  body(): Promise<Uint8Array | null>;
}

/**
 * Captures that a crawler noted as "the same bytes again", with those bytes, oldest first: found by the time of the
 * capture that the record names, else by the sum of the bytes. Null if `stored` does not have the bytes.
 * @param stored captures of the same page.
 */
export async function* resolveRevisits(
  revisits: readonly WarcRevisit[],
  stored: readonly WithBytes[],
  isSameAddress: (a: string, b: string) => boolean,
): AsyncGenerator<{ readonly revisit: WarcRevisit; readonly capture: ForeignCapture | null }> {
  const byTime = new Map<string, WithBytes[]>();
  const note = (at: string, capture: WithBytes) => byTime.set(at, [...(byTime.get(at) ?? []), capture]);
  for (const capture of stored) note(capture.fetchedAt, capture);
  const sums = new Sums(stored);
  const inOrder = [...revisits].sort((a, b) => (a.fetchedAt < b.fetchedAt ? -1 : a.fetchedAt > b.fetchedAt ? 1 : 0));
  for (const revisit of inOrder) {
    const { url, at } = revisit.refersTo;
    const named = at === null ? undefined : byTime.get(at)?.find((one) => isSameAddress(one.url, url ?? revisit.url));
    const original = named ?? (revisit.digest === null ? undefined : await sums.find(revisit.digest));
    const body = (await original?.body()) ?? null;
    if (original === undefined || body === null) yield { revisit, capture: null };
    else {
      const capture = captureOf(revisit, original, body);
      // A later record may name this one instead.
      note(revisit.fetchedAt, { ...original, url: revisit.url, fetchedAt: revisit.fetchedAt });
      yield { revisit, capture };
    }
  }
}

function captureOf(revisit: WarcRevisit, original: WithBytes, body: Uint8Array): ForeignCapture {
  const { url, fetchedAt, headers } = revisit;
  // "Not modified" means the same answer, so the original's status counts.
  const status = revisit.status === null || revisit.status === 304 ? original.status : revisit.status;
  return { id: null, url, finalUrl: url, fetchedAt, status, headers: { ...original.headers, ...headers }, body };
}

/** Captures by sums of their bytes; those that the store does not keep are made when one is first asked for. */
class Sums {
  readonly #stored: readonly WithBytes[];
  readonly #bySha256: Map<string, WithBytes>;
  #bySha1: Map<string, WithBytes> | null = null;

  constructor(stored: readonly WithBytes[]) {
    this.#stored = stored;
    this.#bySha256 = new Map(
      stored.flatMap((one) => spellings(Buffer.from(one.sha256, 'hex')).map((sum) => [sum, one])),
    );
  }

  async find(digest: string): Promise<WithBytes | undefined> {
    const [algorithm = '', sum = ''] = digest.split(':');
    const name = algorithm.toLowerCase().replace('-', '');
    const wanted = sum.replace(/=+$/, '').toLowerCase();
    if (name === 'sha256') return this.#bySha256.get(wanted);
    return name === 'sha1' ? (await this.#sha1()).get(wanted) : undefined;
  }

  async #sha1(): Promise<Map<string, WithBytes>> {
    if (this.#bySha1 !== null) return this.#bySha1;
    const sums = new Map<string, WithBytes>();
    const done = new Set<string>();
    for (const one of this.#stored) {
      if (done.has(one.sha256)) continue;
      done.add(one.sha256);
      const body = await one.body();
      if (body === null) continue;
      for (const sum of spellings(createHash('sha1').update(body).digest())) sums.set(sum, one);
    }
    this.#bySha1 = sums;
    return sums;
  }
}

/** A sum as archives write it, in lower case: hexadecimal or base 32. */
const spellings = (sum: Uint8Array) => [Buffer.from(sum).toString('hex'), base32(sum).toLowerCase()];
