import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply } from '#core/diff/apply.ts';
import { diff, identify } from '#core/diff/index.ts';
import { applyTexts } from '../../../bench/diff/apply-texts.ts';
import { begin, read } from '../../../bench/diff/fold.ts';
import { anyPage, anyRevision, NO_MEMORY } from './support.ts';

describe('any two revisions', () => {
  it('applying the changes to the list before gives the list after, ids and texts and order', () => {
    fc.assert(
      fc.property(anyRevision, ({ before, after }) => {
        const old = identify(before, 'page');
        const { paragraphs, changes } = diff(old, after, NO_MEMORY, 'page');
        expect(apply(old, changes)).toEqual(paragraphs.map(({ id, text }) => ({ id, text })));
      }),
      { numRuns: 400 },
    );
  });

  it('the same is true of the printed texts and positions', () => {
    fc.assert(
      fc.property(anyRevision, ({ before, after }) => {
        const old = identify(before, 'page');
        const { paragraphs, changes } = diff(old, after, NO_MEMORY, 'page');
        const printed = changes.map((change) => ({
          before: change.before.map(({ text }) => text),
          after: change.after.map(({ text }) => text),
          beforeAt: change.before.map(({ at }) => at),
          afterAt: change.after.map(({ at }) => at),
        }));
        const texts = applyTexts(
          before.map(({ text }) => text),
          JSON.parse(JSON.stringify(printed)),
        );
        expect(texts).toEqual(paragraphs.map(({ text }) => text));
      }),
    );
  });

  it('the new paragraphs have the texts of the page', () => {
    fc.assert(
      fc.property(anyRevision, ({ before, after }) => {
        const { paragraphs } = diff(identify(before, 'page'), after, NO_MEMORY, 'page');
        expect(paragraphs.map(({ text }) => text)).toEqual(after.map(({ text }) => text));
      }),
    );
  });

  it('a page compared with itself has no change, whatever the basis of its dates', () => {
    fc.assert(
      fc.property(anyPage, (blocks) => {
        const old = identify(blocks, 'page');
        const result = diff(old, blocks, NO_MEMORY, 'page');
        expect(result.changes).toEqual([]);
        expect(result.paragraphs).toEqual(old);
      }),
    );
  });

  it('ids are unique within a revision, also after many of them', () => {
    fc.assert(
      fc.property(anyRevision, anyRevision, (one, other) => {
        let state = begin(one.before, 'page');
        for (const blocks of [one.after, other.before, one.before, other.after, one.after]) {
          state = read(state, blocks, 'page').state;
          expect(new Set(state.paragraphs.map(({ id }) => id)).size).toBe(state.paragraphs.length);
        }
      }),
    );
  });

  it('the same arguments give the same bytes', () => {
    fc.assert(
      fc.property(anyRevision, ({ before, after }) => {
        const run = (): string => JSON.stringify(diff(identify(before, 'page'), after, NO_MEMORY, 'page'));
        expect(run()).toBe(run());
      }),
    );
  });

  it('every paragraph is named by at most one change', () => {
    fc.assert(
      fc.property(anyRevision, ({ before, after }) => {
        const { changes } = diff(identify(before, 'page'), after, NO_MEMORY, 'page');
        const from = changes.flatMap((change) => change.before.map(({ at }) => at));
        const to = changes.flatMap((change) => change.after.map(({ at }) => at));
        expect(new Set(from).size).toBe(from.length);
        expect(new Set(to).size).toBe(to.length);
      }),
    );
  });

  it('added and restored have nothing before, removed nothing after, all others both', () => {
    fc.assert(
      fc.property(anyRevision, ({ before, after }) => {
        for (const change of diff(identify(before, 'page'), after, NO_MEMORY, 'page').changes) {
          expect(change.before.length === 0).toBe(change.kind === 'added' || change.kind === 'restored');
          expect(change.after.length === 0).toBe(change.kind === 'removed');
        }
      }),
    );
  });
});
