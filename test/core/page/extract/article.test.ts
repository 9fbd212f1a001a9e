import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PageError } from '#core/errors.ts';
import {
  EmptyPageError,
  extractArticle,
  NoArticleError,
  NotHtmlError,
  TooLargeError,
  UndecodableError,
} from '#core/page/index.ts';
import { limits } from '#core/page/limits.ts';
import { articleOf, bytesOf, textsOf } from '../support.ts';

const extract = (bytes: Uint8Array, contentType: string | null = null) =>
  extractArticle(bytes, { contentType, url: null });

describe('bytes that are no page are refused with a named error', () => {
  it.each([
    ['a PDF', bytesOf('%PDF-1.4\n'), 'PDF'],
    ['a PNG', bytesOf(0x89, 'PNG\r\n', 0x1a, '\n'), 'PNG'],
    ['a JPEG', bytesOf(0xff, 0xd8, 0xff, 0xe0), 'JPEG'],
    ['gzip that was not unpacked', bytesOf(0x1f, 0x8b, 8), 'gzip'],
    ['a ZIP', bytesOf('PK', 3, 4), 'ZIP'],
    ['JSON', bytesOf('{"a": "<not markup>"}'), 'JSON'],
    ['a feed', bytesOf('<?xml version="1.0"?>\n<rss version="2.0"><channel><title>x</title></channel></rss>'), 'feed'],
    ['text without a tag', bytesOf('Just a note, 3 < 5 > 4.'), 'without a single HTML tag'],
    ['source code', bytesOf('if (a<b) { c<d>(e) }'), 'without a single HTML tag'],
  ])('%s', (_, bytes, words) => {
    expect(() => extract(bytes)).toThrow(NotHtmlError);
    expect(() => extract(bytes)).toThrow(words);
  });

  it('something that is served as another type, without repeating its control characters', () => {
    expect(() => extract(bytesOf('<p>x</p>'), 'application/json')).toThrow(/served as "application\/json"/);
    expect(() => extract(bytesOf('<p>x</p>'), 'image/png; name=\u001b[31m')).toThrow(/"image\/png; name=\[31m"/);
  });

  it.each([
    ['no bytes', new Uint8Array(0)],
    ['white space', bytesOf(' \r\n\t')],
    ['a mark and nothing more', bytesOf(0xef, 0xbb, 0xbf, '\n')],
  ])('%s', (_, bytes) => expect(() => extract(bytes)).toThrow(EmptyPageError));

  it('binary data without a signature', () => {
    expect(() => extract(Uint8Array.from({ length: 4000 }, (_, at) => (at * 7919) % 251))).toThrow(UndecodableError);
    expect(() => extract(new Uint8Array(1000))).toThrow(UndecodableError);
  });

  it('more bytes than are read', () => {
    expect(() => extract(new Uint8Array(limits.bytes + 1))).toThrow(TooLargeError);
  });
});

describe('pages without an article are refused with a named error', () => {
  it.each([
    ['no text at all', '<html><body><div></div></body></html>'],
    ['only a title and a heading', '<title>x</title><h1>x</h1>'],
    ['only furniture', '<nav><a href=x>Home</a></nav><footer>Copyright 2031</footer>'],
    [
      'only a frame that scripts fill',
      '<div id=root></div><noscript>Enable JavaScript</noscript><script>go()</script>',
    ],
    ['only punctuation', '<p>* * *</p>'],
  ])('%s', (_, html) => expect(() => articleOf(html)).toThrow(NoArticleError));

  it('with messages of one line and stable codes', () => {
    const codes = ['', '%PDF-', '<p></p>', '\0'].map((text) => {
      try {
        extract(bytesOf(text));
      } catch (error) {
        if (!(error instanceof PageError)) throw error;
        expect(error.message).toMatch(/^The page|^No article/);
        expect(error.message).not.toContain('\n');
        expect(error.retryable).toBe(false);
        return error.code;
      }
      return 'none';
    });
    expect(codes).toEqual(['empty', 'not-html', 'no-article', 'undecodable']);
  });
});

