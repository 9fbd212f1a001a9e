import { isDigit, isLetter } from '../scan/characters.ts';
import { before, isCapital, matchAt, wordAfter, wordBefore, wordSet } from '../scan/text.ts';
import { monthAt } from './parts.ts';

/**
 * The words that must surround a word of three or four letters to make it a short month's misspelling ("in Mey,",
 * "late Jne", "the end of Maay"): far more names than misspellings lie one letter from May, June and July.
 */

/** Words that a time follows, and hardly anything else. */
const OF_TIME = wordSet('early late mid until till since during throughout');
/** "by", "from" and "after" lead to people as well, but seldom at the start of a sentence. */
const OPENERS = wordSet('By From After Before Between Through');
const PART = /\b(?:end|beginning|start|middle|close|half|part|days?|weeks?|spring|summer|\d(?:st|nd|rd|th))\sof\s$/i;
const PLAIN_END = /[,.;:)]|\s?[-–—]|$/y;
const JOINT = /\s?[-–—]\s?|\s(?:to|and|or)\s/y;

/** A capital and small letters: not an abbreviation in capitals. */
export function writtenAsName(text: string, start: number, end: number): boolean {
  if (!isCapital(text, start)) return false;
  for (let at = start + 1; at < end; at++) if (isCapital(text, at)) return false;
  return true;
}

/** Whether a misspelt name is at least one word, all but its first letter of one case: not the "AArch" of "AArch64". */
export function oneWord(text: string, start: number, end: number): boolean {
  if (isDigit(text.charCodeAt(end))) return false;
  for (let at = start + 2; at < end; at++) if (isCapital(text, at) !== isCapital(text, start + 1)) return false;
  return true;
}

/** Whether a list or bracket opens here, or the text begins. */
export function opensHere(text: string, start: number): boolean {
  return start === 0 || text.charAt(start - 1) === '(' || text.charAt(start - 1) === '[';
}

/** Whether the words around a bare word make it a month. */
export function framedAsMonth(text: string, start: number, end: number): boolean {
  if (!writtenAsName(text, start, end) || /^['’]/.test(text.charAt(end))) return false;
  const joint = matchAt(JOINT, text, end);
  const next = joint === null ? null : monthAt(text, end + joint[0].length);
  if (next?.capital === true && next.written === 'name') return true;
  const lead = wordBefore(text, start);
  if (lead === null) return false;
  if (OF_TIME.has(lead.lower)) return true;
  if (lead.lower === 'of') return PART.test(before(text, start, 16));
  const written = text.slice(lead.start, lead.end);
  // "in" leads to places as well, which surnames and further names may follow.
  if (lead.lower !== 'in' && !OPENERS.has(written)) return false;
  const follower = wordAfter(text, end);
  return follower === ''
    ? matchAt(PLAIN_END, text, end) !== null
    : isLetter(follower.charCodeAt(0)) && /^[a-z]/.test(follower);
}
