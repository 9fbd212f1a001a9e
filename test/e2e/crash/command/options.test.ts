import { describe, expect, it } from 'vitest';
import { optionsOf, USAGE } from './options.ts';

describe('the arguments of npm run crash', () => {
  it('is by default everything, over both stores, on every core', () => {
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

  it('may ask for help, which names all options', () => {
    expect(optionsOf(['--help'], 2)).toBeNull();
    for (const word of ['embedded', 'stand-in', 'both', '--every', '--part', '--workers'])
      expect(USAGE).toContain(word);
  });

  it.each([
    [['nowhere'], '"nowhere" is not a store: name embedded, stand-in or both'],
    [['toString'], '"toString" is not a store: name embedded, stand-in or both'],
    [['embedded', 'stand-in'], '"embedded stand-in" is not a store: name embedded, stand-in or both'],
    [['--every', '0'], '--every takes a whole number from 1 on, not "0"'],
    [['--every', '1e3'], '--every takes a whole number from 1 on, not "1e3"'],
    [['--workers', ''], '--workers takes a whole number from 1 on, not ""'],
    [['--every', '4', '--part', '4'], '--part 4 is not one of the 4 shares, which are counted from 0'],
  ])('is refused, and the message gives the input and the choices: %j', (args, message) => {
    expect(() => optionsOf(args, 2)).toThrow(message);
  });

  it('is refused when it is an unknown option', () => {
    expect(() => optionsOf(['--evry', '2'], 2)).toThrow('--evry');
  });
});
