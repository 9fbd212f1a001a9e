import { describe, expect, it } from 'vitest';
import type { Candidate } from '#core/dates/candidate.ts';
import { candidatesIn } from '#core/dates/parsers/index.ts';
import { refiners } from '#core/dates/refiners/index.ts';
import { jointDates } from '#core/dates/story/joint-dates.ts';
import { scenesOf } from '#core/dates/story/scenes.ts';
import { block, page, timeless } from '../support.ts';

const candidates = (text: string): readonly Candidate[] =>
  refiners.reduce<readonly Candidate[]>((found, refine) => refine(text, found), candidatesIn(text));

const scenes = (...texts: readonly string[]) =>
  scenesOf(texts.map((text) => ({ block: block(text), candidates: candidates(text) }))).scenes;

const values = (...texts: readonly string[]): (string | null)[] =>
  page(texts, timeless).blocks.flatMap(({ mentions }) => mentions.map(({ value }) => value));

describe('dates that share one written year', () => {
  const groups = (text: string): string[][] =>
    jointDates(text, candidates(text)).map((group) => group.map(({ start, end }) => text.slice(start, end)));

  it('are one scene, as one slip is a slip in all', () => {
    expect(groups('It was shelled on May 4 and June 5, 1871.')).toEqual([['May 4', 'June 5, 1871']]);
    expect(scenes('It was shelled on May 4 and June 5, 1871.')).toMatchObject([
      { year: 1871, month: 5, day: 4, lastMonth: 6 },
    ]);
  });

  it('are apart where each writes its own, or neither does', () => {
    expect(groups('From May 4, 1871 on, and June 5, 1871.')).toHaveLength(2);
    expect(groups('On May 4 and June 5 it was shelled.')).toHaveLength(2);
  });

  it('are repaired together', () => {
    const told = [
      'On 2 March 1871 the gates were shut. On 9 April 1871 the bridge fell.',
      'It was shelled on May 4 and May 15, 1872. By 30 May 1871 it had fallen.',
      'On 29 February 1871 nothing was left. On 3 June 1871 the gates were opened.',
    ];
    expect(values(...told).slice(2, 5)).toEqual(['1871-05-04', '1871-05-15', '1871-05-30']);
  });

  it('may lie on both sides of a new year', () => {
    expect(
      values('The bridge was closed from 30 December 1870. It was shelled on 31 December and 2 January 1871.'),
    ).toEqual(['1870-12-30', '1870-12-31', '1871-01-02']);
  });
});

describe('a span that writes both its years', () => {
  const text = 'Between March 1865 and November 1868 the mill stood still.';

  it('is two scenes, as either may be mistyped alone', () => {
    expect(scenes(text)).toMatchObject([
      { year: 1865, month: 3, until: false },
      { year: 1868, month: 11, until: true },
    ]);
    expect(values(text)).toEqual(['1865-03/1868-11']);
  });

  it('leaves the story where it began', () => {
    expect(values(text, 'In May its owner left.')).toEqual(['1865-03/1868-11', '1865-05']);
  });

  it('does not take its end along when its beginning is repaired', () => {
    const told = [
      'On 2 February 1865 the mill was sold. On 29 February 1865 its wheel broke. It closed on 9 March 1865.',
      'From 9 March 1864 to 20 November 1868 it stood still.',
      'On 12 March 1865 its owner left, and on 20 March 1865 the last hand.',
    ];
    expect(values(...told)[3]).toBe('1865-03-09/1868-11-20');
  });
});

describe('a part of a year', () => {
  it('sets the month from which the story goes on', () => {
    expect(values('In late 1870 the line was laid. In February the first train ran.')).toEqual(['1870', '1871-02']);
    expect(values('In 1870 the line was laid. In February the first train ran.')).toEqual(['1870', '1870-02']);
  });

  it('may still hold an earlier month where the text returns to it', () => {
    const told = [
      'In late 1870 the line was laid. In September the bridge had been tested.',
      'On 5 December 1870 the first train ran.',
    ];
    expect(values(...told)[1]).toBe('1870-09');
  });
});

describe('an aside without a year', () => {
  it('need not take the story along', () => {
    const told = [
      'On 8 August 1871 the town was taken. It was held until December. On 10 September the bridge fell.',
      'On 14 September a truce was signed. On 2 October 1871 the gates were opened.',
    ];
    expect(values(...told)).toEqual(['1871-08-08', '1871-12', '1871-09-10', '1871-09-14', '1871-10-02']);
  });
});
