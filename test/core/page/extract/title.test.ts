import { describe, expect, it } from 'vitest';
import { articleOf } from '../support.ts';

const titleOf = (head: string, body = '<p>Text of the day.</p>', url: string | null = null) =>
  articleOf(`${head}${body}`, url).title;

describe("the page's own title", () => {
  it.each([
    ['the title element, normalised', '<title>\n  The   dispute&nbsp;of May </title>', 'The dispute of May'],
    ['with mojibake repaired', '<title>Putin\u00e2\u20ac\u2122s plan</title>', 'Putin\u2019s plan'],
    ['the metadata where there is none', '<meta property=og:title content="The dispute">', 'The dispute'],
    ['nothing where nothing names it', '', null],
  ])('%s', (_, head, expected) => expect(titleOf(head)).toBe(expected));

  it('is the first heading where neither title nor metadata names it', () => {
    expect(titleOf('<title> </title>', '<h2>Summer</h2><h1>Later</h1><p>x')).toBe('Summer');
  });
});

describe("the site's name is removed where it is certain", () => {
  it.each([
    [
      'it is declared',
      '<title>The dispute | River Notes</title><meta property=og:site_name content="River Notes">',
      null,
    ],
    [
      'it is declared, at the front',
      '<title>River Notes: Blog - The dispute</title><meta name=application-name content="River Notes Blog">',
      null,
    ],
    ['it is the host', '<title>The dispute - GlobalSecurity.org</title>', 'https://www.globalsecurity.org/a.htm'],
    ['it is the name of the host', '<title>The dispute \u00bb The Tide</title>', 'https://news.tide.example/a'],
  ])('because %s', (_, head, url) => expect(titleOf(head, undefined, url)).toBe('The dispute'));

  it('because the rest is a heading of the article', () => {
    expect(
      titleOf(
        '<title>The dispute - as told by the keeper - Notes</title>',
        '<h2>The dispute \u2013 as told by the keeper</h2><p>x',
      ),
    ).toBe('The dispute - as told by the keeper');
  });
});

describe('the title remains whole where it is not certain', () => {
  it.each([
    [299 - ' | Tide'.length, true],
    [301 - ' | Tide'.length, false],
  ])('and where it is too long to be one: %i characters and the site', (length, isDivided) => {
    const own = `${'x'.repeat(length - 1)}y`;
    const title = titleOf(`<title>${own} | Tide</title>`, undefined, 'https://tide.example/a');
    expect(title).toBe(isDivided ? own : `${own} | Tide`);
  });

  it.each([
    ['neither metadata nor address name the end', '<title>The dispute - River Notes</title>', '<h2>Another</h2><p>x'],
    [
      'a heading says all of it',
      '<title>Crisis - January 2022</title>',
      '<h1>Crisis</h1><h2>Crisis - January 2022</h2><p>x',
    ],
    [
      'the end has a number, which may be of one page in a series',
      '<title>Crisis - January 2022</title>',
      '<h1>Crisis</h1><p>x',
    ],
    ['the dash is inside a word', '<title>The all-out dispute</title>', '<h1>The all</h1><p>x'],
  ])('because %s', (_, head, body) => {
    expect(titleOf(head, body)).toBe(head.slice('<title>'.length, -'</title>'.length));
  });
});
