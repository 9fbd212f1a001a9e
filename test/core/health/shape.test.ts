import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shapeOf } from '#core/health/shape.ts';

describe('the shape of a page', () => {
  it('has its title, headings and words, lower-case, without entities', () => {
    const shape = shapeOf(
      '<title>Caf\u00e9 &amp; Co&hellip;</title><h1>We&rsquo;ll be <b>back</b></h1><p>Soon&nbsp;&#8211;\n or &#x6c;ater</p>',
    );
    expect(shape.title).toBe('caf\u00e9 & co...');
    expect(shape.headings).toEqual(["we'll be back"]);
    expect(shape.text).toBe("we'll be back soon \u2013 or later");
  });

  it('keeps code out of the words and words out of the markup', () => {
    const shape = shapeOf(
      '<p id="a">an article about id="px-captcha"</p><script>window.px=1</script><style>p{}</style>',
    );
    expect(shape.text).toBe('an article about id="px-captcha"');
    expect(shape.markup).toContain('window.px=1');
    expect(shape.markup).not.toContain('px-captcha');
  });

  it('keeps what only names hosts out of the markup', () => {
    const shape = shapeOf(
      '<meta http-equiv="Content-Security-Policy" content="frame-src a.example"><link rel="preconnect" href="https://b.example"><script src="https://c.example"></script>',
    );
    expect(shape.markup).not.toMatch(/a\.example|b\.example/);
    expect(shape.markup).toContain('c.example');
  });

  it('reads words in noscript, which is where walls put theirs', () => {
    expect(shapeOf('<noscript>Enable <b>JavaScript</b></noscript>').text).toBe('enable javascript');
  });

  it.each([
    ['a bare bracket', 'a < b', 'a < b'],
    ['a comment', 'a<!-- hidden -->b', 'a b'],
    ['a comment that never closes', 'a<!-- hidden', 'a'],
    ['a script that never closes', 'a<script>hidden', 'a'],
    ['a tag that never closes', 'a<p hidden', 'a'],
    ['upper-case tags', '<P>A</P><SCRIPT>hidden</SCRIPT>', 'a'],
  ])('survives %s', (_name, html, text) => {
    expect(shapeOf(html).text).toBe(text);
  });

  it('is made of any characters without throwing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (html) => {
        const shape = shapeOf(html);
        expect(shape.text).toBe(shape.text.trim());
        expect(shape.headings.length).toBeLessThanOrEqual(6);
      }),
    );
  });
});
