const INSTANT =
  /(?<!\d)((?:19|20)\d\d)-?([01]\d)-?([0-3]\d)[T _-]?([0-2]\d)[-:._]?([0-5]\d)(?:[-:._]?([0-5]\d)(?:[.,]?(\d{3}))?)?Z?(?!\d)/;

/**
 * The instant in a file's name, ISO 8601, as UTC: `20220105101500.html`, `2022-01-05T10-15.htm`,
 * `page_20220109T101500000Z`. Null where the name has none, or only a day.
 */
export function timeInName(name: string): string | null {
  const match = INSTANT.exec(name);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second = '00', milliseconds = '000'] = match;
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}Z`);
  // Days that a month does not have roll over into the next one.
  if (Number.isNaN(time.getTime()) || time.getUTCDate() !== Number(day)) return null;
  return time.toISOString();
}
