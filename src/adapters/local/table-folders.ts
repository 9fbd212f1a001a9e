import { access, rename } from 'node:fs/promises';
import { join } from 'node:path';

/*
 * The folders of a data folder's table. A replacement is made in `table.next`, becomes `table.ready` when it is complete,
 * and takes the place of `table` when the folder is opened next; the replaced one is kept as `table.old`. Each step is a
 * rename, so that a process that ends anywhere leaves the old table or the complete new one.
 */
export const tableOf = (folder: string) => join(folder, 'table');
export const nextTableOf = (folder: string) => join(folder, 'table.next');
const readyOf = (folder: string) => join(folder, 'table.ready');

/** Declares the replacement complete. It must be closed. */
export async function completeNextTable(folder: string): Promise<void> {
  await rename(nextTableOf(folder), readyOf(folder));
}

/** Puts a complete replacement, if there is one, in the place of the table. The folder must be locked. */
export async function swapTable(folder: string): Promise<void> {
  if (!(await exists(readyOf(folder)))) return;
  if (await exists(tableOf(folder))) await rename(tableOf(folder), await freeName(join(folder, 'table.old')));
  await rename(readyOf(folder), tableOf(folder));
}

/** Whether the folder holds a table, or one that is ready to become it. */
export async function hasTable(folder: string): Promise<boolean> {
  return (await exists(tableOf(folder))) || exists(readyOf(folder));
}

async function freeName(path: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? path : `${path}-${number}`;
    if (!(await exists(name))) return name;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return false;
    throw error;
  }
}
