import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { UnavailableError } from '#app/errors.ts';
import { carryOut, planImport } from '#app/import/import.ts';
import { takeIn } from '#app/import/take-in.ts';
import { type NotifyDeps, notifyPage } from '#app/notify/notify.ts';
import { verify } from '#app/verify/verify.ts';
import { DEFAULT_RULES } from '#core/alerts/rules.ts';
import { DEFAULT_HEALTH_POLICY } from '#core/health/step.ts';
import { RecordingLog, RecordingNotifier } from '../../support/recording.ts';
import { chroniclePage } from '../../support/sample-pages.ts';
import { PAGE, reports, Watched } from '../../support/watched.ts';

let store: Watched;
let mail: RecordingNotifier;
let pager: RecordingNotifier;
let log: RecordingLog;
const now = () => new Date('2022-03-01T00:00:00.000Z');
const broken = new UnavailableError('the pager is off');

beforeEach(() => {
  [store, mail, pager, log] = [new Watched(), new RecordingNotifier(), new RecordingNotifier(), new RecordingLog()];
});

const rules = { ...DEFAULT_RULES, firstSight: true };
const notify = (channels: NotifyDeps['channels'] = { mail, pager }) =>
  notifyPage({ history: store.history, channels, rules, readerUrl: null, log, now }, PAGE.id);
/** The page has so many reports on this day of January: a revision each. */
const grows = async (day: number, count: number) =>
  store.see({ at: `2022-01-${String(day).padStart(2, '0')}T10:00:00.000Z`, body: chroniclePage(reports(count)) });
const numbers = (notifier: RecordingNotifier) => notifier.sent.map(({ data }) => data.revision);
const cursors = async () =>
  Object.fromEntries((await store.history.cursors(PAGE.id)).map(({ channel, revision }) => [channel, revision]));

describe('two channels', () => {
  it('get every alert once each, and it is recorded for each', async () => {
    await grows(1, 3);
    await grows(2, 4);
    expect((await notify()).map(({ data }) => data.revision)).toEqual([1, 2]);
    expect(await notify()).toEqual([]);
    expect([numbers(mail), numbers(pager)]).toEqual([
      [1, 2],
      [1, 2],
    ]);
    const records = await store.history.alerts(PAGE.id);
    expect(records.map(({ channel, sent }) => [channel, sent])).toEqual([
      ['mail', true],
      ['mail', true],
      ['pager', true],
      ['pager', true],
    ]);
  });

  it('share one record of what is sent to none', async () => {
    await grows(1, 3);
    await notifyPage(
      { history: store.history, channels: { mail, pager }, rules: DEFAULT_RULES, readerUrl: null, log, now },
      PAGE.id,
    );
    expect(await store.history.alerts(PAGE.id)).toMatchObject([{ channel: null, sent: false }]);
  });
});

describe('a page without a history', () => {
  it('leaves no cursor: a channel begins with the first state of a page', async () => {
    expect(await notify()).toEqual([]);
    expect(await store.history.cursors(PAGE.id)).toEqual([]);
  });

  it('sends its revisions also where nothing is stored of its health', async () => {
    await grows(1, 3);
    const history = { ...store.history, health: async () => null };
    const sent = await notifyPage({ history, channels: { mail }, rules, readerUrl: null, log, now }, PAGE.id);
    expect(sent.map(({ data }) => data.revision)).toEqual([1]);
  });
});

