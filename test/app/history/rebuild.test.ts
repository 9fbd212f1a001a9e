import { describe, expect, it } from 'vitest';
import { type RebuildDeps, type RebuildProgress, rebuild } from '#app/history/rebuild.ts';
import { recordLooks } from '#app/history/record-looks.ts';
import type { ObjectStore } from '#app/ports.ts';
import { verify } from '#app/verify/verify.ts';
import { OBJECT_PREFIX } from '#core/names.ts';
import { ALL_DAYS } from '#core/schedule/looks.ts';
import { readAll } from '../../contracts/samples.ts';
import { createMemoryObjects } from '../../support/memory-objects.ts';
import { chroniclePage } from '../../support/sample-pages.ts';
import { eventfulCaptures, issues, PAGE, reports, Watched } from '../../support/watched.ts';

const now = () => new Date('2023-01-01T00:00:00Z');

async function rebuilt(
  source: Watched,
  into = new Watched(),
  pages = new Map([[PAGE.id, PAGE]]),
  more: Partial<RebuildDeps> = {},
) {
  const progress: RebuildProgress[] = [];
  const { history, objects } = into;
  const deps = { source: source.objects, history, objects, parser: '1', inUse: false, now, ...more };
  for await (const step of rebuild(deps, pages)) {
    progress.push(step);
  }
  return { into, progress };
}

/** The whole history of a page, without the times of writing. */
async function historyOf({ history }: Watched, pageId = PAGE.id) {
  const revisions = await history.revisions(pageId);
  const changes = [];
  for (const { number } of revisions) changes.push(...(await history.changesOf(pageId, number)));
  const timeline = await readAll((after) =>
    history.timeline({ pageId, limit: 50, ...(after === undefined ? {} : { after }) }),
  );
  const quarantined = await history.quarantined(pageId, 100);
  return { head: await history.head(pageId), revisions, changes, timeline, quarantined };
}

async function faults(store: Watched): Promise<string[]> {
  const found: string[] = [];
  const deps = { history: store.history, objects: store.objects, parser: '1', expires: false };
  for await (const event of verify(deps)) {
    if (event.type === 'finding') found.push(`${event.finding.where}: ${event.finding.problem}`);
  }
  return found;
}

/** The store without the bodies that a lifecycle rule would have expired. */
function expired(objects: ObjectStore): ObjectStore {
  return { ...objects, get: async (key) => (key.startsWith(OBJECT_PREFIX.bodies) ? null : objects.get(key)) };
}

