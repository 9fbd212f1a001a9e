import { z } from '@hono/zod-openapi';

/** Parts of the shapes in `schemas.ts`, and the shape of an error. */

export const instantSchema = z.string().openapi({ format: 'date-time', description: 'ISO 8601 instant, UTC.' });
export const eventDateSchema = z.string().nullable().openapi({
  description: 'Event date: `YYYY-MM-DD` (or `YYYY-MM`, `YYYY`); null where unknown.',
  example: '2022-01-13',
});
export const hash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .openapi({ description: 'SHA-256, hex.' });
export const list = <T extends z.ZodType>(item: T) => z.array(item).readonly();

export const problemSchema = z
  .strictObject({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    detail: z.string(),
    pageId: z.string().optional(),
    revisions: list(z.strictObject({ number: z.number().int(), id: hash, observedAt: instantSchema }))
      .optional()
      .openapi({ description: 'Of a wrong revision id: the revisions that it may mean.' }),
  })
  .openapi('Problem');
