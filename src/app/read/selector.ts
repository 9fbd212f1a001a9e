import { lastInstant, spanOf } from '#core/history/instants.ts';
import { ID_DIGITS } from './errors.ts';
import type { RevisionSelector } from './types.ts';

/**
 * Which revision a text names, or null. Up to seven digits are a number; from eight on, hex digits are an id or the
 * beginning of one, so that no text means both.
 */
export function readSelector(text: string): RevisionSelector | null {
  if (text === 'latest') return text;
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  if (/^[0-9a-f]{8,64}$/i.test(text)) return { id: text.toLowerCase() };
  const span = text.includes('-') ? spanOf(text) : null;
  return span === null ? null : { asOf: lastInstant(span) };
}

/** Whether a selector is another name of one revision, a number or part of its id: the permanent address is its whole id. */
export function isAlias(selector: RevisionSelector): boolean {
  return (
    typeof selector === 'number' || (typeof selector === 'object' && 'id' in selector && selector.id.length < ID_DIGITS)
  );
}
