import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StoredDataError } from '#app/errors.ts';
import { paragraphsOf } from '#app/objects/stored-text.ts';
import { createReader, NotFoundError } from '#app/read/reader.ts';
import { apply } from '#core/diff/apply.ts';
import { Chronicle } from '../../support/chronicle.ts';
import { createMemoryObjects } from '../../support/memory-objects.ts';
import { PAGES, steps, timeOf, unused, whole, write } from './history.ts';

const readerOf = ({ history, objects }: Chronicle, now = timeOf(100)) =>
  createReader({ history, objects, now: () => now });

const numbered = (after: string | undefined) => (after === undefined ? {} : { after: Number(after) });

describe('revisions', () => {
  it('are those that the head names, without leftovers of other attempts', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (history) => {
        const chronicle = new Chronicle();
        const truth = await write(chronicle, history);
        const reader = readerOf(chronicle);
        for (const page of PAGES) {
          const records = (truth.get(page) ?? []).map(({ record }) => record);
          for (const limit of [1, 3, 50]) {
            const ask = (newestFirst: boolean) =>
              whole(limit, ({ after }) => reader.revisions(page, { limit, newestFirst, ...numbered(after) }));
            expect(await ask(false)).toEqual(records);
            expect(await ask(true)).toEqual([...records].reverse());
          }
          for (const record of records) {
            expect((await reader.revision(page, record.number)).record).toEqual(record);
            const changes = await reader.changesOf(page, record.number);
            expect(changes.map(({ seq, revisionId }) => [seq, revisionId])).toEqual(
              Array.from({ length: record.changes }, (_, seq) => [seq, record.id]),
            );
          }
          await expect(reader.revision(page, records.length + 1)).rejects.toThrow(NotFoundError);
          await expect(reader.changesOf(page, records.length + 1)).rejects.toThrow(NotFoundError);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('are found by time: the last one observed by then, none before the first', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.nat(16), async (history, at) => {
        const chronicle = new Chronicle();
        const truth = await write(chronicle, history);
        const asOf = timeOf(at);
        for (const page of PAGES) {
          const expected = (truth.get(page) ?? []).filter(({ record }) => record.observedAt <= asOf).at(-1);
          const asked = readerOf(chronicle).revision(page, { asOf });
          if (expected === undefined) await expect(asked).rejects.toThrow(NotFoundError);
          else {
            const { record, text: shown } = await asked;
            expect(record).toEqual(expected.record);
            expect(paragraphsOf(shown.pieces).map(({ text }) => text)).toEqual(
              expected.paragraphs.map(({ text }) => text),
            );
          }
        }
      }),
      { numRuns: 75 },
    );
  });

  it('are checked against the lineage, even if a store returns others', async () => {
    const chronicle = new Chronicle();
    await chronicle.track('road');
    const leftover = await chronicle.revise('road', timeOf(1), [{ id: 'p1', text: 'Half done.' }], {
      crash: 'power cut',
    });
    const record = await chronicle.revise('road', timeOf(2), [{ id: 'p1', text: 'News.' }]);
    const careless = {
      ...chronicle.history,
      revision: async () => leftover,
      revisions: async () => [leftover, record],
    };
    const reader = createReader({ history: careless, objects: chronicle.objects, now: () => timeOf(9) });
    expect((await reader.revisions('road', { limit: 9 })).items).toEqual([record]);
    await expect(reader.revision('road', 1)).rejects.toThrow(StoredDataError);
  });

  it('are never read from a missing document', async () => {
    const chronicle = new Chronicle();
    await chronicle.track('road');
    await chronicle.revise('road', timeOf(1), [{ id: 'p1', text: 'News.' }]);
    const reader = createReader({ history: chronicle.history, objects: createMemoryObjects(), now: () => timeOf(2) });
    await expect(reader.revision('road', 'latest')).rejects.toThrow(StoredDataError);
  });

  it.each([0, -1, 1.5, 2, Number.NaN])('have numbers from 1 on: not %d of a page with one', async (number) => {
    const chronicle = new Chronicle();
    await chronicle.track('road');
    await chronicle.revise('road', timeOf(1), []);
    await expect(readerOf(chronicle).revision('road', number)).rejects.toThrow(/revisions 1 to 1/);
  });

  it('of a page without a capture and of an untracked page give different errors', async () => {
    const chronicle = new Chronicle();
    await chronicle.track('road');
    const reader = readerOf(chronicle);
    expect(await reader.revisions('road', { limit: 9 })).toEqual({ items: [], next: null });
    await expect(reader.revision('road', 'latest')).rejects.toThrow(/was not seen yet/);
    await expect(reader.revisions('other', { limit: 9 })).rejects.toThrow(/No page with the id "other" is tracked/);
  });
});

