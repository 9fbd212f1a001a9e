import type { Finding } from '#app/doctor/finding.ts';
import { oneLine } from '#core/text/hostile.ts';
import type { Output } from '../output.ts';

/** One line a finding, and below a bad one what to do. */
export function printFinding(output: Output, { check, level, what, todo }: Finding): void {
  const { colour } = output;
  const mark = { ok: colour.green('✓'), note: colour.dim('·'), warning: colour.yellow('!'), fault: colour.red('✗') };
  output.line(`${mark[level]} ${colour.bold(check.padEnd(13))} ${oneLine(what)}`);
  if (todo !== null && level !== 'ok') output.line(`${' '.repeat(16)}→ ${oneLine(todo)}`);
}
