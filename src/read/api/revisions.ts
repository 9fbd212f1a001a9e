import { createRoute, z } from '@hono/zod-openapi';
import { joinPieces } from '#app/objects/stored-text.ts';
import { isAlias, type Reader, type RevisionSelector } from '#app/read/reader.ts';
import { UsageError } from '#core/errors.ts';
import type { StoredParagraph } from '#core/history/types.ts';
import { API_BYTES, fitting } from '../http/fit.ts';
import {
  after,
  asOf,
  limit,
  optionalLimit,
  order,
  pageIdParam,
  revisionNumber,
  revisionSelector,
} from '../http/params.ts';
import { addressWith, linkNext } from '../http/query.ts';
import { sendListing, sendStored, sendWith } from '../http/send.ts';
import { readChangesPart, readDiffPart, readRevisionPart } from './revision-parts.ts';
import { answers, apiRoutes, revisionAnswers } from './routes.ts';
import { changeItemSchema, diffSchema, listing, revisionSchema, revisionTextSchema } from './schemas.ts';

const params = z.object({ id: pageIdParam });
/** A text comes whole unless it is too large or a limit is given. */
const inParts = { limit: optionalLimit, after };

const list = createRoute({
  method: 'get',
  path: '/api/pages/{id}/revisions',
  summary: 'Revisions of a page, oldest first',
  request: {
    params,
    query: z.strictObject({
      order,
      limit,
      after: revisionNumber.optional().openapi({ description: after.description ?? '' }),
    }),
  },
  responses: answers(listing(revisionSchema), 'The revisions.'),
});

const revisionParams = params.extend({ ref: revisionSelector.openapi({ param: { name: 'ref', in: 'path' } }) });

const one = createRoute({
  method: 'get',
  path: '/api/pages/{id}/revisions/{ref}',
  summary: 'One revision with its paragraphs; `ref` is its id, its number, `latest` or an instant',
  request: { params: revisionParams, query: z.strictObject({ asOf, ...inParts }) },
  responses: revisionAnswers(revisionTextSchema, 'The revision.'),
});

const changes = createRoute({
  method: 'get',
  path: '/api/pages/{id}/revisions/{ref}/changes',
  summary: 'What one revision changed, in the order of the page',
  request: { params: revisionParams, query: z.strictObject(inParts) },
  responses: revisionAnswers(listing(changeItemSchema), 'The changes.'),
});

const diff = createRoute({
  method: 'get',
  path: '/api/pages/{id}/diff',
  summary: 'What changed from one revision (`from`) to any other (`to`, `latest` unless given)',
  request: {
    params,
    query: z.strictObject({ from: revisionSelector, to: revisionSelector.default('latest'), ...inParts }),
  },
  responses: revisionAnswers(diffSchema, 'The changes.'),
});

/** `asOf` picks among the revisions where the newest would be meant. */
export function selectorOf(selector: RevisionSelector, at: string | undefined): RevisionSelector {
  if (at === undefined) return selector;
  if (selector === 'latest') return { asOf: at };
  throw new UsageError('"asOf": a named revision is the same at any time: ask for "latest", or leave "asOf" out', {
    code: 'bad-query',
  });
}

export function revisionRoutes(reader: Reader) {
  const app = apiRoutes();
  app.openapi(list, async (c) => {
    const { id } = c.req.valid('param');
    const { order, limit, after } = c.req.valid('query');
    const request = { newestFirst: order === 'newest', ...(after === undefined ? {} : { after }) };
    return sendListing(c, await fitting(limit, API_BYTES, (fit) => reader.revisions(id, { ...request, limit: fit })));
  });
  /** The permanent name of a revision that is named otherwise; null where a selector names it or moves on with time. */
  const idOf = async (pageId: string, selector: RevisionSelector) =>
    isAlias(selector) ? (await reader.find(pageId, selector)).record.id : null;
  const address = (pageId: string, id: string) => `/api/pages/${encodeURIComponent(pageId)}/revisions/${id}`;

  app.openapi(one, async (c) => {
    const { id, ref } = c.req.valid('param');
    const { asOf, ...part } = c.req.valid('query');
    const selector = selectorOf(ref, asOf);
    const named = await idOf(id, selector);
    if (named !== null) return c.redirect(address(id, named) + new URL(c.req.url).search);
    const shown = await readRevisionPart(reader, id, selector, { ...part, most: API_BYTES });
    const { record, text, pieces, ...rest } = shown;
    const { charset, lastModified } = text.facts;
    linkNext(c, rest.more);
    const answer = { ...record, charset, lastModified, ...rest, paragraphs: [] as readonly StoredParagraph[] };
    return sendStored(c, answer, 'paragraphs', joinPieces(pieces), record.document);
  });
  app.openapi(changes, async (c) => {
    const { id, ref } = c.req.valid('param');
    const named = await idOf(id, ref);
    if (named !== null) return c.redirect(`${address(id, named)}/changes${new URL(c.req.url).search}`);
    return sendListing(c, await readChangesPart(reader, id, ref, { ...c.req.valid('query'), most: API_BYTES }));
  });
  app.openapi(diff, async (c) => {
    const { id } = c.req.valid('param');
    const { from, to, ...part } = c.req.valid('query');
    const [older, newer] = await Promise.all([idOf(id, from), idOf(id, to)]);
    if (older !== null || newer !== null) {
      const named = { ...(older === null ? {} : { from: older }), ...(newer === null ? {} : { to: newer }) };
      return c.redirect(addressWith(c, named));
    }
    const { pieces, ...compared } = await readDiffPart(reader, id, from, to, { ...part, most: API_BYTES });
    linkNext(c, compared.more);
    return sendWith(c, compared, 'changes', pieces);
  });
  return app;
}
