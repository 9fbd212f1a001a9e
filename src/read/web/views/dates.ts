import { html } from 'hono/html';
import { monthNames } from '#core/text/months.ts';
import { type Html, plain } from './text.ts';

/** `2022-01-13` as "13 January 2022", `2022-01` as "January 2022"; anything else as it is. */
export function dateText(date: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(date) ?? [];
  const name = monthNames[Number(month) - 1];
  if (year === undefined || name === undefined) return plain(date);
  return day === undefined ? `${name} ${year}` : `${Number(day)} ${name} ${year}`;
}

/** An event date, or "no date". */
export function eventDate(date: string | null): Html {
  if (date === null) return html`<span class="undated">no date</span>`;
  return html`<time datetime="${plain(date)}">${dateText(date)}</time>`;
}

/** An observed instant, to the minute, UTC. */
export function instantText(instant: string): string {
  const [, date, time] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/.exec(instant) ?? [];
  return date === undefined || time === undefined ? plain(instant) : `${dateText(date)}, ${time} UTC`;
}

export function observed(instant: string | null): Html {
  if (instant === null) return html`<span class="undated">never</span>`;
  return html`<time datetime="${plain(instant)}">${instantText(instant)}</time>`;
}
