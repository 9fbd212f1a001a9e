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

  it('has the words in noscript, which is where walls put theirs', () => {
    expect(outlineOf('<noscript>Enable <b>JavaScript</b></noscript>').text).toBe('enable javascript');
  });

  it('of a text without markup is its words', () => {
    expect(outlineOf('Error code:  1020')).toMatchObject({ title: '', text: 'error code: 1020', markup: '' });
  });

  it('of a long page is its beginning', () => {
    expect(outlineOf(`<p>${'word '.repeat(100_000)}</p>`).text.length).toBeLessThanOrEqual(20_000);
  });

  it.each([
    ['a bare bracket', '<p>a < b', 'a < b'],
    ['a comment', 'a<!-- hidden -->b<p>', 'ab'],
    ['a comment that never closes', '<p>a<!-- hidden', 'a'],
    ['a script that never closes', 'a<script>hidden', 'a'],
    ['a tag that never closes', '<p>a<p hidden', 'a'],
    ['upper-case tags', '<P>A</P><SCRIPT>hidden</SCRIPT>', 'a'],
  ])('survives %s', (_name, html, text) => {
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
