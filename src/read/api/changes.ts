import { createRoute, z } from '@hono/zod-openapi';
import type { ChangesRequest, Reader } from '#app/read/reader.ts';
import { API_BYTES, fitting } from '../http/fit.ts';
import { after, flag, kinds, limit, order, pageIdParam, since, until } from '../http/params.ts';
import { sendListing } from '../http/send.ts';
import { answers, apiRoutes } from './routes.ts';
import { changeItemSchema, listing } from './schemas.ts';

const filters = {
  since,
  until,
  kind: kinds,
  late: flag.openapi({ description: 'Only late additions (true), or only the others (false).' }),
  order,
  limit,
  after,
};

/** Query of a listing of changes, without and with a choice of page. */
export const pageChangesQuery = z.strictObject(filters);
export const changesQuery = z.strictObject({
  page: z.string().max(200).optional().openapi({ description: 'Only this page.' }),
  ...filters,
});

const ofPage = createRoute({
  method: 'get',
  path: '/api/pages/{id}/changes',
  summary: 'Changes of a page, in the order in which they were observed',
  request: { params: z.object({ id: pageIdParam }), query: pageChangesQuery },
  responses: answers(listing(changeItemSchema), 'The changes.'),
});

const ofAll = createRoute({
  method: 'get',
  path: '/api/changes',
  summary: 'Changes of all pages, in the order in which they were observed',
  request: { query: changesQuery },
  responses: answers(listing(changeItemSchema), 'The changes.'),
});

/** What the reader is asked, from a query that was read. `order` falls back to what suits the asker. */
export function changesRequest(query: z.output<typeof changesQuery>, order: 'oldest' | 'newest'): ChangesRequest {
  return {
    ...(query.page === undefined ? {} : { page: query.page }),
    ...(query.since === undefined ? {} : { since: query.since }),
    ...(query.until === undefined ? {} : { until: query.until }),
    ...(query.kind === undefined ? {} : { kinds: query.kind }),
    ...(query.late === undefined ? {} : { late: query.late }),
    ...(query.after === undefined ? {} : { after: query.after }),
    newestFirst: (query.order ?? order) === 'newest',
    limit: query.limit,
  };
}

export function fittingChanges(reader: Reader, request: ChangesRequest, most: number) {
  return fitting(request.limit, most, (limit) => reader.changes({ ...request, limit }));
}

export function changeRoutes(reader: Reader) {
  const app = apiRoutes();
  app.openapi(ofPage, async (c) => {
    const query = { ...c.req.valid('query'), page: c.req.valid('param').id };
    return sendListing(c, await fittingChanges(reader, changesRequest(query, 'oldest'), API_BYTES));
  });
  app.openapi(ofAll, async (c) => {
    return sendListing(c, await fittingChanges(reader, changesRequest(c.req.valid('query'), 'oldest'), API_BYTES));
  });
  return app;
}
