import { type Element, isTag, isText } from 'domhandler';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '#core/page/limits.ts';
import { parse } from '#core/page/parse/parse.ts';

/** The tree in brackets: `p(one b(two))`. */
function shape(html: string): string {
  return show(parse(html).root).slice('body('.length, -1);
}

/** Every element below the body, in document order. */
function elementsOf(html: string): Element[] {
  return parse(html).$('body').find('*').toArray();
}

/** All text below the body. */
function textOf(html: string): string {
  const { $, root } = parse(html);
  return $(root).text();
}

function show(element: Element): string {
  if (element.children.length === 0) return element.name;
  return `${element.name}(${element.children
    .map((child) => (isTag(child) ? show(child) : isText(child) ? child.data.trim() : '(not a text)'))
    .filter(Boolean)
    .join(' ')})`;
}

describe('what old pages leave unclosed', () => {
  it.each([
    ['paragraphs', '<p>one<p>two<P>three', 'p(one) p(two) p(three)'],
    [
      'paragraphs before other blocks',
      '<p>one<h2>two</h2><p>three<ul><li>four</ul>',
      'p(one) h2(two) p(three) ul(li(four))',
    ],
    [
      'list items, but not those of the list around',
      '<ul><li>a<ul><li>b<li>c</ul><li>d</ul>',
      'ul(li(a ul(li(b) li(c))) li(d))',
    ],
    ['definition lists', '<dl><dt>a<dd>b<dt>c</dl>', 'dl(dt(a) dd(b) dt(c))'],
    ['rows and cells', '<table><tr><td>a<td>b<tr><th>c</table>d', 'table(tr(td(a) td(b)) tr(th(c))) d'],
    ['cells without rows', '<table><td>a<td>b</table>', 'table(tr(td(a) td(b)))'],
    ['options', '<select><option>a<option>b</select>c', 'select(option(a) option(b)) c'],
    ['a select before a block', '<select><option>a<p>b', 'select(option(a)) p(b)'],
    ['headings one after the other', '<h2>a<h3>b</h3>', 'h2(a) h3(b)'],
    ['the title', '<title>a<body><p>b', 'p(b)'],
  ])('%s', (_, html, expected) => expect(shape(html)).toBe(expected));
});

describe('what old pages close wrongly', () => {
  it.each([
    [
      'an end tag in a cell closes nothing around its table',
      '<div><table><tr><td>a</div>b</td></tr></table>c</div>',
      'div(table(tr(td(ab))) c)',
    ],
    ['a paragraph end tag without a paragraph still parts two', '<div>a</p>b</div>', 'div(a p b)'],
    ['formatting and blocks that overlap', '<p><b>a</p><p>b</b>c</p>', 'p(a) p(bc)'],
    ['a heading closed by another', '<h2>a</h3><p>b', 'h2(a) p(b)'],
    ['a form that ends before what was opened in it', '<form><div>a</form>b</div>c', 'form(div(ab)) c'],
    ['forms in forms', '<form><form>a</form>b', 'form(a) b'],
    ['a table in a row', '<table><tr><table><tr><td>a</table>b', 'table(tr) table(tr(td(a))) b'],
    ['an end of a break', 'a</br>b', 'a br b'],
    ['table parts without a table', '<tr><td>a</td></tr>b', 'ab'],
  ])('%s', (_, html, expected) => expect(shape(html)).toBe(expected));
});

describe('documents in documents', () => {
  it('keeps the outer element open through the inner end tags', () => {
    const html = '<div id=a><html><head><title>x</title></head><body>one</body></html>two</div>three';
    expect(shape(html)).toBe('div(onetwo) three');
  });

  it('takes the first title for the page, and leaves no title in the text', () => {
    const html = '<title>Own &amp; first</title><p>text<title>pasted</title>';
    const { title } = parse(html);
    expect(title).toBe('Own & first');
    expect(textOf(html)).toBe('text');
  });

  it("does not take a drawing's title for the page's", () => {
    const { title } = parse('<svg><title>icon</title></svg><title>page</title>');
    expect(title).toBe('page');
  });
});

