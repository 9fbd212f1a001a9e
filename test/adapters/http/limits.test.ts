import { brotliCompressSync, createGzip, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { asking, failed, fetcherFor, listening, rawSite, response, site, text } from './harness.ts';

const PAGE =
  '<html><body><p>12 January 2022: a paragraph that is long enough to be worth compressing.</p></body></html>';
const CAP = 1024 * 1024;

describe('content codings', () => {
  const codings = {
    gzip: gzipSync(PAGE),
    'x-gzip': gzipSync(PAGE),
    br: brotliCompressSync(PAGE),
    deflate: deflateSync(PAGE),
    identity: Buffer.from(PAGE),
  };
  for (const [coding, body] of Object.entries(codings)) {
    it(`undoes ${coding}`, async () => {
      const server = await site({ '/p': { headers: { 'content-encoding': coding }, body } });
      expect(text(await fetcherFor([server]).fetch(asking(server.url('/p'))))).toBe(PAGE);
    });
  }

  it('undoes deflate that was sent without its zlib wrapper', async () => {
    const server = await site({ '/p': { headers: { 'content-encoding': 'deflate' }, body: deflateRawSync(PAGE) } });
    expect(text(await fetcherFor([server]).fetch(asking(server.url('/p'))))).toBe(PAGE);
  });

  it('undoes several codings in the reverse of their order', async () => {
    const body = brotliCompressSync(gzipSync(PAGE));
    const server = await site({ '/p': { headers: { 'content-encoding': 'gzip, br' }, body } });
    expect(text(await fetcherFor([server]).fetch(asking(server.url('/p'))))).toBe(PAGE);
  });

  it('reads an empty body as empty with any coding in its header', async () => {
    const server = await site({ '/p': { status: 403, headers: { 'content-encoding': 'gzip' } } });
    const answer = response(await fetcherFor([server]).fetch(asking(server.url('/p'))));
    expect([answer.status, answer.body.length]).toEqual([403, 0]);
  });

  it.each([
    ['zstd', 'encoding', /zstd/],
    ['gzip, gzip, gzip, gzip', 'encoding', /at most 3/],
    ['gzip', 'encoding', /does not match/],
  ])('refuses a body that is not in its coding %s', async (coding, reason, message) => {
    const server = await site({ '/p': { headers: { 'content-encoding': coding }, body: PAGE } });
    const failure = failed(await fetcherFor([server]).fetch(asking(server.url('/p'))));
    expect(failure.reason).toBe(reason);
    expect(failure.message).toMatch(message);
  });

  it('reports a compressed body that ends early as truncated', async () => {
    const body = gzipSync(PAGE.repeat(50)).subarray(0, -12);
    const server = await site({ '/p': { headers: { 'content-encoding': 'gzip' }, body } });
    const failure = failed(await fetcherFor([server]).fetch(asking(server.url('/p'))));
    expect([failure.reason, failure.retryable]).toEqual(['truncated', true]);
  });
});

describe('the limit of bytes', () => {
  it('accepts a body of exactly the limit and refuses one byte more', async () => {
    const server = await site({ '/cap': 'x'.repeat(CAP), '/over': 'x'.repeat(CAP + 1) });
    const fetcher = fetcherFor([server], { maxBytes: CAP });
    expect(response(await fetcher.fetch(asking(server.url('/cap')))).body.length).toBe(CAP);
    expect(failed(await fetcher.fetch(asking(server.url('/over')))).reason).toBe('too-large');
  });

  it('stops a decompression bomb at the limit', async () => {
    const zeros = Buffer.alloc(CAP);
    let produced = 0;
    const server = await listening((request, answer) => {
      if (request.url === '/robots.txt') return answer.writeHead(404).end();
      answer.writeHead(200, { 'content-encoding': 'gzip' });
      const gzip = createGzip();
      gzip.pipe(answer);
      answer.on('close', () => gzip.destroy());
      const pour = (): void => {
        // 1 GiB, if anyone reads on.
        while (produced < 1024 * CAP && !gzip.destroyed) {
          produced += CAP;
          if (!gzip.write(zeros)) return void gzip.once('drain', pour);
        }
        gzip.end();
      };
      pour();
    });
    const failure = failed(await fetcherFor([server], { maxBytes: CAP }).fetch(asking(server.url('/bomb'))));
    expect(failure.reason).toBe('too-large');
    expect(failure.retryable).toBe(false);
    expect(produced).toBeLessThan(256 * CAP);
  });

  it('stops a nested bomb at the stage that grows', async () => {
    const body = gzipSync(gzipSync(Buffer.alloc(64 * CAP)));
    const server = await site({ '/p': { headers: { 'content-encoding': 'gzip, gzip' }, body } });
    expect(failed(await fetcherFor([server], { maxBytes: CAP }).fetch(asking(server.url('/p')))).reason).toBe(
      'too-large',
    );
  });

  it.each([
    ['gzip', (members: Buffer) => members],
    ['gzip, gzip', (members: Buffer) => gzipSync(members)],
  ])('ends %s that is long at a stage before the last and decodes to nothing', async (coding, wrap) => {
    const empty = gzipSync('');
    const members = Buffer.concat(Array.from({ length: Math.ceil((2 * CAP) / empty.length) }, () => empty));
    const server = await site({ '/p': { headers: { 'content-encoding': coding }, body: wrap(members) } });
    const outcome = failed(await fetcherFor([server], { maxBytes: CAP }).fetch(asking(server.url('/p'))));
    expect(outcome.reason).toBe('too-large');
  });

  it('stops an endless plain body at the limit', async () => {
    const block = Buffer.alloc(64 * 1024, 'a');
    const server = await rawSite((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n');
      const pour = (): void => {
        while (!socket.destroyed && socket.write(block));
      };
      socket.on('drain', pour);
      pour();
    });
    expect(failed(await fetcherFor([server], { maxBytes: CAP }).fetch(asking(server.url('/p')))).reason).toBe(
      'too-large',
    );
  });

  it('stops an endless header', async () => {
    const server = await rawSite((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      let line = 0;
      const pour = (): void => {
        while (!socket.destroyed && socket.write(`X-Header-${line++}: ${'v'.repeat(500)}\r\n`));
      };
      socket.on('drain', pour);
      pour();
    });
    expect(failed(await fetcherFor([server]).fetch(asking(server.url('/p')))).reason).toBe('too-large');
  });

  it('stops an endless header line', async () => {
    const server = await rawSite((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nX-Long: ');
      const pour = (): void => {
        while (!socket.destroyed && socket.write('v'.repeat(4096)));
      };
      socket.on('drain', pour);
      pour();
    });
    expect(failed(await fetcherFor([server]).fetch(asking(server.url('/p')))).reason).toBe('too-large');
  });

  it('reads a header of 40 KB, as real security policies nearly have', async () => {
    const server = await site({ '/p': { headers: { 'content-security-policy': 'x'.repeat(40_000) }, body: PAGE } });
    expect(text(await fetcherFor([server]).fetch(asking(server.url('/p'))))).toBe(PAGE);
  });
});

describe('the clock over the whole fetch', () => {
  const hurried = { totalTimeoutMs: 60, connectTimeoutMs: 60 };

  it.each([
    ['a server that accepts and sends nothing', ''],
    ['a status line that never ends', 'HTTP/1.1 200 O'],
    ['a header that stops half way', 'HTTP/1.1 200 OK\r\nContent-Type: te'],
    ['a body that stops half way', 'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf'],
    ['a chunk that stops half way', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nhalf'],
  ])('ends %s', async (_name, sent) => {
    const server = await rawSite((socket) => void socket.write(sent));
    const failure = failed(await fetcherFor([server], hurried).fetch(asking(server.url('/p'))));
    expect([failure.reason, failure.retryable]).toEqual(['timeout', true]);
  });

  it('stops a body that trickles: each byte comes in time, the page does not', async () => {
    const server = await rawSite((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n');
      const drip = setInterval(() => socket.write('x'), 5);
      socket.on('close', () => clearInterval(drip));
    });
    expect(failed(await fetcherFor([server], hurried).fetch(asking(server.url('/p')))).reason).toBe('timeout');
  });

  it('stops endless interim answers', async () => {
    const server = await rawSite((socket) => {
      const drip = setInterval(() => socket.write('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'), 5);
      socket.on('close', () => clearInterval(drip));
    });
    expect(failed(await fetcherFor([server], hurried).fetch(asking(server.url('/p')))).reason).toBe('timeout');
  });

  it('covers all redirects together, even if each is in time', async () => {
    const server = await listening((request, answer) => {
      if (request.url === '/robots.txt') return answer.writeHead(404).end();
      const hop = Number(request.url?.slice(1));
      setTimeout(() => answer.writeHead(302, { location: `/${hop + 1}` }).end(), 40);
    });
    const fetcher = fetcherFor([server], { totalTimeoutMs: 100, maxRedirects: 50 });
    expect(failed(await fetcher.fetch(asking(server.url('/0')))).reason).toBe('timeout');
    expect(server.paths().length).toBeLessThan(10);
  });

  it('leaves no connection open behind a timed-out fetch', async () => {
    let closed = 0;
    const server = await rawSite((socket) => {
      socket.on('close', () => {
        closed += 1;
      });
    });
    await fetcherFor([server], { totalTimeoutMs: 300 }).fetch(asking(server.url('/p')));
    await expect.poll(() => closed).toBe(1);
  });
});

describe('a body that is cut', () => {
  it.each([
    ['shorter than its Content-Length', 'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf a page'],
    ['without its last chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n'],
  ])('is truncated when it is %s', async (_name, sent) => {
    const server = await rawSite((socket) => void socket.end(sent));
    expect(failed(await fetcherFor([server]).fetch(asking(server.url('/p')))).reason).toBe('truncated');
  });

  it.each([
    ['nothing at all', '', 'connect'],
    ['no HTTP', 'SSH-2.0-OpenSSH_9.6\r\n', 'protocol'],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nhalf', 'truncated'],
  ])('is %s: a failure with a reason', async (_name, sent, reason) => {
    const server = await rawSite((socket) => void socket.end(sent));
    expect(failed(await fetcherFor([server]).fetch(asking(server.url('/p')))).reason).toBe(reason);
  });
});
