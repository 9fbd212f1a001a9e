import { describe, expect, it } from 'vitest';
import { PageError } from '#core/errors.ts';
import { articleLength, healthReasonOf, isObservation, judgeResponse } from '#core/health/index.ts';
import type { Article } from '#core/page/types.ts';
import { facts } from './support.ts';

const ENTRY = (day: number): string =>
  `<p>${day} January 2022: the talks went on in the old town hall, and a spokesman said that nothing had been settled.</p>`;
const page = (entries: number, end = '</div></body></html>'): string =>
  `<!DOCTYPE html><html><head><title>Chronicle</title></head><body><div id="content"><h1>Chronicle</h1>${Array.from({ length: entries }, (_, i) => ENTRY(i + 1)).join('')}${end}`;
const PAGE = page(8);
const baseline = (html: string) => {
  const { article } = facts({ html }).page;
  if (article instanceof PageError) throw article;
  return { textLength: articleLength(article), paragraphs: article.blocks.length };
};
const reason = (given: Parameters<typeof facts>[0]): string => {
  const verdict = judgeResponse(facts(given));
  return verdict.verdict === 'ok' ? 'ok' : verdict.reason;
};

describe('the status and the headers', () => {
  it('accept a page with status 200 or 203', () => {
    expect([reason({ html: PAGE }), reason({ html: PAGE, status: 203 })]).toEqual(['ok', 'ok']);
  });

  it.each([300, 301, 400, 401, 403, 404, 410, 418, 429, 451, 500, 502, 503, 504, 521])(
    'refuse a page with status %i, whatever its body',
    (status) => {
      expect(judgeResponse(facts({ html: PAGE, status }))).toEqual({
        verdict: 'bad',
        reason: 'http-status',
        detail: `HTTP ${status}`,
      });
    },
  );

  it('decide whether a "not found" page is a soft 404: only with status 200', () => {
    const html =
      '<html><head><title>Page not found</title></head><body><h1>Page not found</h1><p>Sorry.</p></body></html>';
    expect([reason({ html, status: 404 }), reason({ html })]).toEqual(['http-status', 'soft-404']);
  });

  it.each([
    ['cf-mitigated', 'challenge'],
    ['x-amzn-waf-action', 'captcha'],
    ['x-vercel-mitigated', 'deny'],
  ])('refuse any body with the header %s: %s', (name, value) => {
    expect(reason({ html: PAGE, headers: { [name]: value } })).toBe('captcha');
  });

  it.each([
    ['application/pdf', 'content-type'],
    ['application/json', 'content-type'],
    ['image/png', 'content-type'],
    ['text/plain', 'ok'],
    ['application/xhtml+xml', 'ok'],
    ['TEXT/HTML;Charset=UTF-8', 'ok'],
    ['', 'ok'],
    ['not a type', 'ok'],
  ])('of Content-Type "%s" with an HTML body give %s', (type, expected) => {
    expect(reason({ html: PAGE, headers: { 'content-type': type } })).toBe(expected);
  });

  it('do not make a PDF a page', () => {
    const body = new TextEncoder().encode(`%PDF-1.7\n${'1 0 obj << /Type /Catalog >> endobj\n'.repeat(40)}`);
    expect(['content-type', 'no-article']).toContain(reason({ body }));
  });
});

describe('a page without text', () => {
  it.each([
    ['no bytes', ''],
    ['white space', ' \n\t '],
    ['an empty body element', '<html><head><title>Chronicle</title></head><body></body></html>'],
    ['a body of scripts', '<html><body><script>var x = "12 January 2022: something happened";</script></body></html>'],
  ])('is empty: %s', (_name, html) => {
    expect(reason({ html })).toBe('empty');
  });

  it('is no article where it only has navigation', () => {
    const html = '<html><body><nav><a href="/a">A</a> <a href="/b">B</a></nav></body></html>';
    expect(reason({ html })).toBe('no-article');
  });

  it('is no article where it only has headings', () => {
    const article: Article = {
      title: 'Chronicle',
      blocks: [{ text: 'February 2022', kind: 'heading', level: 2, links: [] }],
      charset: 'utf-8',
      lastModified: null,
      foundBy: 'body',
    };
    expect(reason({ html: PAGE, article })).toBe('no-article');
  });

  it.each([
    ['not-html', 'content-type'],
    ['empty', 'empty'],
    ['undecodable', 'undecodable'],
    ['no-article', 'no-article'],
    ['too-large', 'too-large'],
    ['something-new', 'no-article'],
  ])('whose extraction failed with %s is refused as %s', (code, expected) => {
    const article = new PageError('nothing could be read from the page', { code });
    expect(reason({ html: '<p>words that nobody could place</p>', article })).toBe(expected);
  });

  it('is undecodable where it is noise', () => {
    const body = Uint8Array.from({ length: 4000 }, (_, i) => (i % 3 === 0 ? 1 + (i % 7) : 97 + (i % 20)));
    expect(reason({ body })).toBe('undecodable');
  });
});

