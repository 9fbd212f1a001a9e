import { UsageError } from '#core/errors.ts';
import type { DeployedOptions } from './deployed.ts';

/** Options of every command that asks the history. */
export interface QueryOptions extends DeployedOptions {
  readonly server?: string;
  /** Opens the reader of `server`, or the deployed one. */
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
