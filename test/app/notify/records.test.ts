import { beforeEach, describe, expect, it } from 'vitest';
import { notifyPage } from '#app/notify/notify.ts';
import type { AlertRecord } from '#core/alerts/record.ts';
import { DEFAULT_RULES } from '#core/alerts/rules.ts';
import { blockPage, chroniclePage, REPORTS } from '../../support/sample-pages.ts';
import { HARBOUR, openWorld, PAGE, type Store, type World } from '../world.ts';

let store: Store;
let world: World;

beforeEach(async () => {
  ({ store, world } = await openWorld(chroniclePage(REPORTS.slice(0, 4))));
  return () => store.close();
});

const records = () => store.history.alerts(PAGE.id);
const revisionId = async (number: number) => (await store.history.revision(PAGE.id, number))?.id.slice(0, 8);
const days = async (count: number) => {
  for (let day = 0; day < count; day += 1) await world.tomorrow();
};
const byKey = (list: readonly AlertRecord[]) => [...list].sort((x, y) => (x.key < y.key ? -1 : 1));

const record = (key: string, over: Partial<AlertRecord>): AlertRecord => ({
  pageId: PAGE.id,
  key: `${PAGE.id}/${key}`,
  channel: null,
  at: world.clock.iso(),
  sent: false,
  suppressed: [],
  subject: null,
  ...over,
});

describe('the record of an alert', () => {
  it('that was sent has its subject and time', async () => {
    await world.turn();
    world.shows(chroniclePage(REPORTS.slice(0, 5)));
    const { alerts } = await world.tomorrow();
    expect(await records()).toContainEqual(
      record(`revision/2/${await revisionId(2)}`, { channel: 'mail', sent: true, subject: alerts[0]?.subject ?? null }),
    );
    expect(alerts[0]?.subject).toMatch(/^\[Daybook\] .*: 1 added$/);
  });

  it('that was suppressed names every change with its reason, and has no subject', async () => {
    await world.turn();
    expect(await records()).toEqual([record(`revision/1/${await revisionId(1)}`, {})]);
    world.rules = { ...DEFAULT_RULES, keywords: ['submarine'] };
    world.shows(chroniclePage(REPORTS.slice(0, 5)));
    await world.tomorrow();
    expect(await records()).toContainEqual(
      record(`revision/2/${await revisionId(2)}`, { suppressed: [{ seq: 0, reason: 'no-keyword' }] }),
    );
  });

  it('of health that was sent has its subject and time', async () => {
    await world.turn();
    world.shows(blockPage(), 403);
    await days(6);
    const [down] = world.mailbox.sent;
    const health = (await records()).filter(({ key }) => key.includes('/health/'));
    expect(health).toEqual([
      record('health/1', {
        at: expect.stringMatching(/^2022-/),
        channel: 'mail',
        sent: true,
        subject: down?.subject ?? null,
      }),
    ]);
    expect(down?.subject).toContain('is down: ');
  });

  it('of health of an unpublished month names the reason that nothing was sent', async () => {
    world.pages = [{ ...PAGE, series: 'harbour' }];
    world.series = [HARBOUR];
    world.shows(blockPage(), 404);
    await days(6);
    expect(world.mailbox.sent).toEqual([]);
    expect(await records()).toEqual([
      record('health/1', {
        at: expect.stringMatching(/^2022-/),
        suppressed: [{ seq: 1, reason: 'never-published' }],
        subject: expect.stringContaining('is down'),
      }),
    ]);
  });
});

describe('the rule of the first sight', () => {
  it('alerts of revision 1 only: a later revision with only suppressed changes is not sent', async () => {
    world.rules = { ...DEFAULT_RULES, firstSight: true, keywords: ['submarine'] };
    await world.turn();
    expect(world.mailbox.sent.map(({ subject }) => subject)).toEqual([expect.stringMatching(/first sight, \d+ para/)]);
    world.shows(chroniclePage(REPORTS.slice(0, 5)));
    await world.tomorrow();
    expect(world.mailbox.sent).toHaveLength(1);
    expect((await records()).map(({ sent }) => sent).sort()).toEqual([false, true]);
  });
});

describe('the cursor', () => {
  const moved = async () => {
    const [{ pageId: _, channel: __, ...cursor } = expect.unreachable()] = await store.history.cursors(PAGE.id);
    return cursor;
  };

  it('moves once for each revision and once for each health event', async () => {
    await world.turn();
    expect(await moved()).toEqual({ revision: 1, healthSeq: 0, version: 2 });
    world.shows(chroniclePage(REPORTS.slice(0, 5)));
    await world.tomorrow();
    expect(await moved()).toEqual({ revision: 2, healthSeq: 0, version: 3 });
    world.shows(blockPage(), 403);
    await days(6);
    expect(await moved()).toEqual({ revision: 2, healthSeq: 1, version: 4 });
  });

  it('passes a recorded health event without sending it again', async () => {
    await world.turn();
    world.shows(blockPage(), 403);
    await days(6);
    const before = byKey(await records());
    const history = { ...store.history, cursors: async () => [], advanceCursor: async () => undefined };
    expect(await notifyPage({ ...world.notifyDeps, history }, PAGE.id)).toEqual([]);
    expect(world.mailbox.sent).toHaveLength(1);
    expect(byKey(await records())).toEqual(before);
  });

  it('does not move for an earlier event or revision', async () => {
    await world.turn();
    world.shows(blockPage(), 403);
    await days(6);
    const steps: unknown[] = [];
    const history = { ...store.history, advanceCursor: async (...step: unknown[]) => void steps.push(step) };
    await notifyPage({ ...world.notifyDeps, history }, PAGE.id);
    expect(steps).toEqual([]);
  });
});

describe('the log', () => {
  const lines = () => world.log.lines.filter((line) => line.message === 'alerted');

  it('names the sent alerts of a page, and has no line without one', async () => {
    await world.turn();
    expect(lines()).toEqual([]);
    world.shows(chroniclePage(REPORTS.slice(0, 5)));
    await world.tomorrow();
    const key = `${PAGE.id}/revision/2/${await revisionId(2)}`;
    expect(lines()).toMatchObject([{ level: 'info', message: 'alerted', fields: { page: PAGE.id, alerts: [key] } }]);
  });
});

describe('a revision that the head counts and the store lacks', () => {
  it('is an error that names it', async () => {
    await world.turn();
    const history = {
      ...store.history,
      cursors: async () => [],
      advanceCursor: async () => {},
      revision: async () => null,
    };
    await expect(notifyPage({ ...world.notifyDeps, history }, PAGE.id)).rejects.toThrow(
      `Revision 1 of ${PAGE.id} is missing`,
    );
  });
});
