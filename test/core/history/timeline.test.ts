import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextHead } from '#core/history/revision.ts';
import { daysBetween, timelineEntries } from '#core/history/timeline.ts';
import type { StoredParagraph, TimelineEntry } from '#core/history/types.ts';
import { pageSpec, sampleRevision, sightsOf } from '../../contracts/samples.ts';

const paragraph = (
  id: string,
  date: string | null,
  text = id,
  over: Partial<StoredParagraph> = {},
): StoredParagraph => ({
  ...sightsOf(sampleRevision('p', 1)),
  id,
  text,
  kind: 'paragraph',
  links: [],
  date,
  dateBasis: date === null ? 'none' : 'explicit',
  mentions: [],
  ...over,
});
const stamp = sampleRevision('p', 2);
const entries = (before: StoredParagraph[], after: StoredParagraph[]) =>
  timelineEntries(before, after, stamp).map((one) => [one.paragraphId, one.date, one.present]);

describe('timeline entries', () => {
  it('are written for what is new, and for nothing that stays as it is', () => {
    const a = paragraph('a', '2022-01-01');
    expect(entries([a], [a, paragraph('b', '2022-01-02')])).toEqual([['b', '2022-01-02', true]]);
    expect(entries([a], [a])).toEqual([]);
  });

  it('take a paragraph off its day when it is removed', () => {
    expect(entries([paragraph('a', '2022-01-01')], [])).toEqual([['a', '2022-01-01', false]]);
  });

  it('take it off the old day and put it on the new when its date changes', () => {
    expect(entries([paragraph('a', '2022-01-01')], [paragraph('a', '2022-01-03')])).toEqual([
      ['a', '2022-01-01', false],
      ['a', '2022-01-03', true],
    ]);
  });

  it('say an edited paragraph again under the same day', () => {
    expect(entries([paragraph('a', '2022-01-01', 'one')], [paragraph('a', '2022-01-01', 'two')])).toEqual([
      ['a', '2022-01-01', true],
    ]);
  });

  it('leave headings and front matter out, also when a paragraph becomes one', () => {
    const heading = paragraph('a', '2022-01', 'January', { kind: 'heading' });
    expect(entries([], [heading])).toEqual([]);
    expect(entries([paragraph('a', '2022-01-01')], [heading])).toEqual([['a', '2022-01-01', false]]);
    expect(entries([heading], [paragraph('a', '2022-01-01')])).toEqual([['a', '2022-01-01', true]]);
  });

  it('keep paragraphs without a date too', () => {
    expect(entries([], [paragraph('a', null)])).toEqual([['a', null, true]]);
  });

  const list = fc.uniqueArray(
    fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      date: fc.constantFrom('2022-01-01', '2022-01-02', null),
      text: fc.constantFrom('one', 'two'),
      kind: fc.constantFrom('paragraph' as const, 'heading' as const, 'listItem' as const),
    }),
    { selector: (one) => one.id },
  );

  it('give every state of a page back when they are folded up to it', () => {
    fc.assert(
      fc.property(fc.array(list, { minLength: 1, maxLength: 6 }), (states) => {
        let before: StoredParagraph[] = [];
        const written: TimelineEntry[] = [];
        for (const [index, state] of states.entries()) {
          const after = state.map((one) => paragraph(one.id, one.date, one.text, { kind: one.kind }));
          written.push(...timelineEntries(before, after, { ...stamp, number: index + 1 }));
          before = after;
          const standing = new Map<string, TimelineEntry>();
          for (const entry of written) standing.set(`${entry.paragraphId} ${entry.date}`, entry);
          const says = [...standing.values()].filter((entry) => entry.present);
          const expected = after.filter((one) => one.kind !== 'heading');
          expect(says.map((one) => `${one.paragraphId} ${one.date} ${one.text}`).sort()).toEqual(
            expected.map((one) => `${one.id} ${one.date} ${one.text}`).sort(),
          );
        }
      }),
    );
  });
});

describe('the head', () => {
  it('remembers the oldest and newest day of all revisions, not only of the last', () => {
    const first = nextHead(null, pageSpec('p'), sampleRevision('p', 1), [
      paragraph('a', '2022-01-01'),
      paragraph('b', '2022-01-09'),
    ]);
    const second = nextHead(first, pageSpec('p'), sampleRevision('p', 2), [paragraph('c', '2022-01-05')]);
    expect([second.oldestDate, second.newestDate]).toEqual(['2022-01-01', '2022-01-09']);
    expect(second.firstObservedAt).toBe(first.firstObservedAt);
    expect(second.lineage[0]?.startsWith(first.lineage[0] ?? '-')).toBe(true);
  });

  it('knows no day where none is dated, and takes none from a heading', () => {
    expect(daysBetween([paragraph('a', null)])).toEqual({ oldest: null, newest: null });
    expect(daysBetween([paragraph('h', '2021-01', 'x', { kind: 'heading' }), paragraph('a', '2022-01-01')])).toEqual({
      oldest: '2022-01-01',
      newest: '2022-01-01',
    });
  });
});
