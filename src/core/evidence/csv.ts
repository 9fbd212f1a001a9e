import { oneLine } from '../text/hostile.ts';

/** Cells that a spreadsheet would read as a formula, also after white space that it drops. */
const FORMULA = /^\s*[=+\-@\uff0b\uff0d\uff1d\uff20]/;

/**
 * One line of CSV (RFC 4180, CRLF), every cell one line without hostile characters. A cell that begins like a formula
 * gets an apostrophe before it, which spreadsheets show as text; every cell that is not plain is quoted.
 */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const line = oneLine(value);
  const text = FORMULA.test(line) ? `'${line}` : line;
  return /^[\w .:/-]*$/.test(text) ? text : `"${text.replaceAll('"', '""')}"`;
}

/** Begins a file: without it spreadsheets do not read it as UTF-8. */
export const BYTE_ORDER_MARK = '\ufeff';
