import { describe, expect, it } from 'vitest';
import { optionsOf, USAGE } from './options.ts';

describe('what is typed after npm run crash', () => {
  it('is everything over both grounds on every core when nothing is', () => {
    expect(optionsOf([], 3)).toEqual({ grounds: ['embedded', 'stand-in'], every: 1, part: 0, workers: 3 });
  });

  it('names a ground, a share of the lives and a number of processes', () => {
    expect(optionsOf(['stand-in', '--every', '8', '--part', '7', '--workers', '1'], 4)).toEqual({
      grounds: ['stand-in'],
      every: 8,
      part: 7,
      workers: 1,
    });
    expect(optionsOf(['embedded'], 2)?.grounds).toEqual(['embedded']);
  });

  it('may be a wish for help, which names everything there is', () => {
    expect(optionsOf(['--help'], 2)).toBeNull();
    for (const word of ['embedded', 'stand-in', 'both', '--every', '--part', '--workers'])
      expect(USAGE).toContain(word);
  });

  it.each([
    [['nowhere'], '"nowhere" is no ground: say embedded, stand-in or both'],
    [['toString'], '"toString" is no ground: say embedded, stand-in or both'],
    [['embedded', 'stand-in'], '"embedded stand-in" is no ground: say embedded, stand-in or both'],
    [['--every', '0'], '--every takes a whole number from 1 on, not "0"'],
    [['--every', '1e3'], '--every takes a whole number from 1 on, not "1e3"'],
    [['--workers', ''], '--workers takes a whole number from 1 on, not ""'],
    [['--every', '4', '--part', '4'], '--part 4 is not one of the 4 shares, which are counted from 0'],
  ])('is refused with what was given and what may be: %j', (args, message) => {
    expect(() => optionsOf(args, 2)).toThrow(message);
  });

  it('is refused when it is an option that there is not', () => {
    expect(() => optionsOf(['--evry', '2'], 2)).toThrow('--evry');
  });
});
