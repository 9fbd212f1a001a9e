import { beforeEach, describe, expect, it } from 'vitest';
import { CONFIRM_MS, type DaybookRules, WEEK_MS, writeAboutAll } from '#app/bulletins/all-pages.ts';
import { MOST_HEALTHS, ROUND_MS } from '#app/bulletins/page-groups.ts';
import { DAYBOOK } from '#app/bulletins/record.ts';
import { writeDueMessages } from '#app/bulletins/write-due.ts';
import { UnavailableError } from '#app/errors.ts';
import { notifyPage } from '#app/notify/notify.ts';
import type { HistoryStore } from '#app/ports.ts';
import { DEFAULT_RULES } from '#core/alerts/rules.ts';
import type { HealthReason, HealthState } from '#core/health/types.ts';
import type { PageSpec } from '#core/history/types.ts';
import { type CheckState, newCheck } from '#core/schedule/check.ts';
import { sampleHealth } from '../../contracts/samples.ts';
import { createMemoryHistory } from '../../support/memory-history.ts';
import { RecordingLog, RecordingNotifier } from '../../support/recording.ts';

const NOW = '2026-03-01T12:00:00.000Z';
const later = (milliseconds: number) => new Date(Date.parse(NOW) + milliseconds).toISOString();
const HOUR = 3_600_000;
const NEVER: DaybookRules = { signOfLife: 'never' };

let history: HistoryStore;
let log: RecordingLog;
let mailbox: RecordingNotifier;
beforeEach(() => {
  history = createMemoryHistory();
  log = new RecordingLog();
  mailbox = new RecordingNotifier();
});

const page = (id: string, series: string | null = null): PageSpec => {
  return { id, url: `https://chronicle.example/${id}.htm`, name: null, rolling: false, series };
};
const read = (id: string, more: Partial<CheckState> = {}): CheckState => {
  const check = newCheck(page(id), NOW);
  return { ...check, lastCheckedAt: NOW, summary: { ...check.summary, state: 'ok', revision: 1 }, ...more };
};
/** A page whose first check was not accepted. */
const bad = async (spec: PageSpec, reason: HealthReason, detail: string, revision = 0): Promise<CheckState> => {
  const state: HealthState = { ...sampleHealth(spec.id, 1).state, state: 'suspect', reason, detail };
  await history.flipHealth({ ...sampleHealth(spec.id, 1), state }, null);
  const check = newCheck(spec, NOW);
  return { ...check, lastCheckedAt: NOW, summary: { ...check.summary, state: 'suspect', reason, revision } };
};
const pages = (count: number) => Array.from({ length: count }, (_, at) => read(`month-${at}`));

/** A tick, and what its flip starts. */
const tick = async (
  checks: readonly CheckState[],
  now: string,
  rules = NEVER,
  isUnconfirmed?: () => Promise<boolean>,
) => {
  const deps = { history, log, ...(isUnconfirmed === undefined ? {} : { isUnconfirmed }) };
  for (const id of await writeDueMessages(deps, { checks, now, daybook: rules })) await notify(id);
};
const notify = (id: string) =>
  notifyPage(
    {
      history,
      log,
      channels: { mail: mailbox },
      rules: DEFAULT_RULES,
      readerUrl: 'https://reader.example/',
      remedy: 'Fetch it from elsewhere.',
      now: () => new Date(NOW),
    },
    id,
  );
/** The same, with the ids that it was asked for. */
const counted =
  <T>(asked: string[], ask: (id: string) => Promise<T>) =>
  (id: string) => {
    asked.push(id);
    return ask(id);
  };
const subjects = () => mailbox.sent.map(({ subject }) => subject);

