import { describe, expect, it } from 'vitest';
import type { ObjectStore } from '#app/ports.ts';
import { type Tally, type VerifyEvent, verify } from '#app/verify.ts';
import { flipItem, flipObject, Random } from '../support/flips.ts';
import { eventfulCaptures, PAGE, Watched } from '../support/watched.ts';

async function outcome(store: Watched, objects: ObjectStore = store.objects, only: string | null = null, parser = '1') {
  const events: VerifyEvent[] = [];
  const deps = { history: store.history, objects, parser, expires: false };
  for await (const event of verify(deps, only)) events.push(event);
  const findings = events.flatMap((event) => (event.type === 'finding' ? [event.finding] : []));
  const last = events.at(-1);
  if (last?.type !== 'done') throw new Error('verify ended without a tally');
  return { findings, tally: last.tally as Tally };
}

describe('a sound store', () => {
  it('has nothing wrong with it, whatever the page went through', async () => {
    const store = await new Watched().seeAll(eventfulCaptures());
    const { findings, tally } = await outcome(store);
    expect(findings).toEqual([]);
    const head = await store.history.head(PAGE.id);
    expect(tally).toMatchObject({
      pages: 1,
      revisions: head?.revision,
      captures: eventfulCaptures().length,
      findings: 0,
    });
    expect(head?.revision).toBeGreaterThan(8);
    expect((await store.history.revisions(PAGE.id)).some((revision) => revision.confirmed)).toBe(true);
  });
});

describe('one flipped bit', () => {
  it('is found in any item: keys, index attributes, contents, sums', async () => {
    const store = await new Watched().seeAll(eventfulCaptures(3));
    const random = new Random(7);
    for (let count = 0; count < 60; count += 1) {
      const undo = flipItem(store.table, random);
      const { findings } = await outcome(store);
      expect(findings.length, undo.what).toBeGreaterThan(0);
      undo.undo();
    }
    expect((await outcome(store)).findings).toEqual([]);
  });

  it('is found in any object: captures, bodies, evidence, documents, notes and their names', async () => {
    const store = await new Watched().seeAll(eventfulCaptures(3));
    const random = new Random(11);
    for (let count = 0; count < 60; count += 1) {
      const { objects, what } = await flipObject(store.objects, random);
      const { findings } = await outcome(store, objects);
      expect(findings.length, what).toBeGreaterThan(0);
    }
  });
});
