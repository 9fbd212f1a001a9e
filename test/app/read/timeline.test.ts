import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createReader, NotFoundError, type TimelineItem } from '#app/read/reader.ts';
import { Chronicle, type ParagraphInput } from '../../support/chronicle.ts';
import { mentioned, PAGES, steps, type Truth, timeOf, unused, whole, write } from './history.ts';

const readerOf = ({ history, objects }: Chronicle) => createReader({ history, objects, now: () => timeOf(100) });

/** The expected timeline at a time, from the written revisions. */
function timelineAt(truth: ReadonlyMap<string, readonly Truth[]>, asOf: string, dated: boolean): string[] {
  return [...truth].flatMap(([page, revisions]) => {
    const present = revisions.filter(({ record }) => record.observedAt <= asOf).at(-1)?.paragraphs ?? [];
    return present
      .filter((paragraph) => paragraph.kind !== 'heading' && (paragraph.date !== null) === dated)
      .map((paragraph) => name(page, paragraph));
  });
}

const name = (page: string, { id, date, text }: Pick<ParagraphInput, 'id' | 'date' | 'text'>) =>
  `${page} ${date} ${id} ${text}`;
const nameOf = (item: TimelineItem) => name(item.pageId, { id: item.paragraphId, date: item.date, text: item.text });

