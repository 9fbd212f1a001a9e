import { channel } from 'node:diagnostics_channel';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { guardedConnector, systemResolver } from '#adapters/http/connector.ts';
import { asking, failed, fetcherFor, response, site } from './harness.ts';

// Every socket that this process opens as a client is announced here, by Node itself: the proof that none was.
let opened = 0;
const count = (): void => {
  opened += 1;
};
beforeEach(() => {
  opened = 0;
  channel('net.client.socket').subscribe(count);
});
afterEach(() => {
  channel('net.client.socket').unsubscribe(count);
});

/** Numeric spellings of places that no chronicle is at, by what they are. */
const HOSTILE = {
  'IPv4 loopback': ['127.0.0.1', '127.1.2.3', '127.255.255.254'],
  'IPv4 loopback, decimal': ['2130706433'],
  'IPv4 loopback, octal': ['0177.0.0.1', '017700000001', '0177.0.0.01'],
  'IPv4 loopback, hexadecimal': ['0x7f000001', '0x7f.0.0.1', '0x7f.0x0.0x0.0x1', '0X7F.1'],
  'IPv4 loopback, short': ['127.1', '127.0.1'],
  'IPv4 loopback, full-width digits': ['１２７.０.０.１', '127。0。0。1'],
  'IPv4 unspecified': ['0.0.0.0', '0', '0x0', '0.1.2.3'],
  'IPv4 private': [
    '10.0.0.1',
    '10.255.255.255',
    '172.16.0.1',
    '172.31.255.254',
    '192.168.0.1',
    '3232235777',
    '0xc0a80101',
  ],
  'IPv4 link-local and metadata': [
    '169.254.169.254',
    '169.254.170.2',
    '2852039166',
    '0xa9fea9fe',
    '0251.0376.0251.0376',
  ],
  'IPv4 metadata of other clouds': ['168.63.129.16', '100.100.100.200', '192.0.0.192'],
  'IPv4 carrier-grade NAT': ['100.64.0.1', '100.127.255.254'],
  'IPv4 multicast and broadcast': ['224.0.0.1', '239.255.255.250', '255.255.255.255'],
  'IPv4 reserved, benchmarking, documentation': ['240.0.0.1', '198.18.0.1', '192.0.2.1', '198.51.100.1', '203.0.113.1'],
  'IPv6 loopback': ['[::1]', '[0:0:0:0:0:0:0:1]', '[0000::0001]'],
  'IPv6 unspecified': ['[::]'],
  'IPv4-mapped': ['[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[0:0:0:0:0:ffff:a9fe:a9fe]', '[::ffff:10.0.0.1]'],
  'IPv4-compatible': ['[::127.0.0.1]', '[::7f00:1]', '[::a9fe:a9fe]'],
  'IPv4-translated': ['[::ffff:0:127.0.0.1]'],
  NAT64: ['[64:ff9b::127.0.0.1]', '[64:ff9b::a9fe:a9fe]', '[64:ff9b:1::7f00:1]', '[64:ff9b:1:abcd::10.0.0.1]'],
  '6to4': ['[2002:7f00:1::]', '[2002:a9fe:a9fe::1]', '[2002:c0a8:101::1]'],
  Teredo: ['[2001:0:4136:e378:8000:63bf:80ff:fffe]', '[2001::1]'],
  ISATAP: ['[2600:1234::5efe:7f00:1]', '[2600:1234::200:5efe:10.0.0.1]', '[fe80::5efe:192.168.0.1]'],
  'IPv6 link-local': ['[fe80::1]', '[febf::1]'],
  'IPv6 unique local and metadata': ['[fc00::1]', '[fd00:ec2::254]', '[fdff::1]'],
  'IPv6 site-local': ['[fec0::1]'],
  'IPv6 multicast': ['[ff02::1]', '[ff0e::1]'],
  'IPv6 discard, documentation, not assigned': ['[100::1]', '[2001:db8::1]', '[3fff::1]', '[4000::1]', '[5f00::1]'],
} as const;

const forms = Object.entries(HOSTILE).flatMap(([kind, hosts]) => hosts.map((host) => [kind, host] as const));

describe('a hostile address given as the host of a URL', () => {
  it('is tried in more than forty forms', () => {
    expect(new Set(forms.map(([, host]) => host)).size).toBeGreaterThanOrEqual(60);
  });

  it.each(forms)('%s %s: the configuration lists it, and still nothing connects', async (_kind, host) => {
    const server = await site({ '/': 'secret' });
    const fetcher = fetcherFor([server], { allowLoopback: false, allowedHosts: [host], robots: 'ignore' });
    const outcome = failed(await fetcher.fetch(asking(`http://${host}:${server.port}/`)));
    expect(outcome.reason).toBe('forbidden-address');
    expect(outcome.retryable).toBe(false);
    expect([opened, server.connections()]).toEqual([0, 0]);
  });
});

describe('a hostile address handed to the connector itself, past every URL parser', () => {
  it.each([...forms, ['zoned', 'fe80::1%lo'] as const, ['zoned', '::1%lo'] as const])(
    '%s %s: no socket',
    async (_kind, host) => {
      const connect = guardedConnector({ allowLoopback: false, connectTimeoutMs: 1000, resolver: systemResolver });
      const error = await new Promise<Error | null>((resolve) => {
        connect({ hostname: host, host, protocol: 'http:', port: '80' }, (...[problem]) => resolve(problem));
      });
      // A spelling that not even the system's resolver knows is an error as good as any; a socket is not.
      expect(error).toBeInstanceOf(Error);
      expect(opened).toBe(0);
    },
  );
});

