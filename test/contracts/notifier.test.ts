import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it, vi } from 'vitest';
import { composeNotify } from '#adapters/aws/compose.ts';
import { createSnsNotifier } from '#adapters/aws/sns-notifier.ts';
import { composeTrack } from '#adapters/local/compose.ts';
import { createConsoleNotifier } from '#adapters/local/console-notifier.ts';
import type { Channels } from '#app/notify/channels.ts';
import { type DaybookConfigInput, parseConfig } from '#core/config.ts';
import { ENV } from '#core/names.ts';
import { refused } from '../support/item-table.ts';
import { createMemoryHistory } from '../support/memory-history.ts';
import { createMemoryObjects } from '../support/memory-objects.ts';
import { RecordingNotifier } from '../support/recording.ts';
import { describeNotifier } from './notifier.ts';

describeNotifier('SNS', () => {
  const client = new SNSClient({ region: 'eu-west-1' });
  const sns = mockClient(client);
  const read: string[] = [];
  sns.on(PublishCommand).callsFake(async ({ Subject, Message }) => {
    read.push(`${Subject}\n${JSON.parse(Message).email}`);
    return {};
  });
  return {
    notifier: createSnsNotifier(
      client,
      { news: 'arn:news', health: 'arn:health' },
      { now: () => 0, sleep: async () => {} },
    ),
    read: () => read,
    fail: () => void sns.on(PublishCommand).rejects(refused('ThrottledException', 429)),
  };
});

describeNotifier('console', () => {
  const read: string[] = [];
  let isClosed = false;
  return {
    notifier: createConsoleNotifier((text) => {
      if (isClosed) throw new Error('write EPIPE');
      read.push(text);
    }),
    read: () => read,
    fail: () => {
      isClosed = true;
    },
  };
});

describeNotifier('the fake of the tests', () => {
  const notifier = new RecordingNotifier();
  return {
    notifier,
    read: () => notifier.sent.map(({ subject, text }) => `${subject}\n${text}`),
    fail: () => {
      notifier.failure = new Error('the mailbox is full');
    },
  };
});

const alert = { key: 'p/revision/1/a', topic: 'news', pageId: 'p', subject: 's', text: 't', data: {} } as const;

/** Sends an alert by the channels that the configuration names; gives their names, and what each side's own got. */
async function sendBy(side: 'aws' | 'local', alerts: DaybookConfigInput['alerts']): Promise<readonly string[]> {
  const config = parseConfig({ pages: [{ id: 'p', url: 'https://example.org/p' }], alerts });
  const console = new RecordingNotifier();
  const log = { info: () => {}, warn: () => {} };
  for (const name of ['AWS_REGION', ...Object.values(ENV)]) vi.stubEnv(name, name.toLowerCase());
  const sns = mockClient(SNSClient).onAnyCommand().resolves({});
  const store = { history: createMemoryHistory(), objects: createMemoryObjects(), close: async () => {} };
  const track = composeTrack(store, config, { console, log, readerUrl: null });
  try {
    const channels: Channels = side === 'aws' ? composeNotify(config).channels : track.deps.channels;
    for (const notifier of Object.values(channels)) await notifier.send(alert);
    return [
      ...Object.keys(channels),
      ...sns.calls().map(({ args }) => (args[0] as PublishCommand).input.TopicArn ?? ''),
      ...console.sent.map(({ subject }) => subject),
    ];
  } finally {
    sns.restore();
    vi.unstubAllEnvs();
    await track.close();
  }
}

describe('the channels of a configuration', () => {
  it('are the topic of news in a deployment, and the console in tracking on one machine', async () => {
    expect(await sendBy('aws', {})).toEqual(['sns', ENV.newsTopicArn.toLowerCase()]);
    expect(await sendBy('local', {})).toEqual(['console', 's']);
  });
});
