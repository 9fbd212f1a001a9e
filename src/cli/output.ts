import Table from 'cli-table3';
import picocolors from 'picocolors';

/** Where a command writes, and how: for a person at a terminal or for a machine. */
export interface Output {
  readonly json: boolean;
  readonly colour: ReturnType<typeof picocolors.createColors>;
  /** One line of the answer. */
  line(text?: string): void;
  /** One JSON value on a line of its own. */
  value(value: unknown): void;
  /** A passing remark about long work; only at a terminal, never part of the answer. */
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
    value: (value) => void stdout.write(`${JSON.stringify(value)}\n`),
    progress(text) {
      if (stderr.isTTY !== true) return;
      stderr.write(text === '' ? '\r\u001b[2K' : `\r\u001b[2K${plain(text).slice(0, width - 1)}`);
    },
  };
}

/** Text of a page for a terminal: nothing that moves a cursor, sets a colour or turns writing round is left in it. */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, (character) =>
    character === '\n' || character === '\t' ? ' ' : '',
  );
}

export function cut(text: string, length: number): string {
  const shown = plain(text);
  return shown.length <= length ? shown : `${shown.slice(0, Math.max(1, length - 1))}…`;
}

/** Rows as a table of the terminal's width; the last column takes what is left and is cut. */
export function table(output: Output, head: readonly string[], rows: readonly (readonly string[])[]): void {
  const clean = rows.map((row) => row.map(plain));
  const widths = head.map((name, column) => Math.max(name.length, ...clean.map((row) => row[column]?.length ?? 0)) + 2);
  const fixed = widths.slice(0, -1).reduce((sum, width) => sum + width + 1, 2);
  const last = Math.max(12, Math.min(widths.at(-1) ?? 12, output.width - fixed));
  const rendered = new Table({
    head: head.map((name) => output.colour.bold(name)),
    colWidths: [...widths.slice(0, -1), last],
    style: { head: [], border: [], compact: true },
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
  });
  for (const row of clean) rendered.push([...row.slice(0, -1), cut(row.at(-1) ?? '', last - 2)]);
  output.line(rendered.toString());
}
