import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { licencesText, packageFoldersOf, readPackage } from '../../scripts/pack/licences.ts';
import { inFolder } from '../support/cli.ts';

describe('the packages of a bundle', () => {
  it('are found in the paths of its inputs, each once, scoped and nested ones too', () => {
    const inputs = [
      'src/core/names.ts',
      'node_modules/zod/v4/index.js',
      'node_modules/zod/v4/core.js',
      '../elsewhere/node_modules/@aws-sdk/client-s3/dist/index.js',
      'node_modules/outer/node_modules/inner/main.js',
    ];
    expect(packageFoldersOf(inputs)).toEqual([
      '../elsewhere/node_modules/@aws-sdk/client-s3',
      'node_modules/outer/node_modules/inner',
      'node_modules/zod',
    ]);
  });
});

describe('the licence of a package', () => {
  const withPackage = (manifest: object, files: Readonly<Record<string, string>>) =>
    inFolder(async (folder) => {
      await mkdir(join(folder, 'src'));
      await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
      for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
      return readPackage(folder);
    });

  it('comes with the texts of licence and notice, and of no other file', async () => {
    const manifest = { name: 'small', version: '1.2.3', license: 'MIT' };
    const files = { 'LICENSE.md': 'MIT, by A.\n', NOTICE: 'Made by A.', 'readme.md': 'Reads.' };
    expect(await withPackage(manifest, files)).toEqual({
      name: 'small',
      version: '1.2.3',
      licence: 'MIT',
      texts: ['MIT, by A.', 'Made by A.'],
    });
  });

  it('must be named: code without one is not handed on', async () => {
    await expect(withPackage({ name: 'bare', version: '1.0.0' }, {})).rejects.toThrow(/names no licence/);
  });
});

describe('the text of all licences', () => {
  const text = licencesText([
    { name: 'a', version: '1.0.0', licence: 'MIT', texts: ['Copyright A'] },
    { name: 'b', version: '2.0.0', licence: 'MIT', texts: ['Copyright A'] },
    { name: 'c', version: '3.0.0', licence: 'ISC', texts: [] },
  ]);

  it('prints a shared text once, under all names', () => {
    expect(text).toContain('a 1.0.0 (MIT)\nb 2.0.0 (MIT)\n\nCopyright A\n');
    expect(text.match(/Copyright A/g)).toHaveLength(1);
  });

  it('names the licence of a package that brings no text', () => {
    expect(text).toContain('c 3.0.0 (ISC)\n\n(The package has no file of its licence, ISC.)');
  });
});
