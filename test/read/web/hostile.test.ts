import { load } from 'cheerio/slim';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change } from '#core/diff/types.ts';
import { Chronicle } from '../../support/chronicle.ts';
import { appOf, follow } from '../sample.ts';

const ATTACKS = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</title></style></textarea><svg onload=alert(1)>',
  '<!--<script>',
  'javascript:alert(1)',
  '&lt;b&gt; &amp;amp;',
  '\u202Egnp.exe\u202C \u2066isolate',
  '\u001b[31mred\u001b[0m \u009b2J \u0000 \u0007',
  '{{7*7}} <%= 7 %>',
];
const ATTACK = ATTACKS.join(' ');

/** A history in which every text that comes from outside is an attack. */
async function attacked(text: string): Promise<Chronicle> {
  const chronicle = new Chronicle();
  await chronicle.track(
    'page',
    { name: text, url: `javascript:alert(1)//${text}` },
    { lastCheckedAt: '2024-03-20T00:00:00.000Z' },
  );
  await chronicle.track('unnamed', {});
  const mention = {
    text,
    start: 0,
    end: text.length,
    granularity: 'day',
    literal: text,
    value: text,
    role: 'event',
    basis: 'explicit',
  } as const;
  const paragraph = {
    id: text,
    text,
    date: '2024-03-01',
    mentions: [mention],
    links: [{ href: text, start: 0, end: 1 }],
    written: text,
  };
  const gone = { id: 'gone', text, date: '2024-03-02' };
  const kinds = ['heading', 'quote', 'listItem', 'caption', 'tableRow', 'frontMatter'] as const;
  const others = kinds.map((kind) => ({ id: kind, text, kind, date: text }));
  await chronicle.revise('page', '2024-03-01T00:00:00Z', [paragraph, gone, ...others], { revision: { title: text } });
  await chronicle.revise('unnamed', '2024-03-01T00:00:00Z', [paragraph], { revision: { title: text } });
  const ref = (at: number) => ({ id: text, at, text });
  const changes: Change[] = [
    { kind: 'added', before: [], after: [ref(0)], date: text },
    { kind: 'removed', before: [ref(0)], after: [], date: text },
    {
      kind: 'edited',
      before: [ref(0)],
      after: [ref(0)],
      date: null,
      words: [
        { op: 'removed', text },
        { op: 'added', text },
        { op: 'same', text },
      ],
    },
    { kind: 'redated', before: [ref(0)], after: [ref(0)], date: text, dateBefore: text },
    { kind: 'moved', before: [ref(0)], after: [ref(1)], date: null },
    { kind: 'split', before: [ref(0)], after: [ref(0), ref(1)], date: null },
    { kind: 'merged', before: [ref(0), ref(1)], after: [ref(0)], date: null },
    { kind: 'restored', before: [], after: [ref(0)], date: null },
    { kind: 'reordered', before: [ref(0), ref(1)], after: [ref(1), ref(0)], date: null },
  ];
  await chronicle.revise('page', '2024-03-02T00:00:00Z', [paragraph], { changes, revision: { title: text } });
  const state = {
    state: 'down',
    reason: 'http-status',
    detail: text,
    since: '2024-03-03T00:00:00.000Z',
    badChecks: 3,
    candidate: null,
  } as const;
  const events = [{ seq: 1, kind: 'down', reason: text, detail: text, at: text }] as const;
  await chronicle.history.flipHealth(
    { pageId: 'page', state, seq: 1, events, observedAt: text, wasBad: true, oddLinks: [], version: 1 },
    null,
  );
  await chronicle.history.quarantine({
    pageId: 'page',
    captureId: text,
    fetchedAt: text,
    sha256: text,
    status: 403,
    reason: text,
    detail: text,
  });
  await chronicle.history.recordAlert({
    pageId: 'page',
    key: text,
    channel: text,
    at: text,
    sent: true,
    suppressed: [],
    subject: text,
  });
  return chronicle;
}

