import { createRoute, z } from '@hono/zod-openapi';
import { isAlias, type Reader, type RevisionSelector } from '#app/read/reader.ts';
import { UsageError } from '#core/errors.ts';
import { after, asOf, limit, order, pageIdParam, revisionNumber, revisionSelector } from '../http/params.ts';
import { addressWith, linkNext } from '../http/query.ts';
import { answers, apiRoutes, revisionAnswers } from './routes.ts';
import { diffSchema, listing, revisionChangeSchema, revisionSchema, revisionTextSchema } from './schemas.ts';

const params = z.object({ id: pageIdParam });

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
  request: { params: revisionParams, query: z.strictObject({ asOf }) },
  responses: revisionAnswers(revisionTextSchema, 'The revision.'),
});

const changes = createRoute({
  method: 'get',
  path: '/api/pages/{id}/revisions/{ref}/changes',
  summary: 'What one revision changed, in the order of the page',
  request: { params: revisionParams, query: z.strictObject({}) },
  responses: revisionAnswers(listing(revisionChangeSchema), 'The changes.'),
});

const diff = createRoute({
  method: 'get',
  path: '/api/pages/{id}/diff',
  summary: 'What changed from one revision (`from`) to any other (`to`, `latest` unless given)',
  request: { params, query: z.strictObject({ from: revisionSelector, to: revisionSelector.default('latest') }) },
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
    const query = c.req.valid('query');
    const newestFirst = query.order === 'newest';
    const all = await reader.revisions(c.req.valid('param').id);
    if (newestFirst) all.reverse();
    const { after: mark } = query;
    const rest = mark === undefined ? all : all.filter(({ number }) => (newestFirst ? number < mark : number > mark));
    const items = rest.slice(0, query.limit);
    const next = rest.length > items.length ? String(items.at(-1)?.number) : null;
    linkNext(c, next);
    return c.json({ items, next }, 200);
  });
  /** The permanent name of a revision that is named otherwise; null where a selector names it or moves on with time. */
  const idOf = async (pageId: string, selector: RevisionSelector) =>
    isAlias(selector) ? (await reader.find(pageId, selector)).record.id : null;
  const address = (pageId: string, id: string) => `/api/pages/${encodeURIComponent(pageId)}/revisions/${id}`;

  app.openapi(one, async (c) => {
    const { id, ref } = c.req.valid('param');
    const selector = selectorOf(ref, c.req.valid('query').asOf);
    const named = await idOf(id, selector);
    if (named !== null) return c.redirect(address(id, named));
    const { record, document, ...rest } = await reader.revision(id, selector);
    const { charset, lastModified, paragraphs } = document;
    return c.json({ ...record, charset, lastModified, ...rest, paragraphs }, 200);
  });
  app.openapi(changes, async (c) => {
    const { id, ref } = c.req.valid('param');
    const named = await idOf(id, ref);
    if (named !== null) return c.redirect(`${address(id, named)}/changes`);
    return c.json({ items: await reader.changesOf(id, ref), next: null }, 200);
  });
  app.openapi(diff, async (c) => {
    const { id } = c.req.valid('param');
    const { from, to } = c.req.valid('query');
    const [older, newer] = await Promise.all([idOf(id, from), idOf(id, to)]);
    if (older !== null || newer !== null) {
      const named = { ...(older === null ? {} : { from: older }), ...(newer === null ? {} : { to: newer }) };
      return c.redirect(addressWith(c, named));
    }
    return c.json(await reader.diff(id, from, to), 200);
  });
  return app;
}
