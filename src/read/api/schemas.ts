import { z } from '@hono/zod-openapi';
import { eventDateSchema, hash, instantSchema, list } from './schema-parts.ts';

/** Shapes of the API's answers. Tests check every answer against them; the OpenAPI description is made of them. */

const renumberedAt = instantSchema.nullable().openapi({
  description:
    'When an import of older captures gave this number: before, it may have meant another revision. Null: it never did.',
});
const nextSchema = z.string().nullable().openapi({ description: 'Cursor of the next part, null at the end.' });

export const healthSummarySchema = z
  .strictObject({
    pageId: z.string(),
    state: z.enum(['ok', 'suspect', 'down', 'unknown']),
    reason: z.string().nullable().openapi({ description: 'Machine-readable: `http-status`, `block-page`, `shrunk` …' }),
    since: instantSchema.nullable(),
    lastCheckedAt: instantSchema.nullable(),
    nextCheckAt: instantSchema.nullable(),
    overdue: z.boolean().openapi({ description: 'Checks have stopped.' }),
  })
  .openapi('HealthSummary');

export const healthSchema = healthSummarySchema
  .extend({
    detail: z.string().nullable(),
    events: list(
      z.strictObject({
        seq: z.number().int(),
        kind: z.enum(['down', 'recovered', 'odd-link']),
        reason: z.string().nullable(),
        detail: z.string().nullable(),
        at: instantSchema,
      }),
    ),
  })
  .openapi('Health');

export const listedPageSchema = z
  .strictObject({
    id: z.string(),
    url: z.string(),
    name: z.string().nullable(),
    rolling: z.boolean(),
    series: z.string().nullable(),
    title: z.string().nullable().openapi({ description: 'In a list at most 80 characters of it.' }),
    period: z.string().nullable(),
    retired: z.boolean(),
    paused: z.boolean().openapi({ description: 'Not asked for until it is resumed.' }),
    source: z.enum(['config', 'added']).nullable().openapi({
      description:
        'What makes the page tracked: the configuration or a command (also its series); null for a retired page.',
    }),
    revisions: z.number().int(),
    paragraphs: z.number().int(),
    firstObservedAt: instantSchema.nullable(),
    lastChangedAt: instantSchema.nullable(),
    oldestDate: eventDateSchema,
    newestDate: eventDateSchema,
    health: healthSummarySchema,
  })
  .openapi('ListedPage');

export const pageSchema = listedPageSchema.extend({ health: healthSchema }).openapi('Page');

const revisionFields = {
  pageId: z.string(),
  number: z.number().int(),
  id: hash,
  previous: hash.nullable(),
  observedAt: instantSchema,
  captureId: z.string(),
  sha256: hash,
  captureSeal: hash.openapi({
    description: 'Hash of the record of the capture: address, headers, status, time, bytes.',
  }),
  document: hash,
  fingerprint: z.string().openapi({ description: 'Hash of the text, equal for texts that differ by noise only.' }),
  parser: z.string(),
  title: z.string().nullable(),
  period: z.string().nullable(),
  changes: z.number().int(),
  technical: z.boolean(),
  revertedTo: z.number().int().nullable(),
  replaced: z.boolean(),
  confirmed: z.boolean(),
};

export const revisionSchema = z
  .strictObject({ ...revisionFields, paragraphs: z.number().int().openapi({ description: 'Number of paragraphs.' }) })
  .openapi('Revision');

const basisSchema = z.enum([
  'explicit',
  'inferred-year',
  'corrected-year',
  'corrected-month',
  'weekday',
  'relative',
  'heading',
  'inherited',
  'none',
]);
const kindSchema = z.enum(['paragraph', 'heading', 'listItem', 'tableRow', 'quote', 'caption', 'frontMatter']);

const mentionSchema = z
  .strictObject({
    text: z.string(),
    start: z.number().int(),
    end: z.number().int(),
    granularity: z.enum(['day', 'month', 'year', 'week', 'range']),
    literal: z.string(),
    value: z.string().nullable(),
    role: z.enum(['event', 'scheduled', 'background', 'historical', 'attribute', 'deadline', 'context', 'none']),
    basis: basisSchema.exclude(['heading', 'inherited']),
    ambiguous: z.boolean().optional(),
  })
  .openapi('Mention');

const sightSchema = z
  .strictObject({ revision: z.number().int(), observedAt: instantSchema })
  .openapi('Sight', { description: 'A revision that shows something, and when it was observed.' });
const sights = {
  firstSeen: sightSchema.openapi({ description: 'Where the paragraph was first seen, also if it was away since.' }),
  presentSince: sightSchema.openapi({ description: 'Since when it is on the page without a break.' }),
};

export const paragraphSchema = z
  .strictObject({
    id: z.string(),
    text: z.string(),
    kind: kindSchema,
    level: z.number().int().optional(),
    links: list(z.strictObject({ href: z.string(), start: z.number().int(), end: z.number().int() })),
    written: z.string().optional(),
    date: eventDateSchema,
    dateBasis: basisSchema,
    mentions: list(mentionSchema),
    ...sights,
  })
  .openapi('Paragraph');

export const revisionTextSchema = z
  .strictObject({
    ...revisionFields,
    charset: z.string(),
    lastModified: z
      .string()
      .nullable()
      .openapi({ description: "The page's own “last updated” text, verbatim: never used as a time." }),
    latest: z.number().int().openapi({ description: "Number of the page's newest revision." }),
    next: hash.nullable().openapi({ description: 'Id of the next revision.' }),
    revertedToId: hash.nullable().openapi({ description: 'Id of the revision `revertedTo`.' }),
    renumberedAt,
    paragraphs: list(paragraphSchema),
    more: nextSchema.openapi({ description: 'Cursor of the next part of the paragraphs, null at the end.' }),
  })
  .openapi('RevisionText');

