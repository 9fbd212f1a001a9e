import { describe, expect, it } from 'vitest';
import { restoreTable } from '#app/restore/restore.ts';
import { type Judged, judgeWaiting } from '#app/restore/waiting.ts';
import { THIS_FORMAT } from '#app/store-format.ts';
import type { ItemTable } from '../../support/item-table.ts';
import { chroniclePage } from '../../support/sample-pages.ts';
import { eventfulCaptures, PAGE, reports, Watched } from '../../support/watched.ts';
import { depsOf, faultsOf, mailer, opened, sorted } from './tables.ts';

const ALL = eventfulCaptures();

/** A page that was watched and alerted of, with a copy of the table after `copied` captures. */
async function watchedWithCopy(copied: number, alerting = true) {
  const store = new Watched();
  const mails = mailer(store.history);
  let copy = store.table.clone();
  for (const [index, seen] of ALL.entries()) {
    await store.see(seen);
    if (alerting) await mails.run();
    if (index === copied - 1) copy = store.table.clone();
  }
  return { store, copy, sent: mails.sent };
}

async function judged(table: ItemTable, { objects }: Watched): Promise<Judged[]> {
  const { history } = opened(table);
  const done: Judged[] = [];
  for await (const one of judgeWaiting({ history, objects, parser: '1', now: () => new Date('2022-02-20T00:00:00Z') }))
    done.push(one);
  return done;
}

async function revisionsOf(table: ItemTable) {
  const { history } = opened(table);
  const revisions = await history.revisions(PAGE.id);
  const changes = await Promise.all(revisions.map(({ number }) => history.changesOf(PAGE.id, number)));
  return { revisions, changes, quarantined: await history.quarantined(PAGE.id, 100) };
}

describe('captures that came after the copy', () => {
  it.each([1, 3, 8, ALL.length - 2])('make the same revisions and changes again (copy after %i)', async (copied) => {
    const { store, copy } = await watchedWithCopy(copied);
    const before = await revisionsOf(store.table);
    await restoreTable(depsOf(copy, store.table));
    const pages = await judged(store.table, store);
    expect(pages).toMatchObject([{ pageId: PAGE.id, captures: ALL.length - copied }]);
    expect(await revisionsOf(store.table)).toEqual(before);
    expect(await faultsOf(store.history, store.objects)).toEqual([]);
  });

  it('send no alert, and say why', async () => {
    const { store, copy, sent } = await watchedWithCopy(3);
    expect(sent.length).toBeGreaterThan(3);
    await restoreTable(depsOf(copy, store.table));
    await judged(store.table, store);
    const mails = mailer(store.history);
    await mails.run();
    expect(mails.sent).toEqual([]);
    const reasons = (await store.history.alerts(PAGE.id)).flatMap((one) => one.suppressed.map(({ reason }) => reason));
    expect(reasons).toContain('restored');
    expect(await faultsOf(store.history, store.objects)).toEqual([]);
  });

  it('do not swallow the alerts of what changes next', async () => {
    const { store, copy } = await watchedWithCopy(4);
    await restoreTable(depsOf(copy, store.table));
    await judged(store.table, store);
    const mails = mailer(store.history);
    await mails.run();
    await store.see({ at: '2022-02-25T00:00:00Z', body: chroniclePage(reports(10)) });
    await mails.run();
    const head = await store.history.head(PAGE.id);
    expect(mails.sent).toEqual([expect.stringMatching(`^${PAGE.id}/revision/${head?.revision}/`)]);
  });

  it('are judged once: the same call again finds none', async () => {
    const { store, copy } = await watchedWithCopy(3);
    await restoreTable(depsOf(copy, store.table));
    await judged(store.table, store);
    expect(await judged(store.table, store)).toEqual([]);
  });

  it('of a page that the copy does not know make that page, which nothing tracks yet', async () => {
    const { store } = await watchedWithCopy(3);
    const before = await revisionsOf(store.table);
    await restoreTable(depsOf(new Watched().table, store.table));
    expect(store.table.items()).toEqual([]);
    const pages = await judged(store.table, store);
    expect(pages).toMatchObject([{ pageId: PAGE.id, captures: ALL.length }]);
    expect(await revisionsOf(store.table)).toEqual(before);
    expect((await store.history.check(PAGE.id))?.retired).toBe(true);
    expect(await faultsOf(store.history, store.objects)).toEqual([]);
  });
});

