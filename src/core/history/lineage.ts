import { sha256 } from './canonical.ts';

/*
 * A page's lineage is the short ids of all its revisions, in order. Items are written before the head that names them, so
 * a crashed or overtaken attempt leaves items behind that have a true number and a false id: the lineage shows which items
 * belong to the history.
 *
 * A head must stay small however long the page lives, so the lineage is a tree. The head holds the newest short ids.
 * Every 32 of them become a chunk, which is stored once under a name made of its content; every 32 names of chunks become
 * a chunk of the next level. A head of 1,000,000 revisions holds at most 31 entries on each of four levels (992 bytes), and
 * an id is found with at most three chunks.
 */

/** Hex digits of a short id or name. 8 digits distinguish 2^32 attempts at one place. */
const WIDTH = 8;
/** Entries of a chunk. */
const FAN_OUT = 32;

/** What a head holds of its lineage: level 0 has short ids of revisions, the others names of chunks of the level below. */
export type Lineage = readonly string[];

/** Where a chunk is. Its name is made of its content, so that chunks of attempts that came to nothing do no harm. */
export interface ChunkAddress {
  /** 1 holds ids of revisions, 2 names of chunks of level 1, and so on. */
  readonly level: number;
  /** 0-based among the chunks of its level. */
  readonly index: number;
  readonly name: string;
}

/** 32 entries of one level, written before the first head that names them. */
export interface Chunk extends ChunkAddress {
  readonly pageId: string;
  readonly entries: string;
}

/** A head, as far as the lineage is concerned. */
export interface Lined {
  readonly revision: number;
  readonly lineage: Lineage;
}

/** The entries of chunks that were loaded, by `chunkName`. */
export type Chunks = ReadonlyMap<string, string>;

/** Names a chunk among all of its page. */
export const chunkName = ({ level, index, name }: ChunkAddress): string => `${level}#${index}#${name}`;

/** The part of an id that stored keys carry. */
export function shortId(revisionId: string): string {
  return revisionId.slice(0, WIDTH);
}

/** Whether a chunk's entries are those that its name was made of. */
export function isSound({ name, entries }: Pick<Chunk, 'name' | 'entries'>): boolean {
  return shortId(sha256(entries)) === name;
}

/**
 * The lineage with one revision more.
 * @param before the head before it, null for a page's first revision.
 * @returns the new lineage, and the chunks that became full: to be stored before the head.
 */
export function extendLineage(
  before: Lined | null,
  pageId: string,
  revisionId: string,
): { readonly lineage: Lineage; readonly chunks: readonly Chunk[] } {
  const number = (before?.revision ?? 0) + 1;
  const levels = [...(before?.lineage ?? [])];
  const chunks: Chunk[] = [];
  let entry = shortId(revisionId);
  for (let level = 0; ; level += 1) {
    const entries = (levels[level] ?? '') + entry;
    levels[level] = entries;
    if (entries.length < FAN_OUT * WIDTH) return { lineage: levels, chunks };
    levels[level] = '';
    entry = shortId(sha256(entries));
    chunks.push({ pageId, level: level + 1, index: number / FAN_OUT ** (level + 1) - 1, name: entry, entries });
  }
}

/** The short id of a revision, or the chunk that must be loaded to know it; null where the head has no such revision. */
export function lookUp({ revision, lineage }: Lined, number: number, loaded: Chunks): string | ChunkAddress | null {
  if (!Number.isSafeInteger(number) || number < 1 || number > revision) return null;
  let rest = number - 1;
  let level = lineage.length - 1;
  // The highest level holds the oldest revisions.
  for (; level > 0 && rest >= spanOf(lineage, level); level -= 1) rest -= spanOf(lineage, level);
  let entry = entryAt(lineage[level] ?? '', Math.floor(rest / FAN_OUT ** level));
  for (; level > 0; level -= 1) {
    const address = { level, index: Math.floor((number - 1) / FAN_OUT ** level), name: entry };
    const entries = loaded.get(chunkName(address));
    if (entries === undefined) return address;
    entry = entryAt(entries, Math.floor((number - 1) / FAN_OUT ** (level - 1)) % FAN_OUT);
  }
  return entry;
}

/** The chunks that must be loaded next to know the short ids of these revisions; none when all are known. */
export function chunksToLoad(head: Lined, numbers: Iterable<number>, loaded: Chunks): ChunkAddress[] {
  const wanted = new Map<string, ChunkAddress>();
  for (const number of new Set(numbers)) {
    const found = lookUp(head, number, loaded);
    if (found !== null && typeof found !== 'string') wanted.set(chunkName(found), found);
  }
  return [...wanted.values()];
}

/**
 * Whether an item of `revision` with `revisionId` is part of the history that the head names.
 * @param loaded must hold the chunks that `chunksToLoad` asks for.
 */
export function isVisible(
  head: Lined | null | undefined,
  item: { readonly revision: number; readonly revisionId: string },
  loaded: Chunks,
): boolean {
  if (head === null || head === undefined) return false;
  const found = lookUp(head, item.revision, loaded);
  if (found !== null && typeof found !== 'string') {
    throw new Error(`The chunk ${chunkName(found)} of the lineage is not loaded`);
  }
  return found === shortId(item.revisionId);
}

/** How many revisions one level of a head's lineage holds. */
function spanOf(lineage: Lineage, level: number): number {
  return ((lineage[level] ?? '').length / WIDTH) * FAN_OUT ** level;
}

function entryAt(entries: string, index: number): string {
  return entries.slice(index * WIDTH, (index + 1) * WIDTH);
}
