import { describe, expect, it } from 'vitest';
import { rebuild } from '#app/history/rebuild.ts';
import { carryOut, isMade, planImport } from '#app/import/import.ts';
import { ImportRun, noteImport } from '#app/import/run.ts';
import { takeIn } from '#app/import/take-in.ts';
import type { ForeignCapture, ImportDeps } from '#app/import/types.ts';
import { notifyPage } from '#app/notify/notify.ts';
import { verify } from '#app/verify/verify.ts';
import { DEFAULT_RULES } from '#core/alerts/rules.ts';
import type { Alert } from '#core/alerts/types.ts';
import { DEFAULT_HEALTH_POLICY } from '#core/health/step.ts';
import { summarize } from '#core/schedule/summary.ts';
import { blockPage, chroniclePage } from '../../support/sample-pages.ts';
import { eventfulCaptures, PAGE, reports, type Seen, Watched } from '../../support/watched.ts';

const now = () => new Date('2023-01-01T00:00:00Z');
const depsOf = ({ history, objects }: Watched): ImportDeps => ({
  history,
  objects,
  parser: '1',
  policy: DEFAULT_HEALTH_POLICY,
  now,
});

const foreign = ({ at, body, status = 200, headers }: Seen): ForeignCapture => ({
  id: null,
  url: PAGE.url,
  finalUrl: PAGE.url,
  fetchedAt: new Date(at).toISOString(),
  status,
  headers: headers ?? { 'content-type': 'text/html; charset=utf-8' },
  body,
});

async function imported(store: Watched, all: readonly Seen[]) {
  const deps = depsOf(store);
  const ids = new Set<string>();
  for (const seen of all) ids.add((await takeIn(store.objects, PAGE.id, foreign(seen))).id);
  const plan = await planImport(deps, PAGE.id, ids);
  let last = null;
  for await (const step of carryOut(deps, PAGE, plan)) last = step;
  return { plan, last };
}

async function faults({ history, objects }: Watched): Promise<string[]> {
  const found: string[] = [];
  for await (const event of verify({ history, objects, parser: '1', expires: false })) {
    if (event.type === 'finding') found.push(`${event.finding.where}: ${event.finding.problem}`);
  }
  return found;
}

async function alertsOf({ history }: Watched): Promise<Alert[]> {
  const sent: Alert[] = [];
  const notifier = { send: async (alert: Alert) => void sent.push(alert) };
  const log = { info: () => {}, warn: () => {} };
  await notifyPage(
    { history, channels: { console: notifier }, rules: DEFAULT_RULES, readerUrl: null, log, now },
    PAGE.id,
  );
  return sent;
}

const revisionsOf = async ({ history }: Watched) => history.revisions(PAGE.id);

describe('foreign captures', () => {
  it('make the same history as live checks, for a new page', async () => {
    const watched = await new Watched().seeAll(eventfulCaptures());
    const store = new Watched();
    const { plan, last } = await imported(store, eventfulCaptures());
    expect(plan).toMatchObject({ mode: 'first', captures: eventfulCaptures().length, revisions: 0 });
    expect(await revisionsOf(store)).toEqual(await revisionsOf(watched));
    expect(last?.head).toEqual(await store.history.head(PAGE.id));
    const summary = summarize(last?.head ?? null, await store.history.health(PAGE.id));
    expect(await store.history.check(PAGE.id)).toMatchObject({ retired: true, summary });
    expect(await alertsOf(store)).toEqual([]);
    expect(await faults(store)).toEqual([]);
  });

  it('come in any order of files: they are judged in the order of their times', async () => {
    const store = new Watched();
    await imported(store, [...eventfulCaptures()].reverse());
    const watched = await new Watched().seeAll(eventfulCaptures());
    expect(await revisionsOf(store)).toEqual(await revisionsOf(watched));
  });

  it('of one second are all kept once', async () => {
    const at = '2022-01-05T10:00:00Z';
    const twins = [4, 5, 6].map((count) => ({ at, body: chroniclePage(reports(count)) }));
    const store = new Watched();
    for (const run of [true, false]) {
      const taken = [];
      for (const seen of twins) taken.push(await takeIn(store.objects, PAGE.id, foreign(seen)));
      expect(taken.map(({ isNew }) => isNew)).toEqual([run, run, run]);
      expect(new Set(taken.map(({ id }) => id)).size).toBe(3);
    }
    await imported(store, twins);
    expect((await revisionsOf(store)).map((revision) => revision.paragraphs)).toHaveLength(3);
  });
});

