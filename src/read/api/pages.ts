import { createRoute, z } from '@hono/zod-openapi';
import type { Listing, Paging } from '#app/ports.ts';
import type { Reader } from '#app/read/reader.ts';
import { API_BYTES, fitting } from '../http/fit.ts';
import { after, eventDate, limit, pageIdParam } from '../http/params.ts';
import { linkNext, requireOrder } from '../http/query.ts';
import { sendJson, sendListing } from '../http/send.ts';
import { answers, apiRoutes } from './routes.ts';
import {
  alertSchema,
  coverageSchema,
  healthSummarySchema,
  listedPageSchema,
  listing,
  pageSchema,
  quarantineSchema,
} from './schemas.ts';
import { listedSeriesSchema } from './series-schema.ts';

const none = z.strictObject({});
const parts = z.strictObject({ limit, after });
const params = z.object({ id: pageIdParam });

const list = createRoute({
  method: 'get',
  path: '/api/pages',
  summary: 'Tracked pages by id, also retired and paused ones and those not seen yet, as they were at their last check',
  request: { query: parts },
  responses: answers(listing(listedPageSchema), 'The pages.'),
});

const series = createRoute({
  method: 'get',
  path: '/api/series',
  summary: 'Series that commands added, also removed ones, by id; those of the configuration are not stored',
  request: { query: parts },
  responses: answers(listing(listedSeriesSchema), 'The series.'),
});

const one = createRoute({
  method: 'get',
  path: '/api/pages/{id}',
  summary: 'One page: names, counts, dates and health, without its text',
  request: { params, query: none },
  responses: answers(pageSchema, 'The page.'),
});

const quarantine = createRoute({
  method: 'get',
  path: '/api/pages/{id}/quarantine',
  summary: 'Captures of a page in quarantine, newest first',
  request: { params, query: parts },
  responses: answers(listing(quarantineSchema), 'The captures.'),
});

const alerts = createRoute({
  method: 'get',
  path: '/api/pages/{id}/alerts',
  summary: 'What was sent about a page, and why the rest was not',
  request: { params, query: parts },
  responses: answers(listing(alertSchema), 'The alerts.'),
});

const day = eventDate.openapi({ description: 'A day, month or year, UTC.', example: '2022-01-26' });

const coverage = createRoute({
  method: 'get',
  path: '/api/pages/{id}/coverage',
  summary: 'When a page was looked at, day by day, and whether the answer was believed',
  request: {
    params,
    query: z.strictObject({
      from: day.openapi({ description: 'First day; 30 days up to `to` when left out.' }),
      to: day.openapi({ description: 'Last day; today when left out.' }),
      limit,
      after,
    }),
  },
  responses: answers(listing(coverageSchema), 'The days, the oldest first; also those without a look.'),
});

const health = createRoute({
  method: 'get',
  path: '/api/health',
  summary: 'The health of the pages, by id',
  request: { query: parts },
  responses: answers(listing(healthSummarySchema), 'The health of the pages.'),
});

type Parts = z.output<typeof parts>;

/** A part of a listing that has at most `most` bytes. */
function listed<T>({ limit, after }: Parts, most: number, ask: (paging: Paging) => Promise<Listing<T>>) {
  return fitting(limit, most, (fit) => ask({ limit: fit, ...(after === undefined ? {} : { after }) }));
}

export function listedPages(reader: Reader, query: Parts, most: number) {
  return listed(query, most, (paging) => reader.pages(paging));
}

export function listedAlerts(reader: Reader, pageId: string, query: Parts, most: number) {
  return listed(query, most, (paging) => reader.alerts(pageId, paging));
}

export function listedQuarantine(reader: Reader, pageId: string, query: Parts, most: number) {
  return listed(query, most, (paging) => reader.quarantine(pageId, paging));
}

export function pageRoutes(reader: Reader) {
  const app = apiRoutes();
  app.openapi(list, async (c) => {
    return sendListing(c, await listedPages(reader, c.req.valid('query'), API_BYTES));
  });
  app.openapi(series, async (c) => {
    return sendListing(c, await listed(c.req.valid('query'), API_BYTES, (paging) => reader.series(paging)));
  });
  app.openapi(one, async (c) => sendJson(c, await reader.page(c.req.valid('param').id)));
  app.openapi(quarantine, async (c) => {
    return sendListing(c, await listedQuarantine(reader, c.req.valid('param').id, c.req.valid('query'), API_BYTES));
  });
  app.openapi(alerts, async (c) => {
    return sendListing(c, await listedAlerts(reader, c.req.valid('param').id, c.req.valid('query'), API_BYTES));
  });
  app.openapi(coverage, async (c) => {
    const { from, to, limit, after: mark } = c.req.valid('query');
    requireOrder(from, to);
    const request = {
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      ...(mark === undefined ? {} : { after: mark }),
      limit,
    };
    const { items, next } = await reader.coverage(c.req.valid('param').id, request);
    linkNext(c, next);
    return sendJson(c, { items, next });
  });
  app.openapi(health, async (c) => {
    const { items, next } = await listedPages(reader, c.req.valid('query'), API_BYTES);
    linkNext(c, next);
    return sendJson(c, { items: items.map((page) => page.health), next });
  });
  return app;
}
