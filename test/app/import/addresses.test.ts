import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carryOut, planImport } from '#app/import/import.ts';
import { takeIn } from '#app/import/take-in.ts';
import type { ImportDeps } from '#app/import/types.ts';
import { paragraphsOf } from '#app/objects/stored-text.ts';
import { createReader, type Reader, RevisionError } from '#app/read/reader.ts';
import { DEFAULT_HEALTH_POLICY } from '#core/health/step.ts';
import type { RevisionRecord } from '#core/history/types.ts';
import { eventfulCaptures, PAGE, type Seen, Watched } from '../../support/watched.ts';

const AT = '2023-01-01T00:00:00.000Z';
const all = eventfulCaptures();

async function importAll(store: Watched, captures: readonly Seen[]): Promise<void> {
  const { history, objects } = store;
  const deps: ImportDeps = { history, objects, parser: '1', policy: DEFAULT_HEALTH_POLICY, now: () => new Date(AT) };
  const ids = new Set<string>();
  for (const { at, body, status = 200, headers = { 'content-type': 'text/html; charset=utf-8' } } of captures) {
    const fetchedAt = new Date(at).toISOString();
    const foreign = { id: null, url: PAGE.url, finalUrl: PAGE.url, fetchedAt, status, headers, body };
    ids.add((await takeIn(objects, PAGE.id, foreign)).id);
  }
  for await (const _ of carryOut(deps, PAGE, await planImport(deps, PAGE.id, ids)));
}

const readerOf = ({ history, objects }: Watched) => createReader({ history, objects, now: () => AT });
const textsOf = async (reader: Reader, ref: number | { id: string }) =>
  paragraphsOf((await reader.revision(PAGE.id, ref)).text.pieces).map(({ text }) => text);

/** Seen live, imported later: which of the captures, by the bits of a number. */
async function twoHistories(live: number) {
  const isLive = (_: Seen, at: number) => ((live >> at) & 1) === 1;
  const store = await new Watched().seeAll(all.filter(isLive));
  const before = await store.history.revisions(PAGE.id);
  const texts = new Map<string, string[]>();
  for (const { id } of before) texts.set(id, await textsOf(readerOf(store), { id }));
  await importAll(
    store,
    all.filter((seen, at) => !isLive(seen, at)),
  );
  return { store, before, texts, after: await store.history.revisions(PAGE.id) };
}

const masks = fc.integer({ min: 1, max: 2 ** all.length - 1 });

describe('after an import of captures between those that were seen live', () => {
  it('an id gives the text that it gave before, or an error that says it was replaced, with the present one', async () => {
    await fc.assert(
      fc.asyncProperty(masks, async (live) => {
        const { store, before, texts, after } = await twoHistories(live);
        const reader = readerOf(store);
        const present = new Set(after.map(({ id }) => id));
        for (const record of before) {
          if (present.has(record.id)) {
            expect(await textsOf(reader, record)).toEqual(texts.get(record.id));
            continue;
          }
          const error = await reader.find(PAGE.id, { id: record.id }).catch((thrown: unknown) => thrown);
          if (!(error instanceof RevisionError)) throw error;
          expect([error.code, error.pageId]).toEqual(['superseded', PAGE.id]);
          const then = after.filter(({ observedAt }) => observedAt <= record.observedAt).at(-1);
          expect(error.revisions.map(({ id }) => id)).toEqual(then === undefined ? [] : [then.id]);
        }
      }),
      { numRuns: 12 },
    );
  });

  it('a number is marked if and only if it meant another revision before', async () => {
    await fc.assert(
      fc.asyncProperty(masks, async (live) => {
        const { store, before, after } = await twoHistories(live);
        const reader = readerOf(store);
        for (const { id, number } of after) {
          const other = before[number - 1] as RevisionRecord | undefined;
          const { record, renumberedAt } = await reader.find(PAGE.id, number);
          expect([record.id, renumberedAt]).toEqual([id, other === undefined || other.id === id ? null : AT]);
        }
      }),
      { numRuns: 12 },
    );
  });

  it('the marks of two imports are those of both', async () => {
    const store = await new Watched().seeAll(all.filter((_, at) => at !== 1 && at !== 4));
    await importAll(store, all.slice(4, 5));
    const first = (await store.history.check(PAGE.id))?.renumbered;
    expect(first).toEqual({ at: AT, from: 4, to: 9 });
    await importAll(store, all.slice(1, 2));
    expect((await store.history.check(PAGE.id))?.renumbered).toEqual({ at: AT, from: 2, to: 10 });
    await store.see({ ...(all[3] as Seen), at: '2022-03-01T00:00:00Z' });
    expect((await store.history.check(PAGE.id))?.renumbered).toEqual({ at: AT, from: 2, to: 10 });
  });

  it('an import of later captures marks nothing', async () => {
    const store = await new Watched().seeAll(all.slice(0, 5));
    await importAll(store, all.slice(5));
    expect(await store.history.check(PAGE.id)).not.toHaveProperty('renumbered');
  });
});