describe('a truncated page', () => {
  const previous = baseline(PAGE);

  it.each([
    ['inside a tag', `${page(6, '')}<p clas`],
    ['inside a closing tag', `${page(6, '')}</di`],
    ['inside a comment', `${page(6, '')}<!-- to do`],
  ])('is recognised at first sight where it ends %s', (_name, html) => {
    expect(reason({ html })).toBe('truncated');
  });

  it('is recognised where it ends in the middle of a sentence, is shorter than before and has no end tag', () => {
    expect(reason({ html: `${page(6, '')}<p>7 January 2022: the talks went on in the`, previous })).toBe('truncated');
  });

  it('is recognised by its Content-Length, unless the body was compressed', () => {
    const headers = { 'content-length': '999999' };
    expect(reason({ html: PAGE, headers })).toBe('truncated');
    expect(reason({ html: PAGE, headers: { ...headers, 'content-encoding': 'gzip' } })).toBe('ok');
  });

  it('is recognised by status 206, because no range was requested', () => {
    expect(reason({ html: PAGE, status: 206 })).toBe('truncated');
  });

  it('is not a page that never closes its elements', () => {
    expect(reason({ html: page(8, '') })).toBe('ok');
    expect(reason({ html: page(9, ''), previous })).toBe('ok');
    expect(reason({ html: page(7, ''), previous })).toBe('ok');
  });

  it('is not a text that ends with "a < b"', () => {
    expect(reason({ html: `${page(6, '')}<p>9 January 2022: it was noted that 3 < 4.` })).toBe('ok');
  });
});

describe('a redirect', () => {
  const url = 'https://www.chronicle.example/wars/putin-2022-01.htm';

  it.each([
    'https://www.chronicle.example/',
    'https://chronicle.example/index.html',
    'https://www.chronicle.example/wars/',
    'https://www.chronicle.example/login?next=/wars/putin-2022-01.htm',
    'https://www.chronicle.example/404.html',
    'https://www.chronicle.example/error/500',
    'https://www.chronicle.example/wars/putin-2022-02.htm',
    'https://www.chronicle.example/sport/football.htm',
    'https://elsewhere.example/wars/putin-2022-01.htm',
  ])('to %s leads to another page', (finalUrl) => {
    expect(reason({ html: PAGE, url, finalUrl })).toBe('redirected');
  });

  it.each([
    url,
    'http://chronicle.example/wars/putin-2022-01.htm',
    'https://www.chronicle.example/wars/putin-2022-01.html',
    'https://www.chronicle.example/wars/putin-2022-01',
    'https://www.chronicle.example/wars/putin-2022-01/',
    'https://www.chronicle.example/Wars/Putin-2022-01.htm',
    'https://www.chronicle.example/wars/putin-2022-01.htm?x=1',
    'https://www.chronicle.example/archive/wars/putin-nuclear-2022-01.htm',
  ])('to %s leads to the same page', (finalUrl) => {
    expect(reason({ html: PAGE, url, finalUrl })).toBe('ok');
  });
});

