import { z } from '@hono/zod-openapi';

/** A series that a command added, as the API lists it. */
export const listedSeriesSchema = z
  .strictObject({
    id: z.string().openapi({ description: 'Its members have it as their `series`.' }),
    state: z.enum(['tracked', 'paused', 'removed', 'unreadable']),
    fault: z.string().nullable().openapi({ description: 'Why its record cannot be read; its pages stay as they are.' }),
    pattern: z.string().nullable().openapi({ description: 'Address of its members, the month in braces.' }),
    name: z.string().nullable(),
    from: z.string().nullable().openapi({ description: 'First month, `YYYY-MM`.' }),
    until: z.string().nullable().openapi({ description: 'Last month; null: there is none.' }),
    hub: z.string().nullable().openapi({ description: 'Id of the page that links to its members.' }),
  })
  .openapi('ListedSeries');
