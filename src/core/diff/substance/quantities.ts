import type { Span } from './spans.ts';

/** A number in a text with what belongs to it: its sign or comparison before, its unit or magnitude behind. */
export interface Quantity extends Span {
  /** What it says, each part by itself; two writings of one quantity have the same parts. */
  readonly facts: readonly string[];
  /** The digits alone. */
  readonly core: Span;
  /** Where its unit is a word ("percent", "p.m.", "million") or a sign. */
  readonly unit: Span | null;
}

/** Ways to write one unit; the first is the one that facts are told in. */
const UNITS = new Map<string, string>(
  [
    'percent % pct procent prozent',
    'thousand k',
    'million mn mln mio m',
    'billion bn',
    'trillion tn trn',
    'degrees degree \u00b0',
    'am a.m a.m.',
    'pm p.m p.m.',
    'km kilometre kilometres kilometer kilometers kms',
    'metre metres meter meters',
    'mile miles mi',
    'kg kilogram kilograms kilogramme kilogrammes kgs',
    'hour hours hr hrs h',
    'minute minutes min mins',
    '\u2030 permille',
  ].flatMap((line) => {
    const [first = '', ...others] = line.split(' ');
    return [first, ...others].map((name) => [name, first] as const);
  }),
);

/** Before these a number may have three decimals. */
const SCALES = new Set(['percent', 'thousand', 'million', 'billion', 'trillion']);

