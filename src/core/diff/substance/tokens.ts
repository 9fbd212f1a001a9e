import { SPACED_LETTERS, UNSPACED } from './scripts.ts';

/** A piece of a text: a web address, a number, a word or a mark; white space lies between them. */
export interface Token {
  readonly kind: 'address' | 'number' | 'word' | 'mark';
  readonly word: string;
  readonly start: number;
  readonly text: string;
}

/** The bounds on labels keep hostile text ("a.a.a.…") linear. */
const HOST = '(?:[a-z0-9-]{1,63}\\.){1,5}[a-z]{2,24}';
const ADDRESS =
  `(?:(?:https?|ftp):\\/\\/|www\\.)[!-~]+|(?<![\\w.@/-])${HOST}\\/[!-~]*|` + `(?<![\\w.+-])[\\w.+-]{1,64}@${HOST}`;

/** Han numerals are numbers where they count something or follow an ordinal sign; else they may be any word's part. */
const HAN = '[〇零一二三四五六七八九十百千万亿萬億两兩]{1,16}';
const COUNTERS =
  '[人名个個只枚架辆輛艘次年月日号號时時分秒点點岁歲天周週元円座处處件场場门門台发發批期届屆家所条條位倍米公吨噸]';

/** Dashes and the minus sign, for a class of characters. */
export const DASHES = '\\u2010-\\u2015\\u2212\\u207b\\ufe63\\uff0d-';
export const DASH = new RegExp(`^[${DASHES}]$`, 'u');

/** Letters with points between them are one word: "U.S.", "p.m.". */
const DOTTED = '(?<!\\p{L})\\p{L}(?:\\.\\p{L})+(?!\\p{L})';
const APOSTROPHES = "'`\u00b4\u02bc\u2018\u2019\u2032";

const TOKEN = new RegExp(
  `(?<address>${ADDRESS})|` +
    `(?<number>(?<=第)${HAN}|${HAN}(?=${COUNTERS})|\\p{N}+(?:[.,:/'\u2019x\u00d7${DASHES}]\\p{N}+)*)|` +
    `(?<word>${DOTTED}|${UNSPACED}|${SPACED_LETTERS}(?:[${APOSTROPHES}]\\p{L}+)*)|(?<mark>\\S)`,
  'gu',
);
const KINDS = ['address', 'number', 'word', 'mark'] as const;

/** The tokens of a text in order. Linear in its length. */
export function tokensOf(text: string): Token[] {
  return [...text.matchAll(TOKEN)].map(({ 0: word, index, groups }) => {
    const kind = KINDS.find((name) => groups?.[name] !== undefined) ?? 'mark';
    return { kind, word, start: index, text };
  });
}

export const lower = (token: Token | undefined): string => token?.word.toLowerCase() ?? '';

/** Whether no space lies between two neighbours. */
export function isGlued(token: Token | undefined, next: Token | undefined): boolean {
  return token !== undefined && next !== undefined && token.start + token.word.length === next.start;
}

export function isCapital(word: string): boolean {
  return /^\p{Lu}/u.test(word);
}

/** Endings after which a new sentence starts; quotes and brackets may follow. */
const SENTENCE_END = /(?:^|[.!?:;\u2026\u2022/])["'\u201c\u201d\u2018\u2019()[\]\s-]*$/u;
const SENTENCE_END_WINDOW = 8;

/** Whether a word is the first of its sentence, where a capital names nothing. */
export function isInitial({ text, start }: Token): boolean {
  return SENTENCE_END.test(text.slice(Math.max(0, start - SENTENCE_END_WINDOW), start));
}

/** English words without which there is hardly a sentence, and that other languages do not have as well. */
const ENGLISH = new Set(
  (
    'the and of to that this these those were been has have his they their there with from for not would could ' +
    'should which while by said is it after'
  ).split(' '),
);
/** Share of these above which a text is English; it is a third to a half in real texts. */
const ENGLISH_SHARE = 0.1;

/** Whether a text is English, by its function words. */
export function isEnglish(tokens: readonly Token[]): boolean {
  const words = tokens.filter(({ kind }) => kind === 'word');
  const english = words.filter(({ word }) => ENGLISH.has(word.toLowerCase()));
  return english.length > 0 && english.length >= words.length * ENGLISH_SHARE;
}
