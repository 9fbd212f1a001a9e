import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';

/** One request as it arrived. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** A real server on 127.0.0.1 with a port of its own. */
export interface LoopbackServer {
  readonly host: string;
  readonly port: number;
  /** `http://127.0.0.1:port`. */
  readonly origin: string;
  /** Everything that was asked, in order. */
  readonly requests: readonly SeenRequest[];
  /** The paths that were asked, in order, robots.txt left out. */
  paths(): string[];
  /** TCP connections accepted so far. */
  connections(): number;
  url(path: string): string;
  /** Ends every connection and waits until the port is free. */
  close(): Promise<void>;
}

/** What a route answers: a body with status 200, or all of it, or a listener that does as it likes. */
export type Route =
  | string
  | Uint8Array
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: string | Uint8Array }
  | ((request: IncomingMessage, response: ServerResponse) => void);

/**
 * Serves routes by path (query included first, then without). An unknown path is 404, so a site has no robots.txt
 * unless it is given one. HTML is the assumed content type.
 */
export function serve(routes: Readonly<Record<string, Route>>, host = '127.0.0.1'): Promise<LoopbackServer> {
  return listen(host, (request, response) => {
    const url = request.url ?? '/';
    const route = routes[url] ?? routes[url.split('?')[0] ?? url] ?? { status: 404, body: 'no such page' };
    answer(route, request, response);
  });
}

/** Serves whatever the listener answers. */
export function listen(host: string, listener: RequestListener): Promise<LoopbackServer> {
  const requests: SeenRequest[] = [];
  const server = createServer((request, response) => {
    requests.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers });
    listener(request, response);
  });
  return started(server, host, requests);
}

/** A TCP server that speaks as it likes: for answers that no HTTP server would give. */
export function serveRaw(
  onRequest: (socket: Socket, head: string) => void,
  host = '127.0.0.1',
): Promise<LoopbackServer> {
  const requests: SeenRequest[] = [];
  const server = createTcpServer((socket) => {
    socket.on('error', () => {});
    let head = '';
    const read = (chunk: Buffer): void => {
      head += chunk.toString('latin1');
      if (!head.includes('\r\n\r\n')) return;
      socket.off('data', read);
      socket.resume();
      const [method = '', url = ''] = head.split(' ');
      requests.push({ method, url, headers: {} });
      if (url === '/robots.txt') socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      else onRequest(socket, head);
    };
    socket.on('data', read);
  });
  return started(server, host, requests);
}

async function started(server: Server, host: string, requests: SeenRequest[]): Promise<LoopbackServer> {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const origin = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  return {
    host,
    port,
    origin,
    requests,
    paths: () => requests.map((request) => request.url).filter((url) => url !== '/robots.txt'),
    connections: () => connections,
    url: (path) => `${origin}${path}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function answer(route: Route, request: IncomingMessage, response: ServerResponse): void {
  if (typeof route === 'function') {
    route(request, response);
    return;
  }
  const {
    status = 200,
    headers = {},
    body = '',
  } = typeof route === 'string' || route instanceof Uint8Array ? { body: route } : route;
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers });
  response.end(body);
}
