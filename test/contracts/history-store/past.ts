import { describe, expect, it } from 'vitest';
import type { Bench } from '../history-store.ts';
import {
  freshPage,
  incompressible,
  readAll,
  sampleChunk,
  sampleItems,
  sampleMark,
  samplePast,
  samplePlace,
  sampleRevision,
} from '../samples.ts';

const at = (after: string | undefined) => (after === undefined ? {} : { after });

export function declarePast(bench: Bench): void {
  describe('texts that left a page', () => {
    it('are found by their key, newest first, those of every attempt', async () => {
      const store = bench.store();
      const page = freshPage();
      const [two, ten, other] = [
        sampleRevision(page, 2),
        sampleRevision(page, 10),
        sampleRevision(page, 10, { title: 'of an attempt that died' }),
      ];
      for (const revision of [ten, two, other]) {
        const past = [
          samplePast(revision, 'key-a'),
          samplePast(revision, 'key-a', { seq: 1 }),
          samplePast(revision, 'key-b'),
        ];
        await store.append(sampleItems({ revision, past }));
      }
      const { items, next } = await store.pastTexts(page, 'key-a', { limit: 10 });
      expect(next).toBeNull();
      expect(items.map(({ revision }) => revision)).toEqual([10, 10, 10, 10, 2, 2]);
      expect(items.filter(({ revisionId }) => revisionId === two.id).map(({ seq }) => seq)).toEqual([1, 0]);
      expect(items.at(-1)).toEqual(samplePast(two, 'key-a'));
      expect((await store.pastTexts(page, 'key', { limit: 10 })).items).toEqual([]);
      expect((await store.pastTexts(`${page}-01`, 'key-a', { limit: 10 })).items).toEqual([]);
    });

    it('are read in parts, each once', async () => {
      const store = bench.store();
      const page = freshPage();
      const revisions = Array.from({ length: 23 }, (_, index) => sampleRevision(page, index + 1));
      for (const revision of revisions)
        await store.append(sampleItems({ revision, past: [samplePast(revision, 'k')] }));
      const all = await readAll((after) => store.pastTexts(page, 'k', { limit: 5, ...at(after) }));
      expect(all.map(({ revision }) => revision)).toEqual(revisions.map(({ number }) => number).reverse());
    });

    it('may be of a megabyte', async () => {
      const store = bench.store();
      const page = freshPage();
      const revision = sampleRevision(page, 1);
      const past = samplePast(revision, 'k');
      const long = { ...past, paragraph: { ...past.paragraph, text: incompressible(350_000) } };
      await store.append(sampleItems({ revision, past: [long] }));
      const [found] = (await store.pastTexts(page, 'k', { limit: 1 })).items;
      expect(found?.paragraph.text === long.paragraph.text).toBe(true);
    });
  });

  describe('marks of texts', () => {
    it('name every revision with a fingerprint, newest first', async () => {
      const store = bench.store();
      const page = freshPage();
      const revisions = [1, 2, 3, 12].map((number) =>
        sampleRevision(page, number, { fingerprint: number === 2 ? 'other' : 'same' }),
      );
      for (const revision of revisions) await store.append(sampleItems({ revision }));
      const { items } = await store.textMarks(page, 'same', { limit: 2 });
      expect(items).toEqual([...revisions].reverse().slice(0, 2).map(sampleMark));
      const all = await readAll((after) => store.textMarks(page, 'same', { limit: 1, ...at(after) }));
      expect(all.map(({ revision }) => revision)).toEqual([12, 3, 1]);
      expect((await store.textMarks(page, 'sam', { limit: 2 })).items).toEqual([]);
    });
  });

  describe('places of revisions', () => {
    it('are found by the whole id and by any beginning of it, those of every attempt', async () => {
      const store = bench.store();
      const page = freshPage();
      const ids = ['abcdef0123', 'abcdef01ff', 'abcdef02', '0bcdef01'].map((start) => start.padEnd(64, '7'));
      const revisions = ids.map((id, index) => ({ ...sampleRevision(page, index === 1 ? 1 : index + 1), id }));
      for (const revision of revisions) await store.append(sampleItems({ revision }));
      const [first, other] = revisions.map(samplePlace);
      expect(await store.places(page, ids[0] ?? '', 10)).toEqual([first]);
      expect(await store.places(page, 'abcdef01', 10)).toEqual([first, other]);
      expect(await store.places(page, 'abcdef01', 1)).toEqual([first]);
      expect(await store.places(page, 'abcdef03', 10)).toEqual([]);
      expect(await store.places(`${page}-01`, 'abcdef01', 10)).toEqual([]);
      expect(await store.places(freshPage(), ids[0] ?? '', 10)).toEqual([]);
    });
  });

  describe('chunks of a lineage', () => {
    it('are given as far as they exist, in no order', async () => {
      const store = bench.store();
      const page = freshPage();
      const chunks = [sampleChunk(page, 0), sampleChunk(page, 1), sampleChunk(page, 0, 2)];
      await store.append(sampleItems({ revision: sampleRevision(page, 1), chunks }));
      const missing = { ...sampleChunk(page, 0), name: 'abcdef01' };
      const found = await store.chunks(page, [...chunks, missing, sampleChunk(page, 7)]);
      expect(found).toHaveLength(3);
      expect(found).toEqual(expect.arrayContaining(chunks));
      expect(await store.chunks(page, [])).toEqual([]);
      expect(await store.chunks(freshPage(), chunks)).toEqual([]);
    });

    it('are given however many are asked for', async () => {
      const store = bench.store();
      const page = freshPage();
      const chunks = Array.from({ length: 130 }, (_, index) => sampleChunk(page, index));
      await store.append(sampleItems({ revision: sampleRevision(page, 1), chunks }));
      expect(await store.chunks(page, chunks)).toHaveLength(130);
    });
  });
}