describe('a page that is served as text/plain', () => {
  it('is HTML where it begins as HTML does', () => {
    const article = extract(bytesOf('<!-- a --> <html><body><p>Talks <b>began</b>.'), 'text/plain');
    expect(article.blocks.map(({ text }) => text)).toEqual(['Talks began.']);
  });

  it('is read as paragraphs by blank lines', () => {
    const article = extract(bytesOf('10 May\nTalks <b>began</b>.\n\n\n11 May', 0x97, 'they ended.\n'), 'text/plain');
    expect(article.blocks.map(({ kind, text }) => [kind, text])).toEqual([
      ['paragraph', '10 May Talks <b>began</b>.'],
      ['paragraph', '11 May\u2014they ended.'],
    ]);
    expect(article).toMatchObject({ title: null, foundBy: 'plain-text', charset: 'windows-1252' });
  });
});

describe('front matter', () => {
  const page = (between: string) =>
    `<title>Crisis - May 2031</title><h1>Section</h1>${between}<h2>Crisis \u2013 May 2031</h2><p>News of the day.</p><blockquote>Said later</blockquote>`;
  const kinds = (html: string, url: string | null = null) => articleOf(html, url).blocks.map(({ kind }) => kind);

  it("is a quotation before the page's own heading, found in spite of another dash", () => {
    expect(kinds(page('<blockquote>Of old</blockquote>'))).toEqual([
      'heading',
      'frontMatter',
      'heading',
      'paragraph',
      'quote',
    ]);
  });

  it('is no paragraph before it, except on a site that has its epigraph there', () => {
    expect(kinds(page('<p><i>Of old</i></p>'))).toContain('paragraph');
    const epigraph = page('<div id=content><p><i>Of old</i></p>');
    expect(kinds(epigraph, 'https://www.globalsecurity.org/x.htm')).toEqual([
      'frontMatter',
      'heading',
      'paragraph',
      'quote',
    ]);
  });

  it('does not exist where the page has no heading of its own', () => {
    expect(kinds('<title>Other</title><blockquote>Of old</blockquote><h2>Crisis</h2><p>News.</p>')).not.toContain(
      'frontMatter',
    );
  });
});

describe('any input', () => {
  it('gives an article or a named error', () => {
    const html = fc.string({ unit: 'binary' }).map((text) => new TextEncoder().encode(`<p>${text}`));
    fc.assert(
      fc.property(
        fc.oneof(fc.uint8Array({ maxLength: 400 }), html),
        fc.constantFrom(null, 'text/html', 'text/plain'),
        (bytes, type) => {
          try {
            const { blocks } = extract(bytes, type);
            expect(blocks.length).toBeGreaterThanOrEqual(type === 'text/plain' ? 0 : 1);
          } catch (error) {
            expect(error).toBeInstanceOf(PageError);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('gives the same article for the same bytes', () => {
    const html = '<title>a</title><main><p>One day in May.<p>Another.</main>';
    expect(articleOf(html)).toEqual(articleOf(html));
  });

  it('survives null bytes and references to lone surrogates', () => {
    expect(textsOf(`<p>The\0 ta\0lks &#xD800;went&#0; on${' and on'.repeat(20)}`)[0]).toMatch(
      /^The talks \ufffdwent\ufffd? on/,
    );
  });

  it.each([
    ['div', '<div>', 1],
    ['table', '<table><tr><td>', 1],
    ['ul', '<ul><li>', 1],
    ['blockquote', '<blockquote>', 1],
    ['a', '<a href=x><b class=y>', 1],
  ])('survives 100,000 nested %s', (_, tag, blocks) => {
    expect(textsOf(`${tag.repeat(100_000)}The talks went on`)).toHaveLength(blocks);
  });

  it('reads 200,000 tiny paragraphs and a paragraph of 10 MB', () => {
    expect(textsOf('<p>Day 5.'.repeat(200_000))).toHaveLength(200_000);
    expect(textsOf(`<p>${'The talks '.repeat(1_000_000)}`)[0]).toHaveLength(9_999_999);
  });
});
