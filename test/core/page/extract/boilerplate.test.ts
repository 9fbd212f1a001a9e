import { describe, expect, it } from 'vitest';
import { textsOf } from '../support.ts';

const PROSE = `The delegations met again in the customs house${' and went on talking'.repeat(4)}.`;
/** A text of so many characters that begins with the given one. */
const padded = (start: string, length: number): string => `${start}${'x'.repeat(length)}`.slice(0, length);
/** Texts of an article that are between two paragraphs of prose. */
const between = (html: string): string[] => textsOf(`<main><p>${PROSE}</p>${html}<p>${PROSE}</p></main>`).slice(1, -1);
/** Texts of a page without any markup of its article. */
const loose = (html: string): string[] => textsOf(`<body>${html}`);
const link = (text: string): string => `<a href="/a">${text}</a>`;

describe('a set phrase', () => {
  it('has at most 160 characters', () => {
    const copyright = (length: number) => padded('Copyright 2031 The Harbour Office, all rights reserved ', length);
    expect(between(`<p>${copyright(160)}</p>`)).toEqual([]);
    expect(between(`<p>${copyright(161)}</p>`)).toHaveLength(1);
  });
});

describe('a menu in one line', () => {
  it('has three links, or two where a separator is between that prose does not use', () => {
    const line = (count: number, separator: string) =>
      between(`<p>${Array.from({ length: count }, () => link('One')).join(separator)}</p>`);
    expect([line(3, ', '), line(2, ', ')]).toEqual([[], ['One, One']]);
    expect(line(2, ' | ')).toEqual([]);
    expect(between(`<p>${link('One')} |</p>`)).toEqual(['One |']);
  });

  it('has less than 40 characters for each link', () => {
    const line = (last: number) => between(`<p>${[39, 39, last].map((n) => link('x'.repeat(n))).join('/')}</p>`);
    expect([line(39), line(40)]).toEqual([[], [expect.stringMatching(/^x/)]]);
  });
});

describe('menus at the edges of an article that only its text shows', () => {
  const menu = `<p>${link('One')}</p>`;

  it('end where prose of 80 characters begins', () => {
    const page = (length: number) => loose(`<p>${'y'.repeat(length)}</p>${menu}<p>${PROSE}</p>`);
    expect(page(79)).toEqual(['y'.repeat(79), PROSE]);
    expect(page(80)).toEqual(['y'.repeat(80), 'One', PROSE]);
  });

  it('are blocks of which nine tenths are a link', () => {
    const page = (linked: number) =>
      loose(`<p>${link('x'.repeat(linked))}${'y'.repeat(10 - linked)}</p><p>${PROSE}</p>`);
    expect([page(9), page(8)]).toEqual([[PROSE], ['xxxxxxxxyy', PROSE]]);
  });

  it('have a name of less than 40 characters above them', () => {
    const page = (length: number) => loose(`<p>${'y'.repeat(length)}</p>${menu}<p>${PROSE}</p>`);
    expect([page(39), page(40)]).toEqual([[PROSE], ['y'.repeat(40), PROSE]]);
  });
});

describe('furniture by its name', () => {
  it('has at most two fifths of the text', () => {
    const page = (length: number) =>
      textsOf(`<main><div class="promo">${'x'.repeat(length)}</div><p>${'y'.repeat(1_000 - length)}</p></main>`);
    expect([page(400).length, page(401).length]).toEqual([1, 2]);
  });
});
