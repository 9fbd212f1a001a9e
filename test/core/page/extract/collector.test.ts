import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { articleOf, blocksOf, textsOf } from '../support.ts';

describe('where a block ends', () => {
  it.each([
    [
      'at the edges of block elements, also for loose text',
      'one<div>two<p>three</p>four</div>five',
      ['one', 'two', 'three', 'four', 'five'],
    ],
    [
      'at two line breaks, whatever white space is between',
      'one<br><br>two<BR>\n&nbsp;<br />three',
      ['one', 'two', 'three'],
    ],
    ['not at one line break', '<p>one<br>two</p>', ['one two']],
    ['at a rule', 'one<hr>two', ['one', 'two']],
    ['at a line that non-breaking spaces indent', 'one<br>&nbsp; &nbsp;two<br>&nbsp;three', ['one', 'two three']],
    [
      'not at formatting, links or unknown elements',
      '<p>o<b>n</b>e <x-y>two</x-y> <a href=x>three</a></p>',
      ['one two three'],
    ],
    ['not where nothing visible follows', '<p>one<p><p>&nbsp;<p>two', ['one', 'two']],
    ['not inside a word', '<p>Janu<wbr>ary 1<sup>st</sup>', ['January 1st']],
  ])('%s', (_, html, expected) => expect(textsOf(html)).toEqual(expected));
});

describe('what a block is', () => {
  it.each([
    ['<h1>a</h1><h6>b</h6><p>c', ['heading1: a', 'heading6: b', 'paragraph: c']],
    ['<ul><li>a<ol><li>b</ol>c</ul>', ['listItem: a', 'listItem: b', 'listItem: c']],
    ['<blockquote>a<p>b</p><ul><li>c</ul></blockquote>', ['quote: a', 'quote: b', 'listItem: c']],
    ['<p>x<figure><img><figcaption>a</figcaption></figure>', ['paragraph: x', 'caption: a']],
    ['<ul><li><h3>a</h3><p>b</ul>', ['heading3: a', 'listItem: b']],
    ['<h2>a<p>b<p>c', ['heading2: a', 'paragraph: b', 'paragraph: c']],
    ['<h2><p>a</p></h2><p>b', ['heading2: a', 'paragraph: b']],
    ['<details><summary>a</summary>b</details>', ['paragraph: a', 'paragraph: b']],
    ['<dl><dt>a<dd><p>b<p>c</dl>', ['listItem: a', 'listItem: b', 'listItem: c']],
  ])('%s', (html, expected) => expect(blocksOf(html)).toEqual(expected));
});

describe('tables', () => {
  it.each([
    [
      'header cells make a table of data',
      '<table><tr><th>a<th>b<tr><td>c<td>d</table>',
      ['tableRow: a | b', 'tableRow: c | d'],
    ],
    [
      'so do rows of several short cells',
      '<table><tr><td>a<td>b<tr><td>c<td>d</table>',
      ['tableRow: a | b', 'tableRow: c | d'],
    ],
    [
      'empty cells leave no mark',
      '<table><tr><th>a<th><th>c<tr><td><td>d<td></table>',
      ['tableRow: a | c', 'tableRow: d'],
    ],
    [
      'blocks in a cell of data are one row',
      '<table><tr><th>a<td><p>b</p><ul><li>c<li>d</ul>e<br><br>f</table>',
      ['tableRow: a | b c d e f'],
    ],
    [
      'a caption comes before its rows',
      '<table><tr><th>a<td>b<caption>c</caption></table>',
      ['caption: c', 'tableRow: a | b'],
    ],
    ['one row lays out a page', '<table><tr><td>a<td><p>b</table>', ['paragraph: a', 'paragraph: b']],
    ['one cell a row lays out a page', '<table><tr><td>a<tr><td>b</table>', ['paragraph: a', 'paragraph: b']],
    [
      'cells of several blocks lay out a page',
      '<table><tr><td>a<td><p>b<p>c<tr><td>d<td>e</table>',
      ['paragraph: a', 'paragraph: b', 'paragraph: c', 'paragraph: d', 'paragraph: e'],
    ],
    [
      'tables in tables lay out a page, the inner may hold data',
      '<table><tr><td>a<td><table><tr><th>b<td>c</table></table>',
      ['paragraph: a', 'tableRow: b | c'],
    ],
    ['a role decides it', '<table role=presentation><tr><th>a<td>b</table>', ['paragraph: a', 'paragraph: b']],
    ['loose text in a table is kept', '<table>x<tr><td>a</table>', ['paragraph: x', 'paragraph: a']],
  ])('%s', (_, html, expected) => expect(blocksOf(html)).toEqual(expected));

  it('keeps the loose text of a table of data too', () => {
    expect(textsOf('<table>x<tr><th>a<td>b</tr><p>y</table>').toSorted()).toEqual(['a | b', 'x', 'y']);
  });
});

