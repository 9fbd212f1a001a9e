import { describe, expect, it } from 'vitest';
import { PageError } from '#core/errors.ts';
import { articleLength, judgeResponse } from '#core/health/index.ts';
import { facts } from './support.ts';

type Given = Parameters<typeof facts>[0];

/** The reason against a page, or `ok`. */
const reason = (html: string, given: Given = {}): string => {
  const verdict = judgeResponse(facts({ html, ...given }));
  return verdict.verdict === 'ok' ? 'ok' : verdict.reason;
};
const lengthOf = (html: string): number => {
  const { article } = facts({ html }).page;
  if (article instanceof PageError) throw article;
  return articleLength(article);
};
const paragraphs = (texts: readonly string[]): string => texts.map((text) => `<p>${text}</p>`).join('');

/** Words about nothing that notices are about. */
const NEUTRAL = 'green hills rose above morning mist while seven old ferries left the northern harbour for Oslo';
/** A text of so many characters that does not address its reader. */
const neutralText = (length: number): string => `${`${NEUTRAL} `.repeat(10).slice(0, length - 1)}x`;
/** A text of so many words: the given ones, then neutral ones. */
const wordsWith = (given: string, count: number): string =>
  [...given.split(' '), ...`${NEUTRAL} ${NEUTRAL}`.split(' ')].slice(0, count).join(' ');

describe('a capture against its baseline', () => {
  const html = paragraphs(['3 May 2031: rain fell in the hills.', '4 May 2031: the ferries left the harbour.']);
  const length = lengthOf(html);
  const against = (textLength: number, given: Given = {}) =>
    reason(html, { previous: { textLength, paragraphs: 5 }, ...given });

  it('may have half of the length, and no less', () => {
    expect([against(2 * length), against(2 * length + 1)]).toEqual(['ok', 'shrunk']);
  });

  it('may have a tenth of the length where the page is rolling, and no less', () => {
    const rolling = { rolling: true };
    expect([against(10 * length, rolling), against(10 * length + 1, rolling)]).toEqual(['ok', 'shrunk']);
  });

  it('may be of any length where the baseline has less than 100 characters', () => {
    const tiny = paragraphs(['3 May 2031: rain.', '4 May 2031: sun.']);
    const againstTiny = (textLength: number) => reason(tiny, { previous: { textLength, paragraphs: 2 } });
    expect([againstTiny(99), againstTiny(100)]).toEqual(['ok', 'shrunk']);
  });

  it('must keep a tenth of the paragraphs', () => {
    const previous = { textLength: Math.max(100, length), paragraphs: 10 };
    const kept = (share: number) => reason(html, { previous, kept: share });
    expect([kept(0.1), kept(0.099)]).toEqual(['ok', 'mass-change']);
  });

  it('may replace all paragraphs where the baseline has fewer than five', () => {
    const kept = (count: number) =>
      reason(html, { previous: { textLength: Math.max(100, length), paragraphs: count }, kept: 0 });
    expect([kept(4), kept(5)]).toEqual(['ok', 'mass-change']);
  });
});

describe('a page that could be a notice is an article', () => {
  /** Marks of entries that end at the given character of their blocks. */
  const marked = (count: number, end: number): string =>
    `<title>Access denied</title>${paragraphs(
      Array.from({ length: count }, (_, i) => `${'please wait '.repeat(4).slice(0, end - 6)} 12:3${i}`),
    )}`;
  const dated = (count: number): string =>
    `<title>Access denied</title>${paragraphs(
      Array.from({ length: count }, (_, i) => `Please wait, you can continue on ${i + 3} May 2031 or later`),
    )}`;

  it('by days, where it has two of them', () => {
    expect([reason(dated(1)), reason(dated(2))]).toEqual(['block-page', 'ok']);
  });

  it('by marks of entries, where it has three of them', () => {
    expect([reason(marked(2, 40)), reason(marked(3, 40))]).toEqual(['block-page', 'ok']);
  });

  it('by marks within the first 40 characters of their blocks', () => {
    expect([reason(marked(3, 40)), reason(marked(3, 41))]).toEqual(['ok', 'block-page']);
  });

  it('with scripts, where it has a sentence of 30 characters', () => {
    const page = (length: number) => `<script src="a.js"></script><p>${neutralText(length)}</p>`;
    expect([reason(page(29)), reason(page(30))]).toEqual(['no-article', 'ok']);
  });
});