describe('captures older than the history', () => {
  const all = eventfulCaptures();
  const half = Math.floor(all.length / 2);

  it('rebuild the history in order, as from live checks', async () => {
    const store = await new Watched().seeAll(all.slice(half));
    const before = await store.history.head(PAGE.id);
    const { plan } = await imported(store, all.slice(0, half));
    expect(plan).toMatchObject({ mode: 'remake', captures: all.length, revisions: before?.revision });
    const watched = await new Watched().seeAll(all);
    expect(await revisionsOf(store)).toEqual(await revisionsOf(watched));
    expect(await faults(store)).toEqual([]);
  });

  it('between two revisions rebuild it too', async () => {
    const store = await new Watched().seeAll(all.filter((_, at) => at % 2 === 0));
    await imported(
      store,
      all.filter((_, at) => at % 2 === 1),
    );
    const watched = await new Watched().seeAll(all);
    expect(await revisionsOf(store)).toEqual(await revisionsOf(watched));
    expect(await faults(store)).toEqual([]);
  });

  it('send no alert, and sent alerts keep their records', async () => {
    const store = await new Watched().seeAll(all.slice(0, 3));
    const sent = await alertsOf(store);
    expect(sent.length).toBeGreaterThan(0);
    await imported(store, [{ at: '2022-01-20T00:00:00Z', body: chroniclePage(reports(9)) }]);
    expect(await alertsOf(store)).toEqual([]);
    const records = await store.history.alerts(PAGE.id);
    expect(records.filter((record) => record.sent).map((record) => record.key)).toEqual(sent.map((alert) => alert.key));
    await imported(store, [{ at: '2021-12-20T00:00:00Z', body: chroniclePage(reports(2)) }]);
    expect(await alertsOf(store)).toEqual([]);
    // What is seen after that is news again.
    await store.see({ at: '2022-02-20T00:00:00Z', body: chroniclePage(reports(10)) });
    expect(await alertsOf(store)).toHaveLength(1);
  });

  it('stay invisible until all are judged: an interrupted import changes nothing', async () => {
    const store = await new Watched().seeAll(all.slice(half));
    const before = await store.history.head(PAGE.id);
    const timeline = await store.history.timeline({ pageId: PAGE.id, limit: 1_000 });
    const ids = new Set<string>();
    for (const seen of all.slice(0, half)) ids.add((await takeIn(store.objects, PAGE.id, foreign(seen))).id);
    const plan = await planImport(depsOf(store), PAGE.id, ids);
    for await (const step of carryOut(depsOf(store), PAGE, plan)) if (step.done === all.length - 1) break;
    expect(await store.history.head(PAGE.id)).toEqual(before);
    expect((await store.history.timeline({ pageId: PAGE.id, limit: 1_000 })).items.length).toBeGreaterThan(
      timeline.items.length,
    );
    expect(await faults(store)).toEqual([]);
    // All captures are stored, and yet the history is not made of them.
    expect(await isMade(depsOf(store), PAGE)).toBe(false);
    await imported(store, all.slice(0, half));
    expect(await isMade(depsOf(store), PAGE)).toBe(true);
    const watched = await new Watched().seeAll(all);
    expect(await revisionsOf(store)).toEqual(await revisionsOf(watched));
  });

  it('give the same history again when they are imported again', async () => {
    const store = await new Watched().seeAll(all.slice(half));
    await imported(store, all.slice(0, half));
    const once = await store.history.head(PAGE.id);
    await imported(store, all.slice(0, half));
    expect(await store.history.head(PAGE.id)).toEqual(once);
  });

  it('are part of a rebuilt history', async () => {
    const store = await new Watched().seeAll(all.slice(half));
    await imported(store, all.slice(0, half));
    const into = new Watched();
    const { history, objects } = into;
    const deps = { source: store.objects, history, objects, parser: '1', inUse: false, now };
    for await (const _ of rebuild(deps, new Map([[PAGE.id, PAGE]]))) {
      // To its end.
    }
    expect(await revisionsOf(into)).toEqual(await revisionsOf(store));
  });
});

describe('captures newer than the history', () => {
  it('are appended, and the next check follows them', async () => {
    const all = eventfulCaptures();
    const store = await new Watched().seeAll(all.slice(0, 5));
    const { plan } = await imported(store, all.slice(5));
    expect(plan).toMatchObject({ mode: 'append', captures: all.length - 5 });
    const watched = await new Watched().seeAll(all);
    expect(await revisionsOf(store)).toEqual(await revisionsOf(watched));
    expect((await store.history.check(PAGE.id))?.retired).toBe(false);
    expect(await faults(store)).toEqual([]);
    const next = { at: '2022-03-01T00:00:00Z', body: chroniclePage(reports(12)) };
    expect((await store.see(next))?.revision).toEqual((await watched.see(next))?.revision);
  });
});

