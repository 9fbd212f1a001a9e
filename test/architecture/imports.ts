import { readdir, readFile } from 'node:fs/promises';
import { join, normalize, posix, relative, sep } from 'node:path';

/** One import as it is written, and the file of the project that it leads to (null: a package). */
export interface Import {
  readonly specifier: string;
  /** Removed by the compiler: it pulls nothing in when the program runs. */
  readonly typeOnly: boolean;
  readonly file: string | null;
}

/** A source file: its path from the project's root with `/`, its lines and its imports. */
export interface Source {
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly Import[];
}

const FOLDERS = ['bin', 'lib', 'functions', 'src'];
const STATEMENT = /^[ \t]*(?:import|export)\s+(type\s)?[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gm;
const BARE = /^[ \t]*import\s*['"]([^'"]+)['"]/gm;
const DYNAMIC = /\bimport\s*\(\s*['"]([^'"]+)['"]\s*\)/g;

/** Aliases as package.json spells them: `#core/*` to `src/core/`. */
export type Aliases = Readonly<Record<string, string>>;

export async function aliasesOf(root: string): Promise<Aliases> {
  const { imports } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    imports: Record<string, string>;
  };
  return Object.fromEntries(
    Object.entries(imports).map(([from, to]) => [from.replace(/\*$/, ''), to.replace(/^\.\//, '').replace(/\*$/, '')]),
  );
}

/** Everything that a text imports: statically, for its effects, or when it runs. */
export function importsOf(path: string, text: string, aliases: Aliases): Import[] {
  const found: Import[] = [];
  const add = (specifier: string, typeOnly: boolean) =>
    found.push({ specifier, typeOnly, file: resolve(path, specifier, aliases) });
  for (const [, type, specifier = ''] of text.matchAll(STATEMENT)) add(specifier, type !== undefined);
  for (const [, specifier = ''] of text.matchAll(BARE)) add(specifier, false);
  for (const [, specifier = ''] of text.matchAll(DYNAMIC)) add(specifier, false);
  return found;
}

/** The project's file behind a specifier, whether it is spelled by alias or by relative path. */
function resolve(from: string, specifier: string, aliases: Aliases): string | null {
  if (specifier.startsWith('.')) return posix.normalize(posix.join(posix.dirname(from), specifier));
  for (const [alias, target] of Object.entries(aliases)) {
    if (alias.endsWith('/') ? specifier.startsWith(alias) : specifier === alias) {
      return posix.normalize(target + specifier.slice(alias.length));
    }
  }
  return null;
}

/** Every TypeScript file of the program (not its tests), with its imports. */
export async function readSources(root: string): Promise<Source[]> {
  const aliases = await aliasesOf(root);
  const files: string[] = ['daybook.config.ts'];
  for (const folder of FOLDERS) {
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      if (entry.isFile() && entry.name.endsWith('.ts')) files.push(relative(root, join(entry.parentPath, entry.name)));
    }
  }
  return Promise.all(
    files.sort().map(async (file) => {
      const path = normalize(file).replaceAll('\\', '/');
      const text = await readFile(join(root, file), 'utf8');
      return { path, lines: text.split('\n').length - 1, imports: importsOf(path, text, aliases) };
    }),
  );
}

/** Every file of these folders that is longer than it may be: `path (lines)`. */
export async function longFiles(root: string, folders: readonly string[], most: number): Promise<string[]> {
  const long: string[] = [];
  for (const folder of folders) {
    for (const entry of await readdir(join(root, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !entry.name.endsWith('.ts')) continue;
      const path = join(entry.parentPath, entry.name);
      const lines = (await readFile(path, 'utf8')).split('\n').length - 1;
      if (lines > most) long.push(`${relative(root, path)} (${lines})`);
    }
  }
  return long;
}

/** Every folder with more files of its own than it may have: `path (files)`. Fixtures are data, and do not count. */
export async function crowdedFolders(root: string, folders: readonly string[], most: number): Promise<string[]> {
  const counts = new Map<string, number>();
  for (const folder of folders) {
    for (const entry of await readdir(join(root, folder), { recursive: true, withFileTypes: true })) {
      const path = relative(root, entry.parentPath);
      if (entry.isFile() && !path.split(sep).includes('fixtures')) counts.set(path, (counts.get(path) ?? 0) + 1);
    }
  }
  return [...counts].filter(([, count]) => count > most).map(([path, count]) => `${path} (${count})`);
}

/** A ring of files that import each other, types included, or null. */
export function findCycle(sources: readonly Source[]): string[] | null {
  const graph = new Map(
    sources.map((source) => [source.path, source.imports.flatMap((one) => (one.file === null ? [] : [one.file]))]),
  );
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): string[] | null => {
    const at = trail.indexOf(path);
    if (at !== -1) return [...trail.slice(at), path];
    if (done.has(path)) return null;
    for (const next of graph.get(path) ?? []) {
      const cycle = visit(next, [...trail, path]);
      if (cycle !== null) return cycle;
    }
    done.add(path);
    return null;
  };
  for (const path of graph.keys()) {
    const cycle = visit(path, []);
    if (cycle !== null) return cycle;
  }
  return null;
}
