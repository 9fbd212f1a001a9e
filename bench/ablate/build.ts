import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import type { Piece } from './piece.ts';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Bundles a program that prints the figures of a scoreboard as JSON, with one piece of the code switched off. */
export async function buildBoard(module: string, piece: Piece | null, outfile: string): Promise<void> {
  await build({
    stdin: {
      contents: `import { figures } from './${module}';\nconsole.log(JSON.stringify(await figures(process.argv[2])));`,
      resolveDir: resolve(ROOT, 'bench'),
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
    outfile,
    plugins: [switchedOff(piece)],
  });
}

function switchedOff(piece: Piece | null): Plugin {
  const target = piece === null ? null : resolve(ROOT, piece.file);
  return {
    name: 'switched-off',
    setup(on) {
      let isSeen = target === null;
      on.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        let text = await readFile(path, 'utf8');
        if (piece !== null && path === target) {
          isSeen = true;
          text = applied(text, piece);
        }
        // A bundle lies elsewhere than its sources: what they read next to themselves is found by their own address.
        return { contents: text.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)), loader: 'ts' };
      });
      on.onEnd(() => {
        if (!isSeen) throw new Error(`Piece "${piece?.name}": the scoreboard does not load ${piece?.file}`);
      });
    },
  };
}

/** @throws when a text to be replaced does not occur exactly once. */
export function applied(text: string, { name, file, changes }: Piece): string {
  return changes.reduce((result, [search, replacement]) => {
    const found = result.split(search).length - 1;
    if (found !== 1) throw new Error(`Piece "${name}": "${search}" occurs ${found} times in ${file}, not once`);
    return result.replace(search, () => replacement);
  }, text);
}