const refSchema = z.strictObject({ id: z.string(), at: z.number().int(), text: z.string() });

export const changeSchema = z
  .strictObject({
    kind: z.enum(['added', 'edited', 'redated', 'moved', 'split', 'merged', 'removed', 'restored', 'reordered']),
    before: list(refSchema),
    after: list(refSchema),
    date: eventDateSchema,
    dateBefore: eventDateSchema.optional(),
    substance: z.enum(['cosmetic', 'wording', 'facts']).optional(),
    words: list(z.strictObject({ op: z.enum(['same', 'removed', 'added']), text: z.string() })).optional(),
    late: z.boolean().optional(),
    moved: z.boolean().optional(),
    edited: z.boolean().optional(),
    redated: z.boolean().optional(),
  })
  .openapi('Change');

export const changeItemSchema = changeSchema
  .extend({
    pageId: z.string(),
    revision: z.number().int(),
    revisionId: hash,
    seq: z.number().int(),
    observedAt: instantSchema,
    technical: z.boolean().openapi({ description: 'A parser upgrade made it, not the page: sends no alert.' }),
  })
  .openapi('ChangeItem');

export const timelineItemSchema = z
  .strictObject({
    pageId: z.string(),
    paragraphId: z.string(),
    revision: z.number().int(),
    revisionId: hash,
    observedAt: instantSchema.openapi({ description: 'When the deciding revision was observed.' }),
    present: z
      .boolean()
      .openapi({ description: 'False: the paragraph was removed from the page, or no longer reports this day.' }),
    date: eventDateSchema.openapi({
      description: 'The day that the paragraph is listed under; null where it has none.',
    }),
    main: z.boolean().openapi({ description: 'True: the day is its event date. False: it only mentions the day.' }),
    eventDate: eventDateSchema,
    dateBasis: basisSchema,
    kind: kindSchema,
    text: z.string(),
    at: z.number().int(),
    mentions: list(mentionSchema),
    omittedDays: z
      .number()
      .int()
      .optional()
      .openapi({ description: 'Days that the paragraph mentions too and is not listed under: it names too many.' }),
    ...sights,
  })
  .openapi('TimelineItem');

const proofSchema = sightSchema
  .extend({ revisionId: hash, captureId: z.string(), sha256: hash })
  .openapi('Proof', { description: 'A revision that shows something, with the bytes that it was read from.' });

export const lifeSchema = z
  .strictObject({
    pageId: z.string(),
    paragraphId: z.string(),
    firstSeen: proofSchema,
    present: list(z.strictObject({ from: sightSchema, to: sightSchema.nullable() })).openapi({
      description: 'When it was on the page, oldest first. `to`: the revision without it; null while it is present.',
    }),
    wordings: list(z.strictObject({ text: z.string(), from: sightSchema })).openapi({
      description: 'Its texts, oldest first, with when each was seen first.',
    }),
    dates: list(z.strictObject({ date: eventDateSchema, dateBasis: basisSchema, from: sightSchema })).openapi({
      description: 'Its event dates, oldest first, with when each was seen first.',
    }),
    lastChanged: proofSchema.openapi({ description: 'What gave it its last text, date and kind, or brought it back.' }),
    place: proofSchema.openapi({
      description: 'The newest revision that has it: where it is, or where it was before it was removed.',
    }),
    complete: z
      .boolean()
      .openapi({ description: 'False: it changed so often that the lists have the newest part only.' }),
  })
  .openapi('ParagraphLife');

export const diffSchema = z
  .strictObject({
    from: revisionSchema,
    to: revisionSchema,
    changes: list(changeSchema),
    renumberedAt,
    more: nextSchema,
  })
  .openapi('Diff');

export const quarantineSchema = z
  .strictObject({
    pageId: z.string(),
    captureId: z.string(),
    fetchedAt: instantSchema,
    sha256: hash,
    status: z.number().int(),
    reason: z.string(),
    detail: z.string(),
  })
  .openapi('QuarantinedCapture');

export const coverageSchema = z
  .strictObject({
    day: z.string().openapi({ description: 'A day, UTC.', example: '2022-01-26' }),
    believed: z.number().int().openapi({ description: 'Looks that saw the page: unchanged and changed ones.' }),
    changed: z.number().int(),
    refused: z.number().int().openapi({ description: 'Looks with an answer that was not believed: quarantined.' }),
    failed: z.number().int().openapi({ description: 'Looks without an answer.' }),
    looks: list(
      z.strictObject({
        time: z.string().openapi({ description: 'UTC, to the minute.', example: '08:30' }),
        outcome: z.enum(['unchanged', 'changed', 'refused', 'failed']),
      }),
    ),
  })
  .openapi('CoverageDay');

export const alertSchema = z
  .strictObject({
    pageId: z.string(),
    key: z.string(),
    channel: z.string().nullable().openapi({ description: 'Null: every channel.' }),
    at: instantSchema,
    sent: z.boolean(),
    suppressed: list(z.strictObject({ seq: z.number().int(), reason: z.string() })),
    subject: z.string().nullable(),
    group: z.string().optional().openapi({ description: 'Of a grouped one: the outage whose mail reports it.' }),
  })
  .openapi('Alert');

/** A part of a listing: `next` is the cursor of the next part, null at the end. */
export const listing = <T extends z.ZodType>(item: T) => z.strictObject({ items: list(item), next: nextSchema });
