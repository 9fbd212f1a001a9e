import { cp, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * The files and folders that `.containerignore` lets into a container: everything is left out, then some are let in.
 * @throws Error for a line of another kind, which this function would read in another way than the engines of containers.
 */
export function letIn(ignore: string): string[] {
  const lines = ignore.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  if (lines[0] !== '*') throw new Error('.containerignore must begin with "*": what is not named stays out');
  return lines.slice(1).map((line) => {
    const path = /^!([\w.][\w./-]*)$/.exec(line)?.[1];
    if (path === undefined) throw new Error(`.containerignore: "${line}" is not "!" and the path of a file or folder`);
    return path;
  });
}

/** Copies what a container is built of. */
export async function copyContext(root: string, target: string): Promise<void> {
  for (const path of letIn(await readFile(join(root, '.containerignore'), 'utf8'))) {
    await mkdir(dirname(join(target, path)), { recursive: true });
    await cp(join(root, path), join(target, path), { recursive: true });
  }
}
