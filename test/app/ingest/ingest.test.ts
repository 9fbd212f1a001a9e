import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { ingest } from '#app/ingest/ingest.ts';
import { findCapture, loadBody, storeCapture } from '#app/objects/captures.ts';
import { storeDocument } from '#app/objects/documents.ts';
import type { Observation } from '#app/ports.ts';
import { advance } from '#core/history/advance.ts';
import { readPage } from '#core/reading.ts';
import { summarize } from '#core/schedule/summary.ts';
import { chroniclePage, REPORTS } from '../../support/sample-pages.ts';
import { openStore, openWorld, PAGE, type Store, textOf, World } from '../world.ts';

let store: Store;
let world: World;
const five = REPORTS.slice(0, 5);

beforeEach(async () => {
  ({ store, world } = await openWorld(chroniclePage(five)));
  return () => store.close();
});

/** Fails where a list does not show the head and the health that are stored. */
async function expectListed(): Promise<void> {
  const [head, health] = [await store.history.head(PAGE.id), await store.history.health(PAGE.id)];
  const { items } = await store.history.pages({ limit: 10 });
  expect(items.find(({ page }) => page.id === PAGE.id)?.summary).toEqual(summarize(head, health));
}

describe('first sight', () => {
  it('makes revision 1 of everything, reports no change and alerts nobody', async () => {
    const { results, alerts } = await world.turn();
    expect(results).toMatchObject([{ outcome: 'first', changes: [], revision: { number: 1, previous: null } }]);
    expect(alerts).toEqual([]);
    await expectListed();
    expect(await textOf(store)).toEqual([...five]);
    expect(await store.history.alerts(PAGE.id)).toMatchObject([{ sent: false }]);
  });

  it('dates every report on the timeline', async () => {
    await world.turn();
    const { items } = await store.history.timeline({ pageId: PAGE.id, limit: 50 });
    const days = items.map((entry) => entry.date);
    expect(days).toEqual(['2022-01-03', '2022-01-05', '2022-01-07', '2022-01-08', '2022-01-10']);
    expect(items.every((entry) => entry.present)).toBe(true);
  });

  it('keeps the capture raw, under the job that asked for it, with its headers', async () => {
    const { observations } = await world.turn();
    const [id = ''] = await world.captureIds();
    const capture = await findCapture(store.objects, PAGE.id, id);
    expect(capture).toMatchObject({
      status: 200,
      url: PAGE.url,
      headers: { 'content-type': 'text/html; charset=utf-8' },
    });
    expect(observations[0]).toMatchObject({ kind: 'captured', captureId: id });
    if (capture === null) return;
    expect(Buffer.from(await loadBody(store.objects, capture))).toEqual(Buffer.from(chroniclePage(five)));
  });
});

describe('nothing new', () => {
  it('records only a check for a 304: no capture, no revision, no alert', async () => {
    await world.turn();
    const before = await store.history.check(PAGE.id);
    const { results, observations, alerts } = await world.after(6);
    expect(observations).toMatchObject([{ kind: 'unchanged', full: false }]);
    expect(results).toMatchObject([{ outcome: 'unchanged', revision: null }]);
    expect(alerts).toEqual([]);
    expect(await world.captureIds()).toHaveLength(1);
    const after = await store.history.check(PAGE.id);
    expect(after?.lastCheckedAt).toBe(observations[0]?.observedAt);
    expect(after?.lastFullAt).toBe(before?.lastFullAt);
  });

  it('asks for the full body once a day, and recognises the same bytes', async () => {
    await world.turn();
    const { observations } = await world.tomorrow();
    expect(world.site.requests.at(-1)).toMatchObject({ full: true });
    expect(observations).toMatchObject([{ kind: 'unchanged', full: true }]);
    expect(await world.captureIds()).toHaveLength(1);
    expect((await store.history.check(PAGE.id))?.lastFullAt).toBe(observations[0]?.observedAt);
  });

  it('keeps a capture that differs only by noise, without a revision', async () => {
    await world.turn();
    world.shows(chroniclePage(five, { noise: '1742' }));
    const { results, alerts } = await world.tomorrow();
    expect(results).toMatchObject([{ outcome: 'unchanged', revision: null, changes: [] }]);
    expect(alerts).toEqual([]);
    expect(await world.captureIds()).toHaveLength(2);
    expect((await store.history.head(PAGE.id))?.revision).toBe(1);
    const { observations } = await world.after(6);
    expect(observations).toMatchObject([{ kind: 'unchanged', full: false }]);
  });
});

