import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DemoStep } from './chronicle.ts';

/** A server on loopback that shows one step of the chronicle at a time. */
export interface DemoSite {
  readonly url: string;
  show(step: DemoStep): void;
  close(): Promise<void>;
}

export async function openDemoSite(): Promise<DemoSite> {
  let shown: DemoStep | null = null;
  const server = createServer((request, response) => {
    if (shown === null || request.url !== PATH) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not found\n');
      return;
    }
    response.writeHead(shown.status, { 'content-type': 'text/html; charset=utf-8', ...shown.headers }).end(shown.html);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${PATH}`,
    show(step) {
      shown = step;
    },
    close: () =>
      new Promise((done, failed) => {
        server.close((error) => (error ? failed(error) : done()));
        server.closeAllConnections();
      }),
  };
}

const PATH = '/straits/orrin-2024-03.htm';
