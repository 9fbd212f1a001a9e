import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { deadline, SENDING_SECONDS } from '#adapters/aws/pace.ts';
import { createSnsNotifier } from '#adapters/aws/sns-notifier.ts';
import { NotifyLateError } from '#app/errors.ts';
import { notifyPage } from '#app/notify/notify.ts';
import type { HistoryStore } from '#app/ports.ts';
import { DEFAULT_RULES } from '#core/alerts/rules.ts';
import { newCheck } from '#core/schedule/check.ts';
import { sampleHealth } from '../../contracts/samples.ts';
import { createMemoryHistory } from '../../support/memory-history.ts';
import { RecordingLog } from '../../support/recording.ts';

/** Mails as they leave calls of notify, on a clock that moves by waiting and by sending. */
const sns = mockClient(SNSClient);
const SEND_MS = 30;
let at = 0;
let sent: { readonly at: number; readonly key: string }[] = [];
let history: HistoryStore;
const clock = {
  now: () => at,
  sleep: async (milliseconds: number) => {
    at += milliseconds;
  },
};

beforeEach(() => {
  at = 0;
  sent = [];
  history = createMemoryHistory();
  sns.reset();
  sns.on(PublishCommand).callsFake(async ({ MessageAttributes }) => {
    sent.push({ at, key: MessageAttributes.key.StringValue });
    at += SEND_MS;
    return {};
  });
});

/** Pages that went down on hosts of their own: an alert each. */
const downPages = async (count: number) => {
  const ids = Array.from({ length: count }, (_, number) => `page-${number}`);
  for (const id of ids) {
    const url = `https://${id}.example/`;
    await history.putCheck(newCheck({ id, url, name: null, rolling: false, series: null }, '2026-03-01'), null);
    const event = { seq: 1, kind: 'down', reason: 'captcha', detail: null, at: '2026-03-01T00:00:00.000Z' } as const;
    await history.flipHealth({ ...sampleHealth(id, 1), seq: 1, events: [event] }, null);
  }
  return ids;
};
/** Hosts with as many messages as a bulletin keeps. */
const bulletins = async (count: number, messages: number) => {
  const ids = Array.from({ length: count }, (_, number) => `@host-${number}.example`);
  for (const pageId of ids) {
    const all = Array.from({ length: messages }, (_, index) => ({
      seq: index + 1,
      at: '2026-03-01T00:00:00.000Z',
      subject: 'down',
      text: 'down',
      data: { kind: 'host-down' },
    }));
    await history.putBulletin({ pageId, seq: messages, messages: all, outages: [], count: 0, version: 1 }, null);
  }
  return ids;
};

/** One call of notify. Returns how long it took, and whether it has sent everything. */
const call = async (ids: readonly string[], notifier: ReturnType<typeof createSnsNotifier>) => {
  const started = at;
  const deps = {
    history,
    channels: { sns: notifier },
    rules: DEFAULT_RULES,
    readerUrl: null,
    log: new RecordingLog(),
    now: () => new Date(Date.parse('2026-03-01T00:00:00.000Z') + at),
    isLate: deadline(SENDING_SECONDS, clock),
  };
  let failures = 0;
  for (const id of ids) {
    await notifyPage(deps, id).catch((error: unknown) => {
      expect(error).toBeInstanceOf(NotifyLateError);
      expect(error).toMatchObject({ code: 'notify-late', retryable: true });
      failures += 1;
    });
  }
  return { milliseconds: at - started, isDone: failures === 0 };
};
const notifierOf = () =>
  createSnsNotifier(new SNSClient({ region: 'eu-west-1' }), { news: 'arn:news', health: 'arn:health' }, clock);
const gaps = () => sent.slice(1).map((one, index) => one.at - (sent[index]?.at ?? 0));

describe('a flood of mails', () => {
  it('keeps its pace where pages and hosts are reported in one call', async () => {
    const ids = [...(await downPages(6)), ...(await bulletins(4, 2))];
    const { isDone } = await call([...ids.slice(0, 3), ...ids.slice(6), ...ids.slice(3, 6)], notifierOf());
    expect(isDone).toBe(true);
    expect(sent).toHaveLength(14);
    expect(Math.min(...gaps())).toBeGreaterThanOrEqual(500);
  });

  it('ends a call within the minute of its function, and at most 81 mails of a topic are in it', async () => {
    const ids = await bulletins(10, 20);
    const { milliseconds, isDone } = await call(ids, notifierOf());
    expect(isDone).toBe(false);
    expect(sent).toHaveLength(81);
    expect(milliseconds).toBeLessThan(45_000);
  });

  it('is sent by the calls after it: each mail once, those of a host in their order', async () => {
    const shapes = fc.record({ hosts: fc.integer({ min: 1, max: 12 }), messages: fc.integer({ min: 1, max: 20 }) });
    await fc.assert(
      fc.asyncProperty(shapes, async ({ hosts, messages }) => {
        history = createMemoryHistory();
        sent = [];
        const ids = await bulletins(hosts, messages);
        const notifier = notifierOf();
        let calls = 0;
        for (let isDone = false; !isDone; calls += 1) ({ isDone } = await call(ids, notifier));
        expect(calls).toBe(Math.max(1, Math.ceil((hosts * messages) / 81)));
        const keys = ids.flatMap((id) => Array.from({ length: messages }, (_, index) => `${id}/message/${index + 1}`));
        expect(sent.map(({ key }) => key)).toEqual(keys);
        expect(Math.min(500, ...gaps())).toBe(500);
      }),
      { numRuns: 15 },
    );
  });
});
