import { shortMonths } from '../text/months.ts';

/** Longest wait that is kept, seconds: a header that asks for more is a mistake and is capped. */
export const MAX_RETRY_AFTER_SECONDS = 86_400;

// RFC 9110, 5.6.7: IMF-fixdate, the obsolete RFC 850 form, and asctime's. Fixed-width fields only: linear on any input.
const IMF = /^[a-z]{3}, (\d{2}) ([a-z]{3}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) gmt$/;
const RFC850 = /^[a-z]{6,9}, (\d{2})-([a-z]{3})-(\d{2}) (\d{2}):(\d{2}):(\d{2}) gmt$/;
const ASCTIME = /^[a-z]{3} ([a-z]{3}) ([ \d]\d) (\d{2}):(\d{2}):(\d{2}) (\d{4})$/;

/**
 * Reads an HTTP-date in any of its three forms.
 *
 * @param nowMs epoch milliseconds, for the century of a two-digit year
 * @returns epoch milliseconds, or null when the text is no HTTP-date
 */
export function parseHttpDate(value: string, nowMs: number): number | null {
  if (value.length > 64) return null;
  const text = value.trim().toLowerCase();
  const imf = IMF.exec(text);
  if (imf) return instant(imf[3], imf[2], imf[1], imf[4], imf[5], imf[6]);
  const old = RFC850.exec(text);
  if (old) return instant(String(century(Number(old[3]), nowMs)), old[2], old[1], old[4], old[5], old[6]);
  const asc = ASCTIME.exec(text);
  if (asc) return instant(asc[6], asc[1], asc[2], asc[3], asc[4], asc[5]);
  return null;
}

/**
 * Reads `Retry-After` in both its forms, delay-seconds and HTTP-date.
 *
 * @param nowMs epoch milliseconds against which a date is measured
 * @returns whole seconds to wait, 0 to 86,400; null when the header is absent or unreadable
 */
export function parseRetryAfter(value: string | null | undefined, nowMs: number): number | null {
  if (value === null || value === undefined) return null;
  const text = value.trim();
  if (/^\d{1,19}$/.test(text)) return Math.min(Number(text), MAX_RETRY_AFTER_SECONDS);
  const at = parseHttpDate(text, nowMs);
  if (at === null) return null;
  return Math.min(Math.max(0, Math.ceil((at - nowMs) / 1000)), MAX_RETRY_AFTER_SECONDS);
}

/** RFC 9110: a two-digit year that seems more than 50 years ahead is the most recent past year with those digits. */
function century(year: number, nowMs: number): number {
  const thisYear = new Date(nowMs).getUTCFullYear();
  const guess = thisYear - (thisYear % 100) + year;
  return guess > thisYear + 50 ? guess - 100 : guess;
}

function instant(...parts: (string | undefined)[]): number | null {
  const [year, monthName, day, hour, minute, second] = parts;
  const month = shortMonths.indexOf(monthName ?? '');
  const numbers = [Number(year), Number(day), Number(hour), Number(minute), Number(second)] as const;
  if (month < 0 || numbers[1] < 1 || numbers[1] > 31 || numbers[2] > 23 || numbers[3] > 59 || numbers[4] > 60)
    return null;
  const ms = Date.UTC(numbers[0], month, numbers[1], numbers[2], numbers[3], numbers[4]);
  // Date.UTC rolls 31 February over into March: a day that does not exist is no date.
  return new Date(ms).getUTCMonth() === month || numbers[4] === 60 ? ms : null;
}
