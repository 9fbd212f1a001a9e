import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createSnsNotifier } from '#adapters/aws/sns-notifier.ts';
import type { Alert } from '#core/alerts/types.ts';
import { refused } from '../../support/item-table.ts';

const sns = mockClient(SNSClient);
const waits: number[] = [];
const clock = { now: () => 0, sleep: async (milliseconds: number) => void waits.push(milliseconds) };
const create = () =>
  createSnsNotifier(new SNSClient({ region: 'eu-west-1' }), { news: 'arn:news', health: 'arn:health' }, clock);
const notifier = create();
const alert: Alert = {
  key: 'p/revision/2/0123abcd',
  topic: 'news',
  pageId: 'p',
  subject: '[Daybook] p: 1 added',
  text: 'p: 1 added\n  + A paragraph',
  data: { page: 'p', revision: 2, changes: [{ kind: 'added', after: ['A paragraph'] }] },
};

beforeEach(() => {
  sns.reset();
  sns.on(PublishCommand).resolves({});
});

const published = () => sns.commandCalls(PublishCommand)[0]?.args[0].input;
const formats = () => JSON.parse(published()?.Message ?? '{}') as Record<string, string>;

describe('SNS', () => {
  it('goes to the topic of its kind', async () => {
    await notifier.send(alert);
    await notifier.send({ ...alert, topic: 'health' });
    expect(sns.commandCalls(PublishCommand).map((call) => call.args[0].input.TopicArn)).toEqual([
      'arn:news',
      'arn:health',
    ]);
  });

  it('gets alerts of one topic half a second apart', async () => {
    waits.length = 0;
    const paced = create();
    for (let sent = 0; sent < 3; sent += 1) await paced.send(alert);
    await paced.send({ ...alert, topic: 'health' });
    expect(waits).toEqual([500, 1_000]);
  });

  it('sends text to people, and JSON with the key to machines', async () => {
    await notifier.send(alert);
    expect(published()).toMatchObject({ Subject: alert.subject, MessageStructure: 'json' });
    expect(formats().default).toBe(alert.text);
    expect(formats().email).toBe(alert.text);
    for (const format of ['sqs', 'lambda', 'https']) {
      expect(JSON.parse(formats()[format] ?? '')).toEqual({ key: alert.key, topic: 'news', ...alert.data });
    }
  });

  it('gives filters the key, the page and the topic', async () => {
    await notifier.send(alert);
    expect(published()?.MessageAttributes).toEqual({
      key: { DataType: 'String', StringValue: alert.key },
      page: { DataType: 'String', StringValue: 'p' },
      topic: { DataType: 'String', StringValue: 'news' },
    });
  });

  it('stays within the limit of SNS: text and changes are cut, and both show it', async () => {
    for (const filler of ['x', '核', '\u0000"\\', '😀']) {
      sns.resetHistory();
      const long = filler.repeat(Math.ceil(300_000 / filler.length));
      await notifier.send({ ...alert, text: long, data: { ...alert.data, changes: [{ after: [long] }] } });
      expect(Buffer.byteLength(published()?.Message ?? '')).toBeLessThanOrEqual(256 * 1024);
      expect(formats().email).toContain('cut');
      expect(JSON.parse(formats().sqs ?? '')).toEqual({
        key: alert.key,
        topic: 'news',
        page: 'p',
        revision: 2,
        truncated: true,
      });
    }
  });

  it('throws an error with the name of an undelivered alert', async () => {
    sns.on(PublishCommand).rejects(refused('ThrottledException', 429));
    await expect(notifier.send(alert)).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    sns.on(PublishCommand).rejects(refused('AuthorizationErrorException', 403));
    await expect(notifier.send(alert)).rejects.toMatchObject({ code: 'refused', retryable: false });
  });
});
