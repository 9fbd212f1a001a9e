import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openPage } from '#core/page/index.ts';
import type { PageOutline } from '#core/page/outline.ts';

const outlineOf = (html: string): PageOutline =>
  openPage(new TextEncoder().encode(html), { contentType: 'text/html; charset=utf-8', url: null }).outline();

describe('the outline of a page', () => {
  it('has its title, headings and words, lower-case, without entities', () => {
    const outline = outlineOf(
      '<title>Caf\u00e9 &amp; Co&hellip;</title><h1>We&rsquo;ll be <b>back</b></h1><p>Soon&nbsp;&#8211;\n or &#x6c;ater</p>',
    );
    expect(outline.title).toBe('caf\u00e9 & co...');
    expect(outline.headings).toEqual(["we'll be back"]);
    expect(outline.text).toBe("we'll be back soon \u2013 or later");
  });

  it('keeps code out of the words and words out of the markup', () => {
    const outline = outlineOf(
      '<p id="a">an article about id="px-captcha"</p><!-- made by x --><script>window.px=1</script><style>p{}</style>',
    );
    expect(outline.text).toBe('an article about id="px-captcha"');
    expect(outline.markup).toContain('window.px=1');
    expect(outline.markup).toContain('made by x');
    expect(outline.markup).toContain('id="a"');
    expect(outline.markup).not.toContain('px-captcha');
  });

  it('keeps what only names hosts out of the markup', () => {
    const outline = outlineOf(
      '<meta http-equiv="Content-Security-Policy" content="frame-src a.example"><link rel="preconnect" href="https://b.example"><script src="https://c.example"></script>',
    );
    expect(outline.markup).not.toMatch(/a\.example|b\.example/);
    expect(outline.markup).toContain('c.example');
  });

  it('has the words in noscript, where walls have theirs', () => {
    expect(outlineOf('<noscript>Enable <b>JavaScript</b></noscript>').text).toBe('enable javascript');
  });

  it('of a text without markup is its words', () => {
    expect(outlineOf('Error code:  1020')).toMatchObject({ title: '', text: 'error code: 1020', markup: '' });
  });

  it('has the first 20,000 characters of text', () => {
    expect(outlineOf(`<p>${'x'.repeat(20_001)}</p>`).text).toHaveLength(20_000);
    const plain = openPage(new TextEncoder().encode('x'.repeat(20_001)), { contentType: 'text/plain', url: null });
    expect(plain.outline().text).toHaveLength(20_000);
  });

  it('has the first six headings, and 300 characters of each', () => {
    const { headings } = outlineOf(`<h2>${'x'.repeat(301)}</h2>`.repeat(7));
    expect(headings).toEqual(Array.from({ length: 6 }, () => 'x'.repeat(300)));
  });

  it('has the markup of the first 524,288 characters', () => {
    const before = 'x'.repeat(512 * 1024 - '<p><i id="a">'.length);
    expect(outlineOf(`<p>${before}<i id="a">`).markup).toContain('id="a">');
    expect(outlineOf(`<p>x${before}<i id="a">`).markup).not.toContain('id="a">');
  });

  it.each([
    ['a bare bracket', '<p>a < b', 'a < b'],
    ['a comment', 'a<!-- hidden -->b<p>', 'ab'],
    ['a comment that never closes', '<p>a<!-- hidden', 'a'],
    ['a script that never closes', 'a<script>hidden', 'a'],
    ['a tag that never closes', '<p>a<p hidden', 'a'],
    ['upper-case tags', '<P>A</P><SCRIPT>hidden</SCRIPT>', 'a'],
  ])('is right after %s', (_name, html, text) => {
    expect(outlineOf(html).text).toBe(text);
  });

  it('is made of any characters without throwing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (html) => {
        const outline = outlineOf(`<p>${html}`);
        expect(outline.text).toBe(outline.text.trim());
        expect(outline.headings.length).toBeLessThanOrEqual(6);
      }),
    );
  });
});
