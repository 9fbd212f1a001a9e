import { describe, expect, it } from 'vitest';
import { rebuild } from '#app/history/rebuild.ts';
import { notifyPage } from '#app/notify/notify.ts';
import { storeCapture } from '#app/objects/captures.ts';
import { acceptanceKey } from '#app/objects/documents.ts';
import type { ObjectStore, StoredRecord } from '#app/ports.ts';
import { type Finding, type Tally, type VerifyDeps, verify } from '#app/verify/verify.ts';
import { DEFAULT_RULES } from '#core/alerts/rules.ts';
import { DaybookError } from '#core/errors.ts';
import { captureId } from '#core/history/revision.ts';
import { blockPage, chroniclePage } from '../../support/sample-pages.ts';
import { eventfulCaptures, PAGE, reports, type Seen, Watched } from '../../support/watched.ts';

async function outcome(
  store: Watched,
  { history = store.history as VerifyDeps['history'], objects = store.objects } = {},
) {
  const findings: Finding[] = [];
  let tally: Tally | null = null;
  for await (const event of verify({ history, objects, parser: store.parser, expires: false })) {
    if (event.type === 'finding') findings.push(event.finding);
    if (event.type === 'done') tally = event.tally as Tally;
  }
  if (tally === null) throw new Error('verify ended without a tally');
  return { findings, places: findings.map(({ where }) => where), tally };
}

const notify = (store: Watched) =>
  notifyPage(
    {
      history: store.history,
      channels: { mail: { send: async () => {} } },
      rules: DEFAULT_RULES,
      readerUrl: null,
      log: { info: () => {}, warn: () => {} },
      now: () => new Date('2022-02-01T00:00:00.000Z'),
    },
    PAGE.id,
  );

/** A page that was blocked twice in the same words, lost most of its text for good, and whose alerts were sent at each step. */
async function watched(): Promise<Watched> {
  const store = new Watched();
  const blocked = [4, 6].map((hour) => ({ at: `2022-01-0${hour}T05:00:00.000Z`, body: blockPage(), status: 403 }));
  const all = [...eventfulCaptures(3), ...blocked].sort((a, b) => (a.at < b.at ? -1 : 1));
  for (const seen of all) {
    await store.see(seen);
    await notify(store);
  }
  return store;
}

type Stored = StoredRecord & { readonly where: string };

/** Every stored value with the place of its item: the keys are the store's own matter. */
async function storedIn(store: Watched): Promise<Stored[]> {
  const all: Stored[] = [];
  for await (const { where, record } of store.history.audit()) if (record !== null) all.push({ ...record, where });
  return all;
}

/** The store with items taken away, for as long as it is looked at. */
async function without(store: Watched, isLost: (stored: Stored) => boolean) {
  const places = new Set((await storedIn(store)).filter(isLost).map(({ where }) => where));
  const lost = store.table.items().filter(({ pk, sk }) => places.has(`${pk} ${sk}`));
  expect(lost.length).toBeGreaterThan(0);
  for (const item of lost) store.table.lose(item);
  const found = await outcome(store);
  for (const item of lost) store.table.damage(item, item);
  return found;
}

const hidden = (objects: ObjectStore, isHidden: (key: string) => boolean): ObjectStore => ({
  ...objects,
  get: async (key) => (isHidden(key) ? null : objects.get(key)),
  async *list(prefix, after) {
    for await (const key of objects.list(prefix, after)) if (!isHidden(key)) yield key;
  },
});

/** Kinds that follow from the captures: `verify` makes them once more. */
const FOLLOWS: ReadonlySet<string> = new Set<StoredRecord['kind']>([
  'revision',
  'change',
  'state',
  'entry',
  'past',
  'mark',
  'place',
  'chunk',
]);
const isOfRevision = (stored: StoredRecord, part = '') =>
  stored.kind === 'alert' && stored.value.key.includes(`/revision/${part}`);

