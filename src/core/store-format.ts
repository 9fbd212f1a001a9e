/** The format of a store, as its own item names it. */
export interface StoreFormat {
  readonly format: number;
  /** The version of Daybook that began the store. */
  readonly writtenBy: string;
}

/** The format of stores that hold pages and no format. */
export const UNNUMBERED: StoreFormat = { format: 1, writtenBy: 'an unnumbered version' };

export type Age = 'older' | 'current' | 'newer';

/** How a store's format relates to the one that a version of Daybook writes. */
export function ageOf(stored: StoreFormat, own: StoreFormat): Age {
  if (stored.format === own.format) return 'current';
  return stored.format < own.format ? 'older' : 'newer';
}

/**
 * Why a store is refused, and what to do, on one line.
 * @param name of the store, for people
 * @param remedy the command that makes an older store's history in this format
 */
export function refusalOf(stored: StoreFormat, own: StoreFormat, name: string, remedy: string): string {
  const found = `The history in ${name} has format ${stored.format} (written by ${stored.writtenBy})`;
  if (ageOf(stored, own) === 'newer') {
    return `${found}; this Daybook (${own.writtenBy}) reads format ${own.format}: install a newer version`;
  }
  return `${found}; this Daybook (${own.writtenBy}) needs format ${own.format}: ${remedy}. That makes the history from the stored captures, sends no alert, and continues after an interruption`;
}
