import { before } from '../scan/text.ts';

const LONGEST = 16;

const PARTS: readonly (readonly [RegExp, number])[] = [
  [/\b(?:early|start of|beginning of)[\s-](?:in\s)?$/i, 2],
  [/\bspring(?:\sof)?\s$/i, 4],
  [/\b(?:mid|middle of)[\s-]$/i, 6],
  [/\bsummer(?:\sof)?\s$/i, 7],
  [/\b(?:autumn|fall)(?:\sof)?\s$/i, 10],
  [/\b(?:late|end of|close of)[\s-]$/i, 11],
];

/**
 * The month about which the words before a bare year put it: "late 1941" is about November, "the summer of 1916" about
 * July (seasons as in the north). Null where they say nothing. `position` is where the
 * digits begin.
 */
export function partOfYear(text: string, position: number): number | null {
  const lead = before(text, position, LONGEST);
  return PARTS.find(([words]) => words.test(lead))?.[1] ?? null;
}
