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

  it('does not take a shell that a script would fill', () => {
    expect(found(`<main>Wait</main><div><div>${PROSE}${PROSE}</div></div>`).foundBy).toBe('density');
  });
});

describe('density', () => {
  it('takes the smallest element with nearly all the prose, and what stands between its parts', () => {
    const html = `<body><div><div>Menu entry</div></div><div id=x><section>${PROSE}</section><h3>Then</h3><section>${PROSE}</section></div>`;
    expect(found(html)).toEqual({ foundBy: 'density', texts: ['The delegati', 'Then', 'The delegati'] });
  });

  it('keeps paragraphs that an early end tag put beside their box', () => {
    const html = `<body><div><div class=text>${PROSE.repeat(20)}</div>${PROSE}</div></body>`;
    expect(found(html).texts).toHaveLength(21);
  });

  it("stops where the page's own heading would be left outside, and not for another heading", () => {
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
