/**
 * Characters that do harm where a text is displayed: controls, lone surrogates, noncharacters, soft hyphens, direction
 * marks, line and paragraph separators, zero-width characters, interlinear marks and tags. Zero-width joiners are not
 * among them, because whole scripts need them.
 */
const UNITS = '\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb';
const HOSTILE = new RegExp(`[\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}${UNITS}\\u{e0000}-\\u{e007f}]`, 'gu');
/** Speed only: finds every text with a hostile character, and also texts with other characters of two units. */
const SUSPECT = new RegExp(`[\\0-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\ufdd0-\\ufdef\\ufffe\\uffff${UNITS}]`);
const SPACE = /[\s\u0085]/u;

/** The text with each hostile character replaced by what `by` returns for it. Linear in the length. */
export function replaceHostile(text: string, by: (character: string) => string): string {
  return SUSPECT.test(text) ? text.replace(HOSTILE, by) : text;
}

/** The text split into harmless pieces and single hostile characters, in order. */
export function splitHostile(text: string): { text: string; hostile: boolean }[] {
  if (!SUSPECT.test(text)) return [{ text, hostile: false }];
  const parts: { text: string; hostile: boolean }[] = [];
  let start = 0;
  for (const { index, 0: found } of text.matchAll(HOSTILE)) {
    if (index > start) parts.push({ text: text.slice(start, index), hostile: false });
    parts.push({ text: found, hostile: true });
    start = index + found.length;
  }
  if (start < text.length || parts.length === 0) parts.push({ text: text.slice(start), hostile: false });
  return parts;
}

/**
 * One line for a terminal, a cell of a spreadsheet, a header, a message or Markdown: hostile characters that separate
 * words become a space, the others are dropped. Other spaces stay.
 */
export function oneLine(text: string): string {
  return replaceHostile(text, (character) => (SPACE.test(character) && character !== '\ufeff' ? ' ' : ''));
}

/** As {@link oneLine} for a text of several lines: line feeds stay. */
export function safeLines(text: string): string {
  return text.split('\n').map(oneLine).join('\n');
}

/**
 * JSON text with hostile characters escaped as `\uXXXX`: the same value, harmless on a terminal. Line feeds and tabs
 * between tokens stay.
 */
export function escapeJson(json: string): string {
  return replaceHostile(json, (character) =>
    /[\n\r\t]/.test(character)
      ? character
      : Array.from({ length: character.length }, (_, at) => escaped(character.charCodeAt(at))).join(''),
  );
}

const escaped = (unit: number): string => `\\u${unit.toString(16).padStart(4, '0')}`;
