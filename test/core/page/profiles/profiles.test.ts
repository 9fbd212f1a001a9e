import { describe, expect, it } from 'vitest';
import { articleOf } from '../support.ts';

const PROSE = '<p>The delegations met again in the customs house, and went on talking until the lamps burned low.</p>';
const found = (html: string, url: string | null = null) => {
  const { foundBy, blocks } = articleOf(html, url);
  return { foundBy, texts: blocks.map(({ text }) => text.slice(0, 12)) };
};

describe('globalsecurity', () => {
  const page = `<div id=content><h1>Section</h1>${PROSE}</div><div>${PROSE}</div>`;

  it('takes #content on its own site, and on no other', () => {
    expect(found(page, 'https://www.globalsecurity.org/a.htm')).toEqual({
      foundBy: 'globalsecurity',
      texts: ['Section', 'The delegati'],
    });
    expect(found(page, 'https://www.notglobalsecurity.org/a.htm').foundBy).not.toBe('globalsecurity');
    expect(found(page).foundBy).not.toBe('globalsecurity');
  });

  it('takes #content of a saved page that names the site in its title', () => {
    expect(found(`<title>Lake - GlobalSecurity.org</title>${page}`).foundBy).toBe('globalsecurity');
  });

  it('leaves a page without #content, or with nothing in it, to the next profile', () => {
    expect(found(`<div>${PROSE}</div>`, 'https://www.globalsecurity.org/a.htm').foundBy).toBe('density');
    expect(found(`<div id=content></div><main>${PROSE}</main>`, 'https://www.globalsecurity.org/a.htm').foundBy).toBe(
      'semantic',
    );
  });
});

describe('semantic', () => {
  it.each([
    ['main', `<main>${PROSE}</main><div>${PROSE}</div>`],
    ['the main role', `<div role=main>${PROSE}</div><div>${PROSE}</div>`],
    ['a single article', `<article>${PROSE}</article><div>${PROSE}</div>`],
    ['microdata', `<div itemprop="articleBody">${PROSE}</div><div>${PROSE}</div>`],
    ['the single article of main', `<main><article>${PROSE}</article><div>x</div></main>`],
    ['the visible main of two', `<main hidden>${PROSE}${PROSE}</main><main>${PROSE}</main>`],
  ])('takes %s', (_, html) => expect(found(html)).toEqual({ foundBy: 'semantic', texts: ['The delegati'] }));

  it('takes main around several articles: entries of one running report', () => {
    expect(found(`<main><article>${PROSE}</article><article>${PROSE}</article></main>`).texts).toHaveLength(2);
  });

  it('does not take a teaser for the article of main', () => {
    expect(found(`<main>${PROSE}${PROSE}<article><p>A teaser</p></article></main>`).texts).toHaveLength(3);
  });

  it.each([
    [40, 'semantic'],
    [39, 'density'],
  ])('with %i characters in main is %s: a shorter one is filled by scripts', (length, foundBy) => {
    expect(found(`<main>${'x'.repeat(length)}</main>and loose words`).foundBy).toBe(foundBy);
  });

  it.each([
    [100, ['x'.repeat(12)]],
    [99, ['x'.repeat(12), 'y'.repeat(12)]],
  ])('with %i of 200 characters of main in its article takes %j: half is enough', (length, texts) => {
    const html = `<main><article><p>${'x'.repeat(length)}</p></article><p>${'y'.repeat(200 - length)}</p></main>`;
    expect(found(html)).toEqual({ foundBy: 'semantic', texts });
  });

  it('reads 10,000 marked elements', () => {
    const page = (hidden: number) => `${'<article hidden></article>'.repeat(hidden)}<main>${PROSE}</main>`;
    expect([found(page(9_999)).foundBy, found(page(10_000)).foundBy]).toEqual(['semantic', 'density']);
  });

  it('does not take an empty frame that a script fills', () => {
    expect(found(`<main>Wait</main><div><div>${PROSE}${PROSE}</div></div>`).foundBy).toBe('density');
  });
});

describe('density', () => {
  it.each([
    [900, 'density'],
    [899, 'body'],
  ])('needs nine tenths of the prose: %i of 1,000 characters are found by %s', (length, foundBy) => {
    const html = `<div>${'x'.repeat(1_000 - length)}</div><div><p>${'y'.repeat(length)}</p></div>`;
    expect(found(html).foundBy).toBe(foundBy);
  });

  it.each([
    [24, 'density'],
    [25, 'body'],
  ])('counts pieces of 25 characters as prose: next to pieces of %i the article is found by %s', (length, foundBy) => {
    const html = `<div>${`${'x'.repeat(length)}<br>`.repeat(20)}</div><div><p>${'y'.repeat(900)}</p></div>`;
    expect(found(html).foundBy).toBe(foundBy);
  });

  it.each([
    [79, 'density'],
    [80, 'body'],
  ])('leaves no paragraph of 80 characters outside: with one of %i it is found by %s', (length, foundBy) => {
    expect(found(`<p>${'x'.repeat(length)}</p><div><p>${'y'.repeat(900)}</p></div>`).foundBy).toBe(foundBy);
  });

  it.each([
    ['May', 'May'],
    ['Ma', 'y'.repeat(12)],
  ])(
    'keeps a heading of three characters that repeats the title: after "%s" the first text is %s',
    (heading, first) => {
      const html = `<title>${heading} - Notes</title><div><h1>${heading}</h1><div><p>${'y'.repeat(900)}</p></div></div>`;
      expect(found(html).texts[0]).toBe(first);
    },
  );

  it('takes the smallest element with nearly all prose, and what is between its parts', () => {
    const html = `<body><div><div>Menu entry</div></div><div id=x><section>${PROSE}</section><h3>Then</h3><section>${PROSE}</section></div>`;
    expect(found(html)).toEqual({ foundBy: 'density', texts: ['The delegati', 'Then', 'The delegati'] });
  });

  it('keeps paragraphs that an early end tag moved out of their box', () => {
    const html = `<body><div><div class=text>${PROSE.repeat(20)}</div>${PROSE}</div></body>`;
    expect(found(html).texts).toHaveLength(21);
  });

  it("keeps the page's own heading inside, and no other heading", () => {
    const body = (heading: string) =>
      `<title>The talks - Notes</title><div><h1>${heading}</h1><div><div>${PROSE}${PROSE}</div></div></div>`;
    expect(found(body('The talks')).texts).toEqual(['The talks', 'The delegati', 'The delegati']);
    expect(found(body('Our site')).texts).toEqual(['The delegati', 'The delegati']);
  });

  it('does not take a long list of links for prose', () => {
    const links = `<ul>${'<li><a href=/a>A long and winding headline of another story on this site</a></li>'.repeat(30)}</ul>`;
    expect(found(`<body><div>${links}</div><div><div>${PROSE}${PROSE}</div></div>`).texts).toEqual([
      'The delegati',
      'The delegati',
    ]);
  });
});

describe('body', () => {
  it('takes the whole page where nothing divides it', () => {
    expect(found('Loose words<p>and a paragraph')).toEqual({ foundBy: 'body', texts: ['Loose words', 'and a paragr'] });
  });
});
