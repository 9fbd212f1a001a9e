import type { Transform } from 'node:stream';
import { constants, createBrotliCompress, createGzip } from 'node:zlib';
import { createFetcher } from '../../src/adapters/http/fetcher.ts';
import { type LoopbackServer, serve, serveRaw } from '../../test/support/loopback.ts';

const MIB = 1024 * 1024;

/** `size` bytes of nothing, compressed: about a thousandth of that. */
async function zeros(size: number, coder: Transform): Promise<Buffer> {
  const chunks: Buffer[] = [];
  coder.on('data', (chunk: Buffer) => chunks.push(chunk));
  const done = new Promise((resolve) => coder.once('end', resolve));
  const block = Buffer.alloc(MIB);
  for (let sent = 0; sent < size; sent += MIB) {
    if (!coder.write(block)) await new Promise((resolve) => coder.once('drain', resolve));
  }
  coder.end();
  await done;
  return Buffer.concat(chunks);
}

/** Fetches what is made to exhaust a fetcher: how each ends, after how long, and what it cost at most. */
export async function benchBombs(): Promise<Record<string, string | number>[]> {
  const gzip = await zeros(1024 * MIB, createGzip({ level: 9 }));
  const brotli = await zeros(1024 * MIB, createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }));
  const html = 'text/html';
  const bombs = await serve({
    '/gzip': { headers: { 'content-type': html, 'content-encoding': 'gzip' }, body: gzip },
    '/brotli': { headers: { 'content-type': html, 'content-encoding': 'br' }, body: brotli },
  });
  const block = Buffer.alloc(64 * 1024, 'a');
  const endlessBody = await serveRaw((socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n');
    pour(() => socket.write(block), socket);
  });
  const endlessHeader = await serveRaw((socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    pour(() => socket.write(`X-Filler: ${'v'.repeat(1000)}\r\n`), socket);
  });
  const trickle = await serveRaw((socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n');
    const drip = setInterval(() => socket.write('x'), 100);
    socket.on('close', () => clearInterval(drip));
  });
  const cases: [string, LoopbackServer, string][] = [
    [`gzip, 1 GiB from ${(gzip.length / MIB).toFixed(2)} MiB`, bombs, '/gzip'],
    [`brotli, 1 GiB from ${(brotli.length / 1024).toFixed(1)} KiB`, bombs, '/brotli'],
    ['body without end', endlessBody, '/'],
    ['header without end', endlessHeader, '/'],
    ['a byte every 100 ms, clock of 2 s', trickle, '/'],
  ];
  const rows: Record<string, string | number>[] = [];
  for (const [name, server, path] of cases) {
    const fetcher = createFetcher({
      allowedHosts: ['127.0.0.1'],
      allowLoopback: true,
      allowedPorts: [server.port],
      userAgent: 'daybook-bench/1',
      minGapMs: 0,
      totalTimeoutMs: 2000,
    });
    const before = process.memoryUsage().rss;
    let most = before;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss);
    }, 1);
    const startedAt = performance.now();
    const outcome = await fetcher.fetch({ url: server.url(path), etag: null, lastModified: null, full: false });
    clearInterval(watch);
    rows.push({
      case: name,
      ended: outcome.kind === 'failure' ? outcome.reason : outcome.kind,
      ms: Math.round(performance.now() - startedAt),
      'MiB more': Math.round((most - before) / MIB),
    });
    await fetcher.close();
  }
  for (const server of [bombs, endlessBody, endlessHeader, trickle]) await server.close();
  return rows;
}

function pour(
  write: () => boolean,
  socket: { readonly destroyed: boolean; on(name: 'drain', go: () => void): unknown },
): void {
  const go = (): void => {
    while (!socket.destroyed && write());
  };
  socket.on('drain', go);
  go();
}
