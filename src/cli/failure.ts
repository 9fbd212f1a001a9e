import { DaybookError, UsageError } from '#core/errors.ts';
import { oneLine } from '#core/text/hostile.ts';

/** Exit codes of every command. */
export const EXIT = { ok: 0, bad: 1, usage: 2 } as const;

/** Prints the error on one line and returns the exit code: 2 for wrong usage, 1 for everything else. */
export function fail(error: unknown, write: (text: string) => void): number {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof DaybookError ? error.code : 'unexpected';
  write(`daybook: ${oneLine(message).replace(/\s+/g, ' ')} [${code}]\n`);
  if (!(error instanceof DaybookError) && process.env.DAYBOOK_DEBUG !== undefined && error instanceof Error) {
    write(`${error.stack ?? ''}\n`);
  }
  return error instanceof UsageError ? EXIT.usage : EXIT.bad;
}

/** Prints that the output could not be written, and returns the exit code. A closed pipe (`daybook … | head`) is no failure. */
export function unwritten(error: NodeJS.ErrnoException): number {
  if (error.code === 'EPIPE') return EXIT.ok;
  process.stderr.write(`daybook: The output could not be written: ${error.message} [output]\n`);
  return EXIT.bad;
}
