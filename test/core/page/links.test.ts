import { describe, expect, it } from 'vitest';
import { pageLinks } from '#core/page/links.ts';

const linksOf = (html: string, url = 'https://site.example/ops/index.htm') =>
  pageLinks(new TextEncoder().encode(html), { contentType: 'text/html', url });

describe('pageLinks', () => {
  it('resolves every link of the page against its address, furniture included, in order', () => {
    expect(
      linksOf('<nav><a href="/a">A</a></nav><p><A HREF=b.htm>B</a><footer><a href="../c?d=1&amp;e=2">C</a></footer>'),
    ).toEqual(['https://site.example/a', 'https://site.example/ops/b.htm', 'https://site.example/c?d=1&e=2']);
  });

  it('resolves them against the base that the page names', () => {
    expect(linksOf('<base href="https://other.example/x/"><a href="y">Y</a>')).toEqual(['https://other.example/x/y']);
  });

  it('gives each address once, without its fragment', () => {
    expect(linksOf('<a href="x#one">1</a><a href=" x#two ">2</a><map><area href="x"></map>')).toEqual([
      'https://site.example/ops/x',
    ]);
  });

  it('leaves out what no browser fetches and what no address can be', () => {
    const hrefs = ['mailto:a@b.example', 'javascript:go()', 'data:text/html,x', 'http://[bad', `/${'x'.repeat(3000)}`];
    expect(linksOf(hrefs.map((href) => `<a href="${href}">x</a>`).join(''))).toEqual([]);
    expect(linksOf('<a name="here">x</a><link href="/style.css">')).toEqual([]);
  });

  it('finds links at any depth, and stops looking where no page has links any more', () => {
    expect(linksOf(`${'<div>'.repeat(100_000)}<a href=deep>x</a>`)).toEqual(['https://site.example/ops/deep']);
    const many = Array.from({ length: 20_010 }, (_, at) => `<a href=${at}>x</a>`).join('');
    expect(linksOf(many)).toHaveLength(20_000);
  });
});
