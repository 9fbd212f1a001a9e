import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Aliases,
  aliasesOf,
  crowdedFolders,
  findCycle,
  importsOf,
  longFiles,
  readSources,
  type Source,
} from './architecture/imports.ts';
import { RINGS, ringOf, violations } from './architecture/rules.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
let sources: Source[];
let aliases: Aliases;

beforeAll(async () => {
  [sources, aliases] = await Promise.all([readSources(root), aliasesOf(root)]);
});

describe('the program', () => {
  it('is seen: every ring has files, and most files import something', () => {
    for (const ring of RINGS) {
      const own = sources.filter((source) => ringOf(source.path) === ring);
      expect(own.length, ring.folder).toBeGreaterThan(0);
    }
    expect(sources.length).toBeGreaterThan(100);
    const importing = sources.filter((source) => source.imports.length > 0);
    expect(importing.length).toBeGreaterThan(sources.length / 2);
  });

  it('has no file outside the rings', () => {
    expect(sources.filter((source) => ringOf(source.path) === undefined).map((source) => source.path)).toEqual([]);
  });

  it('imports inwards only', () => {
    expect(violations(sources)).toEqual([]);
  });

  it('imports files that exist, with their ending', () => {
    const known = new Set(sources.map((source) => source.path));
    const missing = sources.flatMap((source) =>
      source.imports
        .filter((one) => one.file !== null && !known.has(one.file))
        .map((one) => `${source.path} imports ${one.specifier}`),
    );
    expect(missing).toEqual([]);
  });

  it('has no ring of imports, also none of types', () => {
    expect(findCycle(sources)).toBeNull();
  });

  it('never asks URL.canParse, which some versions of Node answer wrongly once it is compiled', async () => {
    const asking: string[] = [];
    for (const { path } of sources) {
      const text = await readFile(join(root, path), 'utf8');
      if (/\.canParse\(/.test(text)) asking.push(path);
    }
    expect(asking).toEqual([]);
  });

  it('loads no CommonJS package when it runs, of which a bundle would show nothing but its default', async () => {
    const loading: string[] = [];
    for (const { path } of sources) {
      const text = await readFile(join(root, path), 'utf8');
      for (const [, name] of text.matchAll(/\bimport\('([^'#.][^']*)'\)/g)) loading.push(`${path} loads ${name}`);
    }
    // It is never bundled.
    expect(loading).toEqual(['src/cli/tracking.ts loads jiti']);
  });

  it('has no file of more than 300 lines, tests included', async () => {
    expect(await longFiles(root, ['bin', 'lib', 'functions', 'src', 'test', 'bench', 'scripts'], 300)).toEqual([]);
  });

  it('has no folder of more than 20 files, tests included', async () => {
    expect(await crowdedFolders(root, ['bin', 'lib', 'functions', 'src', 'test', 'bench', 'scripts'], 20)).toEqual([]);
  });
});

describe('the watch itself', () => {
  const judged = (path: string, text: string) =>
    violations([{ path, lines: 1, imports: importsOf(path, text, aliases) }]);

  it('sees every way to write an import', () => {
    const text = [
      "import { a } from '#app/a.ts';",
      "import type { B } from '../app/b.ts';",
      "import '#app/effect.ts';",
      "export { c } from '#app/c.ts';",
      "export * from '#app/d.ts';",
      "export type * from '#app/e.ts';",
      'import {',
      '  f,',
      '  type G,',
      "} from '#app/f.ts';",
      "const h = await import('#app/h.ts');",
      'import i from "#app/i.ts";',
    ].join('\n');
    expect(judged('src/core/x.ts', text)).toHaveLength(9);
  });

  it('is not taken in by words and strings that only look like imports', () => {
    const text = "const from = 'x';\n// import { a } from '#app/a.ts'\nconst s = \"copy from '#app/a.ts'\";\n";
    expect(judged('src/core/x.ts', text)).toEqual([]);
  });

  it.each([
    ['core reaches out, by alias', 'src/core/page/x.ts', '#app/ports.ts'],
    ['core reaches out, by relative path', 'src/core/page/x.ts', '../../app/ports.ts'],
    ['core does I/O', 'src/core/x.ts', 'node:fs'],
    ['core takes a package that nobody called pure', 'src/core/x.ts', 'left-pad'],
    ['core takes a clock or an SDK', 'src/core/x.ts', '@aws-sdk/client-s3'],
    ['names import anything', 'src/core/names.ts', './errors.ts'],
    ['app knows an adapter', 'src/app/x.ts', '#adapters/aws/compose.ts'],
    ['app knows an adapter by path', 'src/app/read/x.ts', '../../adapters/local/compose.ts'],
    ['app knows an SDK', 'src/app/x.ts', '@aws-sdk/client-sqs'],
    ['app knows the reader', 'src/app/x.ts', '#read/app.ts'],
    ['an adapter knows the reader', 'src/adapters/aws/x.ts', '#read/app.ts'],
    ['an adapter knows the command line', 'src/adapters/local/x.ts', '#cli/main.ts'],
    ['the AWS adapters know the local ones', 'src/adapters/aws/x.ts', '../local/embedded-table.ts'],
    ['the fetcher knows AWS', 'src/adapters/http/x.ts', '@aws-sdk/client-s3'],
    ['the local adapters publish to SNS', 'src/adapters/local/x.ts', '@aws-sdk/client-sns'],
    ['the reader knows an adapter', 'src/read/x.ts', '#adapters/aws/compose.ts'],
    ['the reader touches files', 'src/read/x.ts', 'node:fs'],
    ['the command line builds stacks', 'src/cli/x.ts', 'aws-cdk-lib'],
    ['a function composes the local store', 'functions/plan/x.ts', '#adapters/local/compose.ts'],
    ['a function uses an SDK', 'functions/plan/x.ts', '@aws-sdk/client-dynamodb'],
    ['a function runs a command', 'functions/plan/x.ts', '#cli/main.ts'],
    ['a stack knows the core', 'lib/x.ts', '#core/config.ts'],
    ['a stack knows the core by path', 'lib/constructs/x.ts', '../../src/core/config.ts'],
    ['a stack runs a use case', 'lib/x.ts', '#app/plan.ts'],
    ['an entry point holds logic', 'bin/x.ts', '#app/plan.ts'],
    ['the configuration pulls something in', 'daybook.config.ts', '#core/reading.ts'],
    ['a file lies outside every ring', 'src/other/x.ts', 'node:fs'],
  ])('catches it when %s', (_, path, specifier) => {
    expect(judged(path, `import { x } from '${specifier}';`)).toEqual([`${path} imports ${specifier}`]);
    expect(judged(path, `await import('${specifier}');`)).toEqual([`${path} imports ${specifier}`]);
  });

  it.each([
    ['src/core/page/x.ts', '../errors.ts'],
    ['src/app/x.ts', '#core/names.ts'],
    ['src/adapters/aws/x.ts', '#app/ports.ts'],
    ['src/read/api/x.ts', '#app/read.ts'],
    ['lib/constructs/x.ts', '#core/names.ts'],
    ['functions/plan/x.ts', '#config'],
  ])('lets %s import %s', (path, specifier) => {
    expect(judged(path, `import { x } from '${specifier}';`)).toEqual([]);
  });

  it('lets types through where only types may pass', () => {
    expect(judged('functions/plan/x.ts', "import type { SQSEvent } from 'aws-lambda';")).toEqual([]);
    expect(judged('functions/plan/x.ts', "import { SQSEvent } from 'aws-lambda';")).toHaveLength(1);
  });

  it('finds a ring of imports, of values and of types', () => {
    const file = (path: string, text: string): Source => ({ path, lines: 1, imports: importsOf(path, text, aliases) });
    const a = file('src/core/a.ts', "import { b } from './b.ts';");
    const b = file('src/core/b.ts', "import { c } from '#core/c.ts';");
    expect(findCycle([a, b, file('src/core/c.ts', "import { a } from './a.ts';")])).toEqual([
      'src/core/a.ts',
      'src/core/b.ts',
      'src/core/c.ts',
      'src/core/a.ts',
    ]);
    const ofTypes = file('src/core/c.ts', "import type { A } from './a.ts';");
    expect(findCycle([a, b, ofTypes])).toEqual(['src/core/a.ts', 'src/core/b.ts', 'src/core/c.ts', 'src/core/a.ts']);
    expect(findCycle([a, b, file('src/core/c.ts', "import type { D } from './d.ts';")])).toBeNull();
  });

  it('finds a folder that is too full', async () => {
    expect(await crowdedFolders(root, ['test/architecture'], 1)).toEqual(['test/architecture (2)']);
  });

  it('finds a file that is too long', async () => {
    expect(await longFiles(root, ['test/architecture'], 5)).not.toEqual([]);
  });
});