describe('an item that follows from no other', () => {
  it('is reported as missing: quarantine, alerts, cursor, health, check, looks, head', async () => {
    const store = await watched();
    expect((await outcome(store)).findings).toEqual([]);
    const single = (await storedIn(store)).filter((stored) =>
      stored.kind === 'alert' ? isOfRevision(stored) : !FOLLOWS.has(stored.kind),
    );
    expect(new Set(single.map(({ kind }) => kind)).size).toBe(7);
    expect(single.filter(({ kind }) => kind === 'quarantine').length).toBeGreaterThan(3);
    expect(single.filter(({ kind }) => kind === 'alert').length).toBeGreaterThan(5);
    for (const { where } of single) {
      const { findings } = await without(store, (other) => other.where === where);
      expect(findings.length, where).toBeGreaterThan(0);
    }
    expect((await outcome(store)).findings).toEqual([]);
  });

  it('is reported under its name: the quarantined capture, the revision without an alert record', async () => {
    const store = await watched();
    const blocked = await without(
      store,
      ({ kind, value }) => kind === 'quarantine' && value.captureId === '20220106T050000000Z',
    );
    expect(blocked.places).toEqual(['quarantined capture 20220106T050000000Z']);
    const revision = await store.history.revision(PAGE.id, 3);
    const unsent = await without(store, (stored) => isOfRevision(stored, `3/${revision?.id.slice(0, 8)}`));
    expect(unsent.findings).toEqual([
      { pageId: PAGE.id, where: 'revision 3', problem: expect.stringContaining('alert record') },
    ]);
  });

  it('is reported when a page loses all of them: its items are no leftovers then', async () => {
    const store = await watched();
    for (const lost of [
      ['head'],
      ['head', 'cursor'],
      ['head', 'cursor', 'check'],
      ['head', 'cursor', 'check', 'health'],
    ]) {
      const { findings, tally } = await without(store, ({ kind }) => lost.includes(kind));
      expect(findings, lost.join()).toContainEqual({
        pageId: PAGE.id,
        where: 'head',
        problem: expect.stringContaining('missing'),
      });
      expect(tally.leftovers).toBe(0);
    }
  });

  it('is reported for a rebuilt page as well', async () => {
    const source = await watched();
    const store = new Watched();
    const deps = { source: source.objects, history: store.history, objects: store.objects, parser: '1', inUse: false };
    for await (const _ of rebuild({ ...deps, now: () => new Date('2022-03-01') }, new Map([[PAGE.id, PAGE]]))) void _;
    expect(await outcome(store)).toMatchObject({ findings: [], tally: { waiting: 0, leftovers: 0 } });
    expect((await without(store, ({ kind }) => kind === 'cursor')).places).toEqual(['cursor']);
    expect((await without(store, ({ kind }) => kind === 'alert')).places).toContain('revision 2');
  });
});

describe('the acceptance note of a capture', () => {
  it('must exist for a confirmed revision, since a rebuild needs it', async () => {
    const store = await watched();
    const confirmed = (await store.history.revisions(PAGE.id)).filter((revision) => revision.confirmed);
    expect(confirmed.length).toBeGreaterThan(0);
    for (const { number, captureId: id } of confirmed) {
      const objects = hidden(store.objects, (key) => key === acceptanceKey(PAGE.id, id));
      const { findings } = await outcome(store, { objects });
      expect(findings).toEqual([
        { pageId: PAGE.id, where: `revision ${number}`, problem: expect.stringContaining('note') },
      ]);
    }
  });
});

describe('what may be missing', () => {
  it('is the head of a page without an accepted capture, and the record of a pending alert', async () => {
    const store = new Watched();
    await store.see({ at: '2022-01-04T00:00:00.000Z', body: blockPage(), status: 403 });
    expect(await outcome(store)).toMatchObject({ findings: [], tally: { waiting: 0, leftovers: 0 } });
    await store.seeAll(eventfulCaptures(2));
    expect((await outcome(store)).findings).toEqual([]);
  });

  it('is the first head after a crash: its capture waits, its items are leftovers', async () => {
    const store = new Watched();
    const dying = Object.assign(new Watched(store.objects), { table: store.table });
    const { history } = store;
    Object.assign(dying, { history: { ...history, flipHead: async () => Promise.reject(new Error('ended')) } });
    await expect(dying.see(eventfulCaptures(1)[0] as Seen)).rejects.toThrow('ended');
    const { findings, tally } = await outcome(store);
    expect(findings).toEqual([]);
    expect(tally.waiting).toBe(1);
    expect(tally.leftovers).toBeGreaterThan(1);
  });
});

