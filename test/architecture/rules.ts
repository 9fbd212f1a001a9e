import type { Import, Source } from './imports.ts';

/** Who may import what. A file belongs to the first ring whose folder it lies in. */
interface Ring {
  readonly folder: string;
  /** Files (or folders, with a `/` at the end) of the project beyond the ring itself. */
  readonly files: readonly string[];
  /** Packages; `name/*` is every path within one, `@scope/*` every package of a scope. */
  readonly packages: readonly string[];
  /** Beyond these, for types only. */
  readonly types?: readonly string[];
}

/** Pure packages: values in, values out. `node:crypto` is there for hashes, `node:zlib` for packing bytes, `node:stream` to chain these. */
const PURE = [
  'node:crypto',
  'node:stream',
  'node:zlib',
  'zod',
  'cheerio/slim',
  'domhandler',
  'htmlparser2',
  'robots-parser',
  'ipaddr.js',
  'warcio',
  'diff',
  'whatwg-mimetype',
];
const NODE = ['node:*'];
const CDK = ['aws-cdk-lib', 'aws-cdk-lib/*', 'constructs', 'cdk-nag'];
const HONO = ['hono', 'hono/*', '@hono/zod-openapi'];

export const RINGS: readonly Ring[] = [
  { folder: 'src/core/names.ts', files: [], packages: [] },
  { folder: 'src/core/', files: [], packages: PURE },
  { folder: 'src/app/', files: ['src/core/'], packages: ['node:buffer', 'node:crypto', 'node:zlib', 'zod'] },
  {
    folder: 'src/adapters/http/',
    files: ['src/app/', 'src/core/'],
    packages: [...NODE, 'undici', 'ipaddr.js', 'robots-parser'],
  },
  {
    folder: 'src/adapters/aws/',
    files: ['src/app/', 'src/core/', 'src/adapters/http/'],
    packages: [...NODE, '@aws-sdk/*', '@smithy/*', '@aws-lambda-powertools/*'],
    types: ['aws-lambda'],
  },
  {
    folder: 'src/adapters/local/',
    files: ['src/app/', 'src/core/', 'src/adapters/http/', 'src/adapters/aws/dynamodb/'],
    packages: [
      ...NODE,
      '@aws-sdk/client-dynamodb',
      '@aws-sdk/lib-dynamodb',
      'classic-level',
      'memory-level',
      'picocolors',
    ],
  },
  { folder: 'src/read/', files: ['src/app/', 'src/core/'], packages: [...HONO, 'zod'] },
  {
    folder: 'src/cli/',
    files: [
      ...['src/core/', 'src/app/', 'src/read/', 'daybook.config.ts'],
      ...['src/adapters/local/', 'src/adapters/http/'],
      // Maintenance commands also work on what is deployed.
      ...['src/adapters/aws/compose.ts', 'src/adapters/aws/deployed/'],
    ],
    packages: [
      ...NODE,
      ...HONO,
      '@hono/node-server',
      'commander',
      'picocolors',
      'cli-table3',
      'zod',
      'warcio',
      'jiti',
      'string-width',
    ],
  },
  {
    folder: 'functions/',
    files: ['src/adapters/aws/', 'src/app/', 'src/core/', 'src/read/', 'daybook.config.ts'],
    packages: ['hono/aws-lambda'],
    types: ['aws-lambda'],
  },
  {
    folder: 'lib/',
    files: ['src/core/names.ts'],
    packages: [...CDK, 'node:path', 'node:fs', 'node:url', 'node:child_process', 'node:crypto'],
  },
  {
    folder: 'bin/',
    files: ['lib/', 'src/cli/main.ts', 'src/core/config.ts', 'src/core/errors.ts', 'daybook.config.ts'],
    packages: ['aws-cdk-lib', 'node:process'],
  },
  { folder: 'daybook.config.ts', files: ['src/core/config.ts'], packages: [] },
];

/** Every import that a ring may not make: `path imports specifier`. */
export function violations(sources: readonly Source[]): string[] {
  return sources.flatMap((source) =>
    source.imports
      .filter((one) => !isAllowed(source.path, one))
      .map((one) => `${source.path} imports ${one.specifier}`),
  );
}

function isAllowed(path: string, { file, specifier, typeOnly }: Import): boolean {
  const ring = ringOf(path);
  if (ring === undefined) return false;
  if (file !== null) {
    return (ring.folder.endsWith('/') && ringOf(file) === ring) || ring.files.some((one) => covers(one, file));
  }
  return [...ring.packages, ...(typeOnly ? (ring.types ?? []) : [])].some((one) => matches(one, specifier));
}

export function ringOf(path: string): Ring | undefined {
  return RINGS.find((ring) => covers(ring.folder, path));
}

/** What a ring may import of another is what the other's own files are, names.ts among those of core. */
function covers(folder: string, path: string): boolean {
  return folder.endsWith('/') ? path.startsWith(folder) : path === folder;
}

function matches(pattern: string, specifier: string): boolean {
  return pattern.endsWith('*') ? specifier.startsWith(pattern.slice(0, -1)) : specifier === pattern;
}
