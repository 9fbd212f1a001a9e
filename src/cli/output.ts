import Table from 'cli-table3';
import picocolors from 'picocolors';
import stringWidth from 'string-width';
import { escapeJson, oneLine } from '#core/text/hostile.ts';

/** How a command writes: text for a terminal, or JSON. */
export interface Output {
  readonly json: boolean;
  readonly colour: ReturnType<typeof picocolors.createColors>;
  /** One line of the answer. */
  line(text?: string): void;
  /** One JSON value on a line of its own. */
  value(value: unknown): void;
  /** Progress of long work: at a terminal only, never part of the answer. */
  progress(text: string): void;
  width: number;
}

export function createOutput(options: { json?: boolean }): Output {
  const { stdout, stderr } = process;
  const colour = picocolors.createColors(options.json !== true && stdout.isTTY === true && picocolors.isColorSupported);
  const width = stdout.columns ?? 100;
  return {
    json: options.json ?? false,
    colour,
    width,
    line: (text = '') => void stdout.write(`${text}\n`),
    value: (value) => void stdout.write(`${escapeJson(JSON.stringify(value))}\n`),
    progress(text) {
      if (stderr.isTTY !== true) return;
      stderr.write(text === '' ? '\r\u001b[2K' : `\r\u001b[2K${fitColumns(text, width - 1)}`);
    },
  };
}

const letters = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** One line cut to a number of terminal columns, with an ellipsis; wide characters count as two. */
export function fitColumns(text: string, columns: number): string {
  const line = oneLine(text);
  if (stringWidth(line) <= columns) return line;
  let shown = '';
  let width = 1;
  for (const { segment } of letters.segment(line)) {
    width += stringWidth(segment);
    if (width > columns) break;
    shown += segment;
  }
  return `${shown}…`;
}

/** Prints rows as a table of the terminal's width; the last column is cut to the rest of it. */
export function table(output: Output, head: readonly string[], rows: readonly (readonly string[])[]): void {
  const clean = rows.map((row) => row.map(oneLine));
  const widths = head.map(
    (name, column) => Math.max(name.length, ...clean.map((row) => stringWidth(row[column] ?? ''))) + 2,
  );
  const fixed = widths.slice(0, -1).reduce((sum, width) => sum + width + 1, 2);
  const last = Math.max(12, Math.min(widths.at(-1) ?? 12, output.width - fixed));
  const rendered = new Table({
    head: head.map((name) => output.colour.bold(name)),
    colWidths: [...widths.slice(0, -1), last],
    style: { head: [], border: [], compact: true },
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
  });
  for (const row of clean) rendered.push([...row.slice(0, -1), fitColumns(row.at(-1) ?? '', last - 2)]);
  output.line(rendered.toString());
}
