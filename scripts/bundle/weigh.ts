import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Most bytes that a function may load at its start, by the name of its construct. */
export const BUDGETS: Readonly<Record<string, number>> = {
  Plan: 350 * 1024,
  Fetch: 700 * 1024,
  Ingest: 900 * 1024,
  Notify: 350 * 1024,
  Read: 900 * 1024,
};

export interface Weight {
  /** Bytes of the main file and of all chunks that it loads at once. */
  readonly atStart: number;
  /** The same, compressed file by file. */
  readonly zipped: number;
  /** Bytes of the chunks that are loaded when they are needed. */
  readonly onDemand: number;
}

/** Import and export statements of esbuild's output; `import(…)` is not one. */
const STATIC_IMPORT = /\b(?:import|from)\s*"(\.\/[^"]+\.mjs)"/g;

/** Weighs a bundle by its main file. Source maps are not counted: only a stack trace loads them. */
export function weigh(main: string): Weight {
  const folder = dirname(main);
  const atStart = new Set<string>();
  const pending = [basename(main)];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (atStart.has(name)) continue;
    atStart.add(name);
    const code = readFileSync(join(folder, name), 'utf8');
    for (const [, specifier = ''] of code.matchAll(STATIC_IMPORT)) {
      if (existsSync(join(folder, specifier))) pending.push(basename(specifier));
    }
  }
  const size = (name: string) => statSync(join(folder, name)).size;
  const sum = (sizes: readonly number[]) => sizes.reduce((total, one) => total + one, 0);
  const rest = readdirSync(folder).filter((name) => name.endsWith('.mjs') && !atStart.has(name));
  return {
    atStart: sum([...atStart].map(size)),
    zipped: sum([...atStart].map((name) => gzipSync(readFileSync(join(folder, name))).byteLength)),
    onDemand: sum(rest.map(size)),
  };
}
