import { describe, expect, it } from 'vitest';
import { backlog, MOST_PAGES } from '#app/doctor/backlog.ts';
import { storeFormat } from '#app/doctor/store.ts';
import { type PageSource, survey } from '#app/doctor/survey.ts';
import { StoreFormatError } from '#app/errors.ts';
import { storeCapture } from '#app/objects/captures.ts';
import { createReader } from '#app/read/reader.ts';
import { captureId } from '#core/history/revision.ts';
import type { PageSpec } from '#core/history/types.ts';
import { newCheck } from '#core/schedule/check.ts';
import { blockPage, chroniclePage } from '../../support/sample-pages.ts';
import { PAGE, reports, Watched } from '../../support/watched.ts';
import { page } from './pages.ts';

const NOW = '2022-01-10T12:00:00.000Z';
const ms = Date.parse(NOW);

function sourceOf({ history, objects }: Watched): PageSource {
  const reader = createReader({ history, objects, now: () => NOW });
  return {
    pages: (paging) => reader.pages(paging),
    page: (id) => reader.page(id),
    coverage: async (id) => (await reader.coverage(id, { limit: 31 })).items,
  };
}

const good = (at: string) => ({ at, body: chroniclePage(reports(4)) });
const walled = (at: string) => ({ at, body: blockPage(), status: 403 });

describe('the survey of a store', () => {
  it('takes a page that is well as believed at its last check', async () => {
    const store = await new Watched().seeAll([good('2022-01-10T11:00:00Z')]);
    expect(await survey(sourceOf(store))).toMatchObject([
      { id: PAGE.id, state: 'ok', lastBelievedAt: '2022-01-10T11:00:00.000Z', isUnpublished: false, status: null },
    ]);
  });

  it('finds when a page that is not well was last believed, and the status of the refusal', async () => {
    const seen = [good('2022-01-08T08:15:00Z'), walled('2022-01-09T09:00:00Z'), walled('2022-01-10T10:00:00Z')];
    const [one] = await survey(sourceOf(await new Watched().seeAll(seen)));
    expect(one).toMatchObject({
      state: 'suspect',
      status: 403,
      lastCheckedAt: '2022-01-10T10:00:00.000Z',
      lastBelievedAt: '2022-01-08T08:15:00.000Z',
    });
  });

  it('knows no such time where a page was never believed', async () => {
    const [one] = await survey(sourceOf(await new Watched().seeAll([walled('2022-01-10T10:00:00Z')])));
    expect(one?.lastBelievedAt).toBeNull();
  });

  it.each([
    ['harbour', 404, true],
    ['harbour', 403, false],
    [null, 404, false],
  ])('of a page of series %s that answers %i says that it is unpublished: %s', async (series, status, unpublished) => {
    const spec: PageSpec = { ...PAGE, series };
    const store = new Watched();
    await store.see({ at: '2022-01-10T10:00:00Z', body: new TextEncoder().encode('no'), status }, spec);
    expect((await survey(sourceOf(store)))[0]?.isUnpublished).toBe(unpublished);
  });

  it('takes a member that was there and is gone for what it is, not for one to come', async () => {
    const spec: PageSpec = { ...PAGE, series: 'harbour' };
    const store = new Watched();
    await store.see(good('2022-01-09T10:00:00Z'), spec);
    await store.see({ at: '2022-01-10T10:00:00Z', body: new TextEncoder().encode('no'), status: 404 }, spec);
    expect(await survey(sourceOf(store))).toMatchObject([{ state: 'suspect', status: 404, isUnpublished: false }]);
  });

  it('takes in every page, also behind the first part of the list', async () => {
    const store = new Watched();
    for (let at = 0; at < 101; at += 1) {
      await store.history.putCheck(newCheck({ ...PAGE, id: `p${at}` }, NOW), null);
    }
    expect((await survey(sourceOf(store))).length).toBe(101);
  });

  it('looks more closely at no more than fifty pages that are not well', async () => {
    const store = new Watched();
    const summary = { ...newCheck(PAGE, NOW).summary, state: 'down', reason: 'captcha', since: NOW } as const;
    for (let at = 0; at < 60; at += 1) {
      await store.history.putCheck({ ...newCheck({ ...PAGE, id: `p${at}` }, NOW), summary }, null);
    }
    const source = sourceOf(store);
    const closely: string[] = [];
    const pages = await survey({
      ...source,
      page: (id) => {
        closely.push(id);
        return source.page(id);
      },
    });
    expect([pages.length, closely.length]).toEqual([60, 50]);
    expect(pages.every(({ state, reason }) => state === 'down' && reason === 'captcha')).toBe(true);
  });

  it('does not look more closely at pages that nobody watches', async () => {
    const store = await new Watched().seeAll([walled('2022-01-10T10:00:00Z')]);
    const check = await store.history.check(PAGE.id);
    if (check === null) throw new Error('the page has no check');
    await store.history.putCheck({ ...check, paused: true, version: check.version + 1 }, check);
    const unasked = () => Promise.reject(new Error('was not to be asked'));
    const [one] = await survey({ ...sourceOf(store), page: unasked, coverage: unasked });
    expect(one).toMatchObject({ isWatched: false, state: 'suspect' });
  });

  it('holds none of the words of a page', async () => {
    const seen = [good('2022-01-08T08:15:00Z'), walled('2022-01-10T10:00:00Z')];
    const surveyed = JSON.stringify(await survey(sourceOf(await new Watched().seeAll(seen))));
    for (const word of ['boat', 'denied', 'Harbour']) expect(surveyed).not.toContain(word);
  });
});

