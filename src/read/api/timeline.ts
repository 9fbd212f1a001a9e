import { createRoute, z } from '@hono/zod-openapi';
import type { Reader, TimelineRequest } from '#app/read/reader.ts';
import { UsageError } from '#core/errors.ts';
import { API_BYTES, fitting } from '../http/fit.ts';
import { after, asOf, eventDate, flag, limit, order } from '../http/params.ts';
import { requireOrder } from '../http/query.ts';
import { sendListing } from '../http/send.ts';
import { answers, apiRoutes } from './routes.ts';
import { listing, timelineItemSchema } from './schemas.ts';

export const timelineQuery = z.strictObject({
  page: z.string().max(200).optional().openapi({ description: 'Only this page.' }),
  from: eventDate,
  to: eventDate,
  asOf,
  mentions: flag.openapi({
    description:
      'Also paragraphs that only mention the day as one of an event (`main: false`). Default: true for a single day, false for a longer time.',
  }),
  removed: flag.openapi({ description: 'Also removed paragraphs (`present: false`).' }),
  undated: flag.openapi({ description: 'Only the paragraphs without an event date.' }),
  order,
  limit,
  after,
});

const timeline = createRoute({
  method: 'get',
  path: '/api/timeline',
  summary: 'Paragraphs of the pages by the days that they report',
  request: { query: timelineQuery },
  responses: answers(listing(timelineItemSchema), 'The paragraphs.'),
});

/**
 * What the reader is asked, from a query that was read. `order` falls back to what suits the asker.
 * @throws UsageError when fields contradict each other.
 */
export function timelineRequest(query: z.output<typeof timelineQuery>, order: 'oldest' | 'newest'): TimelineRequest {
  const { page, from, to, after: mark } = query;
  if (query.undated === true && (from !== undefined || to !== undefined)) {
    throw new UsageError('"undated": paragraphs without a date match no "from" and "to": leave these out', {
      code: 'bad-query',
    });
  }
  requireOrder(from, to);
  return {
    ...(page === undefined ? {} : { page }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(query.asOf === undefined ? {} : { asOf: query.asOf }),
    ...(mark === undefined ? {} : { after: mark }),
    ...(query.mentions === undefined ? {} : { mentions: query.mentions }),
    includeRemoved: query.removed === true,
    undated: query.undated === true,
    newestFirst: (query.order ?? order) === 'newest',
    limit: query.limit,
  };
}

export function fittingTimeline(reader: Reader, request: TimelineRequest, most: number) {
  return fitting(request.limit, most, (limit) => reader.timeline({ ...request, limit }));
}

export function timelineRoutes(reader: Reader) {
  const app = apiRoutes();
  app.openapi(timeline, async (c) => {
    const request = timelineRequest(c.req.valid('query'), 'oldest');
    return sendListing(c, await fittingTimeline(reader, request, API_BYTES));
  });
  return app;
}
