import { describe, expect, it } from 'vitest';
import { PREFIX, pagePartition, SORT, timePartition } from '#adapters/aws/dynamodb/keys.ts';
import { summed } from '#adapters/aws/dynamodb/sum.ts';
import type { ObjectStore } from '#app/ports.ts';
import { type Tally, type VerifyEvent, verify } from '#app/verify/verify.ts';
import { chained, factsOf, sealed } from '#core/evidence/seal.ts';
import { canonicalJson } from '#core/history/canonical.ts';
import type { StoredCapture } from '#core/history/types.ts';
import { sampleChange, sampleEntry, sampleItems, sampleRevision } from '../../contracts/samples.ts';
import { flipItem, flipObject, Random } from '../../support/flips.ts';
import { eventfulCaptures, PAGE, Watched } from '../../support/watched.ts';

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
  it('has no finding after any history of a page', async () => {
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

  it('is found in any object: captures, bodies, evidence, documents, notes and their keys', async () => {
    const store = await new Watched().seeAll(eventfulCaptures(3));
    const random = new Random(11);
    for (let count = 0; count < 60; count += 1) {
      const { objects, what } = await flipObject(store.objects, random);
      const { findings } = await outcome(store, objects);
      expect(findings.length, what).toBeGreaterThan(0);
    }
  });
});

describe('a change by somebody who can compute the sums', () => {
  const written = async () => {
    const store = await new Watched().seeAll(eventfulCaptures(3));
    const find = (sk: string) => store.table.items().find((item) => String(item.sk).includes(sk)) ?? {};
    const replace = (item: Record<string, unknown>, from: string, to: string) => {
      expect(String(item.data)).toContain(from);
      store.table.damage(item, summed({ ...item, data: String(item.data).replace(from, to) }));
    };
    return { store, find, replace };
  };

  it('is found in a change, a timeline entry, a state of a paragraph, a revision record and the head: they do not follow from the captures', async () => {
    for (const [sk, from, to] of [
      [PREFIX.change, 'survey ship', 'survey boat'],
      ['2022-01-07#', 'divers', 'drivers'],
      [PREFIX.state, 'divers', 'drivers'],
      [`${PREFIX.revision}00000002`, '"technical":false', '"technical":true'],
      [SORT.head, '"period":"2022-01"', '"period":"2022-02"'],
    ] as const) {
      const { store, find, replace } = await written();
      const item =
        store.table.items().find((one) => String(one.sk).includes(sk) && String(one.data).includes(from)) ?? find(sk);
      replace(item, from, to);
      expect((await outcome(store)).findings.length, sk).toBeGreaterThan(0);
    }
  });

  it('is found in a capture: the revision names another record of it', async () => {
    const { store } = await written();
    const revision = await store.history.revision(PAGE.id, 2);
    const key = `captures/${PAGE.id}/${revision?.captureId}.json`;
    const record = JSON.parse(Buffer.from((await store.objects.get(key)) ?? []).toString()) as StoredCapture;
    const forged = sealed({ ...factsOf(record), headers: { ...record.headers, server: 'another' } });
    const bytes = Buffer.from(canonicalJson(chained(forged, record.previous)));
    const objects = {
      ...store.objects,
      get: async (asked: string) => (asked === key ? bytes : store.objects.get(asked)),
    };
    expect((await outcome(store, objects)).findings).toContainEqual({
      pageId: PAGE.id,
      where: 'revision 2',
      problem: 'it names another record of its capture',
    });
  });
});

