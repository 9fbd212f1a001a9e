import { resolve } from 'node:path';
import { type BuildResult, build } from 'esbuild';
import { leaveOut } from './left-out.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
const CREATE_REQUIRE = '__daybookCreateRequire';

/**
 * Writes one function's code: `index.mjs`, and a chunk for each part that is loaded when it is needed.
 *
 * @param capability its folder under `functions/`
 * @param config the checked configuration that the function carries: plain values
 * @param folder gets the files
 */
export function bundleFunction(
  capability: string,
  config: unknown,
  folder: string,
): Promise<BuildResult<{ metafile: true }>> {
  return build({
    absWorkingDir: PROJECT,
    entryPoints: { index: `functions/${capability}/handler.ts` },
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    chunkNames: 'chunk-[hash]',
    outExtension: { '.js': '.mjs' },
    // Everything is in the bundle, the AWS SDK too: the version that was tested, and a faster start.
    packages: 'bundle',
    minify: true,
    keepNames: true,
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
    metafile: true,
    plugins: [leaveOut(config, PROJECT)],
    // CommonJS packages ask for Node's modules with `require`. The name is long because the minifier makes short ones.
    banner: {
      js: `import { createRequire as ${CREATE_REQUIRE} } from 'node:module'; const require = ${CREATE_REQUIRE}(import.meta.url);`,
    },
  });
}