describe('links', () => {
  it('have offsets in the normalised text, also after repaired characters', () => {
    const [block] = articleOf(
      '<p>  Talks \u00e2\u20ac\u201d <a href=" /a ">in\n<b>Geneva</b> </a>and <a href=/b>Vienna</a>.',
    ).blocks;
    expect(block?.text).toBe('Talks \u2014 in Geneva and Vienna.');
    expect(block?.links.map(({ href, start, end }) => [href, block.text.slice(start, end)])).toEqual([
      ['/a', 'in Geneva'],
      ['/b', 'Vienna'],
    ]);
  });

  it('have offsets in UTF-16 units', () => {
    const [block] = articleOf('<p>\u{1f600} <a href=x>y</a>').blocks;
    expect(block?.links).toEqual([{ href: 'x', start: 3, end: 4 }]);
  });

  it('are divided where they span blocks, and left out where they are empty or have no address', () => {
    const { blocks } = articleOf('<a href=x><p>one<p>two</a><p><a name=n>three</a><a href=y> </a>');
    expect(blocks.map(({ links }) => links)).toEqual([
      [{ href: 'x', start: 0, end: 3 }],
      [{ href: 'x', start: 0, end: 3 }],
      [],
    ]);
  });

  it('have offsets in the whole row of a table', () => {
    const [row] = articleOf('<table><tr><th>a<td><a href=x>b</a></table>').blocks;
    expect(row?.links).toEqual([{ href: 'x', start: 4, end: 5 }]);
  });
});

describe('the text before a repair', () => {
  it('is kept only where there was one', () => {
    const { blocks } = articleOf('<p>Russia\u00e2\u20ac\u2122s <i>terms</i><p>Russia\u2019s');
    expect(blocks.map(({ text, written }) => [text, written])).toEqual([
      ['Russia\u2019s terms', 'Russia\u00e2\u20ac\u2122s terms'],
      ['Russia\u2019s', undefined],
    ]);
  });
});

describe('any nesting', () => {
  const name = fc.constantFrom(
    'div',
    'p',
    'b',
    'ul',
    'li',
    'table',
    'tr',
    'td',
    'th',
    'h2',
    'blockquote',
    'a',
    'pre',
    'center',
    'span',
    'dl',
    'dd',
    'form',
    'font',
  );
  const soup = fc.array(
    fc.oneof(
      name.map((one) => `<${one}>`),
      name.map((one) => `</${one}>`),
      fc.constant('<br>'),
      fc.constant('WORD'),
    ),
    { maxLength: 80 },
  );

  it('gives every visible word once and in order: nothing lost, nothing twice', () => {
    fc.assert(
      fc.property(soup, (parts) => {
        let count = 0;
        const html = parts
          .map((part) => {
            if (part !== 'WORD') return part;
            count += 1;
            return ` w${count}x `;
          })
          .join('');
        const found =
          textsOf(`<main>The start of a report that is long enough to be one. ${html}</main>`)
            .join(' ')
            .match(/w\d+x/g) ?? [];
        expect(found.toSorted(byNumber)).toEqual(Array.from({ length: count }, (_, at) => `w${at + 1}x`));
      }),
      { numRuns: 1500 },
    );
  });

  it('gives blocks that are normalised and not empty', () => {
    fc.assert(
      fc.property(soup, (parts) => {
        for (const text of textsOf(`<p>start ${parts.join('\n')}`)) {
          expect(text).toBe(text.trim());
          expect(text).not.toMatch(/^$|\n| {2}/);
        }
      }),
    );
  });
});

function byNumber(a: string, b: string): number {
  return Number.parseInt(a.slice(1), 10) - Number.parseInt(b.slice(1), 10);
}
