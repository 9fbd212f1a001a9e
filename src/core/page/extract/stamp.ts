import { type Element, isTag } from 'domhandler';
import { BLOCK } from '../parse/elements.ts';
import { dataOf, type PageTree } from '../parse/tree.ts';
import { normalise } from '../text/normalise.ts';
import { isHidden } from './visibility.ts';

/** Characters; a longer text is no stamp. */
const MAX_STAMP_LENGTH = 160;

/** Words that every stamp has: a fast test before the slow one. */
const CHANGE = /modified|modification|updated?|revis|edited|reviewed|changed|up to date/i;

const OPENING =
  /^[\s([*\u2022-]{0,5}(?:(?:this|the|our)\s)?(?:(?:web\s?)?(?:page|site|article|document|story|content|report|file|policy|timeline)\s)?(?:content\s)?(?:was\s|has been\s|is\s)?(?:(?:date\s)?last[\s-](?:modified|updated?|revised|revision|edited|reviewed|changed|modification)|(?:date\s)?(?:modified|updated|revised)|(?:date|time) of last (?:update|change|revision)|up to date as of)\b/i;

/** Words of dates, times and zones; any other word makes the text a sentence. */
const DATE_WORDS =
  /^(?:\d{1,4}(?:st|nd|rd|th)?|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|[ap]m?|m|t|z|zulu|utc|gmt|[a-z]{1,2}[sd]?t|eastern|local|time|hours?|hrs|minutes?|mins?|days?|ago|on|at|of|the|in|by|to|date|noon|midnight|today|yesterday)$/i;

const STAMP_META = [
  'last-modified',
  'article:modified_time',
  'og:updated_time',
  'dcterms.modified',
  'dc.date.modified',
  'datemodified',
  'date.modified',
  'revised',
];

/** Whether a text only says when the page was last changed. Linear in the length. */
export function isStamp(text: string): boolean {
  if (text.length > MAX_STAMP_LENGTH || !CHANGE.test(text)) return false;
  const opening = text.match(OPENING)?.[0];
  if (opening === undefined) return false;
  const rest = text.slice(opening.length);
  const words = rest.match(/[\p{L}\p{N}]+/gu) ?? [];
  return /\d/.test(rest) && words.every((word) => DATE_WORDS.test(word.replace(/^\d+(?=[a-z]{3})/i, '')));
}

/**
 * The page's "last modified" stamp as written: the first that is visible, footer included, else the one in the metadata,
 * else null. It is data and never used as the time of a check.
 */
export function lastModifiedOf(tree: PageTree): string | null {
  const shown = shownStamp(tree.root, new Set());
  if (shown !== undefined) return shown;
  for (const name of STAMP_META) {
    const value = normalise(tree.meta.get(name) ?? '');
    if (value !== '') return value.slice(0, MAX_STAMP_LENGTH);
  }
  return null;
}

/** The first visible stamp in the element or below. Lines without one are put into `seen`. */
function shownStamp(element: Element, seen: Set<Element>): string | undefined {
  if (isHidden(element)) return undefined;
  const own = element.children.some((child) => CHANGE.test(dataOf(child))) ? ownStamp(element, seen) : undefined;
  if (own !== undefined) return own;
  for (const child of element.children) {
    const stamp = isTag(child) ? shownStamp(child, seen) : undefined;
    if (stamp !== undefined) return stamp;
  }
  return undefined;
}

function ownStamp(element: Element, seen: Set<Element>): string | undefined {
  const line = lineOf(element);
  if (seen.has(line)) return undefined;
  seen.add(line);
  const whole = stampIn(textUpTo(line, MAX_STAMP_LENGTH + 1));
  return whole ?? element.children.flatMap((child) => stampIn(dataOf(child)) ?? []).at(0);
}

function stampIn(text: string): string | undefined {
  const line = normalise(text);
  return isStamp(line) ? line : undefined;
}

/** The element that holds the whole line of this element's text. */
function lineOf(element: Element): Element {
  const { name, parent } = element;
  return name === 'body' || BLOCK.has(name) || parent === null || !isTag(parent) ? element : lineOf(parent);
}

/** The beginning of the element's text, at least `most` characters of it where it has as many. */
function textUpTo(element: Element, most: number): string {
  let text = '';
  for (const child of element.children) {
    if (text.length > most) break;
    if (!isTag(child)) text += dataOf(child);
    else if (child.name === 'br') text += ' ';
    else text += textUpTo(child, most - text.length);
  }
  return text;
}