describe('a missing item or object', () => {
  const without = (objects: ObjectStore, part: string): ObjectStore => ({
    ...objects,
    get: async (key) => (key.includes(part) ? null : objects.get(key)),
    async *list(prefix, after) {
      for await (const key of objects.list(prefix, after)) if (!key.includes(part)) yield key;
    },
  });

  it('is found: an entry, a state of a paragraph, a document, a kept body, the capture of a revision', async () => {
    const store = await new Watched().seeAll(eventfulCaptures(3));
    const revision = await store.history.revision(PAGE.id, 2);
    for (const part of [
      `evidence/${revision?.sha256.slice(0, 2)}/${revision?.sha256}`,
      `${revision?.document}`,
      `${revision?.captureId}.json`,
    ]) {
      expect((await outcome(store, without(store.objects, part))).findings.length, part).toBeGreaterThan(0);
    }
    const isEntry = (pk: unknown) => String(pk).startsWith(timePartition(''));
    const isState = (_: unknown, sk: unknown) => String(sk).startsWith(PREFIX.state);
    for (const isWanted of [isEntry, isState]) {
      const item = store.table.items().find(({ pk, sk }) => isWanted(pk, sk)) ?? {};
      store.table.damage(item, summed({ pk: 'PART#gone', sk: 'x', packed: new Uint8Array(3) }));
      expect((await outcome(store)).findings.map(({ problem }) => problem)).toContain('it is missing');
    }
  });

  it('is found: the place by which the address of a revision finds it', async () => {
    const store = await new Watched().seeAll(eventfulCaptures(3));
    const revision = await store.history.revision(PAGE.id, 2);
    const place = store.table.items().find(({ sk }) => sk === `${PREFIX.place}${revision?.id}`) ?? {};
    store.table.lose(place);
    expect((await outcome(store)).findings).toEqual([
      { pageId: PAGE.id, where: `place of 2 ${revision?.id}`, problem: 'it is missing' },
    ]);
  });

  it('may have expired under a lifecycle rule, if no revision needs it', async () => {
    const store = await new Watched().seeAll(eventfulCaptures(3));
    const objects = without(store.objects, 'bodies/');
    const events: VerifyEvent[] = [];
    for await (const event of verify({ history: store.history, objects, parser: '1', expires: true }))
      events.push(event);
    expect(events.at(-1)).toMatchObject({ type: 'done', tally: { findings: 0 } });
    expect((events.at(-1) as { tally: Tally }).tally.expired).toBeGreaterThan(0);
    expect((await outcome(store, objects)).findings.length).toBeGreaterThan(0);
  });
});

describe('leftovers', () => {
  it('of a crashed attempt are counted, and no fault; only the named page is checked', async () => {
    const store = await new Watched().seeAll(eventfulCaptures(3));
    const head = await store.history.head(PAGE.id);
    const revision = sampleRevision(PAGE.id, (head?.revision ?? 0) + 1);
    await store.history.append(
      sampleItems({
        revision,
        changes: [sampleChange(revision, 0)],
        timeline: [sampleEntry(revision, 'p', '2022-01-05')],
      }),
    );
    const { findings, tally } = await outcome(store);
    expect(findings).toEqual([]);
    expect(tally.leftovers).toBe(5);
    await store.seeAll(eventfulCaptures(1), { ...PAGE, id: 'other' });
    const item = store.table.items().find((one) => one.pk === pagePartition('other') && one.sk === SORT.head) ?? {};
    store.table.damage(item, { ...item, revision: 99 });
    expect((await outcome(store, store.objects, PAGE.id)).findings).toEqual([]);
    expect((await outcome(store, store.objects, 'other')).findings.length).toBeGreaterThan(0);
  });

  it('include items written after the heads were read', async () => {
    const store = await new Watched().seeAll(eventfulCaptures(3));
    const late = eventfulCaptures(3).map((seen) => ({ ...seen, at: seen.at.replace('2022-01', '2022-03') }));
    let begun = false;
    const history = {
      ...store.history,
      async *audit() {
        if (!begun) await store.see(late[0] ?? { at: '', body: new Uint8Array() });
        begun = true;
        yield* store.history.audit();
      },
    };
    const events: VerifyEvent[] = [];
    for await (const event of verify({ history, objects: store.objects, parser: '1', expires: false }))
      events.push(event);
    expect(events.filter((event) => event.type === 'finding')).toEqual([]);
  });
});
