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
  return {
    async request(path) {
      const answer = await app.request(path);
      // The permanent address of a revision: it leads nowhere else.
      const address = answer.status === 302 ? answer.headers.get('Location') : null;
      return address === null ? answer : app.request(address);
    },
    close: () => store.close(),
  };
}
