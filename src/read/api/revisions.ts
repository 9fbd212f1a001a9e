import { createRoute, z } from '@hono/zod-openapi';
import type { Reader, RevisionSelector } from '#app/read/reader.ts';
import { UsageError } from '#core/errors.ts';
import { after, asOf, limit, order, pageIdParam, revisionNumber, revisionSelector } from '../http/params.ts';
import { linkNext } from '../http/query.ts';
import { answers, apiRoutes } from './routes.ts';
import { diffSchema, listing, revisionSchema, revisionTextSchema } from './schemas.ts';

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

const one = createRoute({
  method: 'get',
  path: '/api/pages/{id}/revisions/{n}',
  summary: 'One revision with its paragraphs; `n` is a number or `latest`',
  request: {
    params: params.extend({ n: revisionSelector.openapi({ param: { name: 'n', in: 'path' } }) }),
    query: z.strictObject({ asOf }),
  },
  responses: answers(revisionTextSchema, 'The revision.'),
});

const diff = createRoute({
  method: 'get',
  path: '/api/pages/{id}/diff',
  summary: 'What changed from one revision (`from`) to any other (`to`, `latest` unless given)',
  request: { params, query: z.strictObject({ from: revisionSelector, to: revisionSelector.default('latest') }) },
  responses: answers(diffSchema, 'The changes.'),
});

/** `asOf` picks among the revisions where the newest would be meant. */
export function selectorOf(n: number | 'latest', at: string | undefined): RevisionSelector {
  if (at === undefined) return n;
  if (n === 'latest') return { asOf: at };
  throw new UsageError(`"asOf": revision ${n} is the same at any time: ask for "latest", or leave "asOf" out`, {
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
  app.openapi(one, async (c) => {
    const { id, n } = c.req.valid('param');
    const { record, document, latest } = await reader.revision(id, selectorOf(n, c.req.valid('query').asOf));
    const { charset, lastModified, paragraphs } = document;
    return c.json({ ...record, charset, lastModified, latest, paragraphs }, 200);
  });
  app.openapi(diff, async (c) => {
    const { from, to } = c.req.valid('query');
    return c.json(await reader.diff(c.req.valid('param').id, from, to), 200);
  });
  return app;
}