/** Digits with marks between them, no space: "1,234.5", "10:30", "1/2", "3-5". The marks decide what it says. */
const NUMBER = /\p{N}+(?:[.,:/'\u2019x\u00d7\u2010-\u2015\u2212-]\p{N}+)*/gu;
const DASH = /[\u2010-\u2015\u2212-]/u;
const PART = /\p{N}+(?:[.,'\u2019]\p{N}+)*|./gu;
/** A group of three digits behind a number's first group: "10 000". */
const SPACED_GROUP = /^[ \u00a0\u2009\u202f](\p{N}{3})(?!\p{N})/u;
const BEHIND =
  /^(?:[ \u00a0\u2009\u202f-]?(?:per cent(?![\p{L}\p{N}])|[ap]\.m\.?(?![\p{L}\p{N}])|(?:[%\u2030\u00b0]|\p{L}{1,12})))/iu;
const LONGEST_BEHIND = 16;
const ORDINAL = /^(?:st|nd|rd|th)$/iu;
const COMPARISON = /[<>\u2264\u2265\u00b1\u2248~=\u2260+]/u;

/** Han numerals are numbers where they count something or follow an ordinal sign; else they may be any word's part. */
const HAN = /[〇零一二三四五六七八九十百千万亿萬億两兩]+/gu;
const COUNTERS = new Set(
  '人名个個只枚架辆輛艘次年月日号號时時分秒点點岁歲天周週元円座处處件场場门門台发發批期届屆家所条條位倍米公吨噸',
);
const ORDINAL_SIGN = '\u7b2c';

/** The numbers of a text in order. Linear in its length. */
export function quantitiesOf(text: string): Quantity[] {
  const found: Quantity[] = [];
  let covered = 0;
  for (const { 0: digits, index } of text.matchAll(NUMBER)) {
    if (index < covered) continue;
    const quantity = read(text, index, digits);
    covered = quantity.end;
    found.push(quantity);
  }
  for (const { 0: numeral, index } of text.matchAll(HAN)) {
    const span = { start: index, end: index + numeral.length };
    if (COUNTERS.has(text[span.end] ?? '') || text[index - 1] === ORDINAL_SIGN)
      found.push({ ...span, core: span, facts: [numeral], unit: null });
  }
  return found.sort((a, b) => a.start - b.start);
}

function read(text: string, at: number, digits: string): Quantity {
  const { start, facts: before } = marksBefore(text, at);
  const [whole, length] = joined(text, at, digits);
  const core = { start: at, end: at + length };
  const behind = unitBehind(text, core.end);
  const facts = before.concat(valuesOf(whole, behind !== null && SCALES.has(behind.name)));
  if (behind !== null) {
    if (behind.name !== '') facts.push(behind.name);
    return { start, end: behind.end, core, facts, unit: { start: core.end, end: behind.end } };
  }
  const isOrMore = text[core.end] === '+';
  if (isOrMore) facts.push('or more');
  return { start, end: core.end + (isOrMore ? 1 : 0), core, facts, unit: null };
}

/** A number and the groups of three digits that spaces part from it. */
function joined(text: string, at: number, digits: string): readonly [string, number] {
  if (!/^[1-9]\p{N}{0,2}$/u.test(digits)) return [digits, digits.length];
  let whole = digits;
  let end = at + digits.length;
  for (;;) {
    const group = SPACED_GROUP.exec(text.slice(end, end + 5))?.[1];
    if (group === undefined) break;
    whole += group;
    end += 4;
  }
  const rest = end > at + digits.length ? /^[.,]\p{N}+/u.exec(text.slice(end, end + 8))?.[0] : undefined;
  return [whole + (rest ?? ''), end - at + (rest?.length ?? 0)];
}

/** A sign glued to the number ("-15", "-$15"), a comparison before it ("< 100"), or what makes a range of two. */
function marksBefore(text: string, at: number): { readonly start: number; readonly facts: string[] } {
  const facts: string[] = [];
  let start = at;
  const before = (): string => text[start - 1] ?? '';
  if (/\p{Sc}/u.test(before())) start--;
  if (before() === '\u2212' || (before() === ' ' && text[start - 2] === '\u2212')) {
    start -= before() === ' ' ? 2 : 1;
    facts.push('minus');
  } else if (
    DASH.test(before()) &&
    before() !== '\u2014' &&
    !/[\p{L}\p{M}\p{N})\]\u2010-\u2015-]/u.test(text[start - 2] ?? '')
  ) {
    const isRange = text[start - 2] === ' ' && text[start] === ' ';
    start--;
    if (!isRange) facts.push('minus');
  }
  let back = start;
  while (start - back < 2 && /[\s\p{Sc}]/u.test(text[back - 1] ?? '')) back--;
  while (start - back < 6 && COMPARISON.test(text[back - 1] ?? '')) {
    facts.push(text[--back] ?? '');
    start = back;
  }
  const range = /\p{N}(?:%)?( to | ?[\u2010-\u2014-] )$/u.exec(text.slice(Math.max(0, at - 7), at));
  if (range !== null) facts.push('to');
  return { start: range === null ? start : Math.min(start, at - (range[1] ?? '').length), facts };
}

/** What a number with marks between its digits says: its values, and the marks where they say something. */
function valuesOf(digits: string, scaled: boolean): string[] {
  const facts: string[] = [];
  for (const [part] of digits.matchAll(PART)) {
    if (/^\p{N}/u.test(part)) facts.push(numberOf(part, scaled));
    else facts.push(DASH.test(part) ? 'to' : part);
  }
  return facts;
}

/**
 * A number without its thousands separators. One separator that is decimal in one reading and thousands in another is
 * kept: "1.125", and "1,125" before a magnitude.
 */
function numberOf(number: string, scaled: boolean): string {
  const plain = number.normalize('NFC').replace(/[\uff10-\uff19]/gu, (digit) => digit.normalize('NFKC'));
  const marks = plain.match(/[.,'\u2019]/gu) ?? [];
  const [first = '', ...groups] = plain.split(/[.,'\u2019]/u);
  const [mark] = marks;
  if (mark === undefined || !/^[1-9]\p{N}{0,2}$/u.test(first)) return plain;
  const last = marks.at(-1);
  const decimals = last !== mark && (last === '.' || last === ',') ? groups.pop() : undefined;
  const thousands = decimals === undefined ? marks : marks.slice(0, -1);
  if (!groups.every((group) => /^\p{N}{3}$/u.test(group)) || thousands.some((other) => other !== mark)) return plain;
  const isDoubtful = thousands.length === 1 && decimals === undefined && (mark === '.' || (mark === ',' && scaled));
  if (isDoubtful) return plain;
  return first + groups.join('') + (decimals === undefined ? '' : `.${decimals}`);
}

/** The unit behind a number; its name is empty for an ordinal's ending. Null where a plain word or nothing follows. */
export function unitBehind(text: string, at: number): { readonly name: string; readonly end: number } | null {
  const [matched] = BEHIND.exec(text.slice(at, at + LONGEST_BEHIND)) ?? [];
  if (matched === undefined) return null;
  const word = matched.replace(/^[ \u00a0\u2009\u202f-]/u, '').toLowerCase();
  const isWhole =
    !/^[\p{L}\p{M}\p{N}]/u.test(text.slice(at + matched.length, at + matched.length + 2)) ||
    /[%\u2030\u00b0]$/u.test(matched);
  if (!isWhole) return null;
  const end = at + matched.length;
  const name = word === 'per cent' ? 'percent' : UNITS.get(word);
  if (name !== undefined) return { name, end };
  const isGlued = word.length === matched.length && /^[a-z]+$/u.test(word);
  if (!isGlued) return null;
  return { name: ORDINAL.test(word) ? '' : word, end };
}
