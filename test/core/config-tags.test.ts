import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '#core/config.ts';
import { UsageError } from '#core/errors.ts';

const parsed = (tags: unknown) =>
  parseConfig({ pages: [{ id: 'harbour', url: 'https://www.example.org/harbour.htm' }], tags } as never).tags;
const complaint = (tags: unknown): string => {
  try {
    parsed(tags);
  } catch (error) {
    if (error instanceof UsageError) return error.message.replace('The configuration is wrong: ', '');
    throw error;
  }
  return expect.fail('the tags were taken for right');
};
const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`key ${index}`, 'x']));

describe('tags', () => {
  it('are none unless the configuration names some', () => {
    expect(parsed(undefined)).toEqual({});
  });

  it('are kept as they are written, up to the lengths and the number that AWS takes', () => {
    const right = {
      project: 'chronicles',
      'cost:centre': 'A/1 + B=2 @home',
      Größe: 'ü',
      ['k'.repeat(128)]: 'v'.repeat(256),
    };
    expect(parsed(right)).toEqual(right);
    expect(Object.keys(parsed(many(40)))).toHaveLength(40);
  });

  // A wrong tag would otherwise stop a deployment half-way, resource by resource.
  it.each<[string, unknown, RegExp]>([
    ['too many', many(41), /^tags: name 40 tags at most/],
    ['an empty key', { '': 'x' }, /^tags\.: a key has 1-128/],
    ['a long key', { ['k'.repeat(129)]: 'x' }, /a key has 1-128/],
    ['a key with another sign', { 'a#b': 'x' }, /^tags\.a#b: a key has 1-128 of letters/],
    ['a key of AWS', { 'AWS:name': 'x' }, /^tags\.AWS:name: .*belong to AWS/],
    ['a key that the stacks set', { Stage: 'x' }, /^tags\.Stage: the stacks set "app" and "stage"/],
    ['a key that differs in capitals', { team: 'x', Team: 'y' }, /^tags\.Team: another key differs/],
    ['a long value', { team: 'x'.repeat(257) }, /^tags\.team: .*256/],
    ['an empty value', { team: '' }, /^tags\.team: .*\(given: ""\)$/],
    ['a value with another sign', { team: 'a;b' }, /^tags\.team: use letters.*\(given: "a;b"\)$/],
    ['a number', { team: 7 }, /^tags\.team: .*\(given: 7\)$/],
    ['a list', ['team'], /^tags: /],
  ])('that AWS would refuse are refused before anything is deployed: %s', (_, tags, said) => {
    expect(complaint(tags)).toMatch(said);
  });

  it('that are taken never begin with "aws:", whatever the capitals, and always fit', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ maxLength: 140 }), fc.string({ maxLength: 270 })), (given) => {
        let taken: Record<string, string>;
        try {
          taken = parsed(given);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
          return;
        }
        for (const [key, value] of Object.entries(taken)) {
          expect(key.toLowerCase().startsWith('aws:')).toBe(false);
          expect(key.length > 0 && key.length <= 128 && value.length <= 256).toBe(true);
        }
      }),
    );
  });
});
