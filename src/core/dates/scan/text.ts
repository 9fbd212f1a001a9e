import { isLetter, isUpper } from './characters.ts';

/** Small readers over a text. Each looks at a few words at most, so a parser costs the same wherever it starts. */

/** Runs a sticky expression at a position. */
export function matchAt(sticky: RegExp, text: string, position: number): RegExpExecArray | null {
  sticky.lastIndex = position;
  return sticky.exec(text);
}

/** A word of the text with its place; `lower` is its lower-case form. */
export interface Word {
  readonly lower: string;
  readonly start: number;
  readonly end: number;
}

/** The word that ends just before `position`, with at most two spaces or one hyphen between; null where none does. */
export function wordBefore(text: string, position: number): Word | null {
  let end = position;
  if (/[\s\u00a0]/.test(text.charAt(end - 1))) end -= 1;
  if (/[\s\u00a0-]/.test(text.charAt(end - 1))) end -= 1;
  let start = end;
  while (isLetter(text.charCodeAt(start - 1))) start -= 1;
  return start === end ? null : { lower: text.slice(start, end).toLowerCase(), start, end };
}

const NEXT_WORD = /[\s\u00a0]{1,2}([A-Za-z]{1,16})/y;

/** The word that begins after one or two spaces at `position`, as written; empty where none does. */
export function wordAfter(text: string, position: number): string {
  return matchAt(NEXT_WORD, text, position)?.[1] ?? '';
}

/** The words of a list that spaces separate. */
export function wordSet(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}

/** The last `length` characters before `position`. */
export function before(text: string, position: number, length: number): string {
  return text.slice(Math.max(0, position - length), position);
}

/** Whether the character at `position` is an upper-case letter. */
export function isCapital(text: string, position: number): boolean {
  return isUpper(text.charCodeAt(position));
}

const QUANTITY =
  /^(?:troops|soldiers|men|women|people|civilians|prisoners|tanks|miles|kilometers|kilometres|km|feet|meters|metres|tons|tonnes|dead|killed|wounded|aircraft|casualties|others|more|percent|million|billion|thousand|hundred|dollars|euros|guns|ships|planes|missiles|rounds|workers|refugees|deaths|victims|hours|minutes|days|weeks|months|years|times|members|protesters|vehicles|artillery|additional)$/;

/** Whether the word at `position` is one that a count precedes ("1500 troops"), so that the number is no year. */
export function countedAfter(text: string, position: number): boolean {
  const next = wordAfter(text, position);
  return next !== '' && QUANTITY.test(next);
}

const STREET =
  /\s(?:[Bb]lock\sof\s)?(?!(?:Wall|Downing|Fleet|Bay|Main)\sStreet\s[a-z])(?:[A-Z0-9][A-Za-z0-9'’.-]{0,20}\s){1,3}(?:Street|St|Avenue|Ave|Av|Road|Rd|Boulevard|Blvd|Drive|Dr|Lane|Ln|Way|Place|Pl|Court|Ct|Square|Sq|Terrace|Parkway|Pkwy|Highway|Hwy)\b|\sBroadway\b/y;

/**
 * Whether the words at `position` are a street's name, so that the number before them is a house's ("1615 H Street"); a
 * street whose name means those who work there may have a year before it ("in 1929 Wall Street fell").
 */
export function streetAfter(text: string, position: number): boolean {
  return matchAt(STREET, text, position) !== null;
}
