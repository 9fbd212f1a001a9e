import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openPage } from '#core/page/index.ts';
import { pageLinks } from '#core/page/links.ts';

const URL_OF_PAGE = 'https://www.example.org/war/index.htm';
const linksIn = (bytes: Uint8Array, contentType: string, url = URL_OF_PAGE) =>
  pageLinks(openPage(bytes, { contentType, url }), url);
const links = (html: string, options: { url?: string } = {}) =>
  linksIn(new TextEncoder().encode(html), 'text/html; charset=utf-8', options.url);
const page = (body: string, head = '') => `<!doctype html><html><head>${head}</head><body>${body}</body></html>`;

describe('links of a page', () => {
  it.each([
    ['next to the page', 'east-1.htm', 'https://www.example.org/war/east-1.htm'],
    ['from the root', '/a.htm', 'https://www.example.org/a.htm'],
    ['a folder up', '../b.htm', 'https://www.example.org/b.htm'],
    ['without a scheme', '//other.example/c', 'https://other.example/c'],
    ['absolute', 'http://other.example/d?e=1', 'http://other.example/d?e=1'],
    ['a query only', '?month=2', 'https://www.example.org/war/index.htm?month=2'],
    ['with blanks around', '  east-1.htm\n', 'https://www.example.org/war/east-1.htm'],
    ['with entities', 'list?a=1&amp;b=2', 'https://www.example.org/war/list?a=1&b=2'],
    ['with umlauts', 'März.htm', 'https://www.example.org/war/M%C3%A4rz.htm'],
    ['with a fragment, which is cut off', 'east-1.htm#map', 'https://www.example.org/war/east-1.htm'],
    ['to a place on the page itself', '#map', 'https://www.example.org/war/index.htm'],
  ])('%s', (_, href, expected) => {
    expect(links(page(`<p><a href="${href}">there</a></p>`))).toEqual([expected]);
  });

  it('of 2,048 characters, and not of more', () => {
    const address = `https://www.example.org/${'x'.repeat(2048)}`;
    expect(links(page(`<a href="${address.slice(0, 2048)}">there</a>`))).toEqual([address.slice(0, 2048)]);
    expect(links(page(`<a href="${address.slice(0, 2049)}">there</a>`))).toEqual([]);
  });

  it.each([
    ['mail', 'mailto:desk@example.org'],
    ['script', 'javascript:void(0)'],
    ['data', 'data:text/html,x'],
    ['a file', 'file:///etc/passwd'],
    ['ftp', 'ftp://example.org/a'],
    ['nonsense', 'http://[broken/'],
  ])('not %s', (_, href) => {
    expect(links(page(`<a href="${href}">there</a>`))).toEqual([]);
  });

  it('include those in navigation, tables, image maps and footers', () => {
    const html = page(`<nav><ul><li><a href="/1">1</a></ul></nav><header><a href="/2">2</a></header>
      <table><tr><td><a href="/3"><img src="x.png"></a></table>
      <map name="m"><area href="/4"></map><aside><a href="/5"></a></aside><footer><a href="/6">6</a></footer>`);
    expect(links(html)).toEqual([1, 2, 3, 4, 5, 6].map((at) => `https://www.example.org/${at}`));
  });

  it('are listed once, in the order of the page', () => {
    expect(links(page('<a href="/b">b</a><a href="/a">a</a><a href="/b#x">again</a>'))).toEqual([
      'https://www.example.org/b',
      'https://www.example.org/a',
    ]);
  });

  it('are those of upper-case tags and unclosed elements too', () => {
    expect(links('<HTML><BODY><P><A HREF=/a>one<LI><A HREF="/b">two')).toEqual([
      'https://www.example.org/a',
      'https://www.example.org/b',
    ]);
  });

  it.each([
    ['elsewhere', '<base href="https://archive.example/2022/">', 'https://archive.example/2022/a.htm'],
    ['relative', '<base href="/deep/">', 'https://www.example.org/deep/a.htm'],
    ['of no use', '<base href="http://[">', 'https://www.example.org/war/a.htm'],
    ['the first of two', '<base href="/one/"><base href="/two/">', 'https://www.example.org/one/a.htm'],
  ])('are resolved against the base of the page, %s', (_, base, expected) => {
    expect(links(page('<a href="a.htm">a</a>', base))).toEqual([expected]);
  });

  it('are resolved against the address that answered', () => {
    expect(links(page('<a href="a.htm">a</a>'), { url: 'https://moved.example/x/' })).toEqual([
      'https://moved.example/x/a.htm',
    ]);
  });

  it('are not found in comments, scripts and text', () => {
    expect(links(page('<!-- <a href="/a">a</a> --><script>"<a href=/b>"</script>&lt;a href="/c"&gt;<a>d</a>'))).toEqual(
      [],
    );
  });

  it('are read in the charset of the page', () => {
    const bytes = Buffer.from('<a href="M\u00e4rz.htm">x</a>', 'latin1');
    expect(linksIn(bytes, 'text/html; charset=iso-8859-1')).toEqual(['https://www.example.org/war/M%C3%A4rz.htm']);
  });
});

describe('hostile pages', () => {
  it('are read to the 20,000th link and no further', () => {
    const html = Array.from({ length: 20_500 }, (_, index) => `<a href="/${index}">`).join('');
    const all = links(html);
    expect(all).toHaveLength(20_000);
    expect(all.at(-1)).toBe('https://www.example.org/19999');
  });

  it.each([
    ['nested', '<a href="/a"><b>'.repeat(20_000)],
    ['unclosed', `<a href="${'/a'.repeat(50_000)}`],
    ['of quotes', `<a href=${`"'`.repeat(50_000)}>`],
    ['of brackets', '<'.repeat(100_000)],
  ])('%s end', (_, html) => {
    expect(links(html).length).toBeLessThanOrEqual(1);
  });

  it('of any bytes give nothing but web addresses', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom('<a href=', '"', '>', '<base href=', '//', 'http:'))),
        (parts) => {
          for (const link of links(parts.join(''))) expect(link).toMatch(/^https?:\/\/[^#]*$/);
        },
      ),
    );
  });
});
