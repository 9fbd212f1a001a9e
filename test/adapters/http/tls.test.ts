import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { FetcherOptions } from '#adapters/http/fetcher.ts';
import type { FetchOutcome } from '#app/fetch/page-fetcher.ts';
import { asking, failed, fetcherFor, response, site, text } from './harness.ts';

const pem = (name: string): string => readFileSync(new URL(`./certs/${name}.pem`, import.meta.url), 'utf8');
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Fetches `https://host:port/` from a TLS server on loopback that shows the given certificate. */
async function fetchOverTls(
  cert: string,
  host: string,
  options: Partial<FetcherOptions>,
): Promise<[FetchOutcome, number]> {
  let requests = 0;
  const server = createServer({ cert: pem(cert), key: pem('key') }, (request, answer) => {
    requests += 1;
    answer.writeHead(request.url === '/robots.txt' ? 404 : 200).end('over TLS');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  const { port } = server.address() as AddressInfo;
  const fetcher = fetcherFor([], {
    allowedHosts: [host],
    allowedPorts: [port],
    resolver: async () => ['127.0.0.1'],
    ...options,
  });
  return [await fetcher.fetch(asking(`https://${host}:${port}/`)), requests];
}

describe('TLS', () => {
  it('reads a page whose certificate is for its host and from a trusted authority', async () => {
    const [outcome] = await fetchOverTls('good', 'tls.daybook.test', { ca: pem('ca') });
    expect(text(outcome)).toBe('over TLS');
    expect(response(outcome).remoteAddress).toBe('127.0.0.1');
  });

  it('verifies an IP address against the certificate too', async () => {
    const [outcome] = await fetchOverTls('good', '127.0.0.1', { ca: pem('ca') });
    expect(text(outcome)).toBe('over TLS');
  });

  it.each([
    ['an authority that nobody trusts', 'good', 'tls.daybook.test', {}],
    ['a certificate for another host', 'good', 'other.daybook.test', { ca: pem('ca') }],
    ['a certificate for another address', 'good', '127.0.0.2', { ca: pem('ca'), resolver: async () => ['127.0.0.2'] }],
    ['a certificate that has ended', 'expired', 'tls.daybook.test', { ca: pem('ca') }],
  ])('sends no request to %s', async (_name, cert, host, options) => {
    const [outcome, requests] = await fetchOverTls(cert, host, options);
    expect(['tls', 'connect']).toContain(failed(outcome).reason);
    expect(failed(outcome).retryable).toBe(true);
    expect(requests).toBe(0);
  });

  it('is verified even if the environment turns it off', async () => {
    const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    try {
      const [outcome, requests] = await fetchOverTls('good', 'tls.daybook.test', {});
      expect([failed(outcome).reason, requests]).toEqual(['tls', 0]);
    } finally {
      if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
      else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before;
    }
  });

  it('is not spoken with a server that speaks plain HTTP', async () => {
    const server = await site({ '/': 'plain' });
    const outcome = failed(await fetcherFor([server]).fetch(asking(`https://127.0.0.1:${server.port}/`)));
    expect(outcome.reason).toBe('tls');
    expect(server.requests).toEqual([]);
  });
});
