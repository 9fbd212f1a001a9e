import { describe, expect, it } from 'vitest';
import { checkRedirect } from '#core/net/redirect.ts';
import { asking, failed, fetcherFor, response, site } from './harness.ts';

const to = (location: string, status = 302) => ({ status, headers: { location } });

describe('a redirect', () => {
  it.each([301, 302, 303, 307, 308])('with %i is followed and reported', async (status) => {
    const server = await site({ '/old': to('/new', status), '/new': 'moved here' });
    const answer = response(await fetcherFor([server]).fetch(asking(server.url('/old'))));
    expect([answer.status, answer.finalUrl, answer.redirects]).toEqual([200, server.url('/new'), [server.url('/old')]]);
  });

  it.each([
    ['new', '/a/new'],
    ['../new', '/new'],
    ['?q=1', '/a/old?q=1'],
    ['/new#frag', '/new'],
  ])('to the relative %s leads to %s', async (location, path) => {
    const server = await site({ '/a/old': to(location), [path]: 'there' });
    expect(response(await fetcherFor([server]).fetch(asking(server.url('/a/old')))).finalUrl).toBe(server.url(path));
  });

  it('passes the validators on to its target', async () => {
    const server = await site({ '/old': to('/new'), '/new': { status: 304 } });
    const outcome = await fetcherFor([server]).fetch(asking(server.url('/old'), { etag: '"v"' }));
    expect(outcome.kind).toBe('notModified');
    expect(server.requests.at(-1)?.headers['if-none-match']).toBe('"v"');
  });

  it('is followed five times and not a sixth', async () => {
    const chain = (length: number): Record<string, ReturnType<typeof to> | string> => ({
      ...Object.fromEntries(Array.from({ length }, (_, i) => [`/${i}`, to(`/${i + 1}`)])),
      [`/${length}`]: 'the end',
    });
    const five = await site(chain(5));
    expect(response(await fetcherFor([five]).fetch(asking(five.url('/0')))).redirects.length).toBe(5);
    const six = await site(chain(6));
    expect(failed(await fetcherFor([six]).fetch(asking(six.url('/0')))).reason).toBe('redirect-limit');
    expect(six.paths()).toEqual(['/0', '/1', '/2', '/3', '/4', '/5']);
  });

  it.each([
    ['itself', { '/0': to('/0') }, 1],
    ['itself with another fragment', { '/0': to('/0#again') }, 1],
    ['a page that leads back', { '/0': to('/1'), '/1': to('/0') }, 2],
  ])('to %s is a loop, detected at its first repetition', async (_name, routes, requests) => {
    const server = await site(routes);
    const outcome = failed(await fetcherFor([server]).fetch(asking(server.url('/0'))));
    expect([outcome.reason, outcome.retryable]).toEqual(['redirect-loop', false]);
    expect(server.paths().length).toBe(requests);
  });

  it.each([
    ['another host', 'http://elsewhere.example/', 'redirect-off-list'],
    ['another host without a scheme', '//elsewhere.example/p', 'redirect-off-list'],
    ['a look-alike host', 'http://127.0.0.1.elsewhere.example/', 'redirect-off-list'],
    ['a port that is not listed', 'http://127.0.0.1:6379/', 'redirect-off-list'],
    ['a file', 'file:///etc/passwd', 'redirect-bad'],
    ['a script', 'javascript:alert(1)', 'redirect-bad'],
    ['data', 'data:text/html,<p>hello', 'redirect-bad'],
    ['a URL with a password', 'http://a:b@127.0.0.1/', 'redirect-bad'],
    ['nothing that is a URL', 'http://[', 'redirect-bad'],
    ['a URL of endless length', `/${'a'.repeat(5000)}`, 'redirect-bad'],
  ])('to %s is not followed', async (_name, location, reason) => {
    const server = await site({ '/p': to(location) });
    const outcome = failed(await fetcherFor([server]).fetch(asking(server.url('/p'))));
    expect([outcome.reason, outcome.retryable]).toEqual([reason, false]);
    expect(outcome.message).not.toMatch(/[\r\n]/);
    expect(server.paths()).toEqual(['/p']);
  });

  it('goes from one listed host to another, each asked for its own robots.txt', async () => {
    const b = await site({ '/robots.txt': 'User-agent: *\nDisallow: /closed', '/open': 'open', '/closed': 'closed' });
    const a = await site({ '/1': to(b.url('/open')), '/2': to(b.url('/closed')) });
    const fetcher = fetcherFor([a, b]);
    expect(response(await fetcher.fetch(asking(a.url('/1')))).finalUrl).toBe(b.url('/open'));
    expect(failed(await fetcher.fetch(asking(a.url('/2')))).reason).toBe('robots');
    expect(b.paths()).toEqual(['/open']);
  });

  it('without a Location is an ordinary answer', async () => {
    const server = await site({ '/p': { status: 302, body: 'no way on' } });
    expect(response(await fetcherFor([server]).fetch(asking(server.url('/p')))).status).toBe(302);
  });

  it('from https to http is not followed', () => {
    // Judged before anything is sent, so no TLS server is needed: the rule is in the URL of the hop that redirects.
    const policy = { allowedHosts: ['news.example'], allowedPorts: [80, 443] };
    const verdict = checkRedirect(new URL('https://news.example/p'), 'http://news.example/p', [], policy, 5);
    expect(verdict).toMatchObject({ ok: false, reason: 'redirect-insecure' });
  });
});
