import { describe, expect, it } from 'vitest';
import { begin, read } from '../../../bench/diff/fold.ts';
import { block, compare, PROSE, page } from './support.ts';

const [a, b, c, d, e, f] = PROSE;
const on = (day: number, text: string) => block(text, `2022-01-${day}`);

describe('a split', () => {
  it('in place, with the same words and date, has no flag', () => {
    const [change] = compare([d, on(10, `${a} ${b}`), e], [d, on(10, a), on(10, b), e]).changes;
    expect(change).toMatchObject({ kind: 'split', date: '2022-01-10' });
    expect(Object.keys(change ?? {}).sort()).toEqual(['after', 'before', 'date', 'kind']);
  });

  it('is redated where no piece has the old date, not where one has', () => {
    const [none] = compare([d, on(10, `${a} ${b}`), e], [d, on(11, a), on(12, b), e]).changes;
    expect(none).toMatchObject({ kind: 'split', redated: true, dateBefore: '2022-01-10' });
    const [one] = compare([d, on(10, `${a} ${b}`), e], [d, on(10, a), on(12, b), e]).changes;
    expect(one?.redated).toBeUndefined();
  });

  it('elsewhere is flagged as moved', () => {
    const [change] = compare([`${a} ${b}`, c, d, e, f], [c, d, e, f, a, b]).changes;
    expect(change).toMatchObject({ kind: 'split', moved: true });
  });
});

describe('a merge', () => {
  it('has the date of the whole, and is redated where no piece had it', () => {
    const [change] = compare([d, on(10, a), on(11, `${b} ${c}`), e], [d, on(14, `${a} ${b} ${c}`), e]).changes;
    expect(change).toMatchObject({ kind: 'merged', date: '2022-01-14', dateBefore: '2022-01-11', redated: true });
    const [same] = compare([d, on(10, a), on(11, b), e], [d, on(11, `${a} ${b}`), e]).changes;
    expect(same?.redated).toBeUndefined();
  });

  it('with other words is flagged as edited', () => {
    const [change] = compare([d, a, b, e], [d, `${a} ${b.replace('spring', 'autumn')}`, e]).changes;
    expect(change).toMatchObject({ kind: 'merged', edited: true });
  });
});

describe('a restored paragraph', () => {
  const restored = (before: ReturnType<typeof on>, after: ReturnType<typeof on>) => {
    const without = read(begin(page(a, before, c), 'page'), page(a, c), 'page').state;
    return read(without, page(a, after, c), 'page').result.changes[0];
  };

  it('is redated where its date is another one now', () => {
    expect(restored(on(10, b), on(12, b))).toMatchObject({
      kind: 'restored',
      date: '2022-01-12',
      dateBefore: '2022-01-10',
      redated: true,
    });
  });

  it('is not redated by the same date or an inherited one', () => {
    expect(restored(on(10, b), on(10, b))?.redated).toBeUndefined();
    expect(restored(on(10, b), block(b, '2022-01-20', 'inherited'))?.redated).toBeUndefined();
  });
});

describe('changes are in page order', () => {
  it('a removal follows the paragraph that was above it, several in their old order', () => {
    const kinds = compare([a, b, c, d], [d, e]).changes.map(({ kind, before, after }) => [
      kind,
      before[0]?.at ?? after[0]?.at,
    ]);
    expect(kinds).toEqual([
      ['removed', 0],
      ['removed', 1],
      ['removed', 2],
      ['added', 1],
    ]);
  });
});
