import { describe, expect, it } from 'vitest';
import type { FetcherOptions } from '#adapters/http/fetcher.ts';
import type { Route } from '../../support/loopback.ts';
import { asking, failed, fetcherFor, listening, response, site } from './harness.ts';

const DAY = 24 * 3_600_000;
const FORBIDDEN = 'User-agent: *\nDisallow: /private';

/** A site with a robots.txt and two pages, a fetcher with a clock of its own, and how often robots.txt was asked. */
async function ruled(robots: Route, options: Partial<FetcherOptions> = {}) {
  const clock = { now: Date.parse('2022-01-31T12:00:00Z') };
  const routes: Record<string, Route> = { '/robots.txt': robots, '/page': 'public', '/private': 'secret' };
  const server = await site(routes);
  const fetcher = fetcherFor([server], { now: () => clock.now, ...options });
  const outcome = (path: string) => fetcher.fetch(asking(server.url(path)));
  const asked = (): number => server.requests.filter((request) => request.url === '/robots.txt').length;
  return { clock, routes, server, outcome, asked };
}

describe('robots.txt', () => {
  it('is asked before the first page of a host, and what it forbids is not fetched', async () => {
    const { server, outcome } = await ruled(FORBIDDEN);
    const refused = failed(await outcome('/private'));
    expect([refused.reason, refused.retryable]).toEqual(['robots', false]);
    expect(response(await outcome('/page')).status).toBe(200);
    expect(server.requests.map((request) => request.url)).toEqual(['/robots.txt', '/page']);
  });

  it('is asked once a day, not once a page', async () => {
    const { clock, outcome, asked } = await ruled(FORBIDDEN);
    await Promise.all([outcome('/page'), outcome('/page'), outcome('/private'), outcome('/page')]);
    clock.now += DAY - 1;
    await outcome('/page');
    expect(asked()).toBe(1);
    clock.now += 1;
    await outcome('/page');
    expect(asked()).toBe(2);
  });

  it('is asked again when the clock was set back', async () => {
    const { clock, outcome, asked } = await ruled(FORBIDDEN);
    await outcome('/page');
    clock.now -= 2 * 365 * DAY;
    await outcome('/page');
    expect(asked()).toBe(2);
    await outcome('/page');
    expect(asked()).toBe(2);
  });

  it('that changed is obeyed from the next day on', async () => {
    const { clock, routes, outcome } = await ruled('');
    expect(response(await outcome('/private')).status).toBe(200);
    routes['/robots.txt'] = FORBIDDEN;
    clock.now += DAY;
    expect(failed(await outcome('/private')).reason).toBe('robots');
  });

  it.each([400, 401, 403, 404, 410, 451])('that is answered %i forbids nothing', async (status) => {
    const { outcome } = await ruled({ status, body: 'User-agent: *\nDisallow: /' });
    expect(response(await outcome('/private')).status).toBe(200);
  });

  it.each([500, 502, 503, 599])('that is answered %i forbids everything, for now', async (status) => {
    const { server, outcome } = await ruled({ status });
    const refused = failed(await outcome('/page'));
    expect([refused.reason, refused.retryable]).toEqual(['robots', true]);
    expect(server.paths()).toEqual([]);
  });

  it('that failed is asked again after some minutes, not after a day and not at once', async () => {
    const { clock, routes, outcome, asked } = await ruled({ status: 500 });
    await outcome('/page');
    await outcome('/page');
    expect(asked()).toBe(1);
    routes['/robots.txt'] = '';
    clock.now += 11 * 60_000;
    expect(response(await outcome('/page')).status).toBe(200);
  });

  it('that fails later leaves the rules of before in force', async () => {
    const { clock, routes, outcome } = await ruled(FORBIDDEN);
    await outcome('/page');
    routes['/robots.txt'] = { status: 500 };
    clock.now += DAY;
    expect(response(await outcome('/page')).status).toBe(200);
    expect(failed(await outcome('/private')).reason).toBe('robots');
  });

  it('that cannot be had because the host is down gives the reason of the host', async () => {
    const server = await site({});
    await server.close();
    expect(failed(await fetcherFor([server]).fetch(asking(server.url('/page')))).reason).toBe('connect');
  });

  it('is followed when it is redirected, within the list', async () => {
    const { routes, outcome } = await ruled({ status: 301, headers: { location: '/rules' } });
    routes['/rules'] = FORBIDDEN;
    expect(failed(await outcome('/private')).reason).toBe('robots');
  });

  it('that leads in circles counts as absent', async () => {
    const { outcome } = await ruled({ status: 302, headers: { location: '/robots.txt' } });
    expect(response(await outcome('/private')).status).toBe(200);
  });

  it('that leads off the list cannot be read, so nothing is fetched', async () => {
    const { server, outcome } = await ruled({
      status: 302,
      headers: { location: 'http://elsewhere.example/robots.txt' },
    });
    expect(failed(await outcome('/page')).reason).toBe('redirect-off-list');
    expect(server.paths()).toEqual([]);
  });

  it('of any size is read to 500 KiB and obeyed that far', async () => {
    const body = `User-agent: *\nDisallow: /private\n${'# filler\n'.repeat(200_000)}Disallow: /page`;
    const { outcome } = await ruled(body);
    expect(failed(await outcome('/private')).reason).toBe('robots');
    expect(response(await outcome('/page')).status).toBe(200);
  });

  it('that never ends is read to 500 KiB and obeyed that far', async () => {
    const server = await listening((request, answer) => {
      answer.writeHead(200);
      if (request.url !== '/robots.txt') return void answer.end('secret');
      answer.write(`${FORBIDDEN}\n`);
      const pour = (): void => {
        while (!answer.destroyed && answer.write('# more\n'.repeat(1000)));
      };
      answer.on('drain', pour);
      pour();
    });
    expect(failed(await fetcherFor([server]).fetch(asking(server.url('/private')))).reason).toBe('robots');
  });

  it('is not asked where the configuration overrides it, and that is logged', async () => {
    const logged: string[] = [];
    const { outcome, asked } = await ruled(FORBIDDEN, { robots: 'ignore', log: (message) => logged.push(message) });
    expect(response(await outcome('/private')).status).toBe(200);
    expect(asked()).toBe(0);
    expect(logged).toEqual([expect.stringMatching(/robots\.txt is ignored/)]);
  });
});
