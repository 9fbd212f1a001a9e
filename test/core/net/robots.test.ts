import { describe, expect, it } from 'vitest';
import { compileRobots, productToken, rulesOf } from '#core/net/robots.ts';

const ROBOTS = 'https://news.example/robots.txt';
/** What RFC 9309 asks to read at least. */
const CAP = 500 * 1024;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const decide = (text: string, path: string) =>
  compileRobots(rulesOf(200, ROBOTS, bytes(text)), 'daybook')(`https://news.example${path}`);

describe('what an answer to robots.txt means', () => {
  it.each([
    [200, 'rules'],
    [204, 'rules'],
    [400, 'allow-all'],
    [401, 'allow-all'],
    [403, 'allow-all'],
    [404, 'allow-all'],
    [429, 'allow-all'],
    [500, 'disallow-all'],
    [503, 'disallow-all'],
    [302, 'disallow-all'],
  ])('with %i is %s', (status, kind) => {
    expect(rulesOf(status, ROBOTS, bytes('User-agent: *\nDisallow: /')).kind).toBe(kind);
  });

  it('reads 500 KiB and no half line beyond', () => {
    const filler = `# ${'x'.repeat(98)}\n`.repeat(CAP / 101);
    const body = `${filler}User-agent: *\nDisallow: /${'a'.repeat(400)}`;
    expect(body.length).toBeGreaterThan(CAP);
    expect(decide(body, '/anything').allowed).toBe(true);
    const rule = 'User-agent: *\nDisallow: /late\n';
    const late = `${'#'.repeat(CAP - rule.length - 1)}\n${rule}# beyond`;
    expect(decide(late, '/late').allowed).toBe(false);
    expect(decide('User-agent: *\nDisallow: /x', '/x').allowed).toBe(false);
    const { length } = bytes('User-agent: *\nDisallow: /private\n');
    const exact = `User-agent: *\nDisallow: /private\n${'#'.repeat(CAP - length - 1)}\nAllow: /private`;
    expect(decide(exact, '/private').allowed).toBe(false);
  });
});

describe('a rule', () => {
  it.each([
    ['nothing', '', '/a', true],
    ['an empty Disallow', 'User-agent: *\nDisallow:', '/a', true],
    ['everything', 'User-agent: *\nDisallow: /', '/a', false],
    ['a prefix', 'User-agent: *\nDisallow: /pri', '/private', false],
    ['another prefix', 'User-agent: *\nDisallow: /pri', '/public', true],
    ['the longest match', 'User-agent: *\nDisallow: /a\nAllow: /a/b', '/a/b/c', true],
    ['a tie, which allows', 'User-agent: *\nDisallow: /a\nAllow: /a', '/a', true],
    ['a wildcard', 'User-agent: *\nDisallow: /*.pdf$', '/x/y.pdf', false],
    ['a wildcard that does not reach the end', 'User-agent: *\nDisallow: /*.pdf$', '/x/y.pdf?z', true],
    [
      'our own group before the general one',
      'User-agent: *\nDisallow: /\n\nUser-agent: Daybook\nDisallow: /x',
      '/a',
      true,
    ],
    ['our own group with a version', 'User-agent: DAYBOOK/2.0\nDisallow: /\n', '/a', false],
    ['a group of several agents', 'User-agent: other\nUser-agent: daybook\nDisallow: /a', '/a', false],
    ['a group twice', 'User-agent: daybook\nDisallow: /a\n\nUser-agent: daybook\nDisallow: /b', '/b', false],
    ["another's group", 'User-agent: daybooks\nDisallow: /', '/a', true],
    ['a byte order mark', '\ufeffUser-agent: *\nDisallow: /', '/a', false],
    ['carriage returns', 'User-agent: *\r\nDisallow: /a\r\n', '/a', false],
    ['comments', 'User-agent: * # all\nDisallow: /a # not this', '/a', false],
    ['percent-encoding in either case', 'User-agent: *\nDisallow: /%e2%82%ac', '/%E2%82%AC', false],
    ['a page of HTML instead of rules', '<html><body>Disallow: everything</body></html>', '/a', true],
  ])('of %s', (_name, text, path, allowed) => {
    expect(decide(text, path).allowed).toBe(allowed);
  });

  it('allows a URL of another origin', () => {
    const policy = compileRobots(rulesOf(200, ROBOTS, bytes('User-agent: *\nDisallow: /')), 'daybook');
    expect(policy('https://other.example/').allowed).toBe(true);
  });
});

describe('a crawl-delay', () => {
  it.each([
    ['User-agent: *\nCrawl-delay: 10', 10],
    ['User-agent: *\nCrawl-delay: 0.5', 0.5],
    ['User-agent: *\nCrawl-delay: 10\n\nUser-agent: daybook\nCrawl-delay: 3', 3],
    ['User-agent: *\nCrawl-delay: 299', 299],
    ['User-agent: *\nCrawl-delay: 301', 300],
    ['User-agent: *\nCrawl-delay: 99999', 300],
    ['User-agent: *\nCrawl-delay: -5', null],
    ['User-agent: *\nCrawl-delay: soon', null],
    ['User-agent: *\nCrawl-delay: Infinity', null],
    ['User-agent: *\nDisallow: /x', null],
  ])('in %j is %s', (text, seconds) => {
    expect(decide(text, '/a').crawlDelaySeconds).toBe(seconds);
  });
});

describe('the product token', () => {
  it.each([
    ['daybook/0.1 (+https://daybook.example; mail)', 'daybook'],
    ['Daybook', 'daybook'],
    ['my-watcher/2', 'my-watcher'],
    ['(nobody)', '*'],
  ])('of %s is %s', (userAgent, token) => {
    expect(productToken(userAgent)).toBe(token);
  });
});