describe('alerts around the instant of the copy', () => {
  it('that went out after it are not sent again', async () => {
    const store = new Watched();
    const mails = mailer(store.history);
    await store.seeAll(ALL.slice(0, 2));
    await mails.run();
    await store.see(ALL[2] ?? { at: '', body: new Uint8Array() });
    const copy = store.table.clone();
    await mails.run();
    const sent = [...mails.sent];
    expect(sent.length).toBeGreaterThan(0);
    await restoreTable(depsOf(copy, store.table));
    await mails.run();
    expect(mails.sent).toEqual(sent);
    expect(await faultsOf(store.history, store.objects)).toEqual([]);
  });

  it('that were never sent are sent after the restore, and those of later captures are not', async () => {
    const { store, copy } = await watchedWithCopy(3, false);
    await restoreTable(depsOf(copy, store.table));
    await judged(store.table, store);
    const mails = mailer(store.history);
    await mails.run();
    expect(mails.sent).toEqual([2, 3].map((number) => expect.stringMatching(`^${PAGE.id}/revision/${number}/`)));
  });

  it('are known although the copy had no cursor of the channel yet', async () => {
    const { store, sent } = await watchedWithCopy(ALL.length);
    // A rebuilt table: everything is recorded as not sent, and the channel has no cursor.
    const bare = new Watched(store.objects);
    await judged(bare.table, bare);
    await restoreTable(depsOf(bare.table, store.table));
    expect(await store.history.cursors(PAGE.id)).toContainEqual(expect.objectContaining({ channel: 'sns' }));
    const records = await store.history.alerts(PAGE.id);
    for (const key of sent.filter((one) => one.includes('/revision/')))
      expect(records).toContainEqual(expect.objectContaining({ key, sent: true }));
    const mails = mailer(store.history);
    await mails.run();
    expect(mails.sent).toEqual([]);
    expect(await faultsOf(store.history, store.objects)).toEqual([]);
  });

  it('about health after the copy are forgotten: the next event has their number, and is sent', async () => {
    const { store, copy } = await watchedWithCopy(2);
    const key = `${PAGE.id}/health/1`;
    await store.history.recordAlert({
      pageId: PAGE.id,
      key,
      channel: 'sns',
      at: '2022-01-20T00:00:00.000Z',
      sent: true,
      suppressed: [],
      subject: 'down',
    });
    await restoreTable(depsOf(copy, store.table));
    expect(await store.history.alert(PAGE.id, key, 'sns')).toBeNull();
  });

  it('that another version recorded are not kept: this one cannot read them', async () => {
    const { store, sent } = await watchedWithCopy(ALL.length);
    await store.history.markFormat({ ...THIS_FORMAT, format: THIS_FORMAT.format - 1 });
    const bare = new Watched(store.objects);
    await bare.history.markFormat(THIS_FORMAT);
    await judged(bare.table, bare);
    await restoreTable(depsOf(bare.table, store.table));
    expect(sorted(store.table)).toEqual(sorted(bare.table));
    const mails = mailer(store.history);
    await mails.run();
    expect([sent.length > 3, mails.sent]).toEqual([true, []]);
  });

  it('that are damaged are not trusted', async () => {
    const { store, copy } = await watchedWithCopy(3);
    const early = store.table.clone();
    const record = early.items().find(({ sk }) => String(sk).startsWith('ALERT#sns#'));
    if (record === undefined) throw new Error('nothing was sent');
    const bare = copy.clone();
    for (const item of bare.items()) if (String(item.sk).startsWith('ALERT#')) bare.lose(item);
    early.damage(record, { ...record, data: '{}' });
    await restoreTable(depsOf(bare, early));
    expect(early.items().filter(({ sk }) => sk === record.sk)).toEqual([]);
  });
});
