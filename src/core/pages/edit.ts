import * as z from 'zod';
import { complaints } from '../config-complaints.ts';
import { httpUrl, minutes, page, pageId } from '../config-fields.ts';
import { addableSeries } from '../config-series.ts';
import { UsageError } from '../errors.ts';
import { LONGEST_PAUSE_MINUTES } from '../schedule/interval.ts';

const schema = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('add'),
    url: httpUrl,
    /** Made of the address when absent. */
    id: pageId.optional(),
    name: page.shape.name,
    rolling: z.boolean().optional(),
    /** Longest pause between two checks, minutes, in place of the configured ones. */
    every: minutes(5, LONGEST_PAUSE_MINUTES).optional(),
  }),
  /** What the configuration would say of a series. */
  addableSeries.safeExtend({ action: z.literal('add-series'), name: page.shape.name }),
  z.strictObject({ action: z.enum(['remove', 'pause', 'resume']), id: z.string() }),
  z.strictObject({ action: z.literal('rename'), id: z.string(), name: page.shape.name.unwrap() }),
]);

/** One change of the list of pages and series that is kept outside the configuration. */
export type PageEdit = z.output<typeof schema>;

/** @throws UsageError (`bad-url`, `bad-id`, `bad-pattern` or `usage`) with every wrong field, what is wrong with it and what it held. */
export function parsePageEdit(input: unknown): PageEdit {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const field = result.error.issues[0]?.path[0];
  const code = field === 'url' || field === 'id' || field === 'pattern' ? `bad-${field}` : 'usage';
  throw new UsageError(complaints(result.error, input).join('; '), { code });
}
