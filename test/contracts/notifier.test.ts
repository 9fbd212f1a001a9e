import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { createSnsNotifier } from '#adapters/aws/sns-notifier.ts';
import { createConsoleNotifier } from '#adapters/local/console-notifier.ts';
import { allChannels } from '#app/notify/channels.ts';
import { refused } from '../support/item-table.ts';
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
    notifier: createSnsNotifier(client, { news: 'arn:news', health: 'arn:health' }),
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

describeNotifier('all channels together', () => {
  const [mailbox, pager] = [new RecordingNotifier(), new RecordingNotifier()];
  return {
    notifier: allChannels([mailbox, pager]),
    read: () => {
      expect(pager.sent).toEqual(mailbox.sent);
      return mailbox.sent.map(({ subject, text }) => `${subject}\n${text}`);
    },
    fail: () => {
      mailbox.failure = new Error('the mailbox is full');
      pager.failure = new Error('the pager is off');
    },
  };
});

describe('a channel that fails', () => {
  it('keeps no alert from the other channels, and its failure is thrown', async () => {
    const [first, broken, last] = [new RecordingNotifier(), new RecordingNotifier(), new RecordingNotifier()];
    broken.failure = new Error('the mailbox is full');
    const alert = { key: 'p/revision/1/a', topic: 'news', pageId: 'p', subject: 's', text: 't', data: {} } as const;
    await expect(allChannels([first, broken, last]).send(alert)).rejects.toThrow('the mailbox is full');
    expect([first.sent, last.sent]).toEqual([[alert], [alert]]);
  });
});
