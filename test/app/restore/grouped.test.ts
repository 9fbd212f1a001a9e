import { beforeEach, describe, expect, it } from 'vitest';
import { placeTurn } from '#app/bulletins/bulletin.ts';
import { bulletinOf } from '#app/bulletins/record.ts';
import { restoreTable } from '#app/restore/restore.ts';
import { THIS_FORMAT } from '#app/store-format.ts';
import type { HealthEvent } from '#core/health/record.ts';
import { newCheck } from '#core/schedule/check.ts';
import { sampleHealth } from '../../contracts/samples.ts';
import { ItemTable } from '../../support/item-table.ts';
import { PAGE } from '../../support/watched.ts';
import { depsOf, mailer, opened } from './tables.ts';

const AT = '2022-03-01T00:00:00.000Z';
const DOWN: HealthEvent = { seq: 2, kind: 'down', reason: 'captcha', detail: 'a challenge', at: AT };

let table: ItemTable;
const history = () => opened(table).history;

/** Another page of the host is down and has alerted alone. Alerts of this page were sent before. */
beforeEach(async () => {
  table = new ItemTable();
  await history().markFormat(THIS_FORMAT);
  await history().putCheck(newCheck(PAGE, AT), null);
  const before: HealthEvent = { ...DOWN, seq: 1, kind: 'recovered' };
  await history().flipHealth(sampleHealth(PAGE.id, 1, { seq: 1, events: [before] }), null);
  await mailer(history()).run();
  await placeTurn(history(), PAGE.url, { page: 'other', kind: 'down', reason: 'captcha', seq: 1 }, AT);
  const stored = await history().health(PAGE.id);
  await history().flipHealth(sampleHealth(PAGE.id, 2, { seq: 2, events: [before, DOWN] }), stored);
});

const members = async () =>
  (await history().bulletin(bulletinOf(PAGE.url)))?.outages.flatMap((outage) => outage.members.map(({ page }) => page));

describe('a page that shares the mail of its host', () => {
  it('is not lost where the copy was taken before it was placed, and the mail was not sent', async () => {
    const copy = table.clone();
    await mailer(history()).run();
    expect(await members()).toEqual(['other', PAGE.id]);
    await restoreTable(depsOf(copy, table));
    expect(await members()).toEqual(['other']);
    await mailer(history()).run();
    expect(await members()).toEqual(['other', PAGE.id]);
  });

  it('is placed once where the copy knows it', async () => {
    await mailer(history()).run();
    const copy = table.clone();
    await restoreTable(depsOf(copy, table));
    const mails = mailer(history());
    await mails.run();
    expect(mails.sent).toEqual([]);
    expect(await members()).toEqual(['other', PAGE.id]);
  });
});
