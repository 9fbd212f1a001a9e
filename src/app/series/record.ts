import type { SeriesConfig } from '#core/config.ts';

/** The form of the records that this version writes. It rises when an earlier version would misread a record. */
export const FORM = 1;

/** A series that a command added: one item of the store, written under the version that it replaces. */
export interface AddedSeries {
  readonly form: number;
  /** What the configuration would say of it. */
  readonly series: SeriesConfig;
  /** Shown in the list of series; members have their own titles. */
  readonly name: string | null;
  /** No longer tracked: its members are retired. */
  readonly removed: boolean;
  /** Its members are paused. */
  readonly paused: boolean;
  /** Counts writes: every write names the version that it replaces. */
  readonly version: number;
}

/** The item of an added series: its record, or why there is none. */
export type StoredSeries = ReadableSeries | UnreadableSeries;

export interface ReadableSeries {
  readonly id: string;
  readonly record: AddedSeries;
  readonly fault: null;
  readonly version: number;
}

/** Its members are left as they are: nobody knows what was decided about them. */
export interface UnreadableSeries {
  readonly id: string;
  readonly record: null;
  readonly fault: string;
  /** Written by a newer version of Daybook: it is not to be replaced. */
  readonly isNewer: boolean;
  /** The version of the item, by which it can be written again; null where that is unreadable too. */
  readonly version: number | null;
}

/** A record of a series that is tracked from now on. */
export function newRecord(series: SeriesConfig, name: string | null): AddedSeries {
  return { form: FORM, series, name, removed: false, paused: false, version: 0 };
}

export function unreadable(id: string, fault: string, version: unknown, isNewer = false): UnreadableSeries {
  return { id, record: null, fault, isNewer, version: typeof version === 'number' ? version : null };
}

/** What is wrong with a record, what becomes of its pages and what to do, as one sentence. */
export function unreadableSentence({ id, fault, isNewer, version }: UnreadableSeries): string {
  const again =
    version === null
      ? '"daybook rebuild" leaves it out'
      : `"daybook pages add PATTERN --from YYYY-MM --id ${id}" writes it again`;
  const remedy = isNewer ? 'install a newer version of Daybook' : again;
  return `The record of the added series "${id}" cannot be read: ${fault}; its pages are left as they are: ${remedy}`;
}