describe('a channel that fails', () => {
  it('names its own failure in the log', async () => {
    pager.failure = broken;
    await grows(1, 3);
    await expect(notify()).rejects.toBe(broken);
    expect(log.lines.filter(({ message }) => message === 'a channel failed')).toMatchObject([
      { fields: { page: PAGE.id, channel: 'pager', error: String(broken) } },
    ]);
  });

  it('holds up no other, is named in the log, and gets what it missed when it works again', async () => {
    pager.failure = broken;
    for (const day of [1, 2, 3]) {
      await grows(day, day + 2);
      await expect(notify()).rejects.toBe(broken);
    }
    expect(numbers(mail)).toEqual([1, 2, 3]);
    expect(await cursors()).toEqual({ mail: 3, pager: 0 });
    expect(log.lines.at(-1)).toMatchObject({
      level: 'warn',
      message: 'a channel failed',
      fields: { channel: 'pager' },
    });
    pager.failure = null;
    expect((await notify()).map(({ data }) => data.revision)).toEqual([1, 2, 3]);
    expect([numbers(mail), numbers(pager)]).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect(await faults()).toEqual([]);
  });

  it('loses nothing and repeats nothing, whichever deliveries fail', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.boolean(), fc.boolean()), { minLength: 1, maxLength: 6 }),
        async (deliveries) => {
          [store, mail, pager] = [new Watched(), new RecordingNotifier(), new RecordingNotifier()];
          for (const [index, [mailFails, pagerFails]] of deliveries.entries()) {
            await grows(index + 1, index + 2);
            mail.failure = mailFails ? broken : null;
            pager.failure = pagerFails ? broken : null;
            await notify().catch((error: unknown) => expect(error).toBe(broken));
          }
          mail.failure = null;
          pager.failure = null;
          await notify();
          const all = deliveries.map((_, index) => index + 1);
          expect([numbers(mail), numbers(pager)]).toEqual([all, all]);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('keeps its unsent alerts through an import of older captures, and the others get none again', async () => {
    await grows(10, 4);
    await notify();
    pager.failure = broken;
    await grows(11, 5);
    await expect(notify()).rejects.toBe(broken);
    await importDay(9, 3);
    pager.failure = null;
    // The first revision is an imported one now, and the live one has become the third.
    expect((await notify()).map(({ data }) => data.revision)).toEqual([3]);
    expect([numbers(mail), numbers(pager)]).toEqual([
      [1, 2],
      [1, 3],
    ]);
    expect(await faults()).toEqual([]);
    await grows(20, 8);
    await notify();
    expect([numbers(mail).at(-1), numbers(pager).at(-1)]).toEqual([4, 4]);
  });
});

describe('a new channel', () => {
  it('begins where the furthest one is: it gets what comes, not the alerts of years', async () => {
    for (const day of [1, 2, 3]) await grows(day, day + 2);
    await notify({ mail });
    await grows(4, 6);
    await notify();
    expect([numbers(mail), numbers(pager)]).toEqual([[1, 2, 3, 4], [4]]);
  });

  it('begins behind an imported history', async () => {
    await importDay(1, 3);
    expect(await cursors()).toEqual({ null: 1 });
    await grows(2, 4);
    await notify();
    expect([numbers(mail), numbers(pager)]).toEqual([[2], [2]]);
  });

  it('loses nothing when the notifier ends before every channel has begun', async () => {
    await grows(1, 3);
    let begun = 0;
    const history = {
      ...store.history,
      advanceCursor: async (...step: Parameters<typeof store.history.advanceCursor>) => {
        begun += 1;
        if (begun === 2) throw new UnavailableError('the table is away');
        await store.history.advanceCursor(...step);
      },
    };
    const deps = { history, channels: { mail, pager }, rules, readerUrl: null, log, now };
    await expect(notifyPage(deps, PAGE.id)).rejects.toThrow('the table is away');
    expect(mail.sent).toEqual([]);
    await notify();
    expect([numbers(mail), numbers(pager)]).toEqual([[1], [1]]);
  });
});

async function importDay(day: number, count: number): Promise<void> {
  const fetchedAt = `2022-01-${String(day).padStart(2, '0')}T08:00:00.000Z`;
  const body = chroniclePage(reports(count));
  const foreign = { id: null, url: PAGE.url, finalUrl: PAGE.url, fetchedAt, status: 200, headers: {}, body };
  const { history, objects } = store;
  const { id } = await takeIn(objects, PAGE.id, foreign);
  const deps = { history, objects, parser: store.parser, policy: DEFAULT_HEALTH_POLICY, now };
  for await (const _ of carryOut(deps, PAGE, await planImport(deps, PAGE.id, new Set([id])))) void _;
}

async function faults(): Promise<string[]> {
  const found: string[] = [];
  const { history, objects, parser } = store;
  for await (const event of verify({ history, objects, parser, expires: false })) {
    if (event.type === 'finding') found.push(`${event.finding.where}: ${event.finding.problem}`);
  }
  return found;
}
