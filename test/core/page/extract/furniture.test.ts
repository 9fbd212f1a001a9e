import { describe, expect, it } from 'vitest';
import { isNamedFurniture } from '#core/page/extract/furniture.ts';
import { textsOf } from '../support.ts';

const ARTICLE =
  '<p>The delegations met again in the customs house, and went on talking until the lamps burned low.</p>';
const inside = (html: string) => textsOf(`<main><h1>Talks</h1>${ARTICLE}${html}${ARTICLE}</main>`).slice(2, -1);
const around = (html: string) => textsOf(`<body><div>${html}</div><div class=text>${ARTICLE}${ARTICLE}</div>`);

describe('the surroundings of an article are left out', () => {
  it.each([
    ['navigation', '<nav>Home</nav>'],
    ['an aside', '<aside><p>Look here</p></aside>'],
    ['a role', '<div role="complementary"><p>Look here</p></div>'],
    ['a role among several', '<div role=" Banner note"><p>Look here</p></div>'],
    ['a page footer', '<footer><p>Imprint</p></footer>'],
    ['an advertisement by class', '<div class="ad-slot"><p>Buy a boat</p></div>'],
    ['share buttons by id', '<div id="shareBar"><ul><li>One network</ul></div>'],
    [
      'a newsletter form',
      '<form><p></p><input><button>Go</button></form><div class="newsletter-box">Sign up for letters</div>',
    ],
    ['a cookie notice', '<div class="cookie_notice">We use biscuits</div>'],
    ['related links', '<section class="relatedArticles"><h3>More</h3><p>Another story</p></section>'],
    ['comments', '<section id="comments"><p>First!</p></section>'],
    ['a page-wide footer class', '<div class="pageFooter2">Imprint</div>'],
    [
      'set phrases without markup',
      '<p>Advertisement</p><p>Back to top</p><p><a href=x>Share this page</a></p><p>[Print]</p>',
    ],
    ['a menu in one line', '<p><a href=a>Home</a> | <a href=b>News</a> | <a href=c>Maps</a></p>'],
    ['a copyright line', '<p>\u00a9 2031 The Harbour Office. All rights reserved.</p>'],
    ['form controls', '<select><option>Choose</select><button>Go</button><label>Mail</label><textarea>x</textarea>'],
  ])('%s', (_, html) => {
    expect(inside(html)).toEqual([]);
  });

  it.each([
    ['a header with navigation', '<header><p>Site name</p><nav>x</nav></header>'],
    ['a list of links before the text', '<ul><li><a href=/a>One</a><li><a href=/b>Two</a></ul>'],
    ['a menu with a label above it', '<b>Main menu</b><ul><li><a href=/a>One</a><li><a href=/b>Two</a></ul>'],
    ['a cell of links', '<table><tr><td><a href=/a>One</a><br><br><a href=/b>Two</a></table>'],
  ])('%s', (_, html) => {
    expect(around(html)).toHaveLength(2);
  });
});

describe('text that only looks like furniture is kept', () => {
  it.each([
    ['a header of the article', '<article><header><h2>Day two</h2></header></article>', ['Day two']],
    [
      'the speaker, at the foot of a quotation',
      '<blockquote>No.<footer>A keeper</footer></blockquote>',
      ['No.', 'A keeper'],
    ],
    ['a heading that is a button', '<h3><button>Day three</button></h3>', ['Day three']],
    [
      'words that hold a furniture word',
      '<div class="shareholder download-story roadside adamant">Kept</div>',
      ['Kept'],
    ],
    ['a form around text', '<form action=x><p>Kept</p><input></form>', ['Kept']],
    [
      'a sentence about a set phrase',
      '<p>Advertisement revenue fell.</p><p>Share prices fell.</p>',
      ['Advertisement revenue fell.', 'Share prices fell.'],
    ],
    [
      'two links with words between',
      '<p>See <a href=a>one</a>, <a href=b>two</a> and <a href=c>three</a>.</p>',
      ['See one, two and three.'],
    ],
    ['a list of sources between paragraphs', '<ul><li><a href=/a>One</a><li><a href=/b>Two</a></ul>', ['One', 'Two']],
  ])('%s', (_, html, expected) => {
    expect(inside(html)).toEqual(expected);
  });

  it("an article whose class is a furniture word, because it holds most of the page's text", () => {
    expect(textsOf(`<body><div class="cookie-policy"><h1>Cookies</h1>${ARTICLE}${ARTICLE}</div><p>x</p>`)).toHaveLength(
      3,
    );
  });

  it('links to other sites at the end: they are sources', () => {
    const html = `<body><div>${ARTICLE}${ARTICLE}<ul><li><a href="https://herald.example/1">Herald</a></ul></div>`;
    expect(textsOf(html)).toContain('Herald');
  });
});

it('a button is a heading within four levels below one', () => {
  const button = (levels: number) => {
    const between = '<i class="x">'.repeat(levels - 1);
    return inside(`<h3>${between}<button>Day three</button>${between.replaceAll('<i class="x">', '</i>')}</h3>`);
  };
  expect([button(4), button(5)]).toEqual([['Day three'], []]);
});

describe('hidden text is left out', () => {
  it.each([
    '<p hidden>x</p>',
    '<p aria-hidden="true">x</p>',
    '<p style="color:red; DISPLAY : none">x</p>',
    '<span style="visibility:hidden">x</span>',
    '<i class="material-icons">arrow_back</i>',
    '<span class="visually-hidden">x</span>',
    '<template><p>x</template>',
    '<noscript>x</noscript>',
    '<svg><text>x</text></svg>',
    '<video>x</video>',
    '<object>x</object>',
    '<!-- x -->',
  ])('%s', (html) => expect(inside(html)).toEqual([]));

  it('except text that a search in the page can find', () => {
    expect(inside('<p hidden="until-found">x</p>')).toEqual(['x']);
  });
});

describe('names', () => {
  it.each([
    'nav',
    'main-nav',
    'navBar',
    'site_footer',
    'Ad',
    'google-ads',
    'social-share',
    'skip-to-content',
    'mw-editsection',
    'entry-meta',
  ])('%s is furniture', (name) => expect(isNamedFurniture({ class: `a ${name} b` })).toBe(true));

  it.each([
    'navigator-report',
    'content',
    'download',
    'header',
    'shared-values',
    'article-body',
    'bad',
    'main',
    'commentary',
    'entry',
  ])('%s is not', (name) => expect(isNamedFurniture({ id: name })).toBe(false));

  it('count in the first 400 characters', () => {
    const names = (length: number) => ({ class: `${'x'.repeat(length - ' nav '.length)} nav` });
    expect([isNamedFurniture(names(400)), isNamedFurniture(names(401))]).toEqual([true, false]);
  });
});
