import type { Change } from '#core/diff/types.ts';
import { cutMiddle } from '#core/text/cut.ts';
import { oneLine } from '#core/text/hostile.ts';
import type { Output } from './output.ts';
import { fitColumns } from './output.ts';

/** A change's flags as words: `late`, `facts`, `moved`. */
export function flagsOf(change: Change): string[] {
  const flags: string[] = [];
  if (change.late === true) flags.push('late');
  if (change.substance !== undefined) flags.push(change.substance);
  for (const flag of ['edited', 'redated', 'moved'] as const)
    if (change[flag] === true && change.kind !== flag) flags.push(flag);
  return flags;
}

/** A change as lines of text: its kind, then the text before and after. */
export function changeLines(output: Output, change: Change): string[] {
  const { colour } = output;
  const flags = flagsOf(change);
  const paint =
    { added: colour.green, restored: colour.green, removed: colour.red }[change.kind as string] ?? colour.yellow;
  const date =
    change.dateBefore !== undefined && change.dateBefore !== change.date
      ? `${change.dateBefore ?? 'no date'} → ${change.date ?? 'no date'}`
      : (change.date ?? 'no date');
  const head = `${paint(change.kind.padEnd(9))} ${colour.cyan(date)}${flags.length > 0 ? ` ${colour.dim(`(${flags.join(', ')})`)}` : ''}`;
  const width = Math.max(40, output.width - 6);
  if (change.words !== undefined && change.kind === 'edited')
    return [head, `    ${wordLine(output, change.words, width)}`];
  return [
    head,
    ...change.before.map((ref) => `  ${colour.red('-')} ${fitColumns(ref.text, width)}`),
    ...change.after.map((ref) => `  ${colour.green('+')} ${fitColumns(ref.text, width)}`),
  ];
}

/** Characters of unchanged text kept on each side of a changed run. */
const CONTEXT = 40;

function wordLine(output: Output, words: NonNullable<Change['words']>, width: number): string {
  const { colour } = output;
  let shown = 0;
  const parts: string[] = [];
  for (const [index, run] of words.entries()) {
    if (shown > width * 3) return `${parts.join('')}…`;
    const text = oneLine(run.text);
    if (run.op === 'removed') parts.push(colour.red(`[-${text}-]`));
    else if (run.op === 'added') parts.push(colour.green(`{+${text}+}`));
    else parts.push(cutMiddle(text, index > 0 ? CONTEXT : 0, index < words.length - 1 ? CONTEXT : 0));
    shown += parts.at(-1)?.length ?? 0;
  }
  return parts.join('');
}
