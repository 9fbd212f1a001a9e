import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance, begin, EMPTY_HISTORY, read } from '../../../bench/diff/fold.ts';
import { anyRevision, block, PROSE, page } from '../diff/support.ts';

const [a, b, c, d] = PROSE;

describe('history as a fold', () => {
  it('begins with identities, an empty memory and the newest day', () => {
    const state = begin(page(block(a, '2022-01-12'), block(b, '2022-01-10')), 'page');
    expect(state).toMatchObject({ removed: [], newestDate: '2022-01-12' });
    expect(state.paragraphs.every(({ id }) => id !== '')).toBe(true);
  });

  it('an unchanged page does not change the state', () => {
    const state = begin(page(a, b), 'page');
    expect(read(state, page(a, b), 'page').state).toBe(state);
  });

  it('remembers what left the page, newest first, also what is back since', () => {
    let state = begin(page(a, b, c, d), 'page');
    state = read(state, page(a, c, d), 'page').state;
    state = read(state, page(a, d), 'page').state;
    expect(state.removed.map(({ text }) => text)).toEqual([c, b]);
    state = read(state, page(a, b, d), 'page').state;
    expect(state.removed.map(({ text }) => text)).toEqual([c, b]);
  });

  it('remembers the former text of an edited paragraph', () => {
    const start = begin(page(a, b), 'page');
    const { state } = read(start, page(a, b.replace('spring', 'autumn')), 'page');
    expect(state.removed).toEqual([start.paragraphs[1]]);
  });

  it('the newest day never goes back', () => {
    const start = begin(page(block(a, '2022-01-20'), block(b, '2022-01-10')), 'page');
    const { state } = read(start, page(block(b, '2022-01-10')), 'page');
    expect(state.newestDate).toBe('2022-01-20');
  });

  it('a page that was empty starts from nothing', () => {
    const { result, state } = read(EMPTY_HISTORY, page(a), 'page');
    expect(result.changes.map(({ kind }) => kind)).toEqual(['added']);
    expect(state.paragraphs).toHaveLength(1);
  });

  it('memory holds 10,000 past paragraphs: the oldest are forgotten first', () => {
    const start = begin(page(a), 'page');
    const old = Array.from({ length: 10_000 }, (_, n) => ({
      ...(begin(page(`text ${n}`), 'page').paragraphs[0] ?? start.paragraphs[0]),
    }));
    const full = { ...start, removed: old.filter((one) => one.id !== undefined) as typeof start.removed };
    const { state } = read(full, page(b), 'page');
    expect(state.removed).toHaveLength(10_000);
    expect(state.removed[0]?.text).toBe(a);
    expect(state.removed.at(-1)?.text).toBe('text 9998');
  });

  it('folding the same captures twice gives the same bytes', () => {
    fc.assert(
      fc.property(anyRevision, anyRevision, (one, other) => {
        const run = (): string => {
          let state = begin(one.before, 'page');
          for (const blocks of [one.after, other.before, other.after]) state = read(state, blocks, 'page').state;
          return JSON.stringify(state);
        };
        expect(run()).toBe(run());
      }),
    );
  });

  it('what left the page with a revision is not on it: no paragraph with that text', () => {
    fc.assert(
      fc.property(anyRevision, ({ before, after }) => {
        const start = begin(before, 'page');
        const { result } = read(start, after, 'page');
        const state = advance(start, result);
        const present = new Set(state.paragraphs.map(({ id, text }) => `${id} ${text}`));
        expect(state.removed.some(({ id, text }) => present.has(`${id} ${text}`))).toBe(false);
      }),
    );
  });
});