describe('changes', () => {
  it('makes a revision of two new paragraphs, and alerts of both', async () => {
    await world.turn();
    world.shows(chroniclePage(REPORTS.slice(0, 7)));
    const { results, alerts } = await world.tomorrow();
    expect(results[0]?.outcome).toBe('revision');
    expect(results[0]?.changes.map((change) => [change.kind, change.after[0]?.text])).toEqual([
      ['added', REPORTS[5]],
      ['added', REPORTS[6]],
    ]);
    expect(alerts).toMatchObject([{ topic: 'news', pageId: PAGE.id }]);
    expect(alerts[0]?.text).toContain(REPORTS[6]);
    expect(await textOf(store)).toEqual(REPORTS.slice(0, 7));
  });

  it('calls a changed number an edit of facts and keeps the paragraph itself', async () => {
    await world.turn();
    const edited = five.map((text) => text.replace('31 metres', '34 metres'));
    world.shows(chroniclePage(edited));
    const { results } = await world.tomorrow();
    expect(results[0]?.changes).toMatchObject([{ kind: 'edited', substance: 'facts' }]);
    const [change] = results[0]?.changes ?? [];
    expect(change?.before[0]?.id).toBe(change?.after[0]?.id);
    expect(await textOf(store)).toEqual(edited);
  });

  it('records a removed paragraph, and removes it from its day', async () => {
    await world.turn();
    world.shows(chroniclePage(five.filter((_, at) => at !== 2)));
    const { results, alerts } = await world.tomorrow();
    expect(results[0]?.changes).toMatchObject([{ kind: 'removed', before: [{ text: five[2] }], after: [] }]);
    expect(alerts).toHaveLength(1);
    const { items } = await store.history.timeline({ pageId: PAGE.id, from: '2022-01-07', to: '2022-01-07', limit: 9 });
    expect(items.map((entry) => [entry.revision, entry.present])).toEqual([
      [1, true],
      [2, false],
    ]);
  });

  it('records the revision that the page returned to', async () => {
    await world.turn();
    world.shows(chroniclePage(REPORTS.slice(0, 6)));
    await world.tomorrow();
    world.shows(chroniclePage(five));
    const { results } = await world.tomorrow();
    expect(results).toMatchObject([{ outcome: 'revision', revision: { number: 3, revertedTo: 1 } }]);
    expect((await store.history.revisions(PAGE.id)).map((revision) => revision.previous)).toEqual([
      null,
      ...(await store.history.revisions(PAGE.id)).slice(0, 2).map((revision) => revision.id),
    ]);
  });

  it('recognises a paragraph that comes back after it was removed', async () => {
    await world.turn();
    const [{ id } = { id: '' }] = (
      await store.history.timeline({ pageId: PAGE.id, from: '2022-01-07', limit: 1 })
    ).items.map((entry) => ({ id: entry.paragraphId }));
    world.shows(chroniclePage(five.filter((_, at) => at !== 2)));
    await world.tomorrow();
    world.shows(chroniclePage([...five, REPORTS[5]]));
    const { results } = await world.tomorrow();
    const restored = results[0]?.changes.find((change) => change.kind === 'restored');
    expect(restored?.after[0]).toMatchObject({ id, text: five[2] });
  });
});

describe('doing it again changes nothing', () => {
  it('stays the same when every observation is repeated, in any order', async () => {
    const seen: Observation[] = [];
    for (const body of [five, REPORTS.slice(0, 6), REPORTS.slice(0, 7), five]) {
      world.shows(chroniclePage(body));
      seen.push(...(await world.tomorrow()).observations);
    }
    seen.push(...(await world.after(6)).observations);
    await expectListed();
    const before = await snapshot();
    for (const observation of [...seen.reverse(), ...seen]) {
      expect(await ingest(world.ingestDeps, observation)).toEqual([]);
    }
    expect(await snapshot()).toEqual(before);
  });

  it("ignores a slower worker's capture that was judged before", async () => {
    await world.turn();
    const [first] = (await world.captureIds()) as [string];
    world.shows(chroniclePage(REPORTS.slice(0, 6)));
    await world.tomorrow();
    const before = await snapshot();
    const { ingestCapture } = await import('#app/ingest/ingest-capture.ts');
    const capture = await findCapture(store.objects, PAGE.id, first);
    expect(capture).not.toBeNull();
    if (capture !== null) expect(await ingestCapture(world.ingestDeps, PAGE, capture)).toBeNull();
    expect(await snapshot()).toEqual(before);
  });

  const snapshot = async () => ({
    head: await store.history.head(PAGE.id),
    health: await store.history.health(PAGE.id),
    check: await store.history.check(PAGE.id),
    revisions: await store.history.revisions(PAGE.id),
    timeline: await store.history.timeline({ pageId: PAGE.id, limit: 500 }),
  });
});

