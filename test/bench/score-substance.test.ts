import { describe, expect, it } from 'vitest';
import { figuresOf, judge, type LabelledEdit } from '../../bench/score-substance.ts';

const edit = (before: string, after: string, label: LabelledEdit['label']): LabelledEdit => ({
  before,
  after,
  label,
  category: 'any',
});

describe('the scoreboard of substance', () => {
  const edits = judge([
    edit('The ceasefire holds', 'The ceasefire holds.', 'cosmetic'),
    edit('It hit 12 houses.', 'It hit 13 houses.', 'facts'),
    edit('It hit the house', 'It hit the house.', 'facts'),
    edit('A large attack began.', 'A massive attack began.', 'wording'),
  ]);

  it('counts precision and recall by class, and what was called cosmetic in error', () => {
    expect(figuresOf('dev', edits)).toEqual({
      'dev cosmetic precision': 0.5,
      'dev cosmetic recall': 1,
      'dev wording precision': 1,
      'dev wording recall': 1,
      'dev wording called cosmetic': 0,
      'dev facts precision': 1,
      'dev facts recall': 0.5,
      'dev facts called cosmetic': 1,
    });
  });

  it('gives no figure for a half without labelled edits', () => {
    expect(figuresOf('held', [])).toEqual({});
  });

  it('takes a date that is only written otherwise for the same', () => {
    const [dated] = judge([edit('On 1 March 2020 it began.', 'On March 1, 2020 it began.', 'wording')]);
    expect(dated?.got).toBe('cosmetic');
  });
});
