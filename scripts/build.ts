import { access, chmod, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { configDeclarations } from './pack/config-types.ts';
import { licencesText, packageFoldersOf, readPackage } from './pack/licences.ts';

/**
 * Bundles the command line into `dist/`. Commands stay chunks of their own, so that each start loads only what it
 * needs; what has native parts or is seldom needed stays in `node_modules`: the `dependencies` of package.json. Beside it
 * the module that configurations import, and the licences of what is bundled.
 */
const { dependencies } = JSON.parse(await readFile('package.json', 'utf8')) as { dependencies: object };
await rm('dist', { recursive: true, force: true });
const result = await build({
  entryPoints: { daybook: 'bin/daybook.ts', config: 'bin/config.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  chunkNames: 'chunks/[name]-[hash]',
  sourcemap: true,
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  external: [...Object.keys(dependencies), '*.node'],
  banner: {
    // CommonJS packages inside an ESM bundle ask for `require`; the long name collides with nothing after minifying.
    js: "import { createRequire as daybookCreateRequire } from 'node:module';\nconst require = daybookCreateRequire(import.meta.url);",
  },
});
await chmod('dist/daybook.js', 0o755);
await writeFile('dist/config.d.ts', configDeclarations());
const bundled = await Promise.all(packageFoldersOf(Object.keys(result.metafile.inputs)).map(readPackage));
await writeFile('dist/THIRD-PARTY-LICENCES.txt', licencesText(bundled));
// npm links the commands of dependencies, not those of the package itself: with the link `npx daybook` finds it at once.
await access('node_modules/.bin')
  .then(async () => {
    await rm('node_modules/.bin/daybook', { force: true });
    await symlink('../../dist/daybook.js', 'node_modules/.bin/daybook');
  })
  .catch((error: Error) => process.stderr.write(`no link to dist/daybook.js was made (${error.message})\n`));
const bytes = Object.values(result.metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
process.stdout.write(`dist: ${Object.keys(result.metafile.outputs).length} files, ${Math.round(bytes / 1024)} KiB\n`);