describe('a parser upgrade is not news', () => {
  it('re-reads the capture of the head first: no alert for what only the parser sees, ids kept', async () => {
    await world.turn();
    const before = await store.history.timeline({ pageId: PAGE.id, limit: 50 });
    world.parser = '2';
    world.shows(chroniclePage(REPORTS.slice(0, 6)));
    const { results, alerts } = await world.tomorrow();
    expect(results).toMatchObject([{ outcome: 'revision', changes: [{ kind: 'added' }] }]);
    expect(alerts).toHaveLength(1);
    expect((await store.history.head(PAGE.id))?.parser).toBe('2');
    const after = await store.history.timeline({ pageId: PAGE.id, limit: 50 });
    for (const entry of before.items) expect(after.items).toContainEqual(entry);
  });

  it('records changes that only the new parser made as a technical revision, without an alert, and keeps ids', async () => {
    await world.turn();
    const old = await anOlderParserSaw(five.slice(0, 4));
    world.parser = '2';
    world.shows(chroniclePage(REPORTS.slice(0, 6)));
    const { results, alerts } = await world.tomorrow();
    const revisions = await other.history.revisions(PAGE.id);
    expect(revisions.map((revision) => [revision.number, revision.technical, revision.parser])).toEqual([
      [1, false, '1'],
      [2, true, '2'],
      [3, false, '2'],
    ]);
    expect(results).toMatchObject([{ outcome: 'revision', revision: { number: 3 } }]);
    expect(alerts.map((alert) => alert.key)).toEqual([expect.stringContaining('/revision/3/')]);
    const technical = (await other.history.alerts(PAGE.id)).find((record) => record.key.includes('/revision/2/'));
    expect(technical).toMatchObject({ sent: false, suppressed: [{ seq: 0, reason: 'technical' }] });
    expect(await other.history.changesOf(PAGE.id, 2)).toMatchObject([{ kind: 'added', after: [{ text: five[4] }] }]);
    const ids = (await other.history.timeline({ pageId: PAGE.id, limit: 50 })).items
      .filter((entry) => entry.revision === 1)
      .map((entry) => entry.paragraphId);
    expect(ids).toEqual(old);
  });

  let other: Store;

  /** Replaces the world by one whose head was made by a parser that overlooked the last paragraphs. */
  async function anOlderParserSaw(texts: readonly string[]): Promise<string[]> {
    const [id = ''] = await world.captureIds();
    const capture = await findCapture(store.objects, PAGE.id, id);
    if (capture === null) throw new Error('no capture');
    other = await openStore();
    onTestFinished(() => other.close());
    world = new World(other);
    const body = await loadBody(store.objects, capture);
    world.shows(body);
    await world.plan();
    const { article, dated } = readPage(body, {
      contentType: 'text/html',
      url: PAGE.url,
      observedAt: capture.fetchedAt,
    });
    const sighting = {
      page: PAGE,
      capture,
      title: article.title,
      period: dated.period,
      charset: article.charset,
      lastModified: null,
    };
    const blocks = dated.blocks.filter((block) => block.kind !== 'paragraph' || texts.includes(block.text));
    const made = advance(null, { ...sighting, blocks }, { parser: '1', technical: false, confirmed: false });
    if (made === null) throw new Error('no revision');
    const { id: _, sha256: __, bytes: ___, ...meta } = capture;
    await storeCapture(other.objects, capture.id, meta, body, null);
    await storeDocument(other.objects, made.revision, made.documentJson);
    await other.history.append(made);
    await other.history.flipHead(made.head, null);
    await world.turn();
    return made.timeline.map((entry) => entry.paragraphId);
  }
});