const VIEWS = [
  '/',
  '/pages/page',
  '/pages/unnamed',
  '/pages/page?asOf=2024-03-01',
  '/pages/page/changes',
  '/pages/page/revisions',
  '/pages/page/revisions/1',
  '/pages/page/revisions/2',
  '/pages/page/paragraphs/gone',
  '/pages/page/health',
  '/changes',
  '/timeline?removed=true',
  '/timeline?removed=true&mentions=true',
];

/** Elements, attributes and addresses that this reader writes itself: anything else came in by a page's text. */
const ELEMENTS = new Set(
  'html head meta title link body a header nav main footer p h1 h2 h3 h4 ul ol li dl div dt dd span time section form label input select option button strong ins del blockquote details summary table thead tbody tr th td code'.split(
    ' ',
  ),
);
const ATTRIBUTES = new Set(
  'lang charset name content rel href type class id aria-label aria-current aria-labelledby method action value selected checked datetime title dir scope placeholder size maxlength inputmode autocomplete'.split(
    ' ',
  ),
);

function intruders(markup: string): string[] {
  const $ = load(markup);
  const found: string[] = [];
  for (const element of $('*').toArray()) {
    if (!('attribs' in element)) continue;
    if (!ELEMENTS.has(element.name)) found.push(`<${element.name}>`);
    for (const [name, value] of Object.entries(element.attribs)) {
      if (!ATTRIBUTES.has(name)) found.push(`${name}=`);
      if ((name === 'href' || name === 'action') && !/^(?:\/|#|https?:\/\/)/.test(value))
        found.push(`${name}=${value}`);
    }
  }
  return found;
}

describe("a page's hostile text", () => {
  it.each(VIEWS)('stays plain text at %s', async (path) => {
    const response = await follow(appOf(await attacked(ATTACK)), path);
    const markup = await response.text();
    expect(response.status).toBe(200);
    expect(intruders(markup)).toEqual([]);
    expect(markup).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    expect(load(markup)('main').text()).toContain('<script>alert(1)</script>');
  });

  it.each(VIEWS)('of any kind leaves the document intact at %s', async (path) => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '&',
      '/',
      '=',
      '`',
      '<script',
      '<img onerror=',
      '-->',
      ']]>',
      '\u202e',
      '\u001b',
      ' ',
      'a',
      '\ud800',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 12 }), async (pieces) => {
        const app = appOf(await attacked(pieces.join('')));
        const response = await follow(app, path);
        expect([response.status, intruders(await response.text())]).toEqual([200, []]);
      }),
      { numRuns: 10 },
    );
  });

  it.each([
    '/api/pages',
    '/api/pages/page/revisions/1',
    '/api/pages/page/changes',
    '/api/timeline',
    '/api/pages/page/quarantine',
  ])('is JSON without characters that steer a terminal at %s, and the same value', async (path) => {
    const response = await follow(appOf(await attacked(ATTACK)), path);
    const text = await response.text();
    expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    expect(JSON.stringify(JSON.parse(text))).toContain(JSON.stringify(ATTACK).slice(1, -1));
  });

  it('in an address comes back as text', async () => {
    const app = appOf(await attacked('x'));
    for (const path of [
      `/${encodeURIComponent(ATTACK)}`,
      `/pages/${encodeURIComponent(ATTACK)}`,
      `/timeline?from=${encodeURIComponent(ATTACK)}`,
      `/changes?kind=${encodeURIComponent(ATTACK)}&page=${encodeURIComponent(ATTACK)}`,
    ]) {
      const response = await app.request(path);
      expect([400, 404]).toContain(response.status);
      expect(intruders(await response.text())).toEqual([]);
    }
  });

  it('never becomes a link: only the watched page itself, over http and https', async () => {
    const chronicle = await attacked('x');
    await chronicle.track('web', { url: 'https://news.example/?a="b"&c=<d>' });
    const $ = load(await (await appOf(chronicle).request('/')).text());
    const outward = $('a[href^="http"], a[href^="javascript"]').toArray();
    expect(outward.map((link) => new URL(link.attribs.href ?? '').hostname).sort()).toEqual([
      'news.example',
      'news.example',
    ]);
    for (const link of outward) expect(link.attribs.rel).toBe('noopener noreferrer nofollow external');
  });
});