describe('a history rebuilt from its captures', () => {
  it('has the same ids, revisions, changes, timeline and quarantine, and verifies', async () => {
    const original = await new Watched().seeAll(eventfulCaptures());
    const { into, progress } = await rebuilt(original);
    expect(await historyOf(into)).toEqual(await historyOf(original));
    expect(await faults(into)).toEqual([]);
    expect(progress.at(-1)).toMatchObject({ finished: true, done: eventfulCaptures().length, skipped: false });
  });

  it('recognises a rolling page from its captures alone', async () => {
    const page = { ...PAGE, rolling: true };
    const original = await new Watched().seeAll(issues(4), page);
    expect(await original.history.revisions(PAGE.id)).toHaveLength(4);
    const { into } = await rebuilt(original, new Watched(), new Map());
    expect(await historyOf(into)).toEqual(await historyOf(original));
    expect((await into.history.check(PAGE.id))?.page.rolling).toBe(true);
    expect(await faults(into)).toEqual([]);
  });

  it('treats a page as rolling when only some of its captures record it', async () => {
    const [first, ...others] = issues(4);
    const original = new Watched();
    if (first !== undefined) await original.see(first);
    await original.seeAll(others, { ...PAGE, rolling: true });
    const { into } = await rebuilt(original, new Watched(), new Map());
    expect(await into.history.revisions(PAGE.id)).toEqual(await original.history.revisions(PAGE.id));
  });

  it('is the same when rebuilt in place', async () => {
    const original = await new Watched().seeAll(eventfulCaptures());
    const { into } = await rebuilt(original, new Watched(original.objects));
    expect(await historyOf(into)).toEqual(await historyOf(original));
    expect(await faults(into)).toEqual([]);
  });

  it('accepts what was accepted before, although checks without a capture are not stored', async () => {
    const original = new Watched();
    const captures = eventfulCaptures();
    const confirmed = async (store: Watched) =>
      (await store.history.revisions(PAGE.id))
        .filter((revision) => revision.confirmed)
        .map(({ captureId }) => captureId);
    for (const [at, seen] of captures.entries()) {
      await original.see(seen);
      // A check that found nobody, between two sightings of the page's lasting loss: the count begins again.
      if (at === captures.length - 4) {
        const health = await original.history.health(PAGE.id);
        if (health === null) throw new Error('the page has no health');
        const state = { ...health.state, candidate: null };
        await original.history.flipHealth({ ...health, state, version: health.version + 1 }, health);
      }
    }
    const { into } = await rebuilt(original);
    expect(await confirmed(into)).toEqual(await confirmed(original));
    expect(await historyOf(into)).toEqual(await historyOf(original));
  });

  it('needs no body that may expire', async () => {
    const original = await new Watched().seeAll(eventfulCaptures());
    const source = new Watched(expired(original.objects));
    const { into } = await rebuilt(source);
    expect(await historyOf(into)).toEqual(await historyOf(original));
  });

  it('alerts nobody: the cursor has passed the last revision, every change has a reason', async () => {
    const { into } = await rebuilt(await new Watched().seeAll(eventfulCaptures()));
    const head = await into.history.head(PAGE.id);
    expect(await into.history.cursors(PAGE.id)).toMatchObject([{ channel: null, revision: head?.revision }]);
    const alerts = await into.history.alerts(PAGE.id);
    expect(alerts).toHaveLength(head?.revision ?? 0);
    expect(alerts.every((alert) => !alert.sent)).toBe(true);
    const changes = (await historyOf(into)).changes.length;
    expect(alerts.flatMap((alert) => alert.suppressed).map(({ reason }) => reason)).toEqual(
      Array(changes).fill('rebuilt'),
    );
  });

  it('leaves the page ready: the next capture is judged once, against the last revision', async () => {
    const original = await new Watched().seeAll(eventfulCaptures());
    const { into } = await rebuilt(original);
    const next = { at: '2022-03-01T00:00:00Z', body: chroniclePage(reports(12)) };
    const result = await into.see(next);
    expect(result?.outcome).toBe('revision');
    expect(result).toEqual(await original.see(next));
  });

  it('continues after an interruption: skips finished pages and repeats an unfinished one', async () => {
    const original = await new Watched().seeAll(eventfulCaptures());
    const other = { ...PAGE, id: 'zeta', url: 'https://chronicle.example/zeta.htm' };
    await original.seeAll(eventfulCaptures(2), other);
    const into = new Watched();
    const pages = new Map([PAGE, other].map((page) => [page.id, page]));
    let seen = 0;
    const deps = {
      source: original.objects,
      history: into.history,
      objects: into.objects,
      parser: '1',
      inUse: false,
      now,
    };
    for await (const step of rebuild(deps, pages)) {
      if (step.pageId === 'zeta' && ++seen === 5) break;
    }
    const { progress } = await rebuilt(original, into, pages);
    expect(progress.filter((step) => step.skipped).map((step) => step.pageId)).toEqual([PAGE.id]);
    expect(await historyOf(into)).toEqual(await historyOf(original));
    expect(await historyOf(into, 'zeta')).toEqual(await historyOf(original, 'zeta'));
    expect(await faults(into)).toEqual([]);
  });

  it('rebuilds a page that is not configured from its captures alone', async () => {
    const original = await new Watched().seeAll(eventfulCaptures());
    const { into } = await rebuilt(original, new Watched(createMemoryObjects()), new Map());
    expect((await into.history.head(PAGE.id))?.url).toBe(PAGE.url);
    expect((await historyOf(into)).revisions).toEqual((await historyOf(original)).revisions);
  });

  it('makes a finished page again when it has more captures since, without an alert', async () => {
    const all = eventfulCaptures();
    const original = await new Watched().seeAll(all.slice(0, 5));
    const { into } = await rebuilt(original);
    await original.seeAll(all.slice(5));
    const { progress } = await rebuilt(original, into);
    expect(progress.at(-1)).toMatchObject({ skipped: false });
    expect(await historyOf(into)).toEqual(await historyOf(original));
    const cursors = await into.history.cursors(PAGE.id);
    expect(cursors.map(({ revision }) => revision)).toEqual([(await original.history.head(PAGE.id))?.revision]);
    expect((await into.history.alerts(PAGE.id)).every((alert) => !alert.sent)).toBe(true);
    expect(await faults(into)).toEqual([]);
  });

  it('leaves later captures of a finished page to be judged with alerts where the store is in use', async () => {
    const all = eventfulCaptures();
    const original = await new Watched().seeAll(all.slice(0, 5));
    const { into } = await rebuilt(original);
    await original.seeAll(all.slice(5));
    const before = await into.history.head(PAGE.id);
    const { progress } = await rebuilt(original, into, undefined, { inUse: true });
    expect(progress).toMatchObject([{ skipped: true }]);
    expect(await into.history.head(PAGE.id)).toEqual(before);
  });

  it('takes over the looks that left no capture', async () => {
    const original = await new Watched().seeAll(eventfulCaptures());
    const check = await original.history.check(PAGE.id);
    const failed = { at: '2022-03-01T08:00:00.000Z', outcome: 'failed' } as const;
    const lastLook = await recordLooks(original.history, PAGE.id, [failed], check?.lastLook ?? null);
    const { into } = await rebuilt(original, new Watched(), undefined, { before: original.history });
    const plain = async ({ history }: Watched) =>
      (await history.looks(PAGE.id, ...ALL_DAYS)).map(({ version: _, ...day }) => day);
    expect(await plain(into)).toEqual(await plain(original));
    expect((await into.history.check(PAGE.id))?.lastLook).toEqual(lastLook);
    expect(await faults(into)).toEqual([]);
  });

  it('takes over what people were notified of: a page that is down, the odd links of a hub', async () => {
    const original = await new Watched().seeAll(eventfulCaptures());
    const health = await original.history.health(PAGE.id);
    if (health === null) throw new Error('the page has no health');
    const down = {
      ...health,
      state: { ...health.state, state: 'down' as const, reason: 'unreachable' as const, badChecks: 3 },
      seq: health.seq + 1,
      events: [...health.events, { seq: health.seq + 1, kind: 'down' as const, reason: null, detail: null, at: 'now' }],
      observedAt: '2022-06-01T00:00:00.000Z',
      oddLinks: ['https://chronicle.example/2022-13.htm'],
    };
    for (const [at, state] of [
      ['2022-06-01T00:00:00.000Z', 'down'],
      [health.observedAt, 'ok'],
    ] as const) {
      const before = { health: async () => ({ ...down, observedAt: at }), looks: original.history.looks };
      const { into } = await rebuilt(original, new Watched(), undefined, { before });
      const made = await into.history.health(PAGE.id);
      expect(made?.state.state).toBe(state);
      expect(made?.oddLinks).toEqual(down.oddLinks);
      expect((await into.history.cursors(PAGE.id)).map(({ healthSeq }) => healthSeq)).toEqual([made?.seq]);
      expect(await faults(into)).toEqual([]);
    }
  });
});
