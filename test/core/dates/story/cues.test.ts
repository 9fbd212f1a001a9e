import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cueOf, sameYearAfter, weekdayBefore } from '#core/dates/story/cues.ts';

describe('cueOf', () => {
  it.each([
    ['The dam had been built in ', -1],
    ['The mill, founded as early as ', -1],
    ['The bridge would not reopen until ', 1],
    ['He remained there through ', 1],
    ['The town fell on ', 0],
    ['It had been quiet, but the town fell on ', 0],
  ])('%s', (clause, cue) => {
    expect(cueOf(clause)).toBe(cue);
  });

  it('answers for any clause', () => {
    fc.assert(fc.property(fc.string({ maxLength: 160 }), (clause) => [-1, 0, 1].includes(cueOf(clause))));
  });
});

describe('sameYearAfter', () => {
  it.each([
    ['in July of that year', true],
    ['in July in the same year', true],
    ['in July of this century', false],
  ])('%s', (text, expected) => {
    expect(sameYearAfter(text, 'in July'.length)).toBe(expected);
  });
});

describe('weekdayBefore', () => {
  it.each([
    ['On Sunday, 7 December', 7],
    ['On Monday the 7th', 1],
    ['On Sundays 7 trains run', null],
    ['7 December', null],
  ])('%s', (text, expected) => {
    expect(weekdayBefore(text, text.indexOf('7'))).toBe(expected);
  });
});
