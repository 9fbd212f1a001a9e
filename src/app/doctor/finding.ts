import { counted } from '../counted.ts';

/** How a check came out. A `note` is nothing to mend; a `warning` may become a fault; a `fault` needs somebody. */
export type Level = 'ok' | 'note' | 'warning' | 'fault';

export type Fact = string | number | boolean | null;

/** What one check found. No text of a page is ever in it. */
export interface Finding {
  /** Name of the check: stable, for machines. */
  readonly check: string;
  readonly level: Level;
  /** One sentence, without a full stop. */
  readonly what: string;
  /** What to do, one sentence; null where there is nothing to do. */
  readonly todo: string | null;
  readonly facts: Readonly<Record<string, Fact>>;
}

type Facts = Finding['facts'];

export const ok = (check: string, what: string, facts: Facts = {}): Finding => ({
  check,
  level: 'ok',
  what,
  todo: null,
  facts,
});
export const note = (check: string, what: string, todo: string | null = null, facts: Facts = {}): Finding => ({
  check,
  level: 'note',
  what,
  todo,
  facts,
});
export const warning = (check: string, what: string, todo: string, facts: Facts = {}): Finding => ({
  check,
  level: 'warning',
  what,
  todo,
  facts,
});
export const fault = (check: string, what: string, todo: string, facts: Facts = {}): Finding => ({
  check,
  level: 'fault',
  what,
  todo,
  facts,
});

/** Names in a sentence, at most `most` of them. */
export function some(names: readonly string[], most = 3): string {
  const rest = names.length - most;
  return rest <= 0 ? names.join(', ') : `${names.slice(0, most).join(', ')} and ${rest} more`;
}

/** A span of time for people: `5 minutes`, `3 hours`, `2 days`. */
export function span(milliseconds: number): string {
  const minutes = Math.max(0, Math.round(milliseconds / 60_000));
  if (minutes < 120) return counted(minutes, 'minute');
  if (minutes < 48 * 60) return counted(Math.round(minutes / 60), 'hour');
  return counted(Math.round(minutes / 1_440), 'day');
}
