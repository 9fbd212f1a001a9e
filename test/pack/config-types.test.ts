import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configDeclarations, typeOf } from '../../scripts/pack/config-types.ts';
import { inFolder } from '../support/cli.ts';

const root = resolve(import.meta.dirname, '../..');

/** What the compiler says of some files: nothing when all types fit. */
function compile(folder: string, ...files: readonly string[]): Promise<string> {
  const flags = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--skipLibCheck', '--target', 'es2023'];
  const modules = ['--module', 'esnext', '--moduleResolution', 'bundler', '--allowImportingTsExtensions'];
  const packages = ['--typeRoots', join(root, 'node_modules/@types'), '--types', 'node'];
  return new Promise((done) => {
    const argv = [...flags, ...modules, ...packages, ...files];
    execFile(join(root, 'node_modules/.bin/tsc'), argv, { cwd: folder }, (_, out) => done(out));
  });
}

describe('the declarations of daybook/config', () => {
  it('accept what the schema accepts, and nothing else', async () => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, 'config.d.ts'), configDeclarations());
      await writeFile(
        join(folder, 'same.ts'),
        `import type { DaybookConfigInput as Published } from './config.d.ts';
import type { DaybookConfigInput as Own } from '${root}/src/core/config.ts';
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : [A, B];
type Deep<T> = T extends readonly (infer E)[] ? Deep<E>[] : T extends object ? { [K in keyof T]: Deep<T[K]> } : T;
export const same: Same<Deep<Published>, Deep<Own>> = true;
`,
      );
      expect(await compile(folder, 'same.ts')).toBe('');
    });
  });

  it('would be found different by that comparison if one field were missing', async () => {
    await inFolder(async (folder) => {
      const without = configDeclarations().replace(/^ *rolling\?.*\n/m, '');
      await writeFile(join(folder, 'config.d.ts'), without);
      await writeFile(
        join(folder, 'use.ts'),
        `import { defineConfig } from './config.d.ts';
export default defineConfig({ pages: [{ id: 'a', url: 'https://example.org/', rolling: true }] });
`,
      );
      expect(await compile(folder, 'use.ts')).toMatch(/error TS2353.*'rolling'/);
    });
  });

  it('name limits and defaults for editors to show', () => {
    expect(configDeclarations()).toContain(
      '    /** From 1 to 60. Default: 15. */\n    planEvery?: number | undefined;\n',
    );
  });
});

describe('the type of a field', () => {
  it.each([
    [{ type: 'integer', minimum: 1 }, 'number'],
    [{ type: 'array', items: { enum: ['a', 'b'] } }, 'Array<"a" | "b">'],
    [{ type: 'object', properties: { at: { type: 'string' } }, required: ['at'] }, '{\n  at: string;\n}'],
  ])('of %j is %s', (schema, type) => {
    expect(typeOf(schema, '')).toBe(type);
  });

  it.each([[{}], [{ type: 'null' }], [{ type: 'array' }]])(
    'of a kind that is not known, %j, ends the build',
    (schema) => {
      expect(() => typeOf(schema, '')).toThrow(/No type is known/);
    },
  );
});
