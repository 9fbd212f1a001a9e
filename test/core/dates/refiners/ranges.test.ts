import { describe, expect, it } from 'vitest';
import { read } from '../support.ts';

const FROM = '3 May 1940 → 1940-05-03';
const TO = '9 June 1941 → 1941-06-09';

describe('two dates are one span', () => {
  it.each([
    '3 May 1940 - 9 June 1941',
    '3 May 1940–9 June 1941',
    '3 May 1940 to 9 June 1941',
    '3 May 1940 through 9 June 1941',
    '3 May 1940 until the 9 June 1941',
  ])('in "%s"', (text) => {
    expect(read(`It ran ${text}, at last.`)).toEqual([`${text} → 1940-05-03/1941-06-09`]);
  });

  it.each([
    ['It ran from May 1940 to June 1941.', ['May 1940 to June 1941 → 1940-05/1941-06']],
    ['It ran from the spring, May 1940 to June 1941.', ['May 1940 → 1940-05', 'June 1941 → 1941-06']],
    ['It ran May 1940 through June 1941.', ['May 1940 through June 1941 → 1940-05/1941-06']],
    ['It ran between May 1940 and June 1941.', ['May 1940 and June 1941 → 1940-05/1941-06']],
    ['It ran in May 1940 and June 1941.', ['May 1940 → 1940-05', 'June 1941 → 1941-06']],
    ['It ran from 1940 to 1942.', ['1940 to 1942 → 1940/1942']],
    ['It ran 31 May-1 June.', ['31 May-1 June → 2024-05-31/2024-06-01']],
    ['It ran 31 December to 1 January 1941.', ['31 December to 1 January 1941 → 1940-12-31/1941-01-01']],
    ['It ran 30 Mrach - 1 April 1941.', ['30 Mrach - 1 April 1941 → 1941-03-30/1941-04-01']],
  ])('or not: %s', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each([
    '3 May 1940 and 9 June 1941',
    '3 May 1940, 9 June 1941',
    '3 May 1940 or 9 June 1941',
    '3 May 1940 by 9 June 1941',
    '3 May 1940 to be 9 June 1941',
  ])('and two in "%s"', (text) => {
    expect(read(`It ran ${text}, at last.`)).toEqual([FROM, TO]);
  });

  it.each([
    ['9 June 1941 - 3 May 1940', 2],
    ['9 June 1941 - 9 June 1941', 2],
    ['9 June 1941 - 10 June 1941', 1],
    ['May 1940 - 9 June 1941', 2],
    ['1940 - 9 June 1941', 2],
  ])('only where the second is later and as exact: %s gives %i', (text, count) => {
    expect(read(`It ran from ${text}.`)).toHaveLength(count);
  });
});

describe('a year written once', () => {
  it.each([
    ['It ran on 3 May and 9 June 1941.', ['3 May → 1941-05-03', TO]],
    ['It ran on 3 May, 9 June 1941.', ['3 May → 1941-05-03', TO]],
    ['It ran on 3 May & 9 June 1941.', ['3 May → 1941-05-03', TO]],
    ['It ran on 3 May or the 9 June 1941.', ['3 May → 1941-05-03', 'the 9 June 1941 → 1941-06-09']],
    ['It ran on 9 July and 9 June 1941.', ['9 July → 1940-07-09', TO]],
    ['It ran on 9 June and 9 June 1941.', ['9 June → 1941-06-09', TO]],
    ['It ran on 1 May, 3 May and 9 June 1941.', ['1 May → 1941-05-01', '3 May → 1941-05-03', TO]],
    ['It ran in May and June 1941.', ['May → 1941-05', 'June 1941 → 1941-06']],
    ['It ran on 3 May, when 9 June 1941 came.', ['3 May → 2024-05-03', TO]],
    ['It ran on 3 May and in 1941.', ['3 May → 2024-05-03', '1941 → 1941']],
    ['It ran on 3 May and 6-9 June 1941.', ['3 May → 1941-05-03', '6-9 June 1941 → 1941-06-06/1941-06-09']],
    ['It ran on the 3rd and 9 June 1941.', ['the 3rd → 1941-06-03', TO]],
  ])('serves both: %s', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });
});
