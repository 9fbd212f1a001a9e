import * as fc from 'fast-check';
import { type Handler, Hono } from 'hono';
import { html } from 'hono/html';
import { describe, expect, it } from 'vitest';
import { escapeJson } from '#core/text/hostile.ts';
import { pieceOf } from '#read/http/fit.ts';
import { sendHtml, sendJson, sendListing, sendStored, sendWith } from '#read/http/send.ts';

const json = fc.jsonValue();
const answer = (handler: Handler) => new Hono().get('/list', handler).request('/list?limit=2');

describe('an answer that is sent', () => {
  it('is the escaped JSON of its value, of a list in pieces as of any other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(json), json, json, async (list, before, after) => {
        const value = { before, list, after, text: '"list":[]' };
        const expected = escapeJson(JSON.stringify(value));
        const whole = await answer((c) => sendJson(c, value));
        const stored = await answer((c) => sendStored(c, value, 'list', Buffer.from(list.map(pieceOf).join(',')), 'x'));
        const inPieces = await answer((c) => sendWith(c, value, 'list', list.map(pieceOf)));
        expect([await whole.text(), await inPieces.text(), await stored.text()]).toEqual([
          expected,
          expected,
          expected,
        ]);
        expect(whole.headers.get('Content-Type')).toBe('application/json');
        expect(inPieces.headers.get('ETag')).toBe(whole.headers.get('ETag'));
      }),
    );
  });

  it('has no value that its own texts could take the place of', async () => {
    const value = { title: 'x","list":[],"', list: ['$&', '"list":[]'] };
    const response = await answer((c) => sendWith(c, value, 'list', value.list.map(pieceOf)));
    expect(await response.json()).toEqual(value);
  });

  it('of a listing links to its next part, and has no link at the end', async () => {
    const first = await answer((c) => sendListing(c, { items: [1, 2], next: 'x+y', pieces: ['1', '2'] }));
    expect(await first.json()).toEqual({ items: [1, 2], next: 'x+y' });
    expect(first.headers.get('Link')).toBe('</list?limit=2&after=x%2By>; rel="next"');
    const last = await answer((c) => sendListing(c, { items: [], next: null, pieces: [] }));
    expect([await last.json(), last.headers.get('Link')]).toEqual([{ items: [], next: null }, null]);
  });

  it('has another ETag with every other body', async () => {
    const tags = await Promise.all(
      ['a', 'b', 'é', ''].map(async (text) => (await answer((c) => sendJson(c, text))).headers.get('ETag')),
    );
    expect(new Set(tags).size).toBe(tags.length);
  });

  it('of a stored list has an ETag of what the list follows from: the rest, the name of the whole, the length', async () => {
    const tag = async (text: string, ready: string, name: string) => {
      const response = await answer((c) => sendStored(c, { text, list: [] }, 'list', Buffer.from(ready), name));
      return response.headers.get('ETag');
    };
    const tags = await Promise.all([tag('a', '1', 'x'), tag('b', '1', 'x'), tag('a', '1', 'y'), tag('a', '1,1', 'x')]);
    expect(new Set(tags).size).toBe(4);
    expect(await tag('a', '1', 'x')).toBe(tags[0]);
  });

  it('as a web page has an ETag too, unless it shows an error', async () => {
    const page = await answer((c) => sendHtml(c, html`<p>${'<é>'}</p>`));
    expect([page.status, await page.text()]).toEqual([200, '<p>&lt;é&gt;</p>']);
    expect(page.headers.get('ETag')).toMatch(/^"[0-9a-f]{32}"$/);
    const error = await answer((c) => sendHtml(c, html`<p></p>`, 404));
    expect([error.status, error.headers.get('ETag')]).toEqual([404, null]);
  });
});