describe('a page that changed much', () => {
  const long = page(20);
  const previous = baseline(long);

  it('has shrunk where it lost more than half of its text', () => {
    expect(reason({ html: page(9), previous })).toBe('shrunk');
    expect(reason({ html: page(11), previous })).toBe('ok');
  });

  it('is accepted where it grew, however much', () => {
    expect(reason({ html: page(20), previous: baseline(page(2)) })).toBe('ok');
  });

  it('is accepted where it is rolling, unless it lost nearly all text', () => {
    expect(reason({ html: page(5), previous, rolling: true })).toBe('ok');
    expect(reason({ html: page(1), previous, rolling: true })).toBe('shrunk');
  });

  it('is a mass change where it kept nearly no paragraph, unless it is rolling or the paragraphs were not counted', () => {
    expect(reason({ html: long, previous, kept: 0.05 })).toBe('mass-change');
    expect(reason({ html: long, previous, kept: 0.05, rolling: true })).toBe('ok');
    expect(reason({ html: long, previous, kept: 0.5 })).toBe('ok');
    expect(reason({ html: long, previous, kept: null })).toBe('ok');
  });

  it('is not compared with a very short baseline', () => {
    expect(reason({ html: page(1), previous: { textLength: 99, paragraphs: 1 } })).toBe('ok');
  });
});

describe('a fetch without an answer', () => {
  it.each([
    ['dns', 'unreachable'],
    ['connect', 'unreachable'],
    ['tls', 'unreachable'],
    ['timeout', 'unreachable'],
    ['protocol', 'unreachable'],
    ['robots', 'robots'],
    ['too-large', 'too-large'],
    ['truncated', 'truncated'],
    ['encoding', 'undecodable'],
    ['redirect-loop', 'redirected'],
    ['redirect-limit', 'redirected'],
    ['redirect-off-list', 'redirected'],
    ['redirect-insecure', 'redirected'],
    ['redirect-bad', 'redirected'],
    ['forbidden-address', 'refused'],
    ['off-list', 'refused'],
    ['bad-url', 'refused'],
    ['something-new', 'unreachable'],
    ['constructor', 'unreachable'],
  ])('because of %s has the reason %s', (failure, expected) => {
    expect(healthReasonOf(failure)).toBe(expected);
  });

  it('is a check unless no request was sent', () => {
    expect([isObservation('dns'), isObservation('postponed')]).toEqual([true, false]);
  });
});

describe('a notice', () => {
  const notice = (length: number): string => {
    const text = 'Please wait while we check your request. '.repeat(40).slice(0, length - 1);
    return `<title>Access denied</title><p>${text}x</p>`;
  };

  it('has at most 900 characters; what is longer is an article', () => {
    expect([reason({ html: notice(900) }), reason({ html: notice(901) })]).toEqual(['block-page', 'ok']);
  });

  it.each([
    [3, 'block-page'],
    [4, 'ok'],
  ])('with %i sentences that do not address the visitor is %s', (count, expected) => {
    const sentences = Array.from(
      { length: count },
      (_, i) => `<p>Ship ${'abcd'.charAt(i)} reached the harbour of the old town.</p>`,
    );
    const html = `<title>Access denied</title><p>Please wait for your browser.</p>${sentences.join('')}`;
    expect(reason({ html })).toBe(expected);
  });

  it('in a quotation is none', () => {
    const text = 'The ministry showed &quot;Access denied&quot; to readers abroad.';
    expect(reason({ html: `<h1>The registry</h1><p>${text}</p>` })).toBe('ok');
  });
});

describe('hostile markup', () => {
  const N = 100_000;
  it.each([
    ['open brackets', '<'.repeat(N)],
    ['open tags', '<a '.repeat(N / 3)],
    ['comments that never close', '<!--'.repeat(N / 4)],
    ['scripts that never close', '<script>'.repeat(N / 8)],
    ['titles', '<title>'.repeat(N / 7)],
    ['headings', '<h1>'.repeat(N / 4)],
    ['entities', '&#x'.repeat(N / 3)],
    ['ampersands', '&'.repeat(N)],
    ['dashes in a title', `<title>${' - '.repeat(N / 3)}</title>`],
    ['dots', '. '.repeat(N / 2)],
    ['marks within a title', `<title>a${'!'.repeat(10 * N)}a</title>`],
    ['marks within a heading', `<h1>a${'!'.repeat(10 * N)}a</h1>`],
    ['digits', '1'.repeat(N)],
  ])('of 100 KB or more of %s is judged in time', (_name, html) => {
    const article = new PageError('no article', { code: 'no-article' });
    expect(judgeResponse(facts({ html, article })).verdict).toBe('bad');
    const blocks = [{ text: html, kind: 'paragraph' as const, links: [] }];
    const found: Article = { title: null, blocks, charset: 'utf-8', lastModified: null, foundBy: 'body' };
    expect(['ok', 'bad']).toContain(judgeResponse(facts({ html, article: found })).verdict);
  });
});
