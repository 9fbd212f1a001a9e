import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { LocalStore } from '#adapters/local/compose.ts';
import { addressOf } from '#adapters/local/owner.ts';
import { createReader } from '#app/read/reader.ts';
import { DaybookError } from '#core/errors.ts';
import { createReadApp, type Tokens } from '#read/app.ts';
import { type Exposure, localHostOf, namesOf, THIS_MACHINE } from './exposure.ts';

export interface Served {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** The port is taken, or may not be listened on. */
export class PortError extends DaybookError {}

/** Where the host is at fault, no port helps. */
const NO_HOST = /^(?:EADDRNOTAVAIL|ENOTFOUND|EAI_AGAIN|EINVAL|EAFNOSUPPORT)$/;

const remedyOf = ({ code = '' }: NodeJS.ErrnoException): string =>
  NO_HOST.test(code)
    ? 'give an address of this machine with --host (0.0.0.0: all of them)'
    : 'give another with --port';

export interface Serving {
  /** Where it listens, and by which names it is reached. Default: this machine alone. */
  readonly exposure?: Exposure;
  /** Absent: everybody who reaches it may read. */
  readonly tokens?: Tokens;
  /** Answers requests that are not for the reader; null for all others. */
  readonly control?: (request: Request) => Promise<Response | null>;
}

/** Serves the reader. Port 0 takes any free one. */
export async function serveReader(
  store: Omit<LocalStore, 'close'>,
  port: number,
  { exposure = THIS_MACHINE, tokens, control = async () => null }: Serving = {},
): Promise<Served> {
  const reader = createReader({ ...store, now: () => new Date().toISOString() });
  // The reader answers under its own names only, and those are known when the port is.
  let app: ReturnType<typeof createReadApp> | null = null;
  const server = serve({
    fetch: async (request: Request) =>
      (await control(request)) ?? (await app?.fetch(request)) ?? new Response(null, { status: 503 }),
    hostname: exposure.host,
    port,
  });
  await new Promise<void>((done, failed) => {
    server.once('listening', done);
    server.once('error', (cause: NodeJS.ErrnoException) =>
      failed(
        new PortError(`Port ${port} of ${exposure.host} cannot be used (${cause.code}); ${remedyOf(cause)}`, {
          code: 'port',
          cause,
        }),
      ),
    );
  });
  const bound = (server.address() as AddressInfo).port;
  app = createReadApp(reader, {
    hosts: namesOf(exposure, bound),
    compress: exposure.isOpen,
    ...(tokens === undefined ? {} : { tokens }),
  });
  return {
    url: exposure.publicUrl ?? `${addressOf({ host: localHostOf(exposure), port: bound })}/`,
    port: bound,
    close: () =>
      new Promise((done, failed) => {
        server.close((error) => (error ? failed(error) : done()));
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}
