import { once } from 'node:events';
import { resolve } from 'node:path';
import { openLocalStore } from '#adapters/local/compose.ts';
import { addressOf, claim, findOwner, release } from '#adapters/local/owner.ts';
import { hasTable } from '#adapters/local/table-folders.ts';
import { DaybookError, UsageError } from '#core/errors.ts';
import { EXIT } from '../../failure.ts';
import { createOutput } from '../../output.ts';
import { madeLine, NO_ACCESS, openAccess } from '../../serving/access.ts';
import { exposureOf, localHostOf } from '../../serving/exposure.ts';
import { serveReader } from '../../serving/serve.ts';

export interface ServeOptions {
  readonly data: string;
  readonly port: number;
  readonly host?: string;
  readonly publicUrl?: string;
  /** Opens a reader that others may reach; without one it is made. */
  readonly token?: string;
  readonly json?: boolean;
}

/** Another process uses the data folder. */
class OwnedError extends DaybookError {}

/** Serves the reader of a data folder and tracks nothing, until a signal ends it. */
export async function serve(options: ServeOptions): Promise<number> {
  const output = createOutput(options);
  const exposure = exposureOf(options);
  const folder = resolve(options.data);
  const owner = await findOwner(folder);
  if (owner !== null) {
    throw new OwnedError(`Process ${owner.pid} already serves ${folder} at ${addressOf(owner)}/: end it first`, {
      code: 'owned',
    });
  }
  if (!(await hasTable(folder))) {
    throw new UsageError(
      `There is no history in ${folder} yet: "daybook up <url>" starts one, or name another --data`,
      {
        code: 'no-history',
      },
    );
  }
  const ended = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  const store = await openLocalStore(folder);
  try {
    const access = exposure.isOpen ? await openAccess(folder, options.token, null) : NO_ACCESS;
    const served = await serveReader(store, options.port, { exposure, ...access.serving });
    try {
      // Without a secret: this process takes no edits.
      await claim(folder, { pid: process.pid, port: served.port, host: localHostOf(exposure) });
      if (output.json) output.value({ reader: served.url, data: folder, ...access.made });
      else {
        output.line(`Reader: ${served.url}  (history in ${folder}, which is not tracked now; Ctrl-C ends)`);
        if (access.made !== null) output.line(madeLine(access.made.token, folder));
      }
      await ended;
    } finally {
      await served.close();
    }
  } finally {
    await release(folder);
    await store.close();
  }
  return EXIT.ok;
}