describe('a notice without a heading', () => {
  const notice = (text: string) => reason(`<p>${text}</p>`);

  it('need not address its reader where it has twelve words', () => {
    const words = 'maintenance overload outage exception';
    expect([notice(wordsWith(words, 12)), notice(wordsWith(words, 13))]).toEqual(['maintenance', 'ok']);
  });

  it('of twelve words has a quarter about its topic', () => {
    expect([
      notice(wordsWith('maintenance overload outage', 12)),
      notice(wordsWith('maintenance overload', 12)),
    ]).toEqual(['maintenance', 'ok']);
  });

  it('of more words has an eighth about its topic', () => {
    const words = 'you maintenance overload outage';
    expect([notice(wordsWith(words, 25)), notice(wordsWith(words, 26))]).toEqual(['maintenance', 'ok']);
  });

  it('of more words has three different ones about its topic', () => {
    const given = (words: string) => notice(wordsWith(`you ${words}`, 14));
    expect([given('maintenance overload outage'), given('maintenance overload overload')]).toEqual([
      'maintenance',
      'ok',
    ]);
  });
});

describe('a notice with a heading', () => {
  it('of its words alone needs no more where the text has 150 characters', () => {
    const page = (length: number) => `<h1>Request denied</h1><p>${neutralText(length)}</p>`;
    expect([reason(page(150)), reason(page(151))]).toEqual(['block-page', 'ok']);
  });

  it('with one strong word needs a text of 150 characters that speaks of pages', () => {
    const page = (length: number, words = 'The server and browser:') =>
      `<h1>Report denied, minister in Oslo</h1><p>${`${words} ${neutralText(200)}`.slice(0, length)}</p>`;
    expect([reason(page(149)), reason(page(151)), reason(page(149, 'The army:'))]).toEqual(['block-page', 'ok', 'ok']);
  });

  it('has two different words about pages where the text is longer', () => {
    const page = (words: string) => `<title>Page not found</title><p>${words} ${neutralText(160)}</p>`;
    expect([reason(page('server website')), reason(page('server server'))]).toEqual(['soft-404', 'ok']);
  });
});

describe('a quotation', () => {
  it('has at most 200 characters: a longer text between two marks counts', () => {
    const page = (length: number) => {
      const quoted = 'access denied, please wait for your browser '.repeat(10).slice(0, length - 1);
      return `<p>The registry wrote on Monday: "${quoted}x" and nothing more.</p>`;
    };
    expect([reason(page(200)), reason(page(201))]).toEqual(['ok', 'captcha']);
  });
});

describe('a page that ends inside a tag', () => {
  it('is truncated where the tag began within the last 4,096 characters', () => {
    const page = (length: number) => {
      const tag = `<p title="${'x'.repeat(length)}`.slice(0, length);
      return `${paragraphs(['3 May 2031: rain fell.', '4 May 2031: the sun was out.'])}${tag}`;
    };
    expect([reason(page(4096)), reason(page(4097))]).toEqual(['truncated', 'ok']);
  });
});

describe('a redirect to another name', () => {
  const url = 'https://chronicle.example/wars/harbour-talks.htm';
  const html = paragraphs(['3 May 2031: rain fell.', '4 May 2031: the sun was out.']);

  it('leads to the same page where half of the words of the shorter name are in the other', () => {
    const to = (name: string) => reason(html, { url, finalUrl: `https://chronicle.example/wars/${name}.htm` });
    expect([to('harbour-report'), to('ferry-report')]).toEqual(['ok', 'redirected']);
  });

  it('leads to another page where only a third are', () => {
    const to = (name: string) =>
      reason(html, {
        url: 'https://chronicle.example/wars/old-harbour-talks.htm',
        finalUrl: `https://chronicle.example/wars/${name}.htm`,
      });
    expect([to('new-harbour-report'), to('new-harbour-talks')]).toEqual(['redirected', 'ok']);
  });
});

describe('a page with any number of heads', () => {
  it('is judged by its first 50 parts of the title and headings', () => {
    const titled = (parts: number) =>
      `<title>${'x - '.repeat(parts)}Access denied</title><p>You may not read this page.</p>`;
    expect([reason(titled(49)), reason(titled(50))]).toEqual(['block-page', 'ok']);
  });
});
