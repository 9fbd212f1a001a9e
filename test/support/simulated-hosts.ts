import { createHash } from 'node:crypto';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { VirtualClock } from './virtual-clock.ts';

/** What a host was seen to go through. Times are simulated milliseconds. */
export interface HostRecord {
  readonly address: string;
  requests: number;
  notModified: number;
  refused: number;
  /** Requests at the same time, at most. */
  most: number;
  present: number;
  endedAt: number | null;
  /** Shortest time between the end of one request and the start of the next. */
  shortestGap: number;
}

export interface SimulatedHosts {
  readonly records: readonly HostRecord[];
  readonly port: number;
  url(host: number, page: number): string;
  close(): Promise<void>;
}

const HOUR = 3_600_000;

/**
 * Real servers on addresses of the loopback network, one port for all. A page is a chronicle that grows: some by a
 * paragraph in an hour or so, most seldom, many never. Hosts differ: quick and slow ones, with validators and without,
 * and one in ten turns a request in twenty away with 503 and `Retry-After`.
 */
export async function startHosts(count: number, clock: VirtualClock): Promise<SimulatedHosts> {
  const records: HostRecord[] = [];
  const servers: Server[] = [];
  let port = 0;
  for (let host = 0; host < count; host += 1) {
    const address = `127.0.${1 + Math.floor(host / 250)}.${1 + (host % 250)}`;
    const record = {
      address,
      requests: 0,
      notModified: 0,
      refused: 0,
      most: 0,
      present: 0,
      endedAt: null,
      shortestGap: Infinity,
    };
    const latency = host % 10 === 7 ? 12_000 : 150 + (host % 5) * 180;
    const server = createServer((request, response) => {
      void (async () => {
        arrive(record, clock.now());
        // The other end works for this host too: it sleeps while the host thinks.
        await clock.sleep(latency, address);
        leave(record, clock.now());
        answer(host, record, clock, request.url ?? '/', request.headers['if-none-match'], response);
      })();
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, address, resolve);
    });
    port = (server.address() as AddressInfo).port;
    records.push(record);
    servers.push(server);
  }
  return {
    records,
    port,
    url: (host, page) => `http://${records[host]?.address}:${port}/page-${page}.htm`,
    async close() {
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((done) => server.close(done));
      }
    },
  };
}

function arrive(record: HostRecord, now: number): void {
  record.requests += 1;
  record.present += 1;
  record.most = Math.max(record.most, record.present);
  if (record.endedAt !== null) record.shortestGap = Math.min(record.shortestGap, now - record.endedAt);
}

function leave(record: HostRecord, now: number): void {
  record.present -= 1;
  record.endedAt = now;
}

function answer(
  host: number,
  record: HostRecord,
  clock: VirtualClock,
  path: string,
  known: string | undefined,
  response: ServerResponse,
): void {
  const page = /^\/page-(\d+)\.htm$/.exec(path)?.[1];
  if (page === undefined) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('nothing here');
    return;
  }
  if (host % 10 === 3 && record.requests % 20 === 0) {
    record.refused += 1;
    response.writeHead(503, { 'retry-after': '120', 'content-type': 'text/html' }).end('<h1>Service Unavailable</h1>');
    return;
  }
  const body = pageAt(Number(page), clock.now());
  const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`;
  const validates = host % 4 !== 1;
  if (validates && known === etag) {
    record.notModified += 1;
    response.writeHead(304, { etag }).end();
    return;
  }
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...(validates ? { etag } : {}) }).end(body);
}

/** Hours between two additions to a page: one in ten is written all day, three in ten seldom, the others rest. */
export function hoursBetween(page: number): number {
  if (page % 10 === 0) return 1 + (page % 3);
  return page % 10 < 4 ? 9 : Number.POSITIVE_INFINITY;
}

function pageAt(page: number, now: number): string {
  const added = Math.floor(now / (hoursBetween(page) * HOUR)) - Math.floor(START / (hoursBetween(page) * HOUR));
  const paragraphs = Array.from({ length: 4 + (Number.isFinite(added) ? added : 0) }, (_, at) => {
    const day = String(1 + (at % 28)).padStart(2, '0');
    return `<p>On ${day} January 2022 office ${page} of the harbour counted ${at * 31 + page} ships that came in and ${at * 7 + 3} that left for the islands.</p>`;
  });
  return `<!doctype html><html><head><title>Harbour ${page} - January 2022</title></head><body><article><h1>Harbour ${page}</h1>${paragraphs.join('\n')}</article></body></html>`;
}

/** The instant at which simulations begin. */
export const START = Date.parse('2022-01-12T00:00:00.000Z');
