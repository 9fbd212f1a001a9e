import { createHash } from 'node:crypto';
import type { DatedBlock } from '../dates/types.ts';
import { comparisonKey } from '../page/index.ts';
import type { DiffMemory, Paragraph } from './types.ts';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const ID_LENGTH = 12;

/**
 * Makes paragraph ids: a hash of the seed, the text's comparison key and its occurrence. An equal text gets the next
 * occurrence, so that ids are unique and depend on the history alone. Where not all ids of a text are known, the occasion
 * makes the id unique.
 */
export class IdMint {
  readonly #seed: string;
  readonly #used: () => Iterable<string>;
  readonly #crowded: DiffMemory['crowded'];
  readonly #occurrences = new Map<string, number>();
  #taken: Set<string> | undefined;

  /** @param used the ids in use; read once, at the first new id, as most comparisons need none. */
  constructor(seed: string, used: () => Iterable<string> = () => [], crowded?: DiffMemory['crowded']) {
    this.#seed = seed;
    this.#used = used;
    this.#crowded = crowded;
  }

  /** A new id for a paragraph with this comparison key. */
  mint(key: string): string {
    this.#taken ??= new Set(this.#used());
    for (let occurrence = (this.#occurrences.get(key) ?? 0) + 1; ; occurrence++) {
      const occasion = this.#crowded?.has(key) === true ? [this.#crowded.occasion] : [];
      const id = hash(JSON.stringify([this.#seed, occurrence, key, ...occasion]));
      if (this.#taken.has(id)) continue;
      this.#occurrences.set(key, occurrence);
      this.#taken.add(id);
      return id;
    }
  }
}

/** Crockford base32 of the first 60 bits of SHA-256: a hostile page cannot forge it, and it fits a URL. */
function hash(input: string): string {
  const digest = createHash('sha256').update(input).digest();
  let id = '';
  for (let bit = 0; bit < ID_LENGTH * 5; bit += 5) {
    const byte = bit >> 3;
    const pair = ((digest[byte] ?? 0) << 8) | (digest[byte + 1] ?? 0);
    id += ALPHABET[(pair >> (11 - (bit & 7))) & 31];
  }
  return id;
}

/**
 * Identities for a page's first revision.
 * @param seed the page's id; the same blocks under the same seed always get the same ids.
 */
export function identify(blocks: readonly DatedBlock[], seed: string): Paragraph[] {
  const ids = new IdMint(seed);
  return blocks.map((block) => ({ ...block, id: ids.mint(comparisonKey(block.text)) }));
}