describe('the timeline has the paragraphs of the pages', () => {
  it('at any observed time, in parts of any size, without leftovers of crashed attempts', async () => {
    await fc.assert(
      fc.asyncProperty(
        steps,
        fc.nat(15),
        fc.integer({ min: 1, max: 7 }),
        fc.boolean(),
        fc.boolean(),
        async (history, at, limit, newestFirst, undated) => {
          const chronicle = new Chronicle();
          const truth = await write(chronicle, history);
          const reader = readerOf(chronicle);
          const asOf = timeOf(at);
          const items = await whole(limit, (after) => reader.timeline({ asOf, limit, newestFirst, undated, ...after }));
          expect(items.map(nameOf).sort()).toEqual(timelineAt(truth, asOf, !undated).sort());
          const dates = items.map((item) => item.date ?? '');
          expect(dates).toEqual(newestFirst ? [...dates].sort().reverse() : [...dates].sort());
        },
      ),
      { numRuns: 150 },
    );
  });

  it('of one page the same as of all, in the order of the page within a day', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 5 }), async (history, limit) => {
        const chronicle = new Chronicle();
        await write(chronicle, history);
        const reader = readerOf(chronicle);
        const across = await whole(limit, (after) => reader.timeline({ limit, ...after }));
        for (const page of PAGES) {
          const own = await whole(limit, (after) => reader.timeline({ page, limit, ...after }));
          expect(own).toEqual(across.filter((item) => item.pageId === page));
          for (const [index, item] of own.entries()) {
            const before = own[index - 1];
            if (before?.date === item.date) expect(before.at).toBeLessThanOrEqual(item.at);
          }
        }
      }),
      { numRuns: 75 },
    );
  });

  it('between event dates that are days, months or years, both inclusive', async () => {
    const date = fc.constantFrom(
      undefined,
      '2021',
      '2022',
      '2022-01',
      '2021-12-31',
      '2022-01-01',
      '2022-01-02',
      '2099',
    );
    await fc.assert(
      fc.asyncProperty(
        steps,
        date,
        date,
        fc.boolean(),
        fc.integer({ min: 1, max: 4 }),
        async (history, from, to, newestFirst, limit) => {
          const chronicle = new Chronicle();
          await write(chronicle, history);
          const reader = readerOf(chronicle);
          const span = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
          const mentions = from === to && from?.length === 10;
          const all = await whole(limit, (after) => reader.timeline({ limit, newestFirst, mentions, ...after }));
          const items = await whole(limit, (after) => reader.timeline({ ...span, limit, newestFirst, ...after }));
          const inside = (item: TimelineItem) =>
            (from === undefined || String(item.date) >= from) &&
            (to === undefined || String(item.date).slice(0, to.length) <= to);
          expect(items).toEqual(all.filter(inside));
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('the days that a paragraph mentions as those of an event', () => {
  /** The paragraph's main day and the days that it mentions, by the written revisions. */
  const daysOf = ({ date, mentions = [] }: ParagraphInput) =>
    new Set([date ?? null, ...mentions.map(({ value }) => value)]);

  it('have it with the others, at any time and in parts of any size, marked as not its main day', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.nat(15), fc.integer({ min: 1, max: 7 }), async (history, at, limit) => {
        const chronicle = new Chronicle();
        const truth = await write(chronicle, history);
        const reader = readerOf(chronicle);
        const asOf = timeOf(at);
        const items = await whole(limit, (after) => reader.timeline({ asOf, mentions: true, limit, ...after }));
        const expected = [...truth].flatMap(([page, revisions]) => {
          const present = revisions.filter(({ record }) => record.observedAt <= asOf).at(-1)?.paragraphs ?? [];
          return present
            .filter(({ kind }) => kind !== 'heading')
            .flatMap((one) => [...daysOf(one)].map((day) => ({ page, one, day })))
            .filter(({ day }) => day !== null)
            .map(({ page: id, one, day }) => `${name(id, { ...one, date: day })} ${day === one.date}`);
        });
        expect(items.map((item) => `${nameOf(item)} ${item.main}`).sort()).toEqual(expected.sort());
      }),
      { numRuns: 100 },
    );
  });

  const bridge = { id: 'p1', text: 'The bridge, closed on 12 January, was opened.', date: '2022-01-13' };
  const both = { ...bridge, mentions: ['2022-01-12', '2022-01-13'].map(mentioned) };

  async function days(...states: ParagraphInput[]) {
    const chronicle = new Chronicle();
    await chronicle.track('road');
    for (const [index, state] of states.entries()) await chronicle.revise('road', timeOf(index), [state]);
    return readerOf(chronicle);
  }

  it('are asked for by default with a single day, and left out with a longer time', async () => {
    const reader = await days(both);
    const on = async (request: { from?: string; to?: string; mentions?: boolean }) =>
      (await reader.timeline({ ...request, limit: 10 })).items.map(({ date, main }) => [date, main]);
    const day = { from: '2022-01-12', to: '2022-01-12' };
    expect(await on(day)).toEqual([['2022-01-12', false]]);
    expect(await on({ ...day, mentions: false })).toEqual([]);
    expect(await on({ from: '2022-01-12', to: '2022-01-13' })).toEqual([['2022-01-13', true]]);
    expect(await on({ from: '2022-01', to: '2022-01' })).toEqual([['2022-01-13', true]]);
    expect(await on({ mentions: true })).toEqual([
      ['2022-01-12', false],
      ['2022-01-13', true],
    ]);
  });

  it('lose it when it is removed, or no longer mentions them', async () => {
    const other = { id: 'p2', text: 'Something else.', date: null };
    for (const last of [other, bridge]) {
      const reader = await days(both, last);
      const day = { from: '2022-01-12', to: '2022-01-12', limit: 10 };
      expect((await reader.timeline(day)).items).toEqual([]);
      expect((await reader.timeline({ ...day, asOf: timeOf(0) })).items).toHaveLength(1);
      const [removed] = (await reader.timeline({ ...day, includeRemoved: true })).items;
      expect(removed).toMatchObject({ present: false, main: false, observedAt: timeOf(1) });
    }
  });
});

describe('the timeline keeps', () => {
  const closed = { id: 'p1', text: 'The pass was closed.', date: '2022-01-04' };
  const opened = { id: 'p2', text: 'The pass was opened.', date: '2022-01-06' };

  async function story() {
    const chronicle = new Chronicle();
    await chronicle.track('road');
    await chronicle.revise('road', timeOf(1), [closed]);
    await chronicle.revise('road', timeOf(2), [{ ...closed, text: 'The pass was closed at noon.' }, opened]);
    await chronicle.revise('road', timeOf(3), [{ ...opened, date: '2022-01-07' }]);
    return readerOf(chronicle);
  }

  it('removed paragraphs, with when they were present', async () => {
    const { items } = await (await story()).timeline({ includeRemoved: true, limit: 10 });
    expect(
      items.map(({ date, text, present, firstSeen, revision }) => [date, text, present, firstSeen.revision, revision]),
    ).toEqual([
      ['2022-01-04', 'The pass was closed at noon.', false, 1, 3],
      ['2022-01-06', 'The pass was opened.', false, 2, 3],
      ['2022-01-07', 'The pass was opened.', true, 2, 3],
    ]);
  });

  it('and leaves them out by default', async () => {
    const { items } = await (await story()).timeline({ limit: 10 });
    expect(items.map(({ date }) => date)).toEqual(['2022-01-07']);
  });

  it('earlier texts of paragraphs that were edited and removed later', async () => {
    const { items } = await (await story()).timeline({ asOf: timeOf(1), limit: 10 });
    expect(items.map(({ text, observedAt }) => [text, observedAt])).toEqual([['The pass was closed.', timeOf(1)]]);
  });

  it('nothing before the first sight', async () => {
    expect(await (await story()).timeline({ asOf: timeOf(0), limit: 10 })).toEqual({ items: [], next: null });
  });
});

describe('a listing over several requests', () => {
  it('keeps the state of its first request while the page changes', async () => {
    const chronicle = new Chronicle();
    await chronicle.track('road');
    const days = ['01', '02', '03', '04'].map((day) => ({
      id: `p${day}`,
      text: `Day ${day}.`,
      date: `2022-01-${day}`,
    }));
    await chronicle.revise('road', timeOf(1), days);
    let now = timeOf(1);
    const { history, objects } = chronicle;
    const reader = createReader({ history, objects, now: () => now });
    const first = await reader.timeline({ limit: 2 });
    now = timeOf(3);
    await chronicle.revise('road', timeOf(2), [{ id: 'new', text: 'Late news.', date: '2022-01-03' }]);
    const rest = await reader.timeline({ limit: 10, after: first.next ?? '' });
    expect([...first.items, ...rest.items].map(({ text }) => text)).toEqual([
      'Day 01.',
      'Day 02.',
      'Day 03.',
      'Day 04.',
    ]);
  });

  it.each([
    '',
    'nonsense',
    'eyJfIjoiY2hhbmdlcyJ9',
    Buffer.from('{"_":"timeline","date":"2022-01-01#","page":"a","at":1,"id":"b","asOf":""}').toString('base64url'),
  ])('refuses a foreign cursor: %j', async (after) => {
    const chronicle = new Chronicle();
    await expect(readerOf(chronicle).timeline({ limit: 1, after })).rejects.toMatchObject({ code: 'bad-cursor' });
  });
});

describe('a timeline reads', () => {
  it.each([false, true])('the heads of those pages alone that have entries in it (undated: %j)', async (undated) => {
    const chronicle = new Chronicle();
    for (const page of PAGES) await chronicle.track(page);
    const date = undated ? null : '2022-01-04';
    await chronicle.revise('alpha', timeOf(1), [{ id: 'p1', text: 'The pass was closed.', date }]);
    await chronicle.revise('beta', timeOf(1), [
      { id: 'p1', text: 'Trains ran late.', date: undated ? '2022-01-04' : '2022-01-05' },
    ]);
    const asked: (readonly string[])[] = [];
    const { timeline, undated: list, chunks } = chronicle.history;
    const heads = async (ids: readonly string[]) => {
      asked.push(ids);
      return chronicle.history.heads(ids);
    };
    const history = { ...unused(chronicle.history), timeline, undated: list, chunks, heads };
    const reader = createReader({ history, objects: chronicle.objects, now: () => timeOf(9) });
    const day = undated ? { undated } : { from: '2022-01-04', to: '2022-01-04' };
    expect((await reader.timeline({ ...day, limit: 10 })).items).toHaveLength(1);
    expect(asked).toEqual([['alpha']]);
  });
});

describe('a page that cannot be listed', () => {
  it('is named in the error when it is not tracked', async () => {
    await expect(readerOf(new Chronicle()).timeline({ page: 'no\u001b[31m', limit: 1 })).rejects.toThrow(NotFoundError);
  });

  it('is empty before its first sight', async () => {
    const chronicle = new Chronicle();
    await chronicle.track('road');
    expect(await readerOf(chronicle).timeline({ page: 'road', limit: 1 })).toEqual({ items: [], next: null });
  });
});
