import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitPreformatted } from '#core/page/extract/preformatted.ts';
import { normalise } from '#core/page/index.ts';

const split = (...lines: string[]) => splitPreformatted(lines.join('\n')).map(normalise);

describe('splitPreformatted', () => {
  it('joins the lines of wrapped prose and parts paragraphs at blank lines', () => {
    expect(
      split(
        'The commission met today under the old clock and voted, nine to two,',
        'to close the inner basin.',
        ' \t',
        'It will meet again.',
      ),
    ).toEqual([
      'The commission met today under the old clock and voted, nine to two, to close the inner basin.',
      'It will meet again.',
    ]);
  });

  it('gives the same blocks when the text is wrapped at another width', () => {
    const words =
      'The commission met today under the old clock and voted nine to two to close the inner basin for the winter'.split(
        ' ',
      );
    const wrapped = (width: number) => {
      const lines: string[] = [];
      for (const word of words) {
        const last = lines.at(-1);
        if (last === undefined || `${last} ${word}`.length > width) lines.push(word);
        else lines[lines.length - 1] = `${last} ${word}`;
      }
      return lines;
    };
    const [narrow, wide] = [split(...wrapped(60)), split(...wrapped(78))];
    expect(narrow).toEqual([words.join(' ')]);
    expect(wide).toEqual(narrow);
  });

  it('parts paragraphs by the indentation of their first line', () => {
    expect(
      split(
        '     PORT SABLE -- The harbour commission met today under the old clock,',
        'and voted to close the basin.',
        '     A spokesman said that no ship will be let in until the ice has gone,',
        'and left.',
      ),
    ).toHaveLength(2);
  });

  const wide = (indent: number, start: string) => `${' '.repeat(indent)}${start} ${'word '.repeat(14)}end`;

  it.each([
    [1, 1],
    [2, 2],
    [8, 2],
    [9, 1],
  ])('takes two to eight columns for an indented first line: %i columns give %i blocks', (indent, blocks) => {
    expect(split(wide(indent, 'a'), wide(0, 'b'), wide(indent, 'c'), wide(0, 'd'))).toHaveLength(blocks);
  });

  it('takes indented lines for first lines where at most half are indented', () => {
    expect(split(wide(2, 'a'), wide(0, 'b'), wide(2, 'c'), wide(0, 'd'))).toHaveLength(2);
    expect(split(wide(2, 'a'), wide(2, 'b'), wide(0, 'c'))).toHaveLength(1);
  });

  it('takes three short lines for a list, and not two', () => {
    expect([split('one', 'two', 'three'), split('one', 'two')]).toEqual([['one', 'two', 'three'], ['one two']]);
  });

  it('takes lines for short that end twelve columns before the sixtieth', () => {
    const lines = (length: number) =>
      Array.from({ length: 4 }, () => 'five '.repeat(20).slice(0, length).replace(/.$/, 'x'));
    expect([split(...lines(42)).length, split(...lines(43)).length]).toEqual([4, 1]);
  });

  it('takes lines for a list where more than seven of ten are short', () => {
    const full = 'word '.repeat(12).trimEnd();
    const lines = (short: number) => [...Array(short).fill('one'), ...Array(11 - short).fill(full)];
    expect([split(...lines(8)).length, split(...lines(7)).length]).toEqual([11, 1]);
  });

  it('parts items with their hanging lines', () => {
    expect(
      split('1. The basin closes.', '2. Pilots are paid until', '   the new year.', '10) Lamps stay lit.'),
    ).toEqual(['1. The basin closes.', '2. Pilots are paid until the new year.', '10) Lamps stay lit.']);
    expect(split('- one', '- two')).toEqual(['- one', '- two']);
  });

  it('parts short lines, which were not wrapped', () => {
    expect(
      split('10 January   Talks in the north', '12 January   A recess', '13 January   Talks in the south'),
    ).toHaveLength(3);
  });

  it('keeps a short last line and a line that ends early with their paragraph', () => {
    expect(
      split(
        'The commission met today under the old clock and voted, nine to two, to',
        'close the basin.',
        'No ship of any flag will be let in until the ice has gone, a spokesman',
        'said to the crowd.',
      ),
    ).toHaveLength(1);
  });

  it('reads line ends of every kind', () => {
    expect(splitPreformatted('a\r\n\r\nb\r\rc').map(normalise)).toEqual(['a', 'b', 'c']);
  });

  it('loses and doubles no word', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^ {0,9}[a-z.\-0-9]{0,12}( [a-z]{1,9}){0,9}$/), { maxLength: 20 }),
        (lines) => {
          const words = (text: string) => text.split(/\s+/).filter(Boolean);
          expect(words(splitPreformatted(lines.join('\n')).join(' '))).toEqual(words(lines.join(' ')));
        },
      ),
    );
  });
});
