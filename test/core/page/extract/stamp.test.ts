import { describe, expect, it } from 'vitest';
import { isStamp } from '#core/page/extract/stamp.ts';
import { articleOf, textsOf } from '../support.ts';

describe('a text that only says when the page was changed is a stamp', () => {
  it.each([
    'Page last modified: 05-07-2011 02:51:40 ZULU',
    'This page was last edited on 3 March 2024, at 10:11 (UTC).',
    'Last updated: 14 September 2032, 12:05 p.m. GMT',
    'LAST REVISED March 3rd, 2031',
    'Updated January 5, 2022 at 10:15 a.m. ET',
    'Updated 3 hours ago',
    '(Last update: 2031-05-01)',
    'Date Modified: 2020-06-11',
    'Date of last update: Tuesday, 4 May 2031',
  ])('%s', (text) => expect(isStamp(text)).toBe(true));
});

describe('a stamp', () => {
  it('has at most 160 characters', () => {
    const stamp = (length: number) => `Updated 1 ${'May '.repeat(50)}`.slice(0, length - 1).replace(/.$/, ' 5');
    expect([isStamp(stamp(160)), isStamp(stamp(161))]).toEqual([true, false]);
    expect(stamp(161)).toHaveLength(161);
  });
});

describe('a text that says more is no stamp', () => {
  it.each([
    'Last updated on Monday, the ministry said 40 ships were at anchor on 5 May.',
    'Updated guidance was issued on 5 May 2031 to all crews.',
    'Last modified',
    'Modified: see the table',
    'Day 147 Update -- 24 July 2026',
    'Update 24 July 2026',
    '5 May 2031',
    `Last updated: ${'1 May 2031, '.repeat(20)}`,
  ])('%s', (text) => expect(isStamp(text)).toBe(false));
});

describe("the page's own stamp", () => {
  const stampOf = (html: string) => articleOf(`<p>Text of the day.</p>${html}`).lastModified;

  it.each([
    ['in the text', '<p>Last updated: 5 May 2031</p>', 'Last updated: 5 May 2031'],
    ['in the footer', '<footer><p>Imprint</p><p>Last modified 5 May 2031</p></footer>', 'Last modified 5 May 2031'],
    ['in pieces', '<div><span>Last updated</span>: <time>5 <b>May</b> 2031</time></div>', 'Last updated: 5 May 2031'],
    [
      'next to other text',
      '<div>Imprint<br>Last updated: 5 May 2031<br>All rights reserved</div>',
      'Last updated: 5 May 2031',
    ],
    [
      'in the metadata',
      '<meta http-equiv="Last-Modified" content="Mon, 5 May 2031 10:00:00 GMT">',
      'Mon, 5 May 2031 10:00:00 GMT',
    ],
    ['nowhere', '<p>The terms were last modified by the council.</p>', null],
  ])('%s', (_, html, expected) => expect(stampOf(html)).toBe(expected));

  it('is the visible one, and the one in the metadata only where none is visible', () => {
    expect(stampOf('<meta property="article:modified_time" content="2031-01-01"><p>Updated 5 May 2031</p>')).toBe(
      'Updated 5 May 2031',
    );
  });

  it('is data, never a paragraph', () => {
    expect(textsOf('<main><p>Text.<p>Last updated: 5 May 2031<p>More text.</main>')).toEqual(['Text.', 'More text.']);
  });

  it('remains where it is a heading, which dates the issue of a rolling page', () => {
    expect(textsOf('<main><h2>Updated 5 May 2031</h2><p>Text of the day.</main>')).toContain('Updated 5 May 2031');
  });
});
