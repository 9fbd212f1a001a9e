import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { LocalStore } from '#adapters/local/compose.ts';
import { createReader } from '#app/read/reader.ts';
import { DaybookError } from '#core/errors.ts';
import { createReadApp } from '#read/app.ts';

export interface Served {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** The port is taken, or may not be listened on. */
export class PortError extends DaybookError {}

/**
 * Serves the reader on 127.0.0.1, to this machine only. Port 0 takes any free one.
 * @param control answers requests that are not for the reader; null for all others
 */
export async function serveReader(
  store: Omit<LocalStore, 'close'>,
  port: number,
  control: (request: Request) => Promise<Response | null> = async () => null,
): Promise<Served> {
  const reader = createReader({ ...store, now: () => new Date().toISOString() });
  // The reader answers under its own names only, and those are known when the port is.
  let app: ReturnType<typeof createReadApp> | null = null;
  const server = serve({
    fetch: async (request: Request) =>
      (await control(request)) ?? (await app?.fetch(request)) ?? new Response(null, { status: 503 }),
    hostname: '127.0.0.1',
    port,
  });
  await new Promise<void>((done, failed) => {
    server.once('listening', done);
    server.once('error', (cause: NodeJS.ErrnoException) =>
      failed(
        new PortError(`Port ${port} of 127.0.0.1 cannot be used (${cause.code}); give another with --port`, {
          code: 'port',
          cause,
        }),
      ),
    );
  });
  const bound = (server.address() as AddressInfo).port;
  app = createReadApp(reader, { hosts: [`127.0.0.1:${bound}`, `localhost:${bound}`] });
  return {
    url: `http://127.0.0.1:${bound}/`,
    port: bound,
    close: () =>
      new Promise((done, failed) => {
        server.close((error) => (error ? failed(error) : done()));
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}