describe('a public name', () => {
  const numeric = forms.map(([, host]) => host.replace(/^\[|\]$/g, '')).filter((host) => /^[\d.]+$|:/.test(host));

  it.each(numeric)('whose DNS answers %s is not connected to', async (address) => {
    const server = await site({ '/': 'secret' });
    const options = { allowLoopback: false, allowedHosts: ['news.example'], resolver: async () => [address] };
    const outcome = await fetcherFor([server], options).fetch(asking(`http://news.example:${server.port}/`));
    expect(failed(outcome).reason).toBe('forbidden-address');
    expect([opened, server.connections()]).toEqual([0, 0]);
  });

  it('whose DNS changes between two questions is asked once a connection, and what was checked is what is used', async () => {
    const server = await site({ '/': 'secret' });
    const answers = [['192.0.2.9'], ['127.0.0.1']];
    let asked = 0;
    const resolver = async (): Promise<string[]> => answers[asked++] ?? ['127.0.0.1'];
    const options = { allowLoopback: false, allowedHosts: ['rebind.example'], resolver, robots: 'ignore' } as const;
    const fetcher = fetcherFor([server], options);
    for (const _try of answers) {
      expect(failed(await fetcher.fetch(asking(`http://rebind.example:${server.port}/`))).reason).toBe(
        'forbidden-address',
      );
    }
    expect(asked).toBe(2);
    expect([opened, server.connections()]).toEqual([0, 0]);
  });

  it('is connected to by the checked number, never by a second resolution of the name', async () => {
    const server = await site({ '/': 'public' });
    let asked = 0;
    const resolver = async (): Promise<string[]> => {
      asked += 1;
      return asked === 1 ? ['127.0.0.1'] : ['10.0.0.1'];
    };
    const options = { allowedHosts: ['news.example'], resolver, robots: 'ignore' } as const;
    const answer = response(await fetcherFor([server], options).fetch(asking(`http://news.example:${server.port}/`)));
    expect([answer.remoteAddress, asked]).toEqual(['127.0.0.1', 1]);
    expect(server.requests[0]?.headers.host).toBe(`news.example:${server.port}`);
  });

  it('with good and hostile addresses is reached by the good ones only', async () => {
    const server = await site({ '/': 'public' });
    const resolver = async (): Promise<string[]> => ['169.254.169.254', '10.0.0.1', '::ffff:127.0.0.1', 'fd00::1'];
    const options = { allowedHosts: ['news.example'], resolver, robots: 'ignore' } as const;
    const answer = response(await fetcherFor([server], options).fetch(asking(`http://news.example:${server.port}/`)));
    expect(answer.remoteAddress).toBe('127.0.0.1');
    expect(opened).toBe(1);
  });

  it.each([
    ['no address', [], 'dns'],
    ['something that is no address', ['localhost'], 'forbidden-address'],
  ])('whose DNS answers %s is a failure', async (_name, answers, reason) => {
    const server = await site({});
    const options = { allowedHosts: ['news.example'], resolver: async () => answers };
    const outcome = failed(await fetcherFor([server], options).fetch(asking(`http://news.example:${server.port}/`)));
    expect(outcome.reason).toBe(reason);
  });

  it('whose DNS never answers is given up in time', async () => {
    const server = await site({});
    const resolver = (): Promise<string[]> => new Promise(() => {});
    const options = { allowedHosts: ['news.example'], resolver, connectTimeoutMs: 30 };
    const outcome = failed(await fetcherFor([server], options).fetch(asking(`http://news.example:${server.port}/`)));
    expect([outcome.reason, outcome.retryable]).toEqual(['connect', true]);
  });

  it('that does not exist is a DNS failure, to be tried again', async () => {
    const server = await site({});
    const options = { allowedHosts: ['does-not-exist.invalid'] };
    const outcome = failed(
      await fetcherFor([server], options).fetch(asking(`http://does-not-exist.invalid:${server.port}/`)),
    );
    expect([outcome.reason, outcome.retryable]).toEqual(['dns', true]);
  });
});

describe('a redirect', () => {
  // The first hop is loopback, as the local mode allows; loopback itself is therefore the one place it may lead to.
  const elsewhere = forms.filter(
    ([, host]) => !/^127\.|^\[::1\]$|^\[::ffff:7f/.test(new URL(`http://${host}/`).hostname),
  );

  it.each(elsewhere)('to %s %s is not followed, even to a listed host', async (_kind, host) => {
    const server = await site({ '/': { status: 302, headers: { location: `http://${host}:1/` } } });
    const resolver = async (): Promise<string[]> => ['127.0.0.1'];
    const options = { allowedHosts: ['news.example', host], allowedPorts: [server.port, 1], resolver };
    const outcome = failed(await fetcherFor([server], options).fetch(asking(`http://news.example:${server.port}/`)));
    expect(outcome.reason).toBe('forbidden-address');
    // robots.txt of the first host and its page; nothing of the second.
    expect(opened).toBe(2);
  });
});

describe('loopback', () => {
  it('is reached in local mode, and only loopback is', async () => {
    const server = await site({ '/': 'local' });
    const fetcher = fetcherFor([server], { allowedHosts: ['127.0.0.1', '10.0.0.1'] });
    expect(response(await fetcher.fetch(asking(server.url('/')))).status).toBe(200);
    const other = failed(await fetcher.fetch(asking(`http://10.0.0.1:${server.port}/`)));
    expect(other.reason).toBe('forbidden-address');
  });

  it('that refuses the connection is a failure to be tried again', async () => {
    const server = await site({});
    await server.close();
    const outcome = failed(await fetcherFor([server]).fetch(asking(server.url('/'))));
    expect([outcome.reason, outcome.retryable]).toEqual(['connect', true]);
  });
});
