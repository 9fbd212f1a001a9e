import * as z from 'zod';

/** A message of the queue of dead letters. */
export interface DeadLetter {
  readonly id: string;
  readonly body: string;
  /** When it was sent, ISO 8601; null: unknown. */
  readonly sentAt: string | null;
  /** The schedule sent it, since it could not call plan. */
  readonly fromSchedule: boolean;
}

/** Names of the deployed functions whose calls end among the dead letters. */
export type FunctionNames = Readonly<Record<'plan' | 'fetch' | 'ingest' | 'notify', string>>;

/** What a dead letter is about. */
export type Given =
  | { readonly from: 'plan' | 'fetch' | 'schedule' | 'notify'; readonly error: string | null }
  | {
      readonly from: 'ingest';
      readonly error: string | null;
      /** What the call was handed, as it was. */
      readonly payload: unknown;
      readonly pages: readonly string[];
    }
  | { readonly from: null; readonly why: string };

/** What Lambda writes of a call that it gave up; of the records of a stream without what they were. */
const recordSchema = z.looseObject({
  requestContext: z.looseObject({ functionArn: z.string(), condition: z.string().optional() }),
  requestPayload: z.unknown().optional(),
  responsePayload: z.unknown().optional(),
});
const observationsSchema = z.looseObject({
  observations: z.array(z.looseObject({ page: z.looseObject({ id: z.string() }) })).min(1),
});
/** What the schedule calls plan with. */
const scheduledSchema = z.looseObject({ source: z.literal('schedule') });
const errorSchema = z.looseObject({ errorMessage: z.string() });

/** What is not understood has no `from`, and a reason. */
export function readLetter({ body, fromSchedule }: DeadLetter, functions: FunctionNames): Given {
  const json = jsonOf(body);
  if (fromSchedule || scheduledSchema.safeParse(json).success) return { from: 'schedule', error: null };
  const record = recordSchema.safeParse(json).data;
  if (record === undefined) return { from: null, why: 'it is no record of a call that Lambda gave up' };
  const { functionArn, condition = null } = record.requestContext;
  const name = /:function:([^:]+)/.exec(functionArn)?.[1];
  const from = (['plan', 'fetch', 'ingest', 'notify'] as const).find((one) => functions[one] === name);
  if (from === undefined)
    return { from: null, why: `it comes from ${functionArn}, which is no function of this stage` };
  const error = errorSchema.safeParse(record.responsePayload).data?.errorMessage ?? condition;
  if (from !== 'ingest') return { from, error };
  const { data } = observationsSchema.safeParse(record.requestPayload);
  if (data === undefined) return { from: null, why: 'it is a call of ingest without observations' };
  return { from, error, payload: record.requestPayload, pages: data.observations.map(({ page }) => page.id) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
