import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Timex {
  readonly start: number;
  readonly end: number;
  readonly type: string;
  readonly value: string | null;
}

export interface HistoryDocument {
  readonly doc: string;
  readonly dct: string;
  readonly paragraphs: readonly { readonly text: string; readonly timexes: readonly Timex[] }[];
}

export interface SeedMention {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly granularity: string;
  readonly literal: string;
  readonly value: string;
  readonly role: string;
}

export interface SeedParagraph {
  readonly index: number;
  readonly kind: 'boilerplate' | 'heading' | 'title' | 'epigraph' | 'news';
  readonly text: string;
  readonly mentions: readonly SeedMention[];
  readonly date: string | null;
  readonly accept: readonly (string | null)[];
}

export interface SeedGold {
  readonly title: string;
  readonly paragraphs: readonly SeedParagraph[];
}

async function read(folder: string, ...path: string[]): Promise<string | null> {
  try {
    return await readFile(join(folder, ...path), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** The annotated war histories; null where the folder has none. */
export async function loadHistories(folder: string): Promise<readonly HistoryDocument[] | null> {
  const text = await read(folder, 'wikiwars-dev.jsonl');
  if (text === null) return null;
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): HistoryDocument => JSON.parse(line));
}

/** The seed page's gold; null where the folder has none. */
export async function loadSeed(folder: string): Promise<SeedGold | null> {
  const text = await read(folder, 'seed', 'putin-2022-01.gold.json');
  if (text === null) return null;
  const gold: SeedGold = JSON.parse(text);
  return gold;
}
