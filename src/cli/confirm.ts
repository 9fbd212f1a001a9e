import { createInterface } from 'node:readline/promises';
import { UsageError } from '#core/errors.ts';

/**
 * Asks a person at the terminal before something that cannot be undone.
 * @returns whether the answer was yes
 * @throws UsageError where nobody can be asked
 */
export async function confirmed(question: string): Promise<boolean> {
  const { stdin, stderr } = process;
  if (stdin.isTTY !== true || stderr.isTTY !== true) {
    throw new UsageError('Nobody can be asked here: add --yes once --dry-run shows what you want', {
      code: 'not-confirmed',
    });
  }
  const terminal = createInterface({ input: stdin, output: stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}
