import { UsageError } from '#core/errors.ts';

/** Options of every command that asks the history. */
export interface QueryOptions {
  readonly server?: string;
  /** Opens the reader of `server`. */
  readonly token?: string;
  readonly data: string;
  readonly json?: boolean;
}

/** Parser of an option that takes a whole number. @throws UsageError naming the option and what was given. */
export const integer = (option: string, low: number, high: number) => (value: string) => {
  const number = Number(value);
  if (!Number.isInteger(number) || number < low || number > high) {
    throw new UsageError(`${option}: "${value}" is not a whole number from ${low} to ${high}`);
  }
  return number;
};
