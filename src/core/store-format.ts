import { STORE_FORMAT, VERSION } from './names.ts';

/** What a store says about its own format. */
export interface StoreFormat {
  readonly format: number;
  /** The version of Daybook that began the store. */
  readonly writtenBy: string;
}

/** What a new store is marked with. */
export const THIS_FORMAT: StoreFormat = { format: STORE_FORMAT, writtenBy: VERSION };

/** The format of stores that hold pages and no format. */
export const UNNUMBERED: StoreFormat = { format: 1, writtenBy: 'an unnumbered version' };

export type Age = 'older' | 'current' | 'newer';

/** How a store's format relates to the one that this version reads. */
export function ageOf({ format }: StoreFormat): Age {
  if (format === STORE_FORMAT) return 'current';
  return format < STORE_FORMAT ? 'older' : 'newer';
}

/**
 * Why a store is refused, and what to do, on one line.
 * @param name of the store, for people
 * @param remedy the command that makes an older store's history in this format
 */
export function refusalOf(stored: StoreFormat, name: string, remedy: string): string {
  const found = `The history in ${name} has format ${stored.format} (written by ${stored.writtenBy})`;
  if (ageOf(stored) === 'newer') {
    return `${found}; this Daybook (${VERSION}) reads format ${STORE_FORMAT}: install a newer version`;
  }
  return `${found}; this Daybook (${VERSION}) needs format ${STORE_FORMAT}: ${remedy}. That makes the history from the stored captures, sends no alert, and continues after an interruption`;
}
