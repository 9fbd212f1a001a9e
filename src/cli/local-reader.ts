import { openLocalStore } from '#adapters/local/compose.ts';
import { hasTable } from '#adapters/local/table-folders.ts';
import { createReader } from '#app/read/reader.ts';
import { UsageError } from '#core/errors.ts';
import { createReadApp } from '#read/app.ts';

/** The read app over a data folder that no other process has. */
export async function openReader(
  folder: string,
  patience: number,
): Promise<{ request(path: string): Promise<Response>; close(): Promise<void> }> {
  if (!(await hasTable(folder))) {
    throw new UsageError(
      `There is no history in ${folder} yet: "daybook up <url>" starts one, or name another folder with --data`,
      {
        code: 'no-history',
      },
    );
  }
  const store = await openLocalStore(folder, patience);
  const reader = createReader({ ...store, now: () => new Date().toISOString() });
  const app = createReadApp(reader);
  return { request: async (path) => app.request(path), close: () => store.close() };
}
