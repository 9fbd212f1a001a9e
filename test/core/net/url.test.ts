import { describe, expect, it } from 'vitest';
import { checkRedirect } from '#core/net/redirect.ts';
import { canonicalHost, checkUrl, portOf } from '#core/net/url.ts';

const POLICY = { allowedHosts: ['news.example', 'münchen.example', '2606:2800::1'], allowedPorts: [80, 443] };

describe('a URL', () => {
  it.each([
    ['http://news.example', 'http://news.example/'],
    ['HTTPS://NEWS.Example/A', 'https://news.example/A'],
    ['https://news.example\\@evil.example/', 'https://news.example/@evil.example/'],
    ['https://news.example:443/a#b', 'https://news.example/a'],
    ['https://news.example./a', 'https://news.example./a'],
    ['https://xn--mnchen-3ya.example/', 'https://xn--mnchen-3ya.example/'],
    ['https://MÜNCHEN.example/', 'https://xn--mnchen-3ya.example/'],
    ['https://[2606:2800:0::1]/', 'https://[2606:2800::1]/'],
  ])('%s may be fetched as %s', (raw, href) => {
    const verdict = checkUrl(raw, POLICY);
    expect(verdict.ok && verdict.url.href).toBe(href);
  });

  it.each([
    ['https://sub.news.example/', 'off-list'],
    ['https://news.example.evil.example/', 'off-list'],
    ['https://evilnews.example/', 'off-list'],
    ['https://news.example:8080/', 'off-list'],
    ['https://news.example@evil.example/', 'bad-url'],
    ['https://a:b@news.example/', 'bad-url'],
    ['ws://news.example/', 'bad-url'],
    ['blob:https://news.example/1', 'bad-url'],
    ['/relative', 'bad-url'],
    ['https://', 'bad-url'],
  ])('%s is refused as %s, in one line', (raw, reason) => {
    const verdict = checkUrl(raw, POLICY);
    expect(verdict).toMatchObject({ ok: false, reason });
    expect(!verdict.ok && verdict.message).toMatch(/^[^\p{Cc}]+$/u);
  });

  it('with a password is refused without repeating the password', () => {
    const verdict = checkUrl('https://user:hunter2@news.example/', POLICY);
    expect(!verdict.ok && verdict.message).not.toContain('hunter2');
  });

  it('of up to 2,048 characters is followed; a longer one is refused, and the message stays short', () => {
    const path = (length: number) => `https://news.example/${'a'.repeat(length - 'https://news.example/'.length)}`;
    expect(checkUrl(path(2_048), POLICY).ok).toBe(true);
    expect(checkUrl(path(2_049), POLICY)).toMatchObject({ ok: false, reason: 'bad-url' });
    const verdict = checkUrl(path(100_000), POLICY);
    expect(!verdict.ok && verdict.message.length).toBeLessThan(200);
  });

  it('leads to the port of its scheme unless it names one', () => {
    const ports = ['http://a/', 'https://a/', 'http://a:8080/'].map((url) => portOf(new URL(url)));
    expect(ports).toEqual([80, 443, 8080]);
  });
});

describe('a host', () => {
  it.each([
    ['News.Example', 'news.example'],
    ['news.example.', 'news.example'],
    ['MÜNCHEN.example', 'xn--mnchen-3ya.example'],
    ['::1', '[::1]'],
    ['[::1]', '[::1]'],
    ['0x7f.1', '127.0.0.1'],
    ['a'.repeat(255), 'a'.repeat(255)],
  ])('%s is listed as %s', (host, canonical) => {
    expect(canonicalHost(host)).toBe(canonical);
  });

  it.each(['', 'a b', 'a/b', 'user@a', 'a:80', 'a?b', 'a'.repeat(256)])('"%s" is none', (host) => {
    expect(canonicalHost(host)).toBeNull();
  });
});

describe('a redirect', () => {
  const from = new URL('https://news.example/a');
  const judge = (location: string, visited: string[] = []) => checkRedirect(from, location, visited, POLICY, 5);

  it('may go on within the list, from http to https, five times', () => {
    expect(judge('/b')).toMatchObject({ ok: true });
    expect(checkRedirect(new URL('http://news.example/a'), 'https://news.example/a', [], POLICY, 5).ok).toBe(true);
    expect(judge('/b', ['1', '2', '3', '4'])).toMatchObject({ ok: true });
  });

  it.each([
    ['/a', [], 'redirect-loop'],
    ['/b', ['https://news.example/b'], 'redirect-loop'],
    ['/b', ['1', '2', '3', '4', '5'], 'redirect-limit'],
    ['http://news.example/b', [], 'redirect-insecure'],
    ['https://other.example/', [], 'redirect-off-list'],
    ['https://news.example:22/', [], 'redirect-off-list'],
    ['file:///etc/passwd', [], 'redirect-bad'],
  ])('to %s after %j is refused as %s', (location, visited, reason) => {
    expect(judge(location, visited)).toMatchObject({ ok: false, reason });
  });
});