describe('the welcome', () => {
  it('says after the first round what is watched, what is refused and why, and what comes next', async () => {
    const refused = await bad(page('putin-2022-03'), 'http-status', 'HTTP 403');
    await tick([...pages(61), refused], NOW);
    expect(subjects()).toEqual(['[Daybook] Watching 62 pages: 61 read, 1 refused']);
    const [mail] = mailbox.sent;
    expect(mail?.text).toContain('* putin-2022-03 (http-403)');
    expect(mail?.text).toContain('What comes next:');
    expect(mail?.text).toContain('Read the history: https://reader.example/');
    expect(mail?.text).toContain('Fetch it from elsewhere.');
    expect(mail).toMatchObject({ key: `${DAYBOOK}/message/1`, topic: 'health', data: { kind: 'welcome', read: 61 } });
  });

  it('gives no advice about refusals where there is none', async () => {
    await tick([read('one')], NOW);
    expect(subjects()).toEqual(['[Daybook] Watching 1 page: 1 read']);
    expect(mailbox.sent[0]?.text).not.toContain('elsewhere');
  });

  it('counts months that are not published yet apart, and what is down for other reasons', async () => {
    const checks = [
      read('harbour-2022-01'),
      await bad(page('harbour-2022-02', 'harbour'), 'http-status', 'HTTP 404'),
      await bad(page('harbour-2022-03', 'harbour'), 'http-status', 'HTTP 429'),
      // It was there once: it is missing now.
      await bad(page('harbour-2021-12', 'harbour'), 'http-status', 'HTTP 404', 2),
      await bad(page('alone'), 'soft-404', 'says that there is no such page'),
      await bad(page('wall'), 'captcha', 'HTTP 404: a challenge'),
    ];
    await tick(checks, NOW);
    expect(subjects()).toEqual(['[Daybook] Watching 6 pages: 1 read, 2 refused, 2 not readable, 1 not published yet']);
    expect(mailbox.sent[0]?.data).toMatchObject({
      refused: [
        { page: 'harbour-2022-03', reason: 'http-429' },
        { page: 'wall', reason: 'captcha' },
      ],
      failed: [
        { page: 'harbour-2021-12', reason: 'http-404' },
        { page: 'alone', reason: 'soft-404' },
      ],
      awaited: ['harbour-2022-02'],
    });
  });

  it('comes once, whatever the ticks find later', async () => {
    for (let at = 0; at < 50; at += 1) await tick(pages(2 + at), later(at * HOUR));
    expect(subjects()).toEqual(['[Daybook] Watching 2 pages: 2 read']);
  });

  it('comes once from ticks at the same time', async () => {
    const input = { checks: pages(2), now: NOW, ...NEVER };
    const written = await Promise.all([1, 2, 3].map(() => writeAboutAll({ history, log }, input)));
    expect(written.filter(Boolean)).toHaveLength(1);
    expect((await history.bulletin(DAYBOOK))?.seq).toBe(1);
  });

  it('waits for every page, but not for one that was due for hours and is not checked', async () => {
    const checks = [read('one'), newCheck(page('two'), NOW)];
    await tick(checks, later(ROUND_MS - 1));
    expect(subjects()).toEqual([]);
    await tick(checks, later(ROUND_MS));
    expect(subjects()).toEqual(['[Daybook] Watching 2 pages: 1 read, 1 not checked yet']);
    expect(mailbox.sent[0]?.text).toContain('Not checked yet:\n* two');
  });

  it('does not wait for ever for pages whose host moves their due times again and again', async () => {
    for (let hour = 0; hour <= 6; hour += 1) {
      expect(subjects()).toEqual([]);
      await tick([read('one'), newCheck(page('two'), later((24 + hour) * HOUR))], later(hour * HOUR));
    }
    expect(subjects()).toEqual(['[Daybook] Watching 2 pages: 1 read, 1 not checked yet']);
    expect(await history.bulletin(DAYBOOK)).not.toHaveProperty('roundSince');
  });

  it.each([
    ['no page is watched', () => [read('one', { retired: true }), read('two', { paused: true })]],
    ['no page was checked at all', () => [newCheck(page('one'), '2026-01-01T00:00:00.000Z')]],
  ])('does not come while %s', async (_, checks) => {
    await tick(checks(), NOW);
    expect(await history.bulletin(DAYBOOK)).toBeNull();
  });

  it('does not wait for, or count, pages that are paused or retired', async () => {
    await tick([read('one'), { ...newCheck(page('two'), NOW), paused: true }, read('three', { retired: true })], NOW);
    expect(subjects()).toEqual(['[Daybook] Watching 1 page: 1 read']);
  });

  it('is sent again under its key when the notifier died, and is not lost', async () => {
    mailbox.failure = new UnavailableError('died');
    await expect(tick(pages(1), NOW)).rejects.toThrow('died');
    mailbox.failure = null;
    await tick(pages(1), later(HOUR));
    await notify(DAYBOOK);
    await notify(DAYBOOK);
    expect(mailbox.keys()).toEqual([`${DAYBOOK}/message/1`]);
  });

  it('is written with the next tick where the table failed, which stops nothing', async () => {
    const real = history;
    history = { ...real, putBulletin: async () => Promise.reject(new UnavailableError('throttled')) };
    await tick(pages(1), NOW);
    expect(log.lines).toMatchObject([{ level: 'warn', fields: { code: 'unavailable', retryable: true } }]);
    history = real;
    await tick(pages(1), later(HOUR));
    expect(mailbox.sent).toHaveLength(1);
  });

  it('reads the health of pages that are not fine, and of so many at most', async () => {
    const checks = await Promise.all(
      Array.from({ length: MOST_HEALTHS + 20 }, (_, at) => bad(page(`p-${at}`), 'unreachable', 'timeout')),
    );
    const asked: string[] = [];
    const real = history;
    history = { ...real, health: counted(asked, real.health) };
    await tick([...pages(5), ...checks], NOW);
    expect(asked).toHaveLength(MOST_HEALTHS);
    expect(subjects()).toEqual([
      `[Daybook] Watching ${MOST_HEALTHS + 25} pages: 5 read, ${MOST_HEALTHS + 20} not readable`,
    ]);
    // A message stays small however many pages it is about.
    expect(JSON.stringify(mailbox.sent).length).toBeLessThan(20_000);
  });
});

