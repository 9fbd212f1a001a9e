/** A span of observed time: `start` inclusive, `end` exclusive, ISO 8601 UTC with milliseconds. */
export interface Span {
  readonly start: string;
  readonly end: string;
}

const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;
const INSTANT = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2})?$/;

/** Whether a text is an event date that exists: `2022-01-13`, `2022-01` or `2022`. */
export function isEventDate(text: string): boolean {
  return dateSpan(text) !== null;
}

/**
 * The span of time that a text names, or null: a date (its whole day, month or year, UTC) or an instant (that
 * millisecond; UTC unless it names an offset).
 */
export function spanOf(text: string): Span | null {
  return dateSpan(text) ?? instantSpan(text);
}

function dateSpan(text: string): Span | null {
  const [, year, month, day] = DATE.exec(text) ?? [];
  if (year === undefined) return null;
  const y = Number(year);
  const m = month === undefined ? 1 : Number(month);
  const d = day === undefined ? 1 : Number(day);
  const start = utc(y, m - 1, d);
  if (start.getUTCFullYear() !== y || start.getUTCMonth() !== m - 1 || start.getUTCDate() !== d) return null;
  const end = day !== undefined ? utc(y, m - 1, d + 1) : month !== undefined ? utc(y, m, 1) : utc(y + 1, 0, 1);
  return { start: start.toISOString(), end: end.toISOString() };
}

function instantSpan(text: string): Span | null {
  const [, day, time, seconds = '00', fraction = '', zone = 'Z'] = INSTANT.exec(text) ?? [];
  if (day === undefined || time === undefined || dateSpan(day) === null) return null;
  const at = Date.parse(`${day}T${time}:${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}${zone}`);
  if (Number.isNaN(at)) return null;
  return { start: new Date(at).toISOString(), end: new Date(at + 1).toISOString() };
}

/** Years 0 to 99 are years, not 1900 and later. */
function utc(year: number, month: number, day: number): Date {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  return date;
}

/** The last millisecond of a span: what "as of" a day means. */
export function lastInstant(span: Span): string {
  return new Date(Date.parse(span.end) - 1).toISOString();
}
