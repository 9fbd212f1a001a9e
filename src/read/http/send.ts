import type { Context, TypedResponse } from 'hono';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { JSONParsed } from 'hono/utils/types';
import { sha256 } from '#core/history/canonical.ts';
import { type Fitted, pieceOf } from './fit.ts';
import { linkNext } from './query.ts';

type Json<T> = Response & TypedResponse<JSONParsed<T>, 200, 'json'>;

/** Set on a request whose answer has escaped JSON. */
export const ESCAPED = 'escaped';

/** Answers with a value as JSON. */
export function sendJson<T>(c: Context, value: T): Json<T> {
  return send(c, pieceOf(value));
}

/** Answers with a part of a listing, and the link to the next one. */
export function sendListing<T>(
  c: Context,
  { next, pieces }: Fitted<T>,
): Json<{ readonly items: readonly T[]; readonly next: string | null }> {
  linkNext(c, next);
  return sendWith(c, { items: [], next }, 'items', pieces);
}

/** Answers with a value that has a list, which is given as pieces of escaped JSON: the list itself is not looked at. */
export function sendWith<T>(c: Context, value: T, list: keyof T & string, pieces: readonly string[]): Json<T> {
  const [head, tail] = around(value, list);
  return send(c, `${head}${pieces.join(',')}${tail}`);
}

/**
 * The same with a list that is ready in UTF-8.
 * @param name a hash of the whole that the list is a part of, so that it is not hashed again for the ETag. The list must
 * follow from it, from the address and from the rest of the value.
 */
export function sendStored<T>(c: Context, value: T, list: keyof T & string, ready: Uint8Array, name: string): Json<T> {
  const [head, tail] = around(value, list);
  const body = Buffer.concat([Buffer.from(head), ready, Buffer.from(tail)]);
  return sendBytes(c, body, etagOf(Buffer.from(`${head}${tail}${name} ${ready.byteLength}`)));
}

/** The JSON of a value before and after the items of its list. */
function around<T>(value: T, list: keyof T & string): [head: string, tail: string] {
  const json = pieceOf({ ...value, [list]: [] });
  // A quote within a text is escaped, so that these characters are nowhere else.
  const place = json.indexOf(`"${list}":[]`) + list.length + 4;
  return [json.slice(0, place), json.slice(place)];
}

/** Answers with a web page. */
export async function sendHtml(
  c: Context,
  page: HtmlEscapedString | Promise<HtmlEscapedString>,
  status: ContentfulStatusCode = 200,
): Promise<Response> {
  const body = Buffer.from(String(await page));
  if (status === 200) c.header('ETag', etagOf(body));
  return c.body(body, status, { 'Content-Type': 'text/html; charset=UTF-8' });
}

function send<T>(c: Context, json: string): Json<T> {
  const body = Buffer.from(json);
  return sendBytes(c, body, etagOf(body));
}

function sendBytes<T>(c: Context, body: Uint8Array<ArrayBuffer>, etag: string): Json<T> {
  c.set(ESCAPED, true);
  c.header('ETag', etag);
  return c.body(body, 200, { 'Content-Type': 'application/json' }) as unknown as Json<T>;
}

/** From the bytes at hand: the middleware would read them from a copy of the answer as a stream. */
const etagOf = (body: Uint8Array): string => `"${sha256(body).slice(0, 32)}"`;
