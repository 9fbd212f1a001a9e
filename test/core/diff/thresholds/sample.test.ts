import { expect, it } from 'vitest';
import { compare } from '../support.ts';

it('all paragraphs of a page of 240 show which words it uses, every second one of a longer page', () => {
  const page = (size: number): string[] =>
    Array.from({ length: size }, (_, n) => (n === 1 ? 'The government met there.' : `note${n} remark${n} entry${n}`));
  const substance = (size: number): string | undefined => {
    const [before, after] = ['It was said by the goverment of it.', 'It was said by the government of it.'];
    return compare([...page(size - 1), before], [...page(size - 1), after]).changes[0]?.substance;
  };
  expect(substance(240)).toBe('cosmetic');
  expect(substance(241)).toBe('wording');
});
