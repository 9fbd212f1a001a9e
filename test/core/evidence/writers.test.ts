import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine } from '#core/evidence/csv.ts';
import { markdownCode, markdownText } from '#core/evidence/markdown.ts';
import { oneLine } from '#core/text/hostile.ts';

/** Reads one line by RFC 4180. */
function parseCsv(line: string): string[] {
  const cells: string[] = [];
  let rest = line;
  for (;;) {
    const quoted = /^"((?:[^"]|"")*)"(,|\r\n$)/.exec(rest);
    const plain = /^([^",\r\n]*)(,|\r\n$)/.exec(rest);
    const match = quoted ?? plain;
    if (match === null) throw new Error(`no cell at ${rest}`);
    cells.push((match[1] ?? '').replaceAll('""', '"'));
    rest = rest.slice(match[0].length);
    if (match[2] !== ',') return cells;
  }
}

describe('a line of CSV', () => {
  it('is read back cell by cell, whatever the cells hold', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (cells) => {
        const read = parseCsv(csvLine(cells));
        expect(
          read.map((cell, at) => (oneLine(cells[at] ?? '').startsWith("'") ? cell : cell.replace(/^'/, ''))),
        ).toEqual(cells.map(oneLine));
      }),
    );
  });

  it('begins no cell as a formula, also behind white space and in full width', () => {
    const hostile = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\n=cmd', '\u00a0=1', '\ufeff=1', '＝1', '\r\n@x'];
    for (const cell of hostile) expect(parseCsv(csvLine([cell]))[0], JSON.stringify(cell)).toBe(`'${oneLine(cell)}`);
    expect(csvLine(['a=b', 'x-y', '2022-01-05', 'On 5 January'])).toBe('"a=b",x-y,2022-01-05,On 5 January\r\n');
  });

  it('writes null and an empty text as an empty cell, and a number without quotes', () => {
    expect(csvLine([null, '', 3])).toBe(',,3\r\n');
  });
});

describe('text in Markdown', () => {
  it.each([
    ['<script>alert(1)</script>', '\\<script\\>alert(1)\\</script\\>'],
    ['![x](javascript:alert(1))', '!\\[x\\](javascript:alert(1))'],
    ['*bold* _it_ `code` ~~no~~', '\\*bold\\* \\_it\\_ \\`code\\` \\~\\~no\\~\\~'],
    ['# heading', '\\# heading'],
    ['1. list', '1\\. list'],
    ['- list', '\\- list'],
    ['see https://a.example and www.b.example', 'see https\\://a.example and www\\.b.example'],
    ['a | b &amp; $x$', 'a \\| b \\&amp; \\$x\\$'],
    ['two\n\nlines', 'two lines'],
    ['back\\slash', 'back\\\\slash'],
  ])('shows %j as it is', (text, escaped) => {
    expect(markdownText(text)).toBe(escaped);
  });

  it('is one line, and takes linear time on hostile text', () => {
    for (const unit of ['`', '[', '\\', '1.', 'http:', 'www.', ' \n']) {
      expect(markdownText(unit.repeat(50_000))).not.toContain('\n');
    }
  });

  it('fences code with more back-ticks than it holds', () => {
    expect(markdownCode('a')).toBe('`a`');
    expect(markdownCode('a``b')).toBe('``` a``b ```');
  });
});
