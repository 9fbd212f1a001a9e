import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { healthAlert, newsAlert } from '#core/alerts/message.ts';
import { sampleChange, sampleRevision } from '../../contracts/samples.ts';

const page = { pageId: 'harbour', url: 'https://chronicle.example/x', name: null, title: 'Harbour Chronicle' };
const revision = sampleRevision('harbour', 2);
const newsOf = (title: string, text: string) =>
  newsAlert({ ...page, title }, revision, [sampleChange(revision, 0, { after: [{ id: 'p', at: 0, text }] })], null);
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/;

describe('hostile text', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.constantFrom('a\r\nBcc: everyone@example.org', '\u001b[2J', '\u202egpj.exe', 'x\u0000y', '\u2028', '\u009b31m'),
  );

  it('never puts a control character or a change of direction into an alert', () => {
    fc.assert(
      fc.property(hostile, hostile, (title, text) => {
        const news = newsOf(title, text);
        const event = { seq: 1, kind: 'down', reason: title, detail: text, at: '2022-01-05T10:00:00.000Z' } as const;
        for (const made of [news, healthAlert({ ...page, title }, event)]) {
          expect(made.text).not.toMatch(CONTROL);
          expect(made.subject).toMatch(/^[\x20-\x7e]{1,100}$/);
        }
      }),
    );
  });

  it('loses its control characters and nothing else; separators become spaces', () => {
    const { text } = newsOf('Harbour', 'a\u0000b\u202ec\u001b[2Jd\u2028e\u200ff — ж\tg');
    expect(text).toContain('  + abc[2Jd ef — ж g\n');
  });

  it('cannot make a title a line of the alert', () => {
    const { text } = newsOf('Harbour\n* removed, \r\n2022-01-01', 'x');
    expect(text.split('\n')[0]).toBe(
      `Harbour * removed, 2022-01-01: 1 added (revision 2, seen ${revision.observedAt})`,
    );
  });

  it('is cut when it is long', () => {
    const text = `${'\u202e'.repeat(50_000)}${'\n\r'.repeat(50_000)}`;
    expect(newsOf(text, 'x').text.length).toBeLessThan(2_000);
  });
});
