import { describe, expect, it } from 'vitest';
import type { ParagraphState } from '#core/history/types.ts';
import type { Bench } from '../history-store.ts';
import { freshPage, incompressible, readAll, sampleItems, sampleRevision, sampleState } from '../samples.ts';

const at = (after: string | undefined) => (after === undefined ? {} : { after });
const places = (states: readonly ParagraphState[]) =>
  states.map(({ paragraphId, revision }) => `${paragraphId} ${revision}`);

export function declareStates(bench: Bench): void {
  describe('states of paragraphs', () => {
    it('are those of one paragraph in the order of the revisions, of every attempt', async () => {
      const store = bench.store();
      const page = freshPage();
      const died = sampleRevision(page, 10, { title: 'of an attempt that died' });
      for (const revision of [sampleRevision(page, 10), sampleRevision(page, 2), died]) {
        const states = [sampleState(revision, 'a'), sampleState(revision, 'a-b'), sampleState(revision, 'ab')];
        await store.append(sampleItems({ revision, states }));
      }
      const { items, next } = await store.states(page, { paragraphId: 'a', limit: 10 });
      expect(next).toBeNull();
      expect(places(items)).toEqual(['a 2', 'a 10', 'a 10']);
      expect(items[0]).toEqual(sampleState(sampleRevision(page, 2), 'a'));
      const newest = await store.states(page, { paragraphId: 'a', newestFirst: true, limit: 10 });
      expect(newest.items).toEqual([...items].reverse());
      expect((await store.states(page, { paragraphId: 'b', limit: 10 })).items).toEqual([]);
      expect((await store.states(`${page}-01`, { paragraphId: 'a', limit: 10 })).items).toEqual([]);
    });

    it('are those up to a revision where one is named', async () => {
      const store = bench.store();
      const page = freshPage();
      for (const number of [1, 2, 11]) {
        const revision = sampleRevision(page, number);
        await store.append(sampleItems({ revision, states: [sampleState(revision, 'a')] }));
      }
      const upTo = async (number: number) =>
        places((await store.states(page, { paragraphId: 'a', upTo: number, newestFirst: true, limit: 10 })).items);
      expect(await upTo(0)).toEqual([]);
      expect(await upTo(2)).toEqual(['a 2', 'a 1']);
      expect(await upTo(10)).toEqual(['a 2', 'a 1']);
      expect(await upTo(11)).toEqual(['a 11', 'a 2', 'a 1']);
    });

    it('are read in parts, each once, those of a paragraph together', async () => {
      const store = bench.store();
      const page = freshPage();
      const ids = Array.from({ length: 7 }, (_, index) => `p${index}`);
      for (const number of [1, 2, 3]) {
        const revision = sampleRevision(page, number);
        await store.append(sampleItems({ revision, states: ids.map((id) => sampleState(revision, id)) }));
      }
      const all = await readAll((after) => store.states(page, { limit: 4, ...at(after) }));
      expect(places(all)).toEqual(ids.flatMap((id) => [1, 2, 3].map((number) => `${id} ${number}`)));
    });

    it('may be of a megabyte', async () => {
      const store = bench.store();
      const page = freshPage();
      const revision = sampleRevision(page, 1);
      const long = sampleState(revision, 'long', { text: incompressible(350_000) });
      await store.append(sampleItems({ revision, states: [long] }));
      const [found] = (await store.states(page, { paragraphId: 'long', limit: 1 })).items;
      expect(found?.text === long.text).toBe(true);
    });
  });
}
