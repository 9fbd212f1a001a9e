import { describe, expect, it } from 'vitest';
import { noticeOf } from '#core/health/notice.ts';
import { outlineOfText } from '#core/page/outline.ts';

const topicOf = (text: string): string | null => noticeOf(outlineOfText(text));

describe('a notice', () => {
  it.each([
    ['You were stopped by the firewall of our server. Please contact the administrator with this ID.', 'block-page'],
    [
      'Your browser looks automated to us. Please do the puzzle, so that we see that a human wants to continue.',
      'captcha',
    ],
    ['We are sorry for the inconvenience: our server is overloaded. Please try later.', 'maintenance'],
    ['The page you want does not exist. Perhaps the link is outdated; please check the URL.', 'soft-404'],
    ['Request denied.', 'block-page'],
    ['Server busy, retry.', 'maintenance'],
  ])('is recognised by its words: %s', (text, topic) => {
    expect(topicOf(text)).toBe(topic);
  });

  it.each([
    [
      'The ministry denied access to the register. Journalists were blocked at the door, and the firewall of the agency failed.',
    ],
    ['Robots verified the welds; a human had to sign for each. The challenge was the limited time.'],
    ['The bridge was temporarily unavailable, the operator said, because of maintenance on its eastern pillar.'],
    ['The talks went on. Nothing was settled.'],
    ['A link between the two cases was found and restricted papers were restored to the archive.'],
    ['The chronicle begins here.'],
    [''],
  ])('is not a text that does not address its reader: %s', (text) => {
    expect(topicOf(text)).toBeNull();
  });

  it('is looked for in 100 KB of one word or of many in time', () => {
    expect([topicOf('a'.repeat(100_000)), topicOf('a '.repeat(50_000)), topicOf("'-".repeat(50_000))]).toEqual([
      null,
      null,
      null,
    ]);
  });
});
