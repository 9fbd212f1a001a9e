import { createInterface } from 'node:readline/promises';
import { UsageError } from '#core/errors.ts';

/** Where a person is asked. */
export interface Asked {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/**
 * Asks a person at the terminal before something that is hard to undo.
 * @returns whether the answer was yes; an end of the input is none
 * @throws UsageError (`not-confirmed`) where nobody can be asked
 */
export async function confirmed(question: string, { stdin, stderr }: Asked = process): Promise<boolean> {
  if (stdin.isTTY !== true || stderr.isTTY !== true) {
    throw new UsageError('Nobody can be asked here: add --yes, after --dry-run has shown what would be done', {
      code: 'not-confirmed',
    });
  }
  const terminal = createInterface({ input: stdin, output: stderr });
  try {
    const ended = new Promise<string>((end) => terminal.once('close', () => end('')));
    return /^y(es)?$/i.test((await Promise.race([terminal.question(`${question} [y/N] `), ended])).trim());
  } finally {
    terminal.close();
  }
}
