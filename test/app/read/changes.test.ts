import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChangesRequest, createReader } from '#app/read/reader.ts';
import type { ChangeRecord } from '#core/history/types.ts';
import { Chronicle } from '../../support/chronicle.ts';
import { PAGES, steps, type Truth, timeOf, unused, whole, write } from './history.ts';

const readerOf = ({ history, objects }: Chronicle) => createReader({ history, objects, now: () => timeOf(100) });
const address = (item: Pick<ChangeRecord, 'observedAt' | 'pageId' | 'revision' | 'seq'>) =>
  `${item.observedAt} ${item.pageId} ${item.revision} ${item.seq}`;

/** Addresses of all true changes in the order of their observation: every record has its number of changes. */
function expected(truth: ReadonlyMap<string, readonly Truth[]>): string[] {
  const all = [...truth].flatMap(([pageId, revisions]) =>
    revisions.flatMap(({ record }) =>
      Array.from({ length: record.changes }, (_, seq) =>
        address({ observedAt: record.observedAt, pageId, revision: record.number, seq }),
      ),
    ),
  );
  return all.sort();
}

describe('changes are listed', () => {
  it('whole and once, in parts of any size, without leftovers of attempts that died', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 7 }), fc.boolean(), async (history, limit, newestFirst) => {
        const chronicle = new Chronicle();
        const truth = await write(chronicle, history);
        const reader = readerOf(chronicle);
        const items = await whole(limit, (after) => reader.changes({ limit, newestFirst, ...after }));
        const wanted = expected(truth);
        expect(items.map(address)).toEqual(newestFirst ? wanted.reverse() : wanted);
      }),
      { numRuns: 100 },
    );
  });

  it('by page, kind and observed time, the parts still full', async () => {
    const time = fc.option(fc.nat(16).map(timeOf), { nil: undefined });
    const kinds = fc.subarray(['added', 'edited', 'removed', 'redated'] as const);
    await fc.assert(
      fc.asyncProperty(
        steps,
        fc.constantFrom(undefined, ...PAGES),
        kinds,
        time,
        time,
        fc.integer({ min: 1, max: 4 }),
        async (history, page, chosen, since, until, limit) => {
          const chronicle = new Chronicle();
          await write(chronicle, history);
          const reader = readerOf(chronicle);
          const filter: Partial<ChangesRequest> = {
            kinds: chosen,
            ...(page === undefined ? {} : { page }),
            ...(since === undefined ? {} : { since }),
            ...(until === undefined ? {} : { until }),
          };
          const all = await whole(500, (after) => reader.changes({ limit: 500, ...after }));
          const items = await whole(limit, (after) => reader.changes({ ...filter, limit, ...after }));
          const fits = (item: ChangeRecord) =>
            (page === undefined || item.pageId === page) &&
            (chosen.length === 0 || chosen.some((kind) => kind === item.kind)) &&
            (since === undefined || item.observedAt >= since) &&
            (until === undefined || item.observedAt < until);
          expect(items).toEqual(all.filter(fits));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('late additions alone, and all the others', async () => {
    const chronicle = new Chronicle();
    await chronicle.track('road');
    await chronicle.revise('road', timeOf(1), []);
    const add = (id: string, at: number, late: boolean) =>
      ({ kind: 'added', before: [], after: [{ id, at, text: id }], date: null, ...(late ? { late } : {}) }) as const;
    const changes = [add('p1', 0, false), add('p2', 1, true), add('p3', 2, false)];
    await chronicle.revise(
      'road',
      timeOf(2),
      ['p1', 'p2', 'p3'].map((id) => ({ id, text: id })),
      { changes },
    );
    const reader = readerOf(chronicle);
    const seqs = async (late: boolean) => (await reader.changes({ late, limit: 9 })).items.map(({ seq }) => seq);
    expect(await seqs(true)).toEqual([1]);
    expect(await seqs(false)).toEqual([0, 2]);
  });

  it('with a mark on those that a parser upgrade made', async () => {
    const chronicle = new Chronicle();
    await chronicle.track('road');
    await chronicle.revise('road', timeOf(1), []);
    await chronicle.revise('road', timeOf(2), [{ id: 'p1', text: 'News.' }]);
    await chronicle.revise('road', timeOf(3), [{ id: 'p1', text: 'News!' }], { revision: { technical: true } });
    const { items } = await readerOf(chronicle).changes({ limit: 9 });
    expect(items.map(({ kind, technical }) => [kind, technical])).toEqual([
      ['added', false],
      ['edited', true],
    ]);
  });

  it('with the heads of those pages alone that have changes among them, each once', async () => {
    const chronicle = new Chronicle();
    await chronicle.track('road');
    await chronicle.track('rail');
    await chronicle.revise('rail', timeOf(1), [{ id: 'p1', text: 'Trains ran late.', date: '2022-01-02' }]);
    await chronicle.revise('road', timeOf(1), []);
    await chronicle.revise(
      'road',
      timeOf(2),
      Array.from({ length: 40 }, (_, at) => ({ id: `p${at}`, text: `${at}` })),
    );
    const asked: (readonly string[])[] = [];
    const { changes, chunks } = chronicle.history;
    const heads = async (ids: readonly string[]) => {
      asked.push(ids);
      return chronicle.history.heads(ids);
    };
    const nothing = { objects: chronicle.objects, now: () => timeOf(9) };
    const reader = createReader({ ...nothing, history: { ...unused(chronicle.history), changes, chunks, heads } });
    expect((await reader.changes({ limit: 100 })).items).toHaveLength(40);
    expect(asked).toEqual([['road']]);
  });
});

describe('a cursor of changes', () => {
  it('is refused from other listings', async () => {
    const chronicle = new Chronicle();
    await write(chronicle, [
      { page: 'alpha', crashed: false, paragraphs: [] },
      {
        page: 'alpha',
        crashed: false,
        paragraphs: [
          { id: 'p1', text: 'x' },
          { id: 'p2', text: 'y' },
        ],
      },
    ]);
    const reader = readerOf(chronicle);
    const forged = Buffer.from('{"_":"changes","store":null,"page":"alpha","revision":2,"id":"no","seq":0}').toString(
      'base64url',
    );
    for (const after of ['?', forged]) {
      await expect(reader.changes({ limit: 1, after })).rejects.toMatchObject({ code: 'bad-cursor' });
    }
  });

  it('continues while revisions are added, without gaps or repetitions', async () => {
    const chronicle = new Chronicle();
    await chronicle.track('road');
    await chronicle.revise('road', timeOf(1), []);
    await chronicle.revise('road', timeOf(2), [
      { id: 'p1', text: 'a' },
      { id: 'p2', text: 'b' },
    ]);
    const reader = readerOf(chronicle);
    const first = await reader.changes({ limit: 1 });
    await chronicle.revise('road', timeOf(3), [{ id: 'p1', text: 'a' }]);
    const rest = await reader.changes({ limit: 9, after: first.next ?? '' });
    expect([...first.items, ...rest.items].map(({ revision, seq }) => [revision, seq])).toEqual([
      [2, 0],
      [2, 1],
      [3, 0],
    ]);
  });
});
