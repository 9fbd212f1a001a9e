import { createRoute, z } from '@hono/zod-openapi';
import type { Reader } from '#app/read/reader.ts';
import { asOf, pageIdParam, paragraphIdParam } from '../http/params.ts';
import { sendJson } from '../http/send.ts';
import { answers, apiRoutes } from './routes.ts';
import { lifeSchema } from './schemas.ts';

const life = createRoute({
  method: 'get',
  path: '/api/pages/{id}/paragraphs/{paragraph}',
  summary: 'A paragraph through its time: where it is or was last, when it was present, its texts and its dates',
  request: {
    params: z.object({ id: pageIdParam, paragraph: paragraphIdParam }),
    query: z.strictObject({ asOf: asOf.openapi({ description: 'Its life up to this instant, inclusive.' }) }),
  },
  responses: answers(lifeSchema, 'The life of the paragraph.'),
});

export function lifeRoutes(reader: Reader) {
  const app = apiRoutes();
  app.openapi(life, async (c) => {
    const { id, paragraph } = c.req.valid('param');
    return sendJson(c, await reader.life(id, paragraph, c.req.valid('query').asOf));
  });
  return app;
}
