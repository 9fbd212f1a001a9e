import { expect, it } from 'vitest';
import { quotedAt } from '#core/dates/scan/quotations.ts';

/** The text with every quoted character replaced by "q". */
function quoted(text: string): string {
  const places = Array.from({ length: text.length }, (_, at) => at);
  const inside = quotedAt(text, places);
  return places.map((at) => (inside[at] === true ? 'q' : text.charAt(at))).join('');
}

it.each([
  ['no quotes', 'a b', 'a b'],
  ['straight quotes', 'a "b" c "d" e', 'a "qq c "qq e'],
  ['straight quotes that are never closed', 'a "b c', 'a "qqq'],
  ['curly quotes', 'a “b” c', 'a “qq c'],
  ['angled quotes', 'a «b» c', 'a «qq c'],
  ['low quotes', 'a „b” c', 'a „qq c'],
  ['curly quotes that are never closed', 'a “b c', 'a “qqq'],
  ['a closing quote that nothing opened', 'a” b', 'a” b'],
  ['one kind inside another', 'a “b "c" d” e', 'a “qqqqqqqq e'],
])('knows what is quoted with %s', (_, text, expected) => {
  expect(quoted(text)).toBe(expected);
});
