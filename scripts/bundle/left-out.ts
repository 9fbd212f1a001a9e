import { dirname, resolve } from 'node:path';
import type { Plugin } from 'esbuild';

interface Replacement {
  /** What the importing code asks for. */
  readonly asked: RegExp;
  /** Files that ask; all others get the original. */
  readonly by?: RegExp;
  /** The module in its place, resolved from the project or, with `near`, from the folder of the file that asks. */
  readonly module: string;
  readonly near?: boolean;
}

/** A module that nothing should reach. Modules that are required on demand throw then, those at the start when called. */
const absent = (what: string, onDemand: boolean): string => {
  const failure = `throw new Error(${JSON.stringify(`${what} is left out of Daybook's functions: see scripts/bundle/left-out.ts`)});`;
  return onDemand ? failure : `module.exports = () => { ${failure} };`;
};

/**
 * What the functions never use, although something that they use imports it. A path that a package moves is either not
 * found, which ends the build, or weighs again, which ends `npm run load-bundles`.
 */
const REPLACEMENTS: readonly Replacement[] = [
  {
    // Lambda gives credentials in the environment. The rest of the chain: files, SSO, STS, logins, instance metadata.
    asked: /^@aws-sdk\/credential-provider-node$/,
    module: "export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';",
  },
  {
    // The package's index loads all of it; these three lines are the part of the index that `Client.request` needs.
    asked: /^undici$/,
    module: `
      import Client from 'undici/lib/dispatcher/client.js';
      import Dispatcher from 'undici/lib/dispatcher/dispatcher.js';
      import request from 'undici/lib/api/api-request.js';
      Object.assign(Dispatcher.prototype, { request });
      export { Client };`,
  },
  // The connector offers HTTP/1.1 alone, requests have no bodies, and Lambda's processors know SIMD.
  { asked: /\/client-h2\.js$/, by: /undici/, module: absent('HTTP/2', false) },
  { asked: /\/web\/fetch\/body\.js$/, by: /undici/, module: absent('A body of a request', true) },
  { asked: /\/llhttp-wasm\.js$/, by: /undici/, module: absent('The parser for processors without SIMD', true) },
  // Zod's index names its 60 languages; messages are English.
  { asked: /^\.\.\/locales\/index\.js$/, by: /zod/, near: true, module: "export { default as en } from './en.js';" },
  {
    // What the bundle carries was checked when it was made.
    asked: /^#core\/config\.ts$/,
    module: 'export const parseConfig = (checked) => checked;',
  },
];

/** Replaces what the functions do not use, and the configuration by the given one. */
export function leaveOut(config: unknown, project: string): Plugin {
  const all: readonly Replacement[] = [
    ...REPLACEMENTS,
    { asked: /^#config$/, module: `export default ${JSON.stringify(config)};` },
  ];
  return {
    name: 'left out of functions',
    setup(build) {
      for (const [index, { asked, by, near }] of all.entries()) {
        build.onResolve({ filter: asked }, ({ importer, resolveDir, path }) => {
          if (by !== undefined && !by.test(importer)) return undefined;
          const folder = near ? resolve(resolveDir, dirname(path)) : project;
          return { path: String(index), namespace: 'left-out', pluginData: folder };
        });
      }
      build.onLoad({ filter: /^/, namespace: 'left-out' }, ({ path, pluginData }) => ({
        contents: all[Number(path)]?.module ?? '',
        loader: 'js',
        resolveDir: String(pluginData),
      }));
    },
  };
}
