import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { carryOut, planImport } from '#app/import/import.ts';
import { takeIn } from '#app/import/take-in.ts';
import { ingest } from '#app/ingest/ingest.ts';
import { captureId } from '#core/history/revision.ts';
import { chroniclePage } from '../../support/sample-pages.ts';
import { reports } from '../../support/watched.ts';
import { openWorld, PAGE, type Store, type World } from '../world.ts';

const page = (count: number) => chroniclePage(reports(count));

let store: Store;
let world: World;

beforeEach(async () => {
  ({ store, world } = await openWorld(page(4)));
  await world.turn();
});
afterEach(() => store.close());

/** Somebody else's capture, stored and judged. */
async function importOne(fetchedAt: string, count: number): Promise<void> {
  const { url } = PAGE;
  const headers = { 'content-type': 'text/html; charset=utf-8' };
  const body = page(count);
  const { id } = await takeIn(store.objects, PAGE.id, {
    id: null,
    url,
    finalUrl: url,
    fetchedAt,
    status: 200,
    headers,
    body,
  });
  const { parser, policy } = world.ingestDeps;
  const deps = { ...store, parser, policy, now: world.clock.now };
  const plan = await planImport(deps, PAGE.id, new Set([id]));
  for await (const _ of carryOut(deps, PAGE, plan)) {
    // To its end.
  }
}

const revisions = async () => (await store.history.revisions(PAGE.id)).map(({ paragraphs }) => paragraphs);
const check = async () => {
  const found = await store.history.check(PAGE.id);
  if (found === null) throw new Error('no check');
  return found;
};

describe('a page with a capture of a later name than its next ones', () => {
  it.each([
    ['that was taken while its job was due', 24],
    ['by a clock that is years ahead', 9 * 365 * 24],
  ])('%s is judged at every check, once', async (_, hours) => {
    const from = (await revisions())[0] ?? 0;
    const ahead = new Date(world.clock.now().getTime() + hours * 3_600_000).toISOString();
    await importOne(ahead, 5);
    for (const more of [2, 3, 4]) {
      world.shows(page(4 + more));
      const turn = await world.after(23);
      expect(turn.results.map(({ outcome }) => outcome)).toEqual(['revision']);
      expect(turn.alerts).toHaveLength(1);
      const [observation] = turn.observations;
      if (observation === undefined) throw new Error('nothing was observed');
      expect(await ingest(world.ingestDeps, observation)).toEqual([]);
    }
    expect(await revisions()).toEqual([0, 1, 2, 3, 4].map((more) => from + more));
    expect((await check()).lastCaptureId).toBe([await world.captureIds()].flat().sort().at(-1));
    // Nothing new, by a 304 or the known bytes, ends its job too.
    const before = await check();
    const same = await world.after(25);
    expect(same.results.map(({ outcome }) => outcome)).toEqual(['unchanged']);
    expect((await check()).dueAt).not.toBe(before.dueAt);
    expect((await check()).leasedUntil).toBeNull();
  });

  it('reports an overtaken capture', async () => {
    await importOne(new Date(world.clock.now().getTime() + 48 * 3_600_000).toISOString(), 5);
    world.shows(page(6));
    await world.after(25);
    expect(JSON.stringify(world.log)).toContain('overtaken');
  });

  it("does not repeat the import's judgement: the page gets a new job", async () => {
    world.shows(page(5));
    world.clock.advance({ hours: 25 });
    await world.plan();
    const [job] = world.fetchQueue.drain();
    if (job === undefined) throw new Error('nothing was due');
    const { fetchPage } = await import('#app/fetch/fetch.ts');
    const observation = await fetchPage(world.fetchDeps, job);
    world.ingestQueue.drain();
    // It dies here; then somebody imports newer captures.
    world.clock.advance({ hours: 3 });
    await importOne(world.clock.iso(), 6);
    const made = await revisions();
    expect(made).toHaveLength(3);
    if (observation === null) throw new Error('the job expired');
    expect(await ingest(world.ingestDeps, observation)).toEqual([]);
    expect(await revisions()).toEqual(made);
    expect(captureId((await check()).dueAt) > captureId(job.dueAt)).toBe(true);
  });
});
