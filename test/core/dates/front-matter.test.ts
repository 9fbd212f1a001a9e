import { describe, expect, it } from 'vitest';
import { block, march2024, page, timeless } from './support.ts';

/** An epigraph whose date has nothing to do with the page. */
const EPIGRAPH = block('At sea, 4 March 1240: "Hold fast."', 'frontMatter');

describe('the date of an epigraph', () => {
  it('is historical, and dates neither the epigraph nor what follows', () => {
    const [epigraph, next] = page([EPIGRAPH, 'Undated.'], march2024).blocks;
    expect(epigraph).toEqual({
      ...EPIGRAPH,
      date: null,
      dateBasis: 'none',
      mentions: [
        {
          text: '4 March 1240',
          start: 8,
          end: 20,
          granularity: 'day',
          literal: '1240-03-04',
          value: '1240-03-04',
          role: 'historical',
          basis: 'explicit',
        },
      ],
    });
    expect(next).toMatchObject({ date: null, dateBasis: 'none' });
  });

  it('is not the page’s period', () => {
    expect(page([EPIGRAPH, 'The crane fell on 9 March.'], timeless).period).toBeNull();
  });

  it('gives no year to a day without one', () => {
    const [, next] = page([EPIGRAPH, 'The crane fell on 9 March.'], timeless).blocks;
    expect(next).toMatchObject({ date: null, mentions: [{ literal: 'XXXX-03-09', value: null }] });
  });

  it('gives no month and no year to a day without both', () => {
    const [, next] = page([EPIGRAPH, 'On the 11th the crane fell.'], timeless).blocks;
    expect(next).toMatchObject({ date: null, mentions: [{ literal: 'XXXX-XX-11', value: null }] });
  });

  it('is nothing to count days and weekdays from', () => {
    const [, next] = page([EPIGRAPH, 'Two days later the crane fell, and on Thursday it rose.'], timeless).blocks;
    expect(next).toMatchObject({ date: null, mentions: [] });
  });

  it('does not move the days of a page that has its own year', () => {
    const reported = 'The crane fell on 9 March 1943.';
    const { blocks } = page([reported, EPIGRAPH, 'It was mended in May.', 'On the 12th it ran.'], timeless);
    expect(blocks.map(({ date, mentions }) => [date, mentions[0]?.value])).toEqual([
      ['1943-03-09', '1943-03-09'],
      [null, '1240-03-04'],
      ['1943-03-09', '1943-05'],
      ['1943-05-12', '1943-05-12'],
    ]);
  });

  it('is not repaired to the page’s year', () => {
    const close = block('At sea, 4 March 2023: "Hold fast."', 'frontMatter');
    expect(page([close], march2024).blocks[0]?.mentions).toMatchObject([{ value: '2023-03-04', basis: 'explicit' }]);
  });
});

describe('front matter', () => {
  it('counts no days from the heading above it', () => {
    const heading = block('9 March 2024', 'heading', 2);
    const epigraph = block('The next day the river rose.', 'frontMatter');
    const { blocks } = page([heading, epigraph, 'The next day it fell.'], march2024);
    expect(blocks.map(({ date, mentions }) => [date, mentions.map(({ value }) => value)])).toEqual([
      ['2024-03-09', ['2024-03-09']],
      [null, []],
      ['2024-03-10', ['2024-03-10']],
    ]);
  });

  it('without a date keeps none, and the heading’s day goes on after it', () => {
    const heading = block('9 March 2024', 'heading', 2);
    const { blocks } = page([heading, block('Hold fast.', 'frontMatter'), 'Undated.'], march2024);
    expect(blocks.map(({ date, dateBasis }) => [date, dateBasis])).toEqual([
      ['2024-03-09', 'explicit'],
      [null, 'none'],
      ['2024-03-09', 'heading'],
    ]);
  });

  it('between two headings leaves the second among those that name the page’s period', () => {
    const headings = [block('The Siege', 'heading', 1), EPIGRAPH, block('Harbour log of 1943', 'heading', 2)];
    expect(page([...headings, 'The crane fell.'], timeless).period).toBe('1943');
    expect(page(['The crane fell.', ...headings], timeless).period).toBeNull();
  });
});