describe('the difference of two revisions', () => {
  async function story() {
    const chronicle = new Chronicle();
    await chronicle.track('road');
    const closed = { id: 'p1', text: 'The pass was closed on Tuesday after heavy snow in the upper valley.' };
    const talks = { id: 'p2', text: 'Engineers from three cantons met in the town hall to plan the clearing.' };
    const opened = { id: 'p3', text: 'One lane was opened for lorries with chains on Friday at noon.' };
    await chronicle.revise('road', timeOf(1), [closed, talks]);
    await chronicle.revise('road', timeOf(2), [closed, talks, opened]);
    await chronicle.revise('road', timeOf(3), [{ ...closed, text: closed.text.replace('Tuesday', 'Monday') }, opened]);
    return readerOf(chronicle);
  }

  it.each([
    [1, 3],
    [3, 1],
    [1, 2],
    [2, 3],
  ])('from %i to %i leads from one text to the other', async (from, to) => {
    const reader = await story();
    const before = paragraphsOf((await reader.revision('road', from)).text.pieces);
    const after = paragraphsOf((await reader.revision('road', to)).text.pieces);
    const { changes } = await reader.diff('road', from, to);
    expect(changes.length).toBeGreaterThan(0);
    expect(apply(before, changes)).toEqual(after.map(({ id, text }) => ({ id, text })));
  });

  it('to itself is empty', async () => {
    const result = await (await story()).diff('road', 3, 'latest');
    expect(result.changes).toEqual([]);
    expect(result.from).toEqual(result.to);
  });
});