describe('the document', () => {
  it.each([
    ['nothing', ''],
    ['text', 'a'],
    ['no document tags', '<p>a<p>b'],
    ['several documents', '<html><head><title>x</title><body>a</html><html><body><p>b</body></html>c'],
  ])('of %s has one element at its top, which queries need to be linear', (_, html) => {
    const { $, root } = parse(html);
    expect($.root().contents().toArray()).toEqual($('html').toArray());
    expect($('html').children().toArray()).toEqual([...$('head'), root]);
    expect($('body').toArray()).toEqual([root]);
  });

  it('is queried with selectors for elements anywhere on the page', () => {
    const { $ } = parse('<DIV ID=Content CLASS="a b"><p>one<td>x</div><p role="Main x">two');
    expect($('#Content').text()).toBe('onex');
    expect($('#content').length).toBe(0);
    expect($('.b > p').text()).toBe('onex');
    expect($('[role~=main i]').text()).toBe('two');
    expect($('#Content').next().text()).toBe('two');
  });

  it('keeps the title in its head and out of the text', () => {
    const { $, root } = parse('<body><p>a<title>T</title>b');
    expect($('head > title').text()).toBe('T');
    expect($(root).text()).toBe('ab');
  });

  it('cannot be written to where nodes share empty lists', () => {
    const { $ } = parse('<p><p>');
    expect(() => $('p').attr('id', 'x')).toThrow(TypeError);
  });
});

describe('what is text', () => {
  it.each([
    ['less-than signs that open no tag', 'a < b <...> <3 <\u2026>', 'a < b <...> <3 <\u2026>'],
    [
      'references, also without semicolon and in the windows range',
      '&lt;x&gt; &amp;lt; &copy 2 &#147;a&#x94;',
      '<x> &lt; \u00a9 2 \u201ca\u201d',
    ],
    ['comments and instructions are none', 'a<!-- b --><!doctype c><?php d ?>e', 'ae'],
    ['scripts and styles are none', 'a<script>"<p>b</p>"</script><style>p{}</style>c', 'ac'],
    ['character data in drawings only', 'a<![CDATA[b]]>c', 'ac'],
  ])('%s', (_, html, expected) => expect(textOf(html)).toBe(expected));
});

describe('attributes and head', () => {
  it('decodes values, lowers names and takes the first of two', () => {
    const [link] = elementsOf('<A HREF="/a?b=1&amp;c" href=/second Class=x>t</A>');
    expect(link?.attribs).toEqual({ href: '/a?b=1&c', class: 'x' });
  });

  it('keeps no attribute that extraction does not read, and no endless value', () => {
    const [p] = elementsOf(`<p onclick=x data-a=y id="${'a'.repeat(100_000)}">`);
    expect(Object.keys(p?.attribs ?? {})).toEqual(['id']);
    expect(p?.attribs.id).toHaveLength(8192);
  });

  it('collects meta elements and the base anywhere on the page', () => {
    const { meta, base } = parse(
      '<base href="https://a.example/"><p><meta property="og:Title" content="T"><meta name=x content=1><meta name=x content=2>',
    );
    expect([...meta]).toEqual([
      ['og:title', 'T'],
      ['x', '1'],
    ]);
    expect(base).toBe('https://a.example/');
  });
});

describe('any text', () => {
  const tag = fc.constantFrom(
    ...'div p b a span ul li table tr td h2 form pre select option svg title script body html caption dl dd br blockquote'
      .split(' ')
      .flatMap((name) => [`<${name}>`, `</${name}>`, `<${name} class=x href=y>`, `<${name}/>`]),
  );

  it('gives a tree no deeper than the limit, so that walks may recurse', () => {
    for (const name of ['div', 'table><tr><td', 'ul><li', 'font class=a', 'a href=x><div', 'svg']) {
      const { root } = parse(`<${name}>`.repeat(5000));
      expect(depthOf(root)).toBeLessThanOrEqual(limits.depth + 1);
    }
  });

  it('finds the way back out of what was too deep', () => {
    const deep = `${'<div>'.repeat(1000)}in${'</div>'.repeat(1000)}`;
    const { root } = parse(`${deep}<p>out`);
    expect(root.children.filter(isTag).map(({ name }) => name)).toEqual(['div', 'p']);
  });

  it('never throws, and every node knows its parent and its neighbours', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(tag, fc.string({ maxLength: 5 })), { maxLength: 60 }), (parts) => {
        const { $, root } = parse(parts.join(''));
        for (const element of [root, ...$('body').find('*')]) {
          expect(element.parent?.children.includes(element)).toBe(true);
          element.children.forEach((child, at) => {
            expect(isTag(child) || isText(child)).toBe(true);
            expect(child.parent).toBe(element);
            expect(child.prev).toBe(element.children[at - 1] ?? null);
            expect(child.next).toBe(element.children[at + 1] ?? null);
          });
        }
      }),
      { numRuns: 500 },
    );
  });

  it('refuses a page of nothing but tags instead of filling the memory', () => {
    expect(() => parse('<p>a'.repeat(limits.nodes / 2 + 1))).toThrow(/more than 1,?500,?000 elements/);
  });
});

function depthOf(element: Element): number {
  return 1 + Math.max(0, ...element.children.filter(isTag).map(depthOf));
}