describe('a live revision without a sent alert', () => {
  const grown = (count: number, at: string): Seen => ({ at, body: chroniclePage(reports(count)) });

  async function seenAndDied(): Promise<Watched> {
    const store = await new Watched().seeAll([grown(4, '2022-01-10T10:00:00Z')]);
    await alertsOf(store);
    // The notifier dies before it comes to this one.
    await store.see(grown(5, '2022-01-11T10:00:00Z'));
    return store;
  }

  const summaries = (alerts: readonly Alert[]) =>
    alerts.map(({ data }) => [data.observedAt, (data.changes as readonly { kind: string }[]).map(({ kind }) => kind)]);

  it('is sent after an import of newer captures, without alerts for those', async () => {
    const store = await seenAndDied();
    await imported(store, [grown(6, '2022-01-12T10:00:00Z')]);
    expect(summaries(await alertsOf(store))).toEqual([['2022-01-11T10:00:00.000Z', ['added']]]);
    expect(await alertsOf(store)).toEqual([]);
    expect((await store.history.cursors(PAGE.id))[0]?.revision).toBe(3);
    const [records, revisions] = [await store.history.alerts(PAGE.id), await revisionsOf(store)];
    expect(records).toHaveLength(revisions.length);
    expect(await faults(store)).toEqual([]);
  });

  it('is sent after an import of older captures, under its new number', async () => {
    const store = await seenAndDied();
    await imported(store, [grown(2, '2022-01-08T10:00:00Z'), grown(3, '2022-01-09T10:00:00Z')]);
    expect(summaries(await alertsOf(store))).toEqual([['2022-01-11T10:00:00.000Z', ['added']]]);
    expect(await alertsOf(store)).toEqual([]);
    expect(await faults(store)).toEqual([]);
    await store.see(grown(8, '2022-01-20T00:00:00Z'));
    expect(await alertsOf(store)).toHaveLength(1);
  });

  it('gets a stored reason when an older capture has the same text, so that it is no revision any more', async () => {
    const store = await seenAndDied();
    const [, live] = await revisionsOf(store);
    await imported(store, [grown(5, '2022-01-10T18:00:00Z')]);
    expect(await alertsOf(store)).toEqual([]);
    const record = (await store.history.alerts(PAGE.id)).find(({ key }) => key.endsWith(live?.id.slice(0, 8) ?? '?'));
    expect(record).toMatchObject({ sent: false, suppressed: [{ seq: 0, reason: 'imported' }] });
  });

  it('keeps unsent transitions of health, and marks those of the imported captures', async () => {
    const store = await new Watched().seeAll([grown(4, '2022-01-10T10:00:00Z')]);
    await alertsOf(store);
    const blocked = (at: string): Seen => ({ at, body: blockPage(), status: 403 });
    for (const day of ['11', '12', '13', '14']) await store.see(blocked(`2022-01-${day}T10:00:00Z`));
    const seq = (await store.history.health(PAGE.id))?.seq;
    expect(seq).toBe(1);
    await imported(store, [grown(5, '2022-01-15T10:00:00Z')]);
    expect((await alertsOf(store)).map(({ data }) => data.kind)).toEqual(['down']);
    expect((await store.history.cursors(PAGE.id))[0]?.healthSeq).toBe((await store.history.health(PAGE.id))?.seq);
  });
});

describe('captures of one instant', () => {
  const at = '2022-01-05T10:00:00Z';
  const [a, b] = [4, 5].map((count) => ({ at, body: chroniclePage(reports(count)) })) as [Seen, Seen];

  it('keep their order: a text that came back within the second is a revision', async () => {
    const store = new Watched();
    const ids: string[][] = [];
    for (const run of [new ImportRun(now()), new ImportRun(now())]) {
      const taken = [];
      for (const seen of [a, b, b, a]) taken.push(await takeIn(store.objects, PAGE.id, foreign(seen), run));
      ids.push(taken.map(({ id }) => id));
    }
    expect(new Set(ids[0]).size).toBe(3);
    expect(ids[1]).toEqual(ids[0]);
    const plan = await planImport(depsOf(store), PAGE.id, new Set(ids[0]));
    for await (const _ of carryOut(depsOf(store), PAGE, plan)) {
      // To its end.
    }
    expect((await revisionsOf(store)).map(({ revertedTo }) => revertedTo)).toEqual([null, null, 1]);
  });
});

describe('captures that are stored already', () => {
  const all = eventfulCaptures();
  const deps = (store: Watched, parser: string) => ({ ...depsOf(store), parser });

  it('do not rebuild the history with a newer parser', async () => {
    const store = await new Watched().seeAll(all);
    const run = new ImportRun(now(), noteImport(store.history));
    for (const seen of all) expect((await takeIn(store.objects, PAGE.id, foreign(seen), run)).isNew).toBe(false);
    expect((await store.history.check(PAGE.id))?.importing).toBeUndefined();
    expect(await isMade(deps(store, '2'), PAGE)).toBe(true);
  });

  it('and were left unjudged by a crashed import rebuild it with any parser', async () => {
    const store = await new Watched().seeAll(all.slice(3));
    const run = new ImportRun(now(), noteImport(store.history));
    for (const seen of all.slice(0, 3)) await takeIn(store.objects, PAGE.id, foreign(seen), run);
    expect((await store.history.check(PAGE.id))?.importing).toBe(true);
    for (const parser of ['1', '2']) expect(await isMade(deps(store, parser), PAGE)).toBe(false);
    await imported(store, all.slice(0, 3));
    expect((await store.history.check(PAGE.id))?.importing).toBeUndefined();
    for (const parser of ['1', '2']) expect(await isMade(deps(store, parser), PAGE)).toBe(true);
  });
});
