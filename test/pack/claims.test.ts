import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { CLAIMS } from '../../scripts/pack/claims.ts';
import { firstLine, run, start } from '../../scripts/pack/command.ts';
import { filesOf, installInto, sizeOf, strangers } from '../../scripts/pack/install.ts';
import { inFolder } from '../support/cli.ts';

/** Installs a package whose command is the given program, as the real one is installed. */
async function withInstalled<T>(program: string, work: (at: { folder: string; node: string }) => Promise<T>) {
  return inFolder(async (folder) => {
    const source = join(folder, 'source/package');
    await mkdir(join(source, 'dist'), { recursive: true });
    const manifest = { name: 'daybook', type: 'module', dependencies: { 'classic-level': '*' } };
    await writeFile(join(source, 'package.json'), JSON.stringify(manifest));
    await writeFile(join(source, 'dist/daybook.js'), `#!/usr/bin/env node\n${program}`);
    await chmod(join(source, 'dist/daybook.js'), 0o755);
    await promisify(execFile)('tar', ['-czf', join(folder, 'it.tgz'), '-C', join(folder, 'source'), 'package']);
    const place = join(folder, 'place');
    await installInto(place, join(folder, 'it.tgz'));
    return work({ folder: place, node: process.execPath });
  });
}

const failureOf = (check: Promise<void>) =>
  check.then(
    () => null,
    (error: Error) => error.message,
  );

describe('the claims about an installed package', () => {
  it('all fail for a command that does nothing', async () => {
    await withInstalled('', async (at) => {
      for (const { name, check } of CLAIMS) expect(await failureOf(check(at)), name).not.toBeNull();
    });
  });

  it('fail when a chunk of the command is not in the package, and name it', async () => {
    await withInstalled("import './chunks/lost.js';", async (at) => {
      expect(await failureOf(CLAIMS[1]?.check(at) ?? Promise.resolve())).toMatch(/ended with 1: .*lost\.js/s);
    });
  });
});

describe('an installation', () => {
  it('holds what the package needs, also what its packages need, and no package else', async () => {
    const need = "import { ClassicLevel } from 'classic-level';\nconsole.log(typeof ClassicLevel);";
    await withInstalled(need, async (at) => {
      expect(await run(at, [])).toEqual({ code: 0, out: 'function\n', err: '' });
    });
    await withInstalled("import 'zod';", async (at) => {
      expect((await run(at, [])).err).toMatch(/Cannot find package 'zod'/);
    });
  });

  it('runs without the settings of the shell that checks it', async () => {
    process.env.DAYBOOK_DATA = '/nowhere';
    try {
      const ran = await withInstalled('console.log(Object.keys(process.env).sort().join());', (at) => run(at, []));
      expect(ran.out).toBe('HOME,NO_COLOR,PATH\n');
    } finally {
      delete process.env.DAYBOOK_DATA;
    }
  });

  it('gives the first line of a command that goes on, and the complaint of one that ends before', async () => {
    await withInstalled("console.log('{}');\nsetInterval(() => {}, 1000);", async (at) => {
      const child = start(at, []);
      expect(await firstLine(child)).toBe('{}');
      child.kill('SIGKILL');
    });
    await withInstalled("console.error('no');\nprocess.exitCode = 3;", async (at) => {
      await expect(firstLine(start(at, []))).rejects.toThrow('it ended with 3 before it wrote a line: no');
    });
  });

  it('is measured in files and bytes', async () => {
    await inFolder(async (folder) => {
      await mkdir(join(folder, 'b'));
      await writeFile(join(folder, 'a'), '12345');
      await writeFile(join(folder, 'b/c'), '123');
      expect(await filesOf(folder)).toEqual(['a', 'b/c']);
      expect(await sizeOf(folder)).toBe(8);
    });
  });
});

describe('a package', () => {
  it('may hold the command, documents and the unit', () => {
    const files = ['package.json', 'LICENSE', 'dist/daybook.js', 'dist/chunks/up-ABC.js', 'docs/decisions/0001-a.md'];
    expect(strangers([...files, 'dist/config.d.ts', 'deploy/daybook.service'])).toEqual([]);
  });

  it.each([
    'src/core/names.ts',
    'dist/daybook.js.map',
    'test/a.test.ts',
    '.env',
    'docs/notes.txt',
    'package-lock.json',
  ])('may not hold %s', (file) => {
    expect(strangers([file])).toEqual([file]);
  });

  it('cannot be published by mistake, and installs no more than its bundles leave out', async () => {
    const manifest = JSON.parse(await readFile('package.json', 'utf8')) as Record<string, unknown>;
    expect(manifest.private).toBe(true);
    expect(Object.keys(manifest.dependencies as object)).toEqual(['classic-level', 'jiti']);
  });
});
