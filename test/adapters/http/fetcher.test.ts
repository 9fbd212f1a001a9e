import { describe, expect, it } from 'vitest';
import { asking, failed, fetcherFor, lastHeaders, listening, response, site, text } from './harness.ts';

describe('a conditional request', () => {
  const versioned = { '/p': { headers: { etag: 'W/"v1"' }, body: 'the page' } };

  it.each([['"v1"'], ['W/"v1"'], ['W/"a b,c"'], ['unquoted-as-some-servers-do']])(
    'sends the ETag %s unchanged',
    async (etag) => {
      const server = await site(versioned);
      await fetcherFor([server]).fetch(asking(server.url('/p'), { etag }));
      expect(server.requests.at(-1)?.headers['if-none-match']).toBe(etag);
    },
  );

  it('sends Last-Modified unchanged', async () => {
    const server = await site(versioned);
    const lastModified = 'Tue, 01 Feb 2022 00:00:00 GMT';
    await fetcherFor([server]).fetch(asking(server.url('/p'), { lastModified }));
    expect(server.requests.at(-1)?.headers['if-modified-since']).toBe(lastModified);
  });

  it('sends no validator, and makes caches ask the server, for a full request', async () => {
    const server = await site(versioned);
    await fetcherFor([server]).fetch(asking(server.url('/p'), { etag: '"v1"', lastModified: 'x', full: true }));
    const headers = lastHeaders(server);
    expect([headers['if-none-match'], headers['if-modified-since']]).toEqual([undefined, undefined]);
    expect(headers['cache-control']).toBe('no-cache');
  });

  it('leaves out a validator that would break the header', async () => {
    const server = await site(versioned);
    const etag = '"v1"\r\nX-Smuggled: yes';
    const answer = response(
      await fetcherFor([server]).fetch(asking(server.url('/p'), { etag, lastModified: '\u2603' })),
    );
    expect(answer.status).toBe(200);
    const headers = lastHeaders(server);
    expect([headers['if-none-match'], headers['if-modified-since'], headers['x-smuggled']]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('that is answered 304 costs one request and no body', async () => {
    const server = await site({ '/p': { status: 304, headers: { etag: '"v1"' } } });
    const fetcher = fetcherFor([server], { robots: 'ignore' });
    const outcome = await fetcher.fetch(asking(server.url('/p'), { etag: '"v1"' }));
    expect(outcome).toMatchObject({ kind: 'notModified', headers: { etag: '"v1"' } });
    expect(server.requests.length).toBe(1);
  });

  it('that had no validators and is answered 304 is a failure', async () => {
    const server = await site({ '/p': { status: 304 } });
    const fetcher = fetcherFor([server]);
    expect(failed(await fetcher.fetch(asking(server.url('/p')))).reason).toBe('protocol');
    const full = asking(server.url('/p'), { etag: '"v1"', full: true });
    expect(failed(await fetcher.fetch(full)).reason).toBe('protocol');
  });
});

describe('an answer', () => {
  it.each([200, 203, 206, 300, 400, 403, 404, 410, 429, 451, 500, 503, 521])(
    'with status %i is returned with its body, as evidence',
    async (status) => {
      const server = await site({ '/p': { status, body: `body of ${status}` } });
      const outcome = await fetcherFor([server]).fetch(asking(server.url('/p')));
      expect([response(outcome).status, text(outcome)]).toEqual([status, `body of ${status}`]);
    },
  );

  it('has lower-case header names, with repeated headers joined', async () => {
    const server = await listening((request, answer) => {
      if (request.url === '/robots.txt') return answer.writeHead(404).end();
      answer.writeHead(200, [
        ['X-Twice', 'a'],
        ['X-Twice', 'b'],
        ['ETag', '"e"'],
      ] as never);
      answer.end('x');
    });
    const { headers } = response(await fetcherFor([server]).fetch(asking(server.url('/p'))));
    expect([headers['x-twice'], headers.etag]).toEqual(['a, b', '"e"']);
  });

  it('names the final address and the URL without its fragment', async () => {
    const server = await site({ '/p?a=1': 'x' });
    const answer = response(await fetcherFor([server]).fetch(asking(server.url('/p?a=1#part'))));
    expect([answer.remoteAddress, answer.finalUrl, answer.redirects]).toEqual(['127.0.0.1', server.url('/p?a=1'), []]);
    expect(server.paths()).toEqual(['/p?a=1']);
  });
});

describe('a request', () => {
  it('names Daybook and its contact, and claims to be nothing else', async () => {
    const server = await site({ '/p': 'x' });
    await fetcherFor([server]).fetch(asking(server.url('/p')));
    expect(server.requests.map((request) => request.headers['user-agent'])).toEqual([
      'daybook/0.1 (+https://daybook.example/about)',
      'daybook/0.1 (+https://daybook.example/about)',
    ]);
    const headers = lastHeaders(server);
    expect([headers.cookie, headers.referer, headers.authorization]).toEqual([undefined, undefined, undefined]);
  });

  it('keeps no cookie that a page sets', async () => {
    const server = await site({ '/p': { headers: { 'set-cookie': 'id=1' }, body: 'x' } });
    const fetcher = fetcherFor([server]);
    await fetcher.fetch(asking(server.url('/p')));
    await fetcher.fetch(asking(server.url('/p')));
    expect(server.requests.map((request) => request.headers.cookie)).toEqual([undefined, undefined, undefined]);
  });

  it.each([
    ['file:///etc/passwd', 'bad-url'],
    ['ftp://127.0.0.1/p', 'bad-url'],
    ['gopher://127.0.0.1/p', 'bad-url'],
    ['data:text/html,x', 'bad-url'],
    ['javascript:alert(1)', 'bad-url'],
    ['//127.0.0.1/p', 'bad-url'],
    ['not a url', 'bad-url'],
    ['', 'bad-url'],
    ['http://user:secret@127.0.0.1/p', 'bad-url'],
    [`http://127.0.0.1/${'a'.repeat(3000)}`, 'bad-url'],
    ['http://example.org/', 'off-list'],
    ['http://127.0.0.1.example.org/', 'off-list'],
    ['http://127.0.0.1@example.org/', 'bad-url'],
    ['http://sub.127.0.0.1.nip.example/', 'off-list'],
    ['http://127.0.0.1:22/', 'off-list'],
    ['http://127.0.0.1/', 'off-list'],
  ])('for %s is not sent', async (url, reason) => {
    const server = await site({ '/p': 'x' });
    const outcome = failed(await fetcherFor([server]).fetch(asking(url)));
    expect([outcome.reason, outcome.retryable]).toEqual([reason, false]);
    expect(outcome.message).not.toMatch(/secret|[\r\n]/);
    expect(server.connections()).toBe(0);
  });

  it('after close is refused without being sent', async () => {
    const server = await site({ '/p': 'x' });
    const fetcher = fetcherFor([server]);
    await fetcher.close();
    expect(failed(await fetcher.fetch(asking(server.url('/p')))).reason).toBe('postponed');
    expect(server.connections()).toBe(0);
  });

  it('ends at once when the fetcher closes', async () => {
    let arrived: () => void = () => {};
    const underWay = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const server = await listening((request, answer) => {
      if (request.url === '/robots.txt') answer.writeHead(404).end();
      else arrived();
    });
    const fetcher = fetcherFor([server]);
    const outcome = fetcher.fetch(asking(server.url('/p')));
    await underWay;
    await fetcher.close();
    expect(failed(await outcome).reason).toBe('timeout');
  });
});