describe('what waits', () => {
  const of = (store: Watched) => backlog([page(PAGE.id)], store, ms, 'see the log');
  const levels = async (store: Watched) => (await of(store)).map(({ check, level }) => `${check} ${level}`);
  const sent = (store: Watched) =>
    store.history.advanceCursor({ pageId: PAGE.id, channel: 'c', revision: 1, healthSeq: 0, version: 1 }, null);

  it('is nothing where all is judged and sent', async () => {
    const store = await new Watched().seeAll([good('2022-01-08T08:15:00Z')]);
    await sent(store);
    expect(await levels(store)).toEqual(['captures ok', 'alerts ok']);
  });

  it('is a capture that was stored and not judged, once it is older than a quarter of an hour', async () => {
    const store = await new Watched().seeAll([good('2022-01-08T08:15:00Z')]);
    await sent(store);
    const keep = (fetchedAt: string) => {
      const meta = { pageId: PAGE.id, url: PAGE.url, finalUrl: PAGE.url, fetchedAt, status: 200, headers: {} };
      return storeCapture(store.objects, captureId(fetchedAt), meta, new Uint8Array(9), null);
    };
    await keep('2022-01-10T11:50:00.000Z');
    expect(await levels(store)).toEqual(['captures ok', 'alerts ok']);
    await keep('2022-01-10T11:40:00.000Z');
    expect(await levels(store)).toEqual(['captures warning', 'alerts ok']);
  });

  it('is an alert of a revision that no cursor has passed', async () => {
    const store = await new Watched().seeAll([good('2022-01-08T08:15:00Z')]);
    expect(await levels(store)).toEqual(['captures ok', 'alerts warning']);
    const fresh = await new Watched().seeAll([good('2022-01-10T11:50:00Z')]);
    expect(await levels(fresh)).toEqual(['captures ok', 'alerts ok']);
  });

  it('is an alert of health that one of the channels has not sent', async () => {
    const at = ['09:00', '10:00', '11:00'].map((time) => walled(`2022-01-09T${time}:00Z`));
    const store = await new Watched().seeAll([good('2022-01-08T08:15:00Z'), ...at]);
    await sent(store);
    expect(await levels(store)).toEqual(['captures ok', 'alerts warning']);
  });
});

describe('what was lost', () => {
  const of = (store: Watched) => backlog([page(PAGE.id)], store, ms, 'see the log');
  const gone = (store: Watched, bytes: Uint8Array | null): Watched['objects'] => ({
    ...store.objects,
    get: async (key) => (key.startsWith('captures/') ? bytes : store.objects.get(key)),
    list: (prefix, after) => store.objects.list(prefix, after),
  });

  it.each([
    ['missing', null],
    ['damaged', Buffer.from('{"id":')],
    ['of another content', Buffer.from('{"id":"20220108T081500000Z"}')],
  ])('is a fault where the newest capture is %s', async (_, bytes) => {
    const store = await new Watched().seeAll([good('2022-01-08T08:15:00Z')]);
    expect((await of(store)).filter(({ level }) => level === 'fault')).toEqual([]);
    const { history } = store;
    const [first] = await backlog([page(PAGE.id)], { history, objects: gone(store, bytes) }, ms, 'see the log');
    expect(first).toMatchObject({ check: 'captures', level: 'fault', facts: { lost: 1 } });
    expect(first?.todo).toContain('"daybook verify"');
  });
});

describe('a store of many pages', () => {
  it('is looked through for a hundred pages, and the rest is counted', async () => {
    const store = new Watched();
    const pages = Array.from({ length: MOST_PAGES + 7 }, (_, at) => page(`p${at}`));
    const findings = await backlog(pages, store, ms, 'see the log');
    expect(findings.at(-1)).toMatchObject({
      level: 'note',
      what: 'Captures and alerts of 7 more pages were not counted',
    });
    const fresh = pages.map((one) => ({ ...one, lastCheckedAt: null }));
    expect(await backlog(fresh, store, ms, 'see the log')).toHaveLength(2);
  });
});

describe('the format of a store', () => {
  it('is a fault with its remedy where it is another; all other errors stay errors', async () => {
    expect(await storeFormat(async () => {})).toMatchObject([{ level: 'ok' }]);
    const other = () => Promise.reject(new StoreFormatError('run "daybook rebuild"'));
    expect(await storeFormat(other)).toMatchObject([{ level: 'fault', todo: 'run "daybook rebuild"' }]);
    await expect(storeFormat(() => Promise.reject(new TypeError('a defect')))).rejects.toThrow('a defect');
  });
});
