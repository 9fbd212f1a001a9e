import { describe, expect, it } from 'vitest';
import { carryOut, planImport } from '#app/import/import.ts';
import { ImportRun, noteImport } from '#app/import/run.ts';
import { takeIn } from '#app/import/take-in.ts';
import { findCapture, listCaptureIds } from '#app/objects/captures.ts';
import type { ObjectStore } from '#app/ports.ts';
import { type Finding, type Tally, verify } from '#app/verify/verify.ts';
import { chained, factsOf, sealed } from '#core/evidence/seal.ts';
import { DEFAULT_HEALTH_POLICY } from '#core/health/step.ts';
import { canonicalJson } from '#core/history/canonical.ts';
import type { StoredCapture } from '#core/history/types.ts';
import { chroniclePage } from '../../support/sample-pages.ts';
import { PAGE, reports, type Seen, Watched } from '../../support/watched.ts';

/** Days of January with so many reports each, and noise, so that every look leaves a capture. */
const seen = (day: number, count: number): Seen => ({
  at: `2022-01-${String(day).padStart(2, '0')}T10:00:00.000Z`,
  body: chroniclePage(reports(count), { noise: String(day) }),
});
const quiet = () => new Watched().seeAll([seen(10, 4), seen(11, 4), seen(12, 4), seen(13, 5)]);

async function capturesOf({ objects }: Watched): Promise<StoredCapture[]> {
  const all: StoredCapture[] = [];
  for await (const id of listCaptureIds(objects, PAGE.id)) {
    const capture = await findCapture(objects, PAGE.id, id);
    if (capture !== null) all.push(capture);
  }
  return all;
}

async function outcome({ history, objects, parser }: Watched, seenAs: ObjectStore = objects) {
  const findings: Finding[] = [];
  let tally: Readonly<Tally> | null = null;
  for await (const event of verify({ history, objects: seenAs, parser, expires: false })) {
    if (event.type === 'finding') findings.push(event.finding);
    if (event.type === 'done') tally = event.tally;
  }
  return { findings, forks: tally?.forks };
}

const keyOf = ({ id }: StoredCapture) => `captures/${PAGE.id}/${id}.json`;

/** The objects with another record of a capture in place of one, or with none. */
const replaced = (objects: ObjectStore, capture: StoredCapture, by: StoredCapture | null): ObjectStore => ({
  ...objects,
  get: async (key) => {
    if (key !== keyOf(capture)) return objects.get(key);
    return by === null ? null : Buffer.from(canonicalJson(by));
  },
  async *list(prefix, after) {
    for await (const key of objects.list(prefix, after)) if (by !== null || key !== keyOf(capture)) yield key;
  },
});

const forged = (capture: StoredCapture) =>
  chained(sealed({ ...factsOf(capture), headers: { ...capture.headers, server: 'another' } }), capture.previous);

describe('the chain of captures', () => {
  it('leads from each capture to the one before, and the check names the last', async () => {
    const store = await quiet();
    const captures = await capturesOf(store);
    const refs = captures.map(({ id, link }) => ({ id, link }));
    expect(captures.map(({ previous }) => previous)).toEqual([null, ...refs.slice(0, -1)]);
    const last = refs.at(-1);
    expect(await store.history.check(PAGE.id)).toMatchObject({ lastCaptureId: last?.id, lastCaptureLink: last?.link });
    expect(await outcome(store)).toEqual({ findings: [], forks: 0 });
  });

  it.each([1, 2])('shows that an unchanged capture is missing, which nothing else notices (%i)', async (index) => {
    const store = await quiet();
    const captures = await capturesOf(store);
    const [lost, next] = captures.slice(index);
    if (lost === undefined || next === undefined) throw new Error('there are too few captures');
    expect((await outcome(store, replaced(store.objects, lost, null))).findings).toEqual([
      { pageId: PAGE.id, where: `capture ${lost.id}`, problem: `it is missing, and capture ${next.id} names it` },
    ]);
  });

  it('shows an unchanged capture with another record, even with a seal and a link of its own', async () => {
    const store = await quiet();
    const [, capture, next] = await capturesOf(store);
    if (capture === undefined || next === undefined) throw new Error('there are too few captures');
    expect((await outcome(store, replaced(store.objects, capture, forged(capture)))).findings).toEqual([
      {
        pageId: PAGE.id,
        where: `capture ${capture.id}`,
        problem: `it is not the record that capture ${next.id} names`,
      },
    ]);
  });

  it('shows another record of the newest capture by the check', async () => {
    const store = await new Watched().seeAll([seen(10, 4), seen(11, 4)]);
    const capture = (await capturesOf(store)).at(-1);
    if (capture === undefined) throw new Error('there is no capture');
    expect((await outcome(store, replaced(store.objects, capture, forged(capture)))).findings).toEqual([
      { pageId: PAGE.id, where: 'check', problem: `it names another record of capture ${capture.id}` },
    ]);
  });

  it('may fork where older captures are imported: counted, and no fault', async () => {
    const store = await quiet();
    await imported(store, [seen(7, 2), seen(8, 3), seen(9, 3)]);
    const [first, second, third] = await capturesOf(store);
    // The first imported capture names the newest judged one, each further one the one before it.
    expect(first?.previous?.id).toBe('20220113T100000000Z');
    expect([second?.previous?.id, third?.previous?.id]).toEqual([first?.id, second?.id]);
    await store.see(seen(20, 6));
    expect(await outcome(store)).toEqual({ findings: [], forks: 1 });
  });

  it('is the same when an import is repeated after it ended early', async () => {
    const [whole, ended] = [await quiet(), await quiet()];
    const older = [seen(7, 2), seen(8, 3), seen(9, 3)];
    await imported(whole, older);
    await takeIn(ended.objects, PAGE.id, foreign(older[0]), new ImportRun(now(), noteImport(ended.history)));
    await imported(ended, older);
    expect(await capturesOf(ended)).toEqual(await capturesOf(whole));
  });
});

const now = () => new Date('2022-03-01T00:00:00.000Z');
const foreign = ({ at, body }: Seen = seen(1, 1)) => ({
  id: null,
  url: PAGE.url,
  finalUrl: PAGE.url,
  fetchedAt: at,
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body,
});

async function imported({ history, objects, parser }: Watched, all: readonly Seen[]): Promise<void> {
  const run = new ImportRun(now(), noteImport(history));
  const ids = new Set<string>();
  for (const one of all) ids.add((await takeIn(objects, PAGE.id, foreign(one), run)).id);
  const deps = { history, objects, parser, policy: DEFAULT_HEALTH_POLICY, now };
  for await (const _ of carryOut(deps, PAGE, await planImport(deps, PAGE.id, ids))) void _;
}