describe('unjudged captures', () => {
  const store = async (pageStore: Watched, at: string, body: Uint8Array, page = PAGE) => {
    const meta = { pageId: page.id, url: page.url, finalUrl: page.url, fetchedAt: at, status: 200 };
    await storeCapture(
      pageStore.objects,
      captureId(at),
      { ...meta, headers: { 'content-type': 'text/html' } },
      body,
      null,
    );
  };

  it('are counted and no fault: of a new page, newer than the last judged one, and older than it', async () => {
    const pageStore = await watched();
    await store(pageStore, '2022-01-20T00:00:00.000Z', chroniclePage(reports(20)));
    expect(await outcome(pageStore)).toMatchObject({ findings: [], tally: { waiting: 1 } });
    await store(pageStore, '2022-01-04T12:00:00.000Z', chroniclePage(reports(21)));
    expect(await outcome(pageStore)).toMatchObject({ findings: [], tally: { waiting: 2 } });
    await store(pageStore, '2021-01-04T12:00:00.000Z', chroniclePage(reports(3)));
    expect(await outcome(pageStore)).toMatchObject({ findings: [], tally: { waiting: 3 } });
    const other = { ...PAGE, id: 'never-judged' };
    await store(pageStore, '2022-01-20T00:00:00.000Z', chroniclePage(reports(6)), other);
    expect(await outcome(pageStore)).toMatchObject({ findings: [], tally: { waiting: 4, pages: 2 } });
  });

  it('are those of a page without an accepted capture too, and an overtaken one that the page waits for', async () => {
    const pageStore = new Watched();
    await pageStore.see({ at: '2022-01-04T00:00:00.000Z', body: blockPage(), status: 403 });
    await store(pageStore, '2022-01-02T00:00:00.000Z', chroniclePage(reports(6)));
    expect(await outcome(pageStore)).toMatchObject({ findings: [], tally: { waiting: 1 } });
    const check = await pageStore.history.check(PAGE.id);
    if (check === null) throw new Error('no check');
    await pageStore.history.putCheck({ ...check, dueAt: '2022-01-03T00:00:00.000Z' }, check);
    // The very bytes that were not believed before: kept, and all the same not judged yet.
    await store(pageStore, '2022-01-03T00:00:00.000Z', blockPage());
    expect(await outcome(pageStore)).toMatchObject({ findings: [], tally: { waiting: 2 } });
  });

  it('do not include those that equal their baseline, apart from noise', async () => {
    const pageStore = await watched();
    const { tally } = await outcome(pageStore);
    expect(tally.captures).toBeGreaterThan(tally.revisions + (await pageStore.history.quarantined(PAGE.id, 99)).length);
    expect(tally.waiting).toBe(0);
  });
});

describe('a store that is written to while it is verified', () => {
  it('may get captures, alerts and pages: the state at the beginning is sound', async () => {
    const store = await new Watched().seeAll(eventfulCaptures(3));
    const late = eventfulCaptures(3).map((seen) => ({ ...seen, at: seen.at.replace('2022-01', '2022-03') }));
    let turn = 0;
    const work = async () => {
      turn += 1;
      if (turn === 1) await notify(store);
      if (turn === 3) await store.see(late[0] as Seen);
      if (turn === 4) await store.seeAll(late.slice(0, 2), { ...PAGE, id: 'begun-since' });
      if (turn === 6) await store.see({ at: '2022-03-20T00:00:00.000Z', body: blockPage(), status: 403 });
      if (turn === 7) await notify(store);
    };
    const history: VerifyDeps['history'] = {
      ...store.history,
      async *audit() {
        for await (const item of store.history.audit()) {
          await work();
          yield item;
        }
      },
    };
    const objects: ObjectStore = {
      ...store.objects,
      async *list(prefix, after) {
        if (prefix === '') await store.see({ ...(late[3] as Seen), at: '2022-03-25T00:00:00.000Z' });
        yield* store.objects.list(prefix, after);
      },
    };
    expect((await outcome(store, { history, objects })).findings).toEqual([]);
    expect(turn).toBeGreaterThan(7);
  });
});

describe('an object that cannot be read', () => {
  it.each([
    ['refused by the store', () => new DaybookError('refused', { code: 'refused' })],
    ['on a bad block', () => Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO', syscall: 'read' })],
  ])('%s is a finding, and the rest is verified', async (_, error) => {
    const store = await watched();
    const revision = await store.history.revision(PAGE.id, 2);
    const objects: ObjectStore = {
      ...store.objects,
      get: async (key) => {
        if (key.includes(revision?.captureId ?? '?') && key.startsWith('captures/')) throw error();
        return store.objects.get(key);
      },
    };
    const { places, tally } = await outcome(store, { objects });
    expect(places).toEqual([`object captures/${PAGE.id}/${revision?.captureId}.json`, 'revision 2']);
    expect(tally.revisions).toBe((await store.history.head(PAGE.id))?.revision);
  });

  it('ends the verification when the store is not available', async () => {
    const store = await watched();
    const away = new DaybookError('away', { code: 'unavailable', retryable: true });
    const objects = { ...store.objects, get: async () => Promise.reject(away) };
    await expect(outcome(store, { objects })).rejects.toBe(away);
  });
});
