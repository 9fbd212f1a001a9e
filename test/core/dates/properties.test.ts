import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateBlocks } from '#core/dates/index.ts';
import type { DateContext, Mention } from '#core/dates/types.ts';
import type { Block, BlockKind } from '#core/page/types.ts';
import { march2024, timeless } from './support.ts';

/** Scraps of dates in any order find more corners than random letters do. */
const scrap = fc.constantFrom(
  ...[
    '13',
    '1',
    '31',
    '2022',
    '1942',
    '3033',
    '20224',
    'January',
    'Janaury',
    'May',
    'may',
    'march',
    'Sept.',
    'Octobr',
    'of',
    'the',
  ],
  ...[
    '-',
    '–',
    ',',
    '/',
    '.',
    ':',
    '(',
    ')',
    '"',
    '“',
    '”',
    'st',
    'th',
    '3rd',
    'to',
    'from',
    'and',
    'until',
    'between',
    'by',
    'in',
    'on',
  ],
  ...[
    'Thursday',
    'next',
    'last',
    'day',
    'days',
    'week',
    'month',
    'year',
    'two',
    'later',
    'earlier',
    'ago',
    'end of',
    'early',
    'BC',
    'AD',
  ],
  ...[
    'today',
    'yesterday',
    'Christmas',
    'would be',
    'said',
    'first',
    'W02',
    '\u00a0',
    '\ud800',
    '\udc00',
    '😀',
    'é',
    '\u0000',
    "'44",
  ],
);
const scraps = fc
  .array(fc.tuple(scrap, fc.constantFrom(' ', '', '  ')), { maxLength: 40 })
  .map((parts) => parts.flat().join(''));
const text = fc.oneof(scraps, fc.string({ unit: 'binary' }), fc.string());
const kind = fc.constantFrom<BlockKind>(
  'paragraph',
  'heading',
  'listItem',
  'tableRow',
  'quote',
  'caption',
  'frontMatter',
);
const context = fc.oneof(
  fc.constant(march2024),
  fc.constant(timeless),
  fc.record<DateContext>({
    title: fc.option(text, { nil: null }),
    url: fc.option(text, { nil: null }),
    observedAt: fc.string(),
  }),
);
const blocks = fc.array(
  fc.record({ text, kind }).map(({ text, kind }): Block => ({ text, kind, links: [] })),
  { maxLength: 8 },
);

const VALUE = /^[+-]?\d{4,6}(?:-(?:\d{2}(?:-\d{2})?|W\d{2}))?$/;

function check(mention: Mention, block: Block): void {
  expect(mention.text).toBe(block.text.slice(mention.start, mention.end));
  expect(mention.start).toBeLessThan(mention.end);
  if (mention.value === null) {
    expect(mention.basis).toBe('none');
    return;
  }
  for (const part of mention.value.split('/')) expect(part).toMatch(VALUE);
}

/** Every number of a day or year that the literal states is in the characters (months and small numbers may be words). */
function numbersOf(mention: Mention): string[] {
  if (/W|P/.test(mention.literal)) return [];
  return [...mention.literal.matchAll(/(?<![\d+-])(\d{4})(?=-|\/|$)/g)].map((m) => m[1] ?? '');
}

describe('whatever the text', () => {
  it('nothing throws, offsets match, mentions are in order and do not overlap', () => {
    fc.assert(
      fc.property(blocks, context, (given, about) => {
        const page = dateBlocks(given, about);
        expect(page.blocks).toHaveLength(given.length);
        for (const [i, dated] of page.blocks.entries()) {
          const block = given[i];
          if (block === undefined) throw new Error('a block too many');
          expect(dated).toMatchObject(block);
          let end = 0;
          for (const mention of dated.mentions) {
            check(mention, block);
            expect(mention.start).toBeGreaterThanOrEqual(end);
            end = mention.end;
          }
          if (dated.date !== null) expect(dated.date).toMatch(/^[+-]?\d{4,6}-\d{2}(?:-\d{2})?$/);
          expect(dated.date === null).toBe(dated.dateBasis === 'none');
        }
      }),
      { numRuns: 400 },
    );
  });

  it('the years of a literal are in the characters', () => {
    fc.assert(
      fc.property(scraps, (given) => {
        const [dated] = dateBlocks([{ text: given, kind: 'paragraph', links: [] }], march2024).blocks;
        for (const mention of dated?.mentions ?? []) {
          for (const year of numbersOf(mention)) {
            // A short second year ("2014-15") and a year of an era ("480 BC", "'44") are written with fewer digits.
            const short = year.slice(2);
            expect(mention.text.includes(year) || mention.text.includes(short) || /[A-Z]/.test(mention.text)).toBe(
              true,
            );
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('the same page gives the same answer', () => {
    fc.assert(
      fc.property(blocks, context, (given, about) => {
        expect(dateBlocks(given, about)).toEqual(dateBlocks(given, about));
      }),
    );
  });
});

describe('hostile length', () => {
  const long = (unit: string): string => unit.repeat(Math.ceil(100_000 / unit.length));

  it.each([
    '7',
    ',',
    '1 ',
    '1, ',
    '1-',
    '1 and ',
    'January ',
    'May ',
    '5 May and ',
    'in 1942 ',
    '(',
    '"',
    '. ',
    'the end of ',
    'would be ',
  ])('100 KB of "%s" is read', (unit) => {
    const [dated] = dateBlocks([{ text: long(unit), kind: 'paragraph', links: [] }], timeless).blocks;
    expect(dated?.mentions.every((m) => m.end <= 100_000 + unit.length)).toBe(true);
  });
});
