import { complaints } from '#core/config-complaints.ts';
import { series as schema } from '#core/config-series.ts';
import { type AddedSeries, FORM, type StoredSeries, unreadable } from './record.ts';

/** Reads what is stored under an id. Every field is checked, because pages are fetched and retired by it. */
export function readRecord(id: string, value: unknown): StoredSeries {
  const given = (typeof value === 'object' && value !== null ? value : {}) as Partial<
    Record<keyof AddedSeries, unknown>
  >;
  const { form, name, removed, paused, version } = given;
  if (typeof form === 'number' && form > FORM) {
    const fault = `it has form ${form}, which a newer version of Daybook wrote (this one reads form ${FORM})`;
    return unreadable(id, fault, version, true);
  }
  const parsed = schema.safeParse(given.series);
  if (!parsed.success) return unreadable(id, complaints(parsed.error, given.series).join('; '), version);
  const isRecord =
    form === FORM &&
    parsed.data.id === id &&
    (name === null || typeof name === 'string') &&
    typeof removed === 'boolean' &&
    typeof paused === 'boolean' &&
    typeof version === 'number';
  if (!isRecord) return unreadable(id, 'it is not what Daybook writes', version);
  return { id, record: { form, series: parsed.data, name, removed, paused, version }, fault: null, version };
}
