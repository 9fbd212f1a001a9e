import { describe, expect, it } from 'vitest';
import { formatPeriod, periodOf } from '#core/dates/resolve/period.ts';

function period(title: string | null, url: string | null = null, headings: readonly string[] = []): string | null {
  return formatPeriod(periodOf({ title, url, headings }));
}

describe('the page’s own period', () => {
  it.each([
    ['The Harbour Strike - March 2024', '2024-03'],
    ['Harbour log, Mar 9, 2024', '2024-03'],
    ['Harbour log 9 March 2024', '2024-03'],
    ['Harbour log 2024-03', '2024-03'],
    ['Harbour log 2024-03-09', '2024-03'],
    ['The year 2024 in the harbour', '2024'],
    ['The harbour', null],
    ['The harbour 1914-1918', null],
    ['From 1914 to 1918', null],
  ])('title "%s" gives %s', (title, expected) => {
    expect(period(title)).toBe(expected);
  });

  it.each([
    ['https://news.example/strike-2024-03.htm', '2024-03'],
    ['https://news.example/2024/03/strike.html', '2024-03'],
    ['https://news.example/strike-2024.htm', '2024'],
    ['https://news2024.example/strike.htm', null],
    ['https://news.example/strike.htm?seen=2019-01', null],
  ])('URL %s gives %s', (url, expected) => {
    expect(period(null, url)).toBe(expected);
  });

  it('prefers the title’s month, and takes the URL’s month where the title has only its year', () => {
    expect(period('March 2024', 'https://news.example/2023/01/x')).toBe('2024-03');
    expect(period('Strike 2024', 'https://news.example/strike-2024-03.htm')).toBe('2024-03');
    expect(period('Strike 2024', 'https://news.example/2021-05/x.htm')).toBe('2024');
  });

  it('takes what all dated headings have in common, where title and URL say nothing', () => {
    expect(period(null, null, ['Harbour', '9 March 2024', '12 March 2024'])).toBe('2024-03');
    expect(period(null, null, ['Harbour', '9 March 2024', '2 April 2024'])).toBe('2024');
    expect(period(null, null, ['30 December 2023', '2 January 2024'])).toBeNull();
    expect(period(null, null, ['Harbour', 'Docks'])).toBeNull();
  });
});
