import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/**
 * A Node of another major version, from npm's `node` package: installed once into the folder for temporary files.
 *
 * @param root where installations are kept
 * @returns the path of its program, or a sentence that says why there is none
 */
export async function nodeOf(
  major: number,
  root: string = join(tmpdir(), `daybook-nodes-${process.getuid?.() ?? 'all'}`),
): Promise<{ program: string } | { missing: string }> {
  const folder = join(root, String(major));
  const program = join(folder, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  try {
    if (!existsSync(program)) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      await promisify(execFile)('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', `node@${major}`], {
        timeout: 120_000,
      });
    }
    const { stdout } = await promisify(execFile)(program, ['--version'], { timeout: 30_000 });
    if (stdout.startsWith(`v${major}.`)) return { program };
    return { missing: `Node ${major}: ${program} says ${stdout.trim()}` };
  } catch (error) {
    const lines = String(error instanceof Error ? error.message : error).split('\n');
    const why = lines.find((line) => /npm error (code|errno)/.test(line)) ?? lines[0];
    return { missing: `Node ${major} cannot be had from npm (${why})` };
  }
}