describe('pages', () => {
  it('are listed whole and once, in parts of any size, from one request to the store a part', async () => {
    const ids = fc.uniqueArray(fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,5}$/), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(ids, fc.integer({ min: 1, max: 5 }), async (pages, limit) => {
        const chronicle = new Chronicle();
        for (const id of pages) await chronicle.track(id);
        const history = { ...unused(chronicle.history), pages: chronicle.history.pages };
        const reader = createReader({ history, objects: chronicle.objects, now: () => timeOf(9) });
        const listed = await whole(limit, (after) => reader.pages({ limit, ...after }));
        expect(listed.map(({ id }) => id)).toEqual([...pages].sort());
      }),
      { numRuns: 100 },
    );
  });

  it.each(['?', Buffer.from('{"_":"pages","page":"NO#"}').toString('base64url')])(
    'refuse a foreign cursor: %j',
    async (after) => {
      const reader = readerOf(new Chronicle());
      await expect(reader.pages({ limit: 1, after })).rejects.toMatchObject({ code: 'bad-cursor' });
    },
  );

  it('are listed with the start of a long title, and shown alone with all of it', async () => {
    const chronicle = new Chronicle();
    await chronicle.track('road');
    const title = 'A long title '.repeat(40);
    await chronicle.revise('road', timeOf(1), [], { revision: { title } });
    const reader = readerOf(chronicle);
    expect((await reader.pages({ limit: 1 })).items[0]?.title).toHaveLength(80);
    expect((await reader.page('road')).title).toBe(title);
    expect((await reader.names(['road', 'none'])).get('none')).toBe('none');
  });

  it('are listed with their state, seen or not', async () => {
    const chronicle = new Chronicle();
    await chronicle.track('road', { name: 'The road' }, { lastCheckedAt: timeOf(1), dueAt: timeOf(2) });
    await chronicle.track('old', {}, { retired: true });
    await chronicle.revise('road', timeOf(1), [{ id: 'p1', text: 'News.', date: '2022-01-02' }], {
      revision: { title: 'Road' },
    });
    await chronicle.healthy('road', timeOf(1));
    const [old, road] = (await readerOf(chronicle, timeOf(2)).pages({ limit: 5 })).items;
    expect(old).toMatchObject({
      id: 'old',
      retired: true,
      revisions: 0,
      lastChangedAt: null,
      health: { state: 'unknown', nextCheckAt: null },
    });
    expect(road).toMatchObject({
      id: 'road',
      name: 'The road',
      title: 'Road',
      revisions: 1,
      paragraphs: 1,
      lastChangedAt: timeOf(1),
      newestDate: '2022-01-02',
      health: {
        state: 'ok',
        reason: null,
        since: timeOf(1),
        lastCheckedAt: timeOf(1),
        nextCheckAt: timeOf(2),
        overdue: false,
      },
    });
    const one = await readerOf(chronicle, timeOf(2)).page('road');
    expect(one).toEqual({ ...road, health: { ...road?.health, detail: null, events: [] } });
  });

  it.each([
    ['on time', 4, {}, false],
    ['three intervals late', 7, {}, false],
    ['more than three intervals late', 8, {}, true],
    ['retired, however long ago', 999, { retired: true }, false],
    ['paused, however long ago', 999, { paused: true } as const, false],
  ])('show that their checks have stopped: %s', async (_, hour, state, overdue) => {
    const chronicle = new Chronicle();
    await chronicle.track('road', {}, { lastCheckedAt: timeOf(3), dueAt: timeOf(4), ...state });
    expect((await readerOf(chronicle, timeOf(hour)).health('road')).overdue).toBe(overdue);
  });

  it('show who made them tracked, and which are paused', async () => {
    const chronicle = new Chronicle();
    await chronicle.track('a', {}, { added: { every: null }, paused: true });
    await chronicle.track('b');
    await chronicle.track('c', {}, { retired: true });
    expect((await readerOf(chronicle).pages({ limit: 9 })).items).toMatchObject([
      { source: 'added', paused: true, retired: false, health: { nextCheckAt: null } },
      { source: 'config', paused: false },
      { source: null, paused: false, retired: true },
    ]);
  });

  it.each(['dueAt', 'leasedUntil'])('show that their checks have stopped: %s is years ahead', async (name) => {
    const chronicle = new Chronicle();
    const ahead = { lastCheckedAt: timeOf(3), dueAt: timeOf(4), [name]: '2032-01-01T00:00:00.000Z' };
    await chronicle.track('road', {}, ahead);
    expect((await readerOf(chronicle, timeOf(3)).health('road')).overdue).toBe(true);
  });

  it('show their evidence and alerts, and only their own', async () => {
    const chronicle = new Chronicle();
    for (const id of ['road', 'rail']) await chronicle.track(id);
    const capture = {
      captureId: 'c1',
      fetchedAt: timeOf(1),
      sha256: 'a'.repeat(64),
      status: 403,
      reason: 'block-page',
      detail: 'Access denied',
    };
    await chronicle.history.quarantine({ pageId: 'road', ...capture });
    await chronicle.history.recordAlert({
      pageId: 'rail',
      key: 'rail/1',
      channel: 'mail',
      at: timeOf(1),
      sent: true,
      suppressed: [],
      subject: 'Rail',
    });
    const reader = readerOf(chronicle);
    expect(await reader.quarantine('road', { limit: 5 })).toEqual({
      items: [{ pageId: 'road', ...capture }],
      next: null,
    });
    expect(await reader.alerts('road', { limit: 5 })).toEqual({ items: [], next: null });
    expect(await reader.quarantine('rail', { limit: 5 })).toEqual({ items: [], next: null });
    expect((await reader.alerts('rail', { limit: 5 })).items).toHaveLength(1);
    await expect(reader.quarantine('none', { limit: 5 })).rejects.toThrow(NotFoundError);
    await expect(reader.alerts('none', { limit: 5 })).rejects.toThrow(NotFoundError);
  });
});
