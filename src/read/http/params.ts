import { z } from '@hono/zod-openapi';
import { readSelector } from '#app/read/reader.ts';
import { CHANGE_KINDS } from '#core/diff/types.ts';
import { isEventDate, lastInstant, spanOf } from '#core/history/instants.ts';

/** Largest page of a listing. */
export const MAX_LIMIT = 500;

/** What a revision is named by. */
export const REVISION_HINT =
  'give the id of a revision (8 to 64 hex digits), its number (at most 7 digits), "latest", or an ISO 8601 instant or date';

/** What a paragraph is named by. */
export const PARAGRAPH_HINT = 'give the id of a paragraph, as the timeline and the revisions have it';

const INSTANT_HINT = 'give an ISO 8601 instant such as 2022-01-13T10:15:00Z, or a date such as 2022-01-13';

export const pageIdParam = z
  .string()
  .max(200)
  .openapi({ param: { name: 'id', in: 'path' }, description: 'Id of the page.', example: 'putin-2022-01' });

export const paragraphIdParam = z
  .string()
  .regex(/^[\w-]{1,64}$/, PARAGRAPH_HINT)
  .openapi({ param: { name: 'paragraph', in: 'path' }, description: 'Id of the paragraph.' });

const anyLimit = z
  .string()
  .regex(/^\d{1,4}$/, `give a whole number from 1 to ${MAX_LIMIT}`)
  .transform(Number)
  .refine((value) => value >= 1 && value <= MAX_LIMIT, `give a whole number from 1 to ${MAX_LIMIT}`);

export const limit = anyLimit
  .default(100)
  .openapi({ type: 'integer', minimum: 1, maximum: MAX_LIMIT, default: 100, description: 'Most items in one answer.' });

export const optionalLimit = anyLimit.optional().openapi({
  type: 'integer',
  minimum: 1,
  maximum: MAX_LIMIT,
  description: 'Most items in one answer; without it as many as fit into an answer.',
});

export const after = z
  .string()
  .max(4_096)
  .optional()
  .openapi({ description: 'Where the listing continues: `next` of the last answer. Keep the other parameters.' });

export const order = z
  .enum(['oldest', 'newest'], { error: 'give "oldest" or "newest"' })
  .optional()
  .openapi({ description: 'Which items come first.' });

export const flag = z
  .enum(['true', 'false', '1', '0'], { error: 'give "true" or "false"' })
  .transform((value) => value === 'true' || value === '1')
  .optional()
  .openapi({ type: 'boolean' });

export const eventDate = z
  .string()
  .refine(isEventDate, 'give a day, month or year that exists: 2022-01-13, 2022-01 or 2022')
  .optional()
  .openapi({ description: 'Event date: a day, a month or a year.', example: '2022-01-13' });

export const since = instant('Observed at or after this instant. A date means its first instant, UTC.', (text) => {
  return spanOf(text)?.start ?? null;
});
export const until = instant('Observed before this instant. A date means all of it, UTC.', (text) => {
  const span = spanOf(text);
  if (span === null) return null;
  return /T/.test(text) ? span.start : span.end;
});
export const asOf = instant(
  'As the pages were at this instant, inclusive. A date means its last instant, UTC.',
  (text) => {
    const span = spanOf(text);
    return span === null ? null : lastInstant(span);
  },
);

export const kinds = z
  .preprocess(
    (value) =>
      (Array.isArray(value) ? value : [value]).flatMap((part) => (typeof part === 'string' ? part.split(',') : [part])),
    z.array(z.enum(CHANGE_KINDS, { error: `give one or more of ${CHANGE_KINDS.join(', ')}` })),
  )
  .optional()
  .openapi({
    type: 'array',
    items: { type: 'string', enum: [...CHANGE_KINDS] },
    description: 'Only changes of these kinds.',
  });

export const revisionNumber = z
  .string()
  .regex(/^[1-9]\d{0,8}$/, 'give the number of a revision: 1, 2, 3 …')
  .transform(Number)
  .openapi({ type: 'integer', minimum: 1 });

export const revisionSelector = z
  .string()
  .transform((text, context) => {
    const selector = readSelector(text);
    if (selector !== null) return selector;
    context.addIssue({ code: 'custom', message: REVISION_HINT });
    return z.NEVER;
  })
  .openapi({
    type: 'string',
    description:
      'Id of a revision (its permanent name; 8 digits are enough where no other begins so), its number, `latest`, or an instant: the newest by then.',
    example: 'latest',
  });

function instant(description: string, read: (text: string) => string | null) {
  return z
    .string()
    .transform((text, context) => {
      const value = read(text);
      if (value !== null) return value;
      context.addIssue({ code: 'custom', message: INSTANT_HINT });
      return z.NEVER;
    })
    .optional()
    .openapi({ type: 'string', description, example: '2022-01-13T10:15:00Z' });
}