describe('the welcome and addresses that are not confirmed yet', () => {
  it('waits until one is, and asks no more afterwards', async () => {
    let asked = 0;
    let unconfirmed = true;
    const ask = async () => {
      asked += 1;
      return unconfirmed;
    };
    for (const hours of [0, 1, 2]) await tick(pages(1), later(hours * HOUR), NEVER, ask);
    expect([subjects(), asked]).toEqual([[], 3]);
    unconfirmed = false;
    for (const hours of [3, 4, 5]) await tick(pages(1), later(hours * HOUR), NEVER, ask);
    expect([subjects().length, asked]).toEqual([1, 4]);
    expect((await history.bulletin(DAYBOOK))?.waitingSince).toBeUndefined();
  });

  it.each([
    ['nobody confirms', async () => true],
    ['nobody can be asked', async () => Promise.reject(new UnavailableError('SNS is away'))],
  ])('waits for three days and no longer where %s', async (_, ask) => {
    await tick(pages(1), NOW, NEVER, ask);
    await tick(pages(1), later(CONFIRM_MS - 1), NEVER, ask);
    expect(subjects()).toEqual([]);
    await tick(pages(1), later(CONFIRM_MS), NEVER, ask);
    expect(subjects()).toHaveLength(1);
  });

  it('waits no longer where it began by a clock that ran years ahead', async () => {
    await tick(pages(1), '2031-01-01T00:00:00.000Z', NEVER, async () => true);
    await tick(pages(1), NOW, NEVER, async () => true);
    expect(subjects()).toHaveLength(1);
  });

  it('is asked for by nobody before the first round is over', async () => {
    await tick([newCheck(page('one'), NOW)], NOW, NEVER, async () => Promise.reject(new Error('not yet')));
    expect(log.lines).toEqual([]);
  });
});

describe('the sign of life', () => {
  const WEEKLY: DaybookRules = { signOfLife: 'weekly' };
  const days = async (count: number, rules: DaybookRules, checks = pages(3)) => {
    for (let day = 0; day <= count; day += 1) await tick(checks, later(day * 24 * HOUR), rules);
  };

  it('never comes unless it is wished', async () => {
    await days(30, NEVER);
    expect(mailbox.sent).toHaveLength(1);
  });

  it('comes a week after the welcome and each week from then on, each under a key of its own', async () => {
    await days(30, WEEKLY);
    expect(subjects()).toEqual([
      '[Daybook] Watching 3 pages: 3 read',
      ...Array.from({ length: 4 }, () => '[Daybook] Still watching 3 pages: 3 read'),
    ]);
    expect(new Set(mailbox.keys()).size).toBe(5);
  });

  it('comes once when a clock is right again that ran years ahead, and again a week later', async () => {
    await tick(pages(3), '2031-01-01T00:00:00.000Z', WEEKLY);
    await days(8, WEEKLY);
    expect(subjects()).toHaveLength(3);
  });

  it('says what is refused, how many pages changed in the week, and when the newest check was', async () => {
    await days(0, WEEKLY);
    const now = later(WEEK_MS);
    const summary = { ...read('one').summary, revision: 4 };
    const checks = [
      read('one', { lastChangedAt: later(2 * HOUR), summary }),
      read('two', { lastChangedAt: later(-HOUR), summary }),
      // The first sight of a page is no change of it.
      read('three', { lastChangedAt: later(2 * HOUR), lastCheckedAt: later(WEEK_MS - HOUR) }),
      await bad(page('wall'), 'captcha', 'a challenge'),
    ];
    await tick(checks, now, WEEKLY);
    expect(subjects().at(-1)).toBe('[Daybook] Still watching 4 pages: 3 read, 1 refused');
    const text = mailbox.sent.at(-1)?.text;
    expect(text).toContain(`In the last seven days 1 page changed. The newest check was at ${later(WEEK_MS - HOUR)}.`);
    expect(text).toContain('* wall (captcha)');
    expect(text).toContain('Fetch it from elsewhere.');
  });

  it('costs one read a tick while nothing is due, however long it was sent', async () => {
    await days(365, WEEKLY);
    const asked: string[] = [];
    const real = history;
    history = { ...real, bulletin: counted(asked, real.bulletin) };
    await tick(pages(3), later(365 * 24 * HOUR + HOUR), WEEKLY);
    expect(asked).toEqual([DAYBOOK]);
    expect((await real.bulletin(DAYBOOK))?.messages).toHaveLength(2);
  });
});
