import { BLOCK } from '../parse/elements.ts';
import { type ElementNode, elementsOf, isElement, type PageTree } from '../parse/tree.ts';
import { normalise } from '../text/normalise.ts';
import { isHidden } from './visibility.ts';

/** Longer texts say more than when the page was changed. */
const LONGEST_STAMP = 160;

/** Words that every stamp holds: a cheap test before the dear one. */
const CHANGE = /modified|modification|updated?|revis|edited|reviewed|changed|up to date/i;

const OPENING =
  /^[\s([*\u2022-]{0,5}(?:(?:this|the|our)\s)?(?:(?:web\s?)?(?:page|site|article|document|story|content|report|file|policy|timeline)\s)?(?:content\s)?(?:was\s|has been\s|is\s)?(?:(?:date\s)?last[\s-](?:modified|updated?|revised|revision|edited|reviewed|changed|modification)|(?:date\s)?(?:modified|updated|revised)|(?:date|time) of last (?:update|change|revision)|up to date as of)\b/i;

/** What a date, a time and their zones are written with; anything else in the text makes it a sentence. */
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

/** Whether a text says nothing but when the page was last changed. Linear in the length. */
export function isStamp(text: string): boolean {
  if (text.length > LONGEST_STAMP || !CHANGE.test(text)) return false;
  const opening = text.match(OPENING)?.[0];
  if (opening === undefined) return false;
  const rest = text.slice(opening.length);
  const words = rest.match(/[\p{L}\p{N}]+/gu) ?? [];
  return /\d/.test(rest) && words.every((word) => DATE_WORDS.test(word.replace(/^\d+(?=[a-z]{3})/i, '')));
}

/**
 * The page's own "last modified" stamp, verbatim: the first that it shows anywhere, footer included, else the one in
 * its metadata; null where it has none. What the source says of itself is data, never the time of observation.
 */
export function lastModifiedOf(tree: PageTree): string | null {
  const seen = new Set<ElementNode>();
  for (const element of selfAndBelow(tree.root)) {
    if (isHidden(element) || !element.children.some(mentionsChange)) continue;
    const line = lineOf(element);
    if (seen.has(line)) continue;
    seen.add(line);
    const whole = stampIn(textUpTo(line, LONGEST_STAMP + 1));
    const own = whole ?? element.children.flatMap((child) => (isElement(child) ? [] : (stampIn(child) ?? []))).at(0);
    if (own !== undefined) return own;
  }
  for (const name of STAMP_META) {
    const value = normalise(tree.meta.get(name) ?? '');
    if (value !== '') return value.slice(0, LONGEST_STAMP);
  }
  return null;
}

function* selfAndBelow(root: ElementNode): Generator<ElementNode> {
  yield root;
  yield* elementsOf(root, (element) => !isHidden(element));
}

function mentionsChange(child: ElementNode | string): boolean {
  return !isElement(child) && CHANGE.test(child);
}

function stampIn(text: string): string | undefined {
  const line = normalise(text);
  return isStamp(line) ? line : undefined;
}

/** The element whose text stands in one line with this element's. */
function lineOf(element: ElementNode): ElementNode {
  let node = element;
  while (node.parent !== null && !BLOCK.has(node.name)) node = node.parent;
  return node;
}

/** The element's text, but no more than about `most` characters of it. */
function textUpTo(element: ElementNode, most: number): string {
  let text = '';
  for (const child of element.children) {
    if (text.length > most) break;
    if (!isElement(child)) text += child.slice(0, most + 200);
    else if (child.name === 'br') text += ' ';
    else text += textUpTo(child, most - text.length);
  }
  return text;
}
